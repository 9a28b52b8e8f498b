/** Every page as each person finds it: usable by everybody, on every screen, and saying the right words (ux.md §8). */
import { pageProblems, targets } from './checks.ts'
import { expect, type Page, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'
import { type Place, people, type Records } from './places.ts'
import { recordsAt } from './records.ts'
import { weightProblems } from './weight-of-page.ts'

const fiveMinutes = 300_000 // ms

let records: Records
test.beforeAll(async ({ baseURL }) => {
  records = await recordsAt(baseURL ?? '')
})

for (const { is, clinic, logonName, side, places } of people) {
  test(`the pages of ${is}`, async ({ page, browser, context }) => {
    test.setTimeout(fiveMinutes)
    if (logonName) await context.addCookies(await cookiesOf(browser, clinic, logonName))
    const titles = new Map<string, string>()
    for (const place of places(records)) {
      await test.step(`${place.is}, ${place.address}`, async () => {
        const html = await open(page, place)
        const problems = [
          ...(await pageProblems(page, html, targets[side])),
          ...(await weightProblems(page, html, side)),
        ]
        expect.soft(problems, `${place.is}, ${place.address}`).toEqual([])
        await expectFoot(page, place)
        const title = await page.title()
        if (!place.sameRoom) expect.soft(titles.get(title), `"${title}" is a title of its own`).toBeUndefined()
        titles.set(title, place.address)
      })
    }
  })
}

/** @returns the page as it was sent */
async function open(page: Page, { address, status = 200 }: Place): Promise<string> {
  const answer = await page.goto(address)
  expect.soft(answer?.status(), address).toBe(status)
  return (await answer?.text()) ?? ''
}

/** The clinic's number stands last on every page of the clinic, at the same place (WCAG 3.2.6). */
async function expectFoot(page: Page, { address }: Place): Promise<void> {
  const phone = address.startsWith('/riverside')
    ? '01632 960 001'
    : address.startsWith('/hillside')
      ? '01632 960 002'
      : ''
  const words = phone ? new RegExp(`^Need help\\? Call .* on ${phone}`) : /^Need help\? Please call your clinic/
  await expect.soft(page.locator('body > footer p').first(), address).toHaveText(words)
}
