/** What people do with every page: show a password, paste, press twice, go back, prefer it dark (ux.md checks 13, 14, 23, 24, 27). */
import { expect, jsOff, type Page, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

const password = (page: Page) => page.getByLabel('Password', { exact: true })

test('a password can be looked at, and is hidden again when it is sent', async ({ page }) => {
  await page.goto('/riverside')
  await password(page).fill('wrong but mine')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(password(page)).toHaveAttribute('type', 'text')
  await expect(page.getByText('Your password is visible')).toBeAttached()
  await expect(page.getByRole('button', { name: 'Hide password' })).toHaveText('Hide')
  await page.evaluate(() => {
    const form = document.querySelector('form')
    form?.addEventListener('submit', (event) => event.preventDefault()) // it stays, to be looked at
  })
  await password(page).press('Enter')
  await expect(password(page)).toHaveAttribute('type', 'password')
  await expect(page.getByText('Your password is hidden')).toBeAttached()
})

test('everything that is typed can be pasted too', async ({ page, browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  const text = 'pasted by keyboard'
  for (const address of [
    '/riverside/password',
    '/riverside/patients/new',
    '/riverside/patients',
    '/riverside/registrations',
  ]) {
    await page.goto(address)
    for (const field of await page
      .locator('main :is(input:not([type=hidden], [type=checkbox], [readonly]), textarea)')
      .all()) {
      await page.evaluate((words) => {
        const source = document.createElement('textarea')
        document.body.append(source)
        source.value = words
        source.select()
      }, text)
      await page.keyboard.press('ControlOrMeta+C')
      await field.focus()
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.press('ControlOrMeta+V')
      await expect(field, address).toHaveValue(text)
    }
  }
})

for (const { way, use } of [
  { way: 'with JavaScript', use: {} },
  { way: 'without JavaScript', use: jsOff },
]) {
  test.describe(way, () => {
    test.use(use)

    test('who presses twice adds one patient', async ({ page, browser, context, origin }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
      const last = way === 'with JavaScript' ? 'Doubletap' : 'Doublepress'
      await page.goto('/riverside/patients/new')
      await page.getByLabel('First name').fill('Dora')
      await page.getByLabel('Last name').fill(last)
      const posted = page.waitForRequest((request) => request.method() === 'POST')
      await page.getByRole('button', { name: 'Add patient' }).dblclick()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Dora ${last}`)
      // Chromium sends one of the two; other browsers and bad lines send the same form again.
      const again = await page.request.post((await posted).url(), {
        data: (await posted).postData() ?? '',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(again.url(), 'the same record').toBe(page.url())
      await page.reload()
      const list = await (await page.request.get(`/riverside/patients?q=${last}`)).text()
      expect(list).toContain('1 patient found')
    })

    test('dark stays dark, from the first paint on', async ({ page, browser, context }) => {
      await context.addCookies(await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
      await page.goto('/riverside/home')
      const light = await background(page)
      await page.locator('summary', { hasText: 'View' }).click()
      await page.getByRole('button', { name: 'Dark' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-appearance', 'dark')
      const dark = await background(page)
      expect(dark).not.toBe(light)
      const answer = await page.reload()
      expect(await answer?.text(), 'no script has to say so').toContain('data-appearance="dark"')
      expect(await background(page)).toBe(dark)
      await page.goto('/riverside/details')
      expect(await background(page)).toBe(dark)
    })
  })
}

const background = (page: Page) => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
