/** A patient has a new phone and a new email address: both are theirs to change, the address once it is proven. */
import { expect, linkIn } from '../fixtures.ts'
import { aPatientInside } from '../given.ts'
import { expectProblem, heading, inEachWay, logOn, type Person } from './ways.ts'

type Mover = Person & { first: string; last: string; next: string }
const mover = (first: string, last: string): Mover => {
  const mailbox = `${first}.${last}`.toLowerCase()
  return {
    first,
    last,
    name: `${first} ${last}`,
    logonName: `${mailbox}@example.com`,
    next: `${mailbox}@new.example.com`,
  }
}
const movers: [Mover, Mover, Mover] = [mover('Orla', 'Quay'), mover('Piet', 'Vane'), mover('Ruth', 'Dell')]

inEachWay('a patient changes their phone number and their email address', movers, async (given) => {
  const { page, hands, who, demoPassword, mailFrom, mailTo, origin } = given
  await aPatientInside(origin, { first: who.first, last: who.last, email: who.logonName }, mailFrom)

  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await hands.follow('My details')
  await expect(heading(page)).toHaveText('My details')
  await hands.follow('Change my phone or address')
  await hands.type('Mobile phone (optional)', 'none')
  await hands.press('Save')
  await expectProblem(page, 'Enter a phone number, like 01632 960 001')
  await hands.type('Mobile phone (optional)', '07700 900 145')
  await hands.press('Save')
  await expect(page.getByRole('status').first()).toContainText('Your details are saved.')
  await expect(page.getByRole('main')).toContainText('07700 900 145')

  await hands.follow('Change my email address')
  await hands.type('New email address', who.next)
  await hands.type('Your password', 'not my password')
  await hands.press('Send the link')
  await expectProblem(page, 'password')
  await expect(page.getByLabel('New email address')).toHaveValue(who.next)
  await hands.type('Your password', demoPassword)
  const mail = await mailFrom(who.next, /^Confirm your new email address/, () => hands.press('Send the link'))
  await expect(heading(page)).toHaveText('Check your email')
  await hands.follow('Back to my details')
  await expect(page.getByRole('main')).toContainText(`You log on with your email address, ${who.logonName}`)

  await page.goto(linkIn(mail))
  await expect(heading(page)).toHaveText('Confirm your new email address')
  await expect(page.getByRole('main')).toContainText(who.next)
  await hands.press('Confirm this address')
  await expect(page.getByRole('status').first()).toContainText('Your email address is changed.')
  await mailTo(who.logonName, /was changed$/)
  await mailTo(who.next, /now has this email address/)

  await hands.press('Log off')
  await logOn(page, hands, '/riverside', who.next, demoPassword)
  await expect(heading(page)).toHaveText(`Hello ${who.first}`)
})
