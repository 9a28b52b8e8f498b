/** The diary on paper: nothing cut off and no name taken apart, on A4; and the page that is printed, on a phone before. */
import { expect, type Page, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

const a4 = { width: 794, height: 1123 } // px: as wide as the sheet, for what asks how wide it is
const phone = { width: 390, height: 844 }

test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'maya'))
})

/** What is wider than its place, or sticks out of the page: the words that are cut off. */
const cutOff = (page: Page, within: string) =>
  page.evaluate((selector) => {
    const isCut = (part: Element) =>
      part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline'
    const sticksOut = (part: Element) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    const parts = [...document.querySelectorAll(selector)].filter((part) => part.getClientRects().length > 0)
    return parts.filter((part) => isCut(part) || sticksOut(part)).map((part) => part.textContent)
  }, within)

/** Words of more lines than they have parts: somewhere one is broken. */
const takenApart = (page: Page, within: string) =>
  page.evaluate((selector) => {
    const linesOf = (part: Element) => {
      const range = document.createRange()
      range.selectNodeContents(part)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    }
    const wordsOf = (part: Element) => (part.textContent ?? '').trim().split(/[\s-]+/).length
    return [...document.querySelectorAll(selector)]
      .filter((part) => linesOf(part) > wordsOf(part))
      .map((part) => part.textContent)
  }, within)

const giveLongName = (cell: Element) => {
  cell.textContent = 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren'
}

async function toWeekOf(page: Page, name: string): Promise<void> {
  await page.goto('/riverside/diary')
  const who = new URL(
    (await page.getByRole('link', { name, exact: true }).first().getAttribute('href')) ?? '',
    page.url(),
  )
  await page.goto(`${who.pathname}/week${who.search}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^Week of .*, ${name}$`))
}

test('a week is printed as a list: every day, every name whole, and none of the buttons over it', async ({ page }) => {
  await page.setViewportSize(a4)
  await toWeekOf(page, 'Tom Becker')
  const names = await page.locator('.entries .name').allInnerTexts()
  expect(names.length).toBeGreaterThan(20)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.entries .name').allInnerTexts()).toEqual(names)
  expect(await cutOff(page, '.column h2, .entries a, .entries .name')).toEqual([])
  for (const control of ['#date', 'button', '.day-bar a']) await expect(page.locator(control).first()).toBeHidden()
})

test('a day is printed as its columns, without what there is to do', async ({ page }) => {
  await page.setViewportSize(a4)
  await page.goto('/riverside/diary?who=all')
  await page.emulateMedia({ media: 'print' })
  const paper = await page.locator('body').innerText()
  for (const words of ['Priya Nair', 'Tom Becker']) expect(paper).toContain(words)
  for (const words of ['Waiting room', 'Patients with online access', 'Show cancelled', 'Why is a time not offered?'])
    expect(paper).not.toContain(words)
  expect(await cutOff(page, '.column h2, .entries a, .entries .name')).toEqual([])
})

test('the sheets of a day are one for each practitioner; on a phone they are read before they are printed', async ({
  page,
}) => {
  await page.setViewportSize(phone)
  await page.goto('/riverside/diary?who=all')
  await page.goto(`${new URL(page.url()).pathname}/print`)
  expect(await cutOff(page, '.sheet :is(th, td)')).toEqual([])
  expect(await takenApart(page, '.sheet tbody :is(th, td)')).toEqual([])
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ ...a4, width: 703 }) // px: the sheet without its margins
  expect(await cutOff(page, '.sheet :is(th, td)')).toEqual([])
  expect(await takenApart(page, '.sheet tbody :is(th, td)')).toEqual([])
  await expect(page.locator('.sheet thead').first()).toBeVisible()
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(await page.locator('.sheet').count())
  await page.locator('.sheet tbody th').first().evaluate(giveLongName)
  expect(await cutOff(page, '.sheet :is(th, td, caption)'), 'beside a name that no column holds').toEqual([])
})
