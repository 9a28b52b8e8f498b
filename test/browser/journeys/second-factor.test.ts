/** Somebody of the staff sets up an authenticator app, logs on with it, and loses the phone. */
import { appFrom } from '../authenticator-app.ts'
import { expect } from '../fixtures.ts'
import { aColleague } from '../given.ts'
import { expectProblem, heading, inEachWay, type Journey, logOn, type Person } from './ways.ts'

const people: [Person, Person, Person] = [
  { name: 'Ruth Abel', logonName: 'ruth' },
  { name: 'Omar Said', logonName: 'omar' },
  { name: 'Lena Voss', logonName: 'lena' },
]

inEachWay('an authenticator app is added, and asked for', people, async (given: Journey<Person>) => {
  const { page, hands, who, origin, demoPassword, another, handsOn, mailFrom } = given
  const email = `${who.logonName}@riverside.example.com`
  const colleague = await aColleague(origin, who.name, who.logonName)

  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await hands.unfold('View')
  await hands.follow('Second factor')
  await hands.follow('Add an authenticator app')
  await hands.type('Current password', demoPassword)
  await hands.press('Go on')
  await hands.unfold('Type the key instead')
  const app = await appFrom(page)
  await hands.type('Code that the app shows', app.code())
  await mailFrom(email, /authenticator app was added/, () => hands.press('Add the app'))
  await expect(heading(page)).toHaveText('Keep these recovery codes')
  const [recoveryCode = ''] = (await page.locator('#recovery-codes').innerText()).split('\n')
  await hands.follow('I have kept them')
  await expect(heading(page)).toHaveText(/^\w+day \d/)

  await hands.press('Log off')
  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await expect(heading(page)).toHaveText('One more step')
  await hands.type('Code from your authenticator app', '000 000')
  await hands.press('Log on')
  await expectProblem(page, 'This code does not work')
  await hands.type('Code from your authenticator app', app.code('next'))
  await hands.press('Log on')
  await expect(heading(page)).toHaveText(/^\w+day \d/)

  const elsewhere = await another()
  const handsThere = handsOn(elsewhere)
  await logOn(elsewhere, handsThere, '/riverside', who.logonName, demoPassword)
  await handsThere.follow('I do not have my phone here')
  await handsThere.type('Recovery code', recoveryCode.toLowerCase())
  await mailFrom(email, /recovery code was used/, () => handsThere.press('Log on'))
  await expect(heading(elsewhere)).toHaveText(/^\w+day \d/)

  // The manager takes away what was lost, and the password alone lets in again.
  await hands.press('Log off')
  await logOn(page, hands, '/riverside', 'maya', demoPassword)
  await page.goto(colleague)
  await hands.follow('Remove lost second factor')
  await hands.tick(`I have made sure that it is ${who.name} who asks`)
  await mailFrom(email, /second factor .* was removed/, () => hands.press('Remove lost second factor'))
  await expect(page.getByRole('status').first()).toContainText(`The second factor of ${who.name} is removed`)
  await logOn(elsewhere, handsThere, '/riverside', who.logonName, demoPassword)
  await expect(heading(elsewhere)).toHaveText(/^\w+day \d/)
})
