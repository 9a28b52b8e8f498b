/** What a first visit costs somebody on a phone (ux.md check 17, budgets of its section 7). */
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from './fixtures.ts'
import { loggedOn, sent, theRecord } from './given.ts'
import { cookiesOf } from './people.ts'

const kilobyte = 1000 // bytes
const mostRequests = 8
const mostScript = { plain: 3 * kilobyte, island: 18 * kilobyte }

interface Budget {
  address: string
  most: number
  hasIsland?: boolean
}
const everybody: Budget[] = [
  { address: '/riverside', most: 15 * kilobyte },
  { address: '/riverside/register/existing', most: 15 * kilobyte },
  { address: '/riverside/register/sent', most: 12 * kilobyte },
  { address: '/riverside/password/forgotten', most: 12 * kilobyte },
  { address: '/riverside/no-such-page', most: 12 * kilobyte },
]
const janet: Budget[] = [
  { address: '/riverside/home', most: 18 * kilobyte },
  { address: '/riverside/details', most: 18 * kilobyte },
  { address: '/riverside/password', most: 14 * kilobyte },
]
const maya: Budget[] = [
  { address: `/riverside/diary/${new Date().toISOString().slice(0, 10)}`, most: 35 * kilobyte, hasIsland: true },
  { address: '/riverside/patients', most: 30 * kilobyte, hasIsland: true },
  { address: '/riverside/staff', most: 20 * kilobyte },
]

for (const { who, logonName, budgets } of [
  { who: 'somebody', logonName: '', budgets: everybody },
  { who: 'a patient', logonName: 'janet.hall@example.com', budgets: janet },
  { who: 'the manager', logonName: 'maya', budgets: maya },
]) {
  test(`the first visit of ${who} is light`, async ({ browser, another }) => {
    const cookies = logonName ? await cookiesOf(browser, '/riverside', logonName) : []
    for (const budget of budgets) {
      const page = await another() // a new browser: nothing is there yet
      await page.context().addCookies(cookies)
      await expectLight(page, budget)
    }
  })
}

test('the first visit of a clinic with a colour of its own is light', async ({ page, origin }) => {
  const manager = await loggedOn(origin, 'maya', 'hillside')
  await sent(manager, '/hillside/settings/look/colour', { colour: '#ffd400' })
  await expectLight(page, { address: '/hillside', most: 15 * kilobyte })
  await expect(page.locator('link[href*="/hillside/theme."]')).toHaveCount(1)
  await sent(manager, '/hillside/settings/look/colour', { colour: '' })
  await manager.dispose()
})

test('a record is light', async ({ browser, context, page, origin }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  const desk = await loggedOn(origin)
  const record = await theRecord(desk, 'Janet Hall')
  await desk.dispose()
  await expectLight(page, { address: record, most: 28 * kilobyte })
})

async function expectLight(page: Page, { address, most, hasIsland }: Budget): Promise<void> {
  const sizes: { url: string; size: number }[] = []
  const weighed: Promise<void>[] = []
  page.on('requestfinished', (request) => {
    // As a deployment sends it: the local server does not compress.
    const weigh = async () => {
      const body = await (await request.response())?.body()
      sizes.push({ url: request.url(), size: gzipSync(body ?? Buffer.alloc(0), { level: 9 }).length })
    }
    weighed.push(weigh())
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  await Promise.all(weighed)
  const total = (of: typeof sizes) => of.reduce((sum, { size }) => sum + size, 0)
  expect(sizes.length, 'the page, its looks and its script at least').toBeGreaterThanOrEqual(3)
  expect.soft(total(sizes), `${address} in all`).toBeLessThanOrEqual(most)
  const scripts = sizes.filter(({ url }) => url.endsWith('.js'))
  expect
    .soft(total(scripts), `${address}, its scripts`)
    .toBeLessThanOrEqual(hasIsland ? mostScript.island : mostScript.plain)
  expect.soft(sizes.length, `${address}, requests`).toBeLessThanOrEqual(mostRequests)
}
