/** Whoever looks from another time zone reads the clinic's times, and is told so (ux.md check 28). */
import { expect, type Page, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

const pages = ['/riverside/home', '/riverside/appointments']
const timesOn = async (page: Page): Promise<string[]> => {
  const words = await page.getByRole('main').textContent()
  return words?.match(/\d{1,2}:\d\d[ap]m/g) ?? []
}

test('an appointment has one time, in London and in New York; only there is it said whose time it is', async ({
  browser,
  baseURL,
}) => {
  const cookies = await cookiesOf(browser, '/riverside', 'janet.hall@example.com')
  const seen: Record<string, string[]> = {}
  for (const timezoneId of ['Europe/London', 'America/New_York']) {
    const context = await browser.newContext({ baseURL, timezoneId })
    await context.addCookies(cookies)
    const page = await context.newPage()
    seen[timezoneId] = []
    for (const address of pages) {
      await page.goto(address)
      seen[timezoneId].push(...(await timesOn(page)))
    }
    await page.goto('/riverside/book')
    const bloodTest = await page.getByRole('link', { name: 'Blood test' }).first().getAttribute('href')
    await page.goto(`${bloodTest}&who=any`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a time')
    await expect(page.locator('[data-zone]')).toBeVisible({ visible: timezoneId !== 'Europe/London' })
    seen[timezoneId].push(...(await timesOn(page)))
    await context.close()
  }
  expect(seen['Europe/London']?.length).toBeGreaterThan(1)
  expect(seen['America/New_York']).toEqual(seen['Europe/London'])
})
