/** The slip with a temporary password on paper: nothing but the slip, on one page, A4 and A5, with and without script. */
import { expect, jsOff, type Page, test } from './fixtures.ts'
import { anAccess, aPatient, loggedOn } from './given.ts'
import { cookiesOf } from './people.ts'

for (const { way, browser } of [
  { way: 'with script', browser: {} },
  { way: 'without', browser: jsOff },
]) {
  test.describe(way, () => {
    test.use(browser)
    test('is printed alone, and says all that is needed at home', async ({ page, browser, context, origin }) => {
      const desk = await loggedOn(origin)
      const record = await aPatient(desk, { first: 'Paula', last: `Paper ${way}`, email: `${way.length}@example.com` })
      await anAccess(desk, record)
      await desk.dispose()
      await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
      await page.goto(`${record}/online-access`)
      await page.getByRole('button', { name: 'Generate password' }).click()
      const secret = await page.locator('#temporary-password').innerText()
      expect(page.url(), 'the password is in no address').not.toContain(secret)

      await page.emulateMedia({ media: 'print' })
      const paper = await page.locator('body').innerText()
      for (const words of ['Riverside Clinic', secret, origin, `${way.length}@example.com`, 'call Riverside Clinic on'])
        expect(paper).toContain(words)
      expect(paper).toMatch(/works once, until \d+ \w+ \d{4} at \d+:\d\d[ap]m/)
      for (const words of ['Log off', 'What was mailed', 'Need help?', 'Set to inactive', 'Copy', 'Print'])
        expect(paper).not.toContain(words)
      await expect(page.locator('.slip .qr')).toBeVisible()
      for (const format of ['A4', 'A5']) expect([format, await pagesOf(page, format)]).toEqual([format, 1])
    })
  })
}

/** How many sheets come out of the printer. */
async function pagesOf(page: Page, format: string): Promise<number> {
  const pdf = (await page.pdf({ format })).toString('latin1')
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
