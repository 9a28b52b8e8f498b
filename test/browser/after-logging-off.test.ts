/** On a computer that others use too: after logging off, Back shows nothing of the patient (ux.md check 24). */
import { expect, jsOff, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

// Playwright turns off the browser's memory of whole pages, which is what this is about.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: noMemory }) })
const noMemory = ['--disable-back-forward-cache']

for (const { way, use } of [
  { way: 'with JavaScript', use: {} },
  { way: 'without JavaScript', use: jsOff },
]) {
  test.describe(way, () => {
    test.use(use)
    test('Back shows the logon page', async ({ page, browser, context }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
      await page.goto('/riverside/home')
      await page.getByRole('link', { name: 'My details' }).first().click()
      await expect(page.getByRole('main')).toContainText('3 May 1951')
      await page.getByRole('button', { name: 'Log off' }).click()
      await expect(page.getByText('You have logged off.')).toBeVisible()
      for (const _ of ['details', 'home']) {
        await page.goBack()
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Log on to Riverside Clinic')
        await expect(page.locator('body')).not.toContainText(/Janet|1951|Mill Lane/)
      }
    })
  })
}
