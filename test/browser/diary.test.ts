/** The staff's day in a browser: it keeps itself up to date behind nobody's back, and goes onto paper (ux.md checks 21, 30). */
import { type APIRequestContext, expect, jsOff, type Page, test } from './fixtures.ts'
import { loggedOn, sent, thursday } from './given.ts'
import { cookiesOf } from './people.ts'

const address = () => `/riverside/diary/${thursday()}`
const visits = (page: Page) => page.locator('.visit > a')
const grids = (page: Page): string[] => {
  const asked: string[] = []
  page.on('request', (request) => /\/grid/.test(request.url()) && asked.push(request.url()))
  return asked
}

test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
})

/** Marks an appointment as arrived, as a colleague at another screen does. */
async function arrives(desk: APIRequestContext, appointment: string): Promise<void> {
  const version = /name="version" value="(\d+)"/.exec(await (await desk.get(appointment)).text())?.[1] ?? ''
  await sent(desk, `${appointment}/status`, { status: 'arrived', version })
}

test('a change by a colleague appears within a minute, and neither the focus nor the page moves', async ({
  page,
  origin,
}) => {
  await page.clock.install()
  await page.goto(address())
  const changed = (await page.locator('.booked > a').first().getAttribute('href')) ?? ''
  const focused = visits(page).nth(5)
  await focused.focus()
  const before = { href: await focused.getAttribute('href'), y: await page.evaluate(() => scrollY) }
  const desk = await loggedOn(origin)
  await arrives(desk, changed)
  await page.clock.fastForward(60_000)
  await expect(page.locator('#status')).toHaveText(/^Diary updated at /)
  await expect(page.locator(`.arrived > a[href="${changed}"]`)).toBeVisible()
  const after = await page.evaluate(() => ({ href: document.activeElement?.getAttribute('href'), y: scrollY }))
  expect(after).toEqual(before)
  await desk.dispose()
})

test('nobody is asked while nobody looks, and at once when somebody does', async ({ page }) => {
  await page.clock.install()
  await page.goto(address())
  const asked = grids(page)
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await hide(true)
  await page.clock.fastForward(180_000)
  expect(asked).toEqual([])
  const [answer] = await Promise.all([page.waitForResponse(/\/grid/), hide(false)])
  expect(answer.status()).toBe(304)
  await expect(page.locator('#status')).toBeEmpty() // nothing changed, nothing is said
})

test('on a phone the first appointments are seen at once, under everything that the diary offers', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(address())
  await expect(visits(page).first()).toBeInViewport({ ratio: 1 })
  for (const name of ['Previous day', 'Today', 'Next day', 'Week', 'New appointment', 'Print'])
    await expect(page.getByRole('link', { name, exact: true })).toBeInViewport()
  const whyNot = page.getByRole('link', { name: 'Why is a time not offered?' })
  await expect(whyNot, 'fewer words for the eye, all of them for the ear').toBeInViewport()
})

test('the day on paper is black on white, each practitioner on a page of their own, every appointment once', async ({
  page,
}) => {
  await page.goto(address())
  const shown = await visits(page).count()
  await page.goto(`${address()}/print`)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.locator('tbody tr')).toHaveCount(shown)
  for (const hidden of ['header.top', '.actions', 'footer', '.breadcrumb'])
    await expect(page.locator(hidden).first()).toBeHidden()
  const look = await page
    .locator('tbody th')
    .first()
    .evaluate((cell) => ({
      ink: getComputedStyle(cell).color,
      paper: getComputedStyle(document.body).backgroundColor,
      head: getComputedStyle(cell.closest('table')?.tHead as Element).display,
    }))
  expect(look).toEqual({ ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', head: 'table-header-group' })
  const pages = (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []
  expect(pages.length).toBe(2)
})

test.describe('without a script', () => {
  test.use(jsOff)

  test('the diary goes to a date, a week, one practitioner and into move mode', async ({ page }) => {
    await page.goto('/riverside/diary')
    await page.getByLabel('Go to date').fill(thursday())
    await page.getByRole('button', { name: 'Go', exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`${address()}$`))
    await page.getByRole('navigation', { name: 'Whose diary' }).getByRole('link', { name: 'Priya Nair' }).click()
    await expect(page.locator('.column')).toHaveCount(1)
    await page.getByRole('link', { name: 'Week', exact: true }).click()
    await expect(page.locator('.column')).not.toHaveCount(1)
    await page.goBack()
    const id = (await page.locator('.booked > a').first().getAttribute('href'))?.split('/').at(-1)
    await page.goto(`${address()}?moving=${id}`)
    await page.getByRole('link', { name: 'Next day' }).click()
    await page.getByRole('link', { name: 'Next day' }).click()
    await expect(page.getByText(/^Moving /)).toBeVisible()
    await page.getByRole('link', { name: 'Stop moving' }).click()
    await expect(page.getByText(/^Moving /)).toHaveCount(0)
  })
})
