/** A wrong password is never explained, and trying on and on is stopped. */

import { expect } from '../fixtures.ts'
import { expectProblem, heading, inEachWay, logOn, type Person } from './ways.ts'

const kofi: Person = { name: 'Kofi Mensah', logonName: 'kofi.mensah@example.com' }
const edward: Person = { name: 'Edward Lloyd', logonName: 'edward.lloyd@example.com' }
const nobody: Person = { name: 'somebody unknown', logonName: 'no.such.person@example.com' }

const mostTries = 5

inEachWay('wrong passwords, and then too many', [kofi, edward, nobody], async ({ page, hands, who, demoPassword }) => {
  await page.goto('/riverside')
  for (let tries = 1; tries <= mostTries; tries++) {
    await logOn(page, hands, '/riverside', who.logonName, `wrong password ${tries}`)
    await expectProblem(page, 'Check your email address or username, and your password, and try again')
    await expect(page.getByLabel('Email address or username')).toHaveValue(who.logonName)
  }
  await logOn(page, hands, '/riverside', who.logonName, demoPassword)
  await expectProblem(page, 'You have tried too many times. Try again in 15 minutes, or set a new password')
  await hands.follow('I have forgotten my password')
  await expect(heading(page)).toHaveText('Set a new password')
})
