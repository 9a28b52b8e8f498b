/** A parent books for a child whom staff let them act for, cancels it, and goes back to their own pages. */
import { axeProblems } from '../checks.ts'
import { type APIRequestContext, expect } from '../fixtures.ts'
import { aPatient, aPatientInside, loggedOn, sent, theRecord } from '../given.ts'
import { heading, inEachWay, logOn, type Person } from './ways.ts'

type Parent = Person & { first: string; last: string; child: string }
const parent = (first: string, last: string, child: string): Parent => ({
  ...{ first, last, child, name: `${first} ${last}` },
  logonName: `${first}.${last}@example.com`.toLowerCase(),
})
const parents: [Parent, Parent, Parent] = [
  parent('Nora', 'Finch', 'Max'),
  parent('Ivo', 'Marsh', 'Lena'),
  parent('Ruth', 'Colley', 'Sid'),
]

/** As the reception lets them, with what the form proposes for a child. */
async function mayActFor(desk: APIRequestContext, holder: string, child: string): Promise<void> {
  const form = await (await desk.get(`${child}/acting-for?holder=${holder.split('/').at(-1)}`)).text()
  const field = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1]?.replaceAll('&quot;', '"') ?? ''
  const names = ['form_id', 'opened_with', 'holder', 'approved_on']
  const fields = Object.fromEntries(names.map((name) => [name, field(name)]))
  const [, approved_by = ''] = /<select[^>]*name="approved_by".*?<option value="([^"]+)" selected/s.exec(form) ?? []
  const approved_on = fields.approved_on || new Date().toISOString().slice(0, 10)
  const chosen = { relation: 'parent', ending: 'ends', on: 'sixteen', approved_by, approved_on }
  await sent(desk, `${child}/acting-for`, { ...fields, ...chosen })
}

inEachWay('a parent books for a child, cancels, and goes back', parents, async (given) => {
  const { page, hands, hasScript, who, demoPassword, mailFrom, origin } = given
  const child = `${who.child} ${who.last}`
  await aPatientInside(origin, { first: who.first, last: who.last, email: who.logonName }, mailFrom)
  const desk = await loggedOn(origin)
  const born: [string, string, string] = ['8', '6', String(new Date().getFullYear() - 9)]
  await mayActFor(
    desk,
    await theRecord(desk, who.name),
    await aPatient(desk, { first: who.child, last: who.last, born }),
  )
  await desk.dispose()

  await page.setViewportSize({ width: 320, height: 640 })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  const at = async (title: string) => {
    await expect(heading(page)).toHaveText(title)
    expect([title, await fits()]).toEqual([title, true])
    if (hasScript) expect([title, await axeProblems(page)]).toEqual([title, []])
  }
  const banner = page.getByRole('banner')

  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await at(`Hello ${who.first}`)
  await hands.follow('Act for somebody else')
  await at('Who are you acting for?')
  await hands.press(`Act for ${child}`)
  await at(child)
  await expect(banner).toContainText(`Acting for ${child}`)

  await hands.follow(`Book an appointment for ${child}`)
  await hands.follow('Follow-up')
  if ((await heading(page).innerText()) === 'Who would you like to see?') await hands.follow('First available')
  const [day] = /^\w+ \d+ \w+/.exec(await page.locator('.days a').last().innerText())!
  await hands.follow(new RegExp(`^${day}\\b`))
  const time = (await page.locator('#times a[href*="at="]').last().innerText()).split('\n')[0]
  await hands.follow(new RegExp(`^${time}.*,`))
  await at('Check and book')
  await expect(page.getByRole('main')).toContainText(`Patient${child}`)
  await hands.press('Book appointment')
  await at(`The appointment of ${child} is booked`)

  await hands.follow(/^Cancel/)
  await at('Do you want to cancel this appointment?')
  await expect(page.getByRole('main')).toContainText(`Patient: ${child}`)
  await hands.press('Cancel appointment')
  await at(`The appointment of ${child} is cancelled`)

  await hands.follow('Change who you are acting for')
  await at('Who are you acting for?')
  await hands.press('Act for myself')
  await at(`Hello ${who.first}`)
  await expect(banner).not.toContainText('Acting for')
  await hands.follow('My appointments')
  await at('My appointments')
  await expect(page.getByRole('main')).toContainText('You have no appointments.')
})
