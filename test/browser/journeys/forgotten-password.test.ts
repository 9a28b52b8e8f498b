/** Whoever has forgotten a password sets a new one; the manager helps who never had one (rule M4). */
import { expect, linkIn, type Page } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, type Journey, logOn, type Person } from './ways.ts'

type Forgetful = Person & { clinic: string; email: string; greeting: RegExp }

const patient = (name: string, logonName: string): Forgetful => ({
  ...{ name, logonName, email: logonName, clinic: '/riverside' },
  greeting: /^Hello /,
})
const member = (name: string, username: string, clinic = 'riverside'): Forgetful => ({
  ...{ name, logonName: username, email: `${username}@${clinic}.example.com`, clinic: `/${clinic}` },
  greeting: /^\w+day \d/,
})
const chloe = patient('Chloe Barnes', 'chloe.barnes@example.com')
const jamal = patient('Jamal Hussein', 'jamal.hussein@example.com')
const susan = patient('Susan Turner', 'susan.turner@example.com')
const priya = member('Priya Nair', 'priya')
const sam = member('Sam Okoro', 'sam')
const maya = member('Maya Lindqvist', 'maya', 'hillside')

const newPassword = 'seven quiet lighthouses'
const wrong = 'Check your email address or username, and your password, and try again'
const status = (page: Page) => page.getByRole('status').first()

inEachWay('a patient has forgotten the password', [chloe, jamal, susan], forgotten)
inEachWay('somebody of the staff has forgotten the password', [priya, sam, maya], forgotten)

async function forgotten(given: Journey<Forgetful>): Promise<void> {
  const { page, hands, who, mailFrom, demoPassword } = given

  await page.goto(who.clinic)
  await hands.follow('I have forgotten my password')
  await hands.type('Email address or username', who.logonName)
  const mail = await mailFrom(who.email, /^Set a new password/, () => hands.press('Send link'))
  await expect(heading(page)).toHaveText('Check your email')
  await expect(page.getByRole('main')).toContainText('If nothing arrives within 10 minutes, please call')
  await page.goto(linkIn(mail))
  await expect(page.getByRole('main')).toContainText(`as ${who.logonName}`)
  await hands.type('Create a password', newPassword)
  await hands.press('Save password')
  await expect(status(page)).toContainText('Your password is set.')

  await logOn(page, hands, who.clinic, who.logonName, demoPassword)
  await expectProblem(page, wrong)
  await logOn(page, hands, who.clinic, who.logonName, newPassword)
  await expect(heading(page)).toHaveText(who.greeting)

  // They change it back under View, which leaves the demo clinic as it was.
  await hands.unfold('View')
  await hands.follow('Change my password')
  await hands.type('Current password', newPassword)
  await hands.type('New password', demoPassword)
  await mailFrom(who.email, /^Your password .* was changed$/, () => hands.press('Save new password'))
  await expect(heading(page)).toHaveText('Your password is changed')
  await hands.follow('Go on')
  await expect(heading(page)).toHaveText(who.greeting)
}

const tom: Person = { name: 'Tom Becker', logonName: 'tom' }

inEachWay('staff without a password cannot log on', [tom, tom, tom], async ({ page, hands, who, demoPassword }) => {
  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await expectProblem(page, wrong)
  await expect(page).toHaveTitle(/^Error: Log on/)
})

inEachWay('the manager gives staff a way to log on', [tom, tom, tom], async (given) => {
  const { page, hands, who, mailFrom, another, handsOn, demoPassword } = given

  await logOn(page, hands, '/riverside', 'maya', demoPassword)
  await hands.follow('Staff')
  const send = () => hands.press(/^Send set-up link to Tom Becker/)
  const mail = await mailFrom('tom@riverside.example.com', /^Your account/, send)
  await expect(status(page)).toContainText('A set-up link for Tom Becker is on its way')

  const toms = await another()
  const tomsHands = handsOn(toms)
  await toms.goto(linkIn(mail))
  await tomsHands.type('Create a password', newPassword)
  await tomsHands.press('Save password')
  await logOn(toms, tomsHands, '/riverside', who.logonName, newPassword)
  await expect(heading(toms)).toHaveText(/^\w+day \d/)

  await hands.follow('Staff')
  await expect(page.getByRole('listitem').filter({ hasText: 'Tom Becker' })).toContainText('Has a password')
})
