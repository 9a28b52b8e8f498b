/** Who cannot register is told what everybody is told; the reason is on the registration desk (rules M9 and M10). */
import { expect, type Page } from '../fixtures.ts'
import { aPatient, loggedOn } from '../given.ts'
import type { Hands } from '../hands.ts'
import { heading, inEachWay, logOn, type Person } from './ways.ts'

interface Family extends Person {
  /** Two patients share it. */
  shared: string
  /** Whose record gets an address of its own. */
  child: string
  unknown: string
  active: string
  /** A patient's who asks with the link for new patients. */
  known: string
}

const family = (name: string, shared: string, child: string, others: [string, string, string]): Family => {
  const [unknown, active, known] = others.map((mailbox) => `${mailbox}@example.com`) as [string, string, string]
  return { name, logonName: shared, shared, child, unknown, active, known }
}
const reeds = family('the Reeds', 'family.reed@example.com', 'Toby Reed', ['ana', 'kofi.mensah', 'simon.yates'])
const wards = family('the Wards', 'wards@example.com', 'Ivy Ward', ['ben', 'grace.adeyemi', 'lorraine.bell'])
const moons = family('the Moons', 'moons@example.com', 'Kit Moon', ['cleo', 'isla.murray', 'ruby.thompson'])

const existing = 'I have been to this clinic before'
const isNew = 'I am new to this clinic'

inEachWay('nobody outside learns why, and the staff help', [reeds, wards, moons], async (given) => {
  const { page, hands, who, mailTo, another, handsOn, demoPassword, origin } = given
  if (who !== reeds) await aFamily(origin, who)

  const asked: [string, string, string][] = [
    [existing, who.shared, 'Several patients have this email address'],
    [existing, who.unknown, 'No patient has this email address'],
    [existing, who.active, 'This patient has online access already'],
    [isNew, who.known, 'Asked as a new patient, but the address is on a record'],
  ]
  const answers = new Set<string>()
  for (const [link, address] of asked) answers.add(await ask(page, hands, link, address))
  answers.add(await ask(page, hands, isNew, `nobody.yet.${who.unknown}`)) // who could register
  expect(answers.size, 'pages that differ').toBe(1)
  const mails = await Promise.all(asked.map(([, address]) => mailTo(address, /^Please call Riverside Clinic$/)))
  expect(new Set(mails.map(({ text }) => text)).size, 'mails that differ').toBe(1)

  const sams = await another()
  const sam = handsOn(sams)
  await logOn(sams, sam, '/riverside', 'sam', demoPassword)
  for (const [, address, reason] of asked) {
    await searchDesk(sams, sam, address)
    await expect(sams.getByRole('article').getByRole('heading')).toHaveText(reason)
  }

  await searchDesk(sams, sam, who.unknown)
  await sam.press(/^Dismiss/)
  await expect(sams.getByRole('alert')).toContainText('Enter a reason')
  await sam.type(/^Reason for dismissing/, 'Not a patient of ours')
  await sam.press(/^Dismiss/)
  await expect(sams.getByRole('status').first()).toContainText('Dismissed.')

  await searchDesk(sams, sam, who.shared)
  await sam.follow(new RegExp(`^Correct the email of ${who.child}`))
  await sam.type('Email address (optional)', `own.${who.shared}`)
  await sam.press('Save changes')
  await expect(sams.getByRole('main')).toContainText(`own.${who.shared}`)
  await searchDesk(sams, sam, who.shared)
  await expect(sams.getByRole('article')).toHaveCount(0)
  await expect(sams.getByRole('main')).toContainText('The email address was corrected by Sam Okoro')
})

/** @returns all that the answer shows */
async function ask(page: Page, hands: Hands, link: string, address: string): Promise<string> {
  await page.goto('/riverside')
  await hands.follow(link)
  await hands.type('Email address', address)
  await hands.press('Continue')
  await expect(heading(page)).toHaveText('Check your email')
  return page.url() + (await page.content())
}

async function searchDesk(page: Page, hands: Hands, address: string): Promise<void> {
  await hands.follow(/^Registration desk/)
  await hands.type('Reference or email address', address)
  await hands.press('Search')
  await expect(heading(page)).toHaveText('Registration desk')
}

async function aFamily(origin: string, { child, shared }: Family): Promise<void> {
  const desk = await loggedOn(origin)
  const [first = '', last = ''] = child.split(' ')
  await aPatient(desk, { first: 'Ruth', last, email: shared, born: ['3', '2', '1980'] })
  await aPatient(desk, { first, last, email: shared, born: ['9', '9', '2015'] })
  await desk.dispose()
}
