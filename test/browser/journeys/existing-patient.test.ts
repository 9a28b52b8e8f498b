/** A patient of the clinic asks for online access on the logon page, and uses it (rules M5 to M8). */
import { expect, linkIn } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, logOn, type Person, typeBirthDate } from './ways.ts'

type Known = Person & { first: string; bornInWords: string; born: [string, string, string] }

const oliver: Known = {
  name: 'Oliver Grant',
  first: 'Oliver',
  logonName: 'oliver.grant@example.com',
  born: ['27', '3', '1984'],
  bornInWords: '27 March 1984',
}
const nadia: Known = {
  name: 'Nadia Sheikh',
  first: 'Nadia',
  logonName: 'nadia.sheikh@example.com',
  born: ['16', 'June', '1981'],
  bornInWords: '16 June 1981',
}
const stanley: Known = {
  name: 'Stanley Cooper',
  first: 'Stan',
  logonName: 'stan.cooper@example.com',
  born: ['12', 'mar', '1955'],
  bornInWords: '12 March 1955',
}
const password = 'seven quiet lighthouses'

inEachWay('a patient registers, logs on and off', [oliver, nadia, stanley], async (given) => {
  const { page, hands, who, mailFrom } = given

  await page.goto('/riverside')
  await hands.follow('I have been to this clinic before')
  await expect(heading(page)).toHaveText('Set up your online access')
  await hands.type('Email address', ` ${who.logonName.toUpperCase()}`)
  const mail = await mailFrom(who.logonName, /^Set up your online access/, () => hands.press('Continue'))
  await expect(heading(page)).toHaveText('Check your email')
  await expect(page.getByRole('main')).toContainText('please call the clinic on 01632 960 001')

  await page.goto(linkIn(mail))
  await expect(page.getByRole('main')).toContainText(`as ${who.logonName}`)
  await typeBirthDate(hands, ['1', '1', '1970'])
  await hands.type('Create a password', password)
  await hands.press('Set up online access')
  await expectProblem(page, 'Check your date of birth and try again')
  await typeBirthDate(hands, who.born)
  await hands.type('Create a password', password)
  await hands.press('Set up online access')
  await expect(page.getByRole('status').first()).toContainText('You are registered.')

  await logOn(page, hands, '/riverside', who.logonName, password)
  await expect(page).toHaveURL('/riverside/home')
  await expect(heading(page)).toHaveText(`Hello ${who.first}`)
  await hands.follow('My details')
  await expect(page.getByRole('main')).toContainText(who.bornInWords)

  await hands.press('Log off')
  await expect(page.getByRole('status').first()).toHaveText('You have logged off.')
  await page.goto('/riverside/details')
  await expect(heading(page)).toHaveText('Log on to Riverside Clinic')

  await page.goto(linkIn(mail))
  await expect(heading(page)).toHaveText('This link does not work any more')
})
