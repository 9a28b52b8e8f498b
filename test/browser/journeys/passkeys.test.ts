/** Passkeys in a real browser, with an authenticator that Chromium plays: a patient logs on with one, staff beside the password. */
import { expect, test } from '../fixtures.ts'
import { aColleague } from '../given.ts'
import { byTouch } from '../hands.ts'
import { withAuthenticator } from '../virtual-authenticator.ts'
import { heading, logOn } from './ways.ts'

test.use({ hasTouch: true })

test('a patient is offered a passkey, and logs on with it: Chloe Barnes', async ({ page, demoPassword, mailFrom }) => {
  const [chloe, hands] = ['chloe.barnes@example.com', byTouch(page)]
  await withAuthenticator(page)
  await logOn(page, hands, '/riverside', chloe, demoPassword)
  await expect(page.getByRole('heading', { name: 'Log on faster next time' })).toBeVisible()
  await hands.follow('Add a passkey')
  await hands.type('Current password', demoPassword)
  await hands.press('Go on')
  await mailFrom(chloe, /A passkey was added/, () => hands.press('Create the passkey'))
  await expect(page.getByRole('status').first()).toContainText('Your passkey is added')
  await expect(page.getByRole('listitem').filter({ hasText: 'Chrome' })).toContainText('Not used yet')

  await hands.press('Log off')
  await hands.press('Log on with a passkey')
  await expect(heading(page)).toHaveText('Hello Chloe')
  await expect(page.getByRole('heading', { name: 'Log on faster next time' })).toBeHidden()

  // She takes it away again, which leaves the demo clinic as it was.
  await hands.unfold('View')
  await hands.follow('Passkeys')
  await hands.follow(/^Rename or remove/)
  await hands.type('Current password', demoPassword)
  await mailFrom(chloe, /A passkey was removed/, () => hands.press('Remove'))
  await expect(page.getByRole('status').first()).toContainText('The passkey is removed')
})

test('staff add a passkey as a second factor, and are asked for it: Nina Frost', async ({
  page,
  origin,
  demoPassword,
}) => {
  const hands = byTouch(page)
  await aColleague(origin, 'Nina Frost', 'nina.frost')
  await withAuthenticator(page)
  await logOn(page, hands, '/riverside', 'nina.frost', demoPassword)
  await hands.unfold('View')
  await hands.follow('Second factor')
  await hands.follow('Add a passkey')
  await hands.follow('Add a passkey')
  await hands.type('Current password', demoPassword)
  await hands.press('Go on')
  await hands.press('Create the passkey')
  await expect(heading(page)).toHaveText('Keep these recovery codes')
  await hands.follow('I have kept them')

  await hands.press('Log off')
  await logOn(page, hands, '/riverside', 'nina.frost', demoPassword)
  await expect(heading(page)).toHaveText('One more step')
  await hands.press('Use my passkey')
  await expect(heading(page)).toHaveText(/^\w+day \d/)
})

test('whoever puts no finger on it is told what else there is', async ({ page }) => {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  await page.goto('/riverside')
  await page.getByRole('button', { name: 'Log on with a passkey' }).tap()
  await expect(heading(page)).toHaveText('Use your passkey')
  await expect(page.getByRole('button', { name: 'Use my passkey' })).toBeVisible()
  await page.getByRole('link', { name: 'Use another way' }).tap()
  await expect(heading(page)).toHaveText('Log on to Riverside Clinic')
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })
  test('nobody is shown a button that does nothing', async ({ page }) => {
    await page.goto('/riverside')
    await expect(page.getByRole('button', { name: 'Log on with a passkey' })).toBeHidden()
    await expect(page.getByRole('button', { name: 'Log on', exact: true })).toBeVisible()
  })
})
