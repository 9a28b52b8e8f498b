/** Somebody whom the clinic does not know yet registers, and the reception finds their record (rule M7, M8). */
import { expect, linkIn } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, logOn, type Person, typeBirthDate } from './ways.ts'

type Newcomer = Person & { first: string; last: string; phone: string; born: [string, string, string] }

const leila: Newcomer = {
  name: 'Leila Karimi',
  first: 'Leila',
  last: 'Karimi',
  logonName: 'leila.karimi@example.com',
  born: ['4', '11', '1992'],
  phone: '07700 900 141',
}
const bruno: Newcomer = {
  name: 'Bruno Álvarez',
  first: 'Bruno',
  last: 'Álvarez',
  logonName: 'bruno+clinic@example.com',
  born: ['29', 'February', '1960'],
  phone: '+44 7700 900142',
}
const joan: Newcomer = {
  name: 'Joan Ap-Rhys',
  first: 'Joan',
  last: 'Ap-Rhys',
  logonName: 'joan@example.com',
  born: ['08', '08', '1941'],
  phone: '(01632) 960143',
}
const password = 'seven quiet lighthouses'

inEachWay('a new patient registers and is known to the reception', [leila, bruno, joan], async (given) => {
  const { page, hands, who, mailFrom, another, handsOn, demoPassword } = given

  await page.goto('/riverside')
  await hands.follow('I am new to this clinic')
  await hands.type('Email address', who.logonName)
  const mail = await mailFrom(who.logonName, /^Register as a new patient/, () => hands.press('Continue'))
  await expect(heading(page)).toHaveText('Check your email')

  await page.goto(linkIn(mail))
  await hands.type('First name', who.first)
  await hands.type('Last name', who.last)
  await typeBirthDate(hands, who.born)
  await hands.type('Phone number', who.phone)
  await hands.type('Create a password', password)
  await hands.press('Register')
  await expectProblem(page, 'Read how we use your information, and tick the box')
  await expect(page.getByLabel('First name')).toHaveValue(who.first)
  await hands.type('Create a password', password)
  await hands.tick(/I have read/)
  await hands.press('Register')
  await expect(page.getByRole('status').first()).toContainText('You are registered.')

  await logOn(page, hands, '/riverside', who.logonName, password)
  await expect(heading(page)).toHaveText(`Hello ${who.first}`)
  await hands.follow('My details')
  await expect(page.getByRole('main')).toContainText(who.phone)

  const sams = await another()
  const samsHands = handsOn(sams)
  await logOn(sams, samsHands, '/riverside', 'sam', demoPassword)
  await samsHands.follow('Patients')
  await samsHands.type('Find a patient', who.last)
  await samsHands.press('Search')
  await samsHands.follow(who.name)
  await expect(heading(sams)).toHaveText(who.name)
  await samsHands.follow('Online diary access')
  await expect(sams.getByRole('main')).toContainText(/Active.*by registering online/)
})
