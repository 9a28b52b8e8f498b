/** A patient at the counter scans a code on reception's screen and chooses a password on their own phone. */
import { expect, type Page } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, type Journey, logOn, type Person, typeBirthDate } from './ways.ts'

const thomas: Person = { name: 'Thomas Ashworth', logonName: 'tom.ashworth@example.com', born: ['6', '1', '1982'] }
const lorraine: Person = { name: 'Lorraine Bell', logonName: 'lorraine.bell@example.com', born: ['22', '2', '1965'] }
const simon: Person = { name: 'Simon Yates', logonName: 'simon.yates@example.com', born: ['31', '3', '1970'] }

const ownPassword = 'seven quiet lighthouses'
const main = (page: Page) => page.getByRole('main')

inEachWay('set up at the counter', [thomas, lorraine, simon], async (given) => {
  const { page, hands, who, another, handsOn, hasScript, mailFrom } = given

  const panel = await samOpensAccessOf(given)
  await hands.follow('Set up at the counter')
  await expect(main(page)).toContainText('Showing the code sets it to active.')
  await hands.press('Set to active and show the code')
  const first = await codeOn(page)
  const leaving = hasScript
    ? 'The code works once. It is cancelled when you leave this page.'
    : 'The code works once. Cancel it before you leave this page: until then it works.'
  await expect(page.locator('.counter .hint')).toHaveText(leaving, { useInnerText: true })

  // Sam looks at another page meanwhile: with script the code is over at once, without it is taken back by hand.
  if (hasScript) await hands.follow('Diary')
  else await hands.press('Cancel')
  const phone = await another()
  const patient = handsOn(phone)
  await expect
    .poll(async () => (await phone.goto(first))?.status(), { message: 'the code that was left', timeout: 10_000 })
    .toBe(404)
  await expect(heading(phone)).toHaveText('This link does not work any more')

  await page.goto(panel)
  await hands.press('Set up at the counter')
  await expect(main(page)).toContainText('About 10 minutes are left.')
  const second = await codeOn(page)
  await phone.goto(second)
  await expect(main(phone)).toContainText(`You will log on as ${who.logonName}.`)
  await patient.press('Save password')
  await expectProblem(phone, 'Enter your date of birth')
  await typeBirthDate(patient, ['1', '1', '1901'])
  await patient.type('Create a password', ownPassword)
  await patient.press('Save password')
  await expectProblem(phone, 'Check your date of birth and try again')
  await typeBirthDate(patient, who.born!)
  await patient.type('Create a password', ownPassword)
  const save = () => patient.press('Save password')
  const notice = await mailFrom(who.logonName, /^Your password .* was changed$/, save)
  expect(notice.text, 'the notice holds no secret').not.toContain(ownPassword)
  await expect(phone.getByRole('status').first()).toContainText('Your password is set.')

  if (!hasScript) await hands.follow(/^Check whether/)
  await expect(main(page)).toContainText('Done.', { timeout: 10_000 })
  await expect(page.locator('.qr'), 'nothing is left to scan').toHaveCount(0)
  if (hasScript) await expect(page.locator('#status')).toContainText('Done.')

  await logOn(phone, patient, '/riverside', who.logonName, ownPassword)
  await expect(heading(phone)).toContainText('Hello')
  await hands.follow('Back to online access')
  await expect(main(page)).toContainText(/Active since .*set by Sam Okoro/)
})

/** @returns where it is */
async function samOpensAccessOf({ page, hands, who, demoPassword }: Journey<Person>): Promise<string> {
  await logOn(page, hands, '/riverside', 'sam', demoPassword)
  await page.goto(`/riverside/patients?q=${encodeURIComponent(who.name)}`)
  await hands.follow(who.name)
  await hands.follow('Online diary access')
  return page.url()
}

/** What the camera reads; it stands below the square as text. */
async function codeOn(page: Page): Promise<string> {
  await expect(page.locator('.qr')).toBeVisible()
  return page.locator('figcaption').innerText()
}
