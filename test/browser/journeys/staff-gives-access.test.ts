/** The reception gives a patient online access from the record, and takes it away (rule M6). */
import { expect, linkIn, type Page } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, type Journey, logOn, type Person } from './ways.ts'

const harry: Person = { name: 'Harry Turner', logonName: 'harry.turner@example.com' }
const piotr: Person = { name: 'Piotr Zieliński', logonName: 'piotr.zielinski@example.com' }
const daniel: Person = { name: 'Daniel Foster', logonName: 'daniel.foster@example.com' }

const sian: Person = { name: 'Siân Lloyd', logonName: 'sian.lloyd@example.com' }
const victoria: Person = { name: 'Victoria Langley', logonName: 'v.langley@example.com' }
const peter: Person = { name: 'Peter Marsh', logonName: 'peter.marsh@example.com' }

const ownPassword = 'seven quiet lighthouses'
const wrong = 'Check your email address or username, and your password, and try again'
const temporary = (page: Page) => page.locator('#temporary-password')
const status = (page: Page) => page.getByRole('status').first()

inEachWay('staff give access with a password, and stop it', [harry, piotr, daniel], async (given) => {
  const { page, hands, who, mailFrom, another, handsOn } = given

  await samOpensAccessOf(given)
  await expect(page.getByRole('main')).toContainText('Not registered')
  await hands.press('Set to active')
  await expect(status(page)).toContainText('Online access is active.')
  await hands.press('Generate password')
  const password = (await temporary(page).innerText()).trim()
  expect(password.length).toBeGreaterThanOrEqual(15)
  await page.reload()
  await expect(temporary(page), 'shown once').toHaveCount(0)
  const mail = await mailFrom(who.logonName, /^Your online access/, () => hands.press('Send email with the password'))
  expect(mail.text).toContain(`Temporary password: ${password}`)
  await expect(page.getByRole('main')).toContainText(`to ${who.logonName}`)

  const phone = await another()
  const patient = handsOn(phone)
  await logOn(phone, patient, '/riverside', who.logonName, password)
  await expect(heading(phone)).toHaveText('Choose your own password')
  await phone.goto('/riverside/home')
  await expect(phone, 'nothing else is reachable').toHaveURL('/riverside/password')
  await patient.type('Temporary password', password)
  await patient.type('New password', ownPassword)
  await patient.press('Save new password')
  await patient.follow('Go on')
  await expect(heading(phone)).toContainText('Hello')

  await hands.follow('Online diary access')
  await hands.follow('Set to inactive')
  await hands.press('Set to inactive')
  await expect(status(page)).toContainText('Online access is inactive.')
  await patient.follow('My details')
  await expect(heading(phone), 'logged off at the next click').toHaveText('Log on to Riverside Clinic')
  await logOn(phone, patient, '/riverside', who.logonName, ownPassword)
  await expectProblem(phone, wrong)
})

inEachWay('staff give access with a set-up link', [sian, victoria, peter], async (given) => {
  const { page, hands, who, mailFrom, another, handsOn } = given

  await samOpensAccessOf(given)
  await hands.press('Set to active')
  const send = () => hands.press('Send email with a set-up link')
  const mail = await mailFrom(who.logonName, /^Set up your online access/, send)
  await expect(status(page)).toHaveText('A set-up link is on its way.')

  const phone = await another()
  const patient = handsOn(phone)
  await phone.goto(linkIn(mail))
  await expect(phone.getByRole('main')).toContainText(`as ${who.logonName}`)
  await patient.type('Create a password', ownPassword)
  await patient.press('Save password')
  await expect(status(phone)).toContainText('Your password is set.')
  await logOn(phone, patient, '/riverside', who.logonName, ownPassword)
  await expect(heading(phone)).toContainText('Hello')

  await hands.follow('Online diary access')
  await expect(page.getByRole('main')).toContainText(/Active since .*set by Sam Okoro/)
  await expect(page.getByRole('main')).toContainText(/Last logon.*ago|Last logon.*now/)
})

/** Search, record, tab: as on the phone with the patient. */
async function samOpensAccessOf({ page, hands, who, demoPassword }: Journey<Person>): Promise<void> {
  await logOn(page, hands, '/riverside', 'sam', demoPassword)
  await hands.follow('Patients')
  await hands.type('Find a patient', who.name)
  await hands.press('Search')
  await hands.follow(who.name)
  await hands.follow('Online diary access')
  await expect(heading(page)).toHaveText(who.name)
}
