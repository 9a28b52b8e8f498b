/** The diary where it is unusually full, unusually empty, or on an unusual screen: nothing is squeezed, covered or lost. */
import { expect, type Page, test } from './fixtures.ts'
import { thursday } from './given.ts'
import { cookiesOf } from './people.ts'

/** The day of a clinic with that many practitioners: the columns of the demo clinic, again and again. */
async function aDayOf(page: Page, columns: number, date = ''): Promise<void> {
  await page.goto(`/riverside/diary/${date}`)
  await sideBySide(page, columns)
  await page.locator('.diary').evaluate((diary) => diary.setAttribute('role', 'region')) // as the server does it for more than fit
}

const sideBySide = (page: Page, columns: number) =>
  page.locator('.diary').evaluate((diary, count) => {
    const shown = [...diary.querySelectorAll(':scope > .column')]
    while (diary.querySelectorAll('.column').length < count)
      for (const column of shown) diary.append(column.cloneNode(true))
  }, columns)

const boxOf = async (page: Page, what: string) => {
  const box = await page.locator(what).first().boundingBox()
  if (!box) throw new Error(`${what} is not on the page`)
  return box
}

test.describe('twelve practitioners', () => {
  test.beforeEach(async ({ context, browser, page }) => {
    await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
    await page.setViewportSize({ width: 1920, height: 900 })
  })

  test('take the whole of a wide screen', async ({ page }) => {
    await aDayOf(page, 12)
    expect((await boxOf(page, '.diary')).width).toBeGreaterThan(1500) // beside the waiting room
  })

  test('are known by their names however far down one is, and the hours stay beside them', async ({ page }) => {
    await aDayOf(page, 12)
    await page.setViewportSize({ width: 1000, height: 500 })
    const diary = page.locator('.diary')
    await diary.evaluate((element) => {
      element.scrollIntoView()
      element.scrollTo(600, 300)
    })
    const inSight = await diary.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect()
      const at = (x: number, y: number) => document.elementFromPoint(left + x, top + y)
      return { name: at(300, 20)?.closest('h2') !== null, hour: at(15, 250)?.closest('.hours') !== null }
    })
    expect(inSight).toEqual({ name: true, hour: true })
  })
})

for (const columns of [8, 12]) {
  test(`of ${columns} practitioners side by side, times and names are whole, and no line is cut through`, async ({
    page,
    context,
    browser,
  }) => {
    await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
    await page.setViewportSize({ width: 1280, height: 900 })
    await aDayOf(page, columns, thursday())
    expect(await page.evaluate(cutWords)).toEqual([])
  })
}

// With six it held by itself and did not in a whole run: a third line was cut.
for (const columns of [4]) {
  test(`of ${columns} practitioners side by side, a long name in a short appointment takes two lines, and a longer one is whole where the mouse or the focus is`, async ({
    page,
    context,
    browser,
  }) => {
    await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`/riverside/diary/${thursday()}`)
    const name = page.locator('.short.visit .name')
    expect(await name.count()).toBeGreaterThan(0)
    const cut = async (words: string) => {
      await name.evaluateAll((all, text) => {
        for (const each of all) each.textContent = text
      }, words)
      return page.evaluate(cutWords)
    }
    await sideBySide(page, columns)
    expect(await cut('Margaret Fairbairn Ellis')).toEqual([])
    const tooLong = await cut('Margaret '.repeat(8))
    for (const comes of ['hover', 'focus'] as const) {
      await page.locator('.short.visit a').first()[comes]()
      expect([comes, await page.evaluate(cutWords)]).toEqual([comes, tooLong.slice(1)])
      await page.mouse.move(0, 0)
    }
  })
}

/** Words of the columns' entries that lie half inside, and times and names that are not inside as a whole. */
function cutWords(): string[] {
  const found: string[] = []
  const reach = 2 // px that a letter's box may be higher than the letter
  for (const entry of document.querySelectorAll(':is(.visit, .gap) > a')) {
    const box = entry.getBoundingClientRect()
    for (const part of entry.querySelectorAll('b, .name, .kind')) {
      const range = document.createRange()
      range.selectNodeContents(part)
      const lines = [...range.getClientRects()].filter(({ width }) => width > 1)
      const isIn = ({ top, bottom, left, right }: DOMRect) =>
        top > box.top - reach && bottom < box.bottom + reach && left > box.left - reach && right < box.right + reach
      const isOut = ({ top, left }: DOMRect) => top > box.bottom - reach || left > box.right - reach
      const isShort = part.scrollWidth > part.clientWidth + reach && part.clientWidth > 0
      const mayMiss = part.className === 'kind'
      const isHidden = getComputedStyle(part).clipPath !== 'none'
      const isWhole = lines.every(isIn) && !isShort
      if (!isHidden && !isWhole && !(mayMiss && (isShort || lines.every((line) => isIn(line) || isOut(line)))))
        found.push(`${part.textContent} in ${entry.textContent}`)
    }
  }
  return found
}

test('of many practitioners on a phone, whose diary it is takes one line, with the chosen one in sight', async ({
  page,
  context,
  browser,
}) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.goto('/riverside/diary')
  const filter = page.getByRole('navigation', { name: 'Whose diary' })
  await filter.locator('ul').evaluate((list) => {
    const last = list.lastElementChild!
    while (list.childElementCount < 13) list.append(last.cloneNode(true))
  })
  expect((await filter.boundingBox())!.height).toBeLessThan(70)
  const links = filter.getByRole('link')
  const heights = await links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
  await filter.locator('ul').evaluate((list) => list.scrollTo(list.scrollWidth, 0))
  await expect(filter.locator('[aria-current]')).toBeInViewport({ ratio: 1 })
  const covered = await links.evaluateAll((all) =>
    all.filter((link) => {
      ;(link as HTMLElement).focus()
      const { left, top, width, height } = link.getBoundingClientRect()
      return !link.contains(document.elementFromPoint(left + width / 2, top + height / 2))
    }),
  )
  expect(covered, 'by keyboard, each is seen').toEqual([])
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over).toBe(0)
})

test('a long designation stays in its column', async ({ page, context, browser }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.setViewportSize({ width: 1024, height: 800 })
  await page.goto('/riverside/diary')
  const wide = await page.locator('.column').evaluateAll((columns) => {
    const designation = columns[0]?.querySelector('h2 .meta')
    if (designation)
      designation.textContent = 'Consultant in Paediatric Neurogastroenterology, Hepatology and Nutrition'
    return columns.map((column) => column.querySelector('.entries')!.scrollWidth - column.clientWidth)
  })
  expect(wide.filter((over) => over > 1)).toEqual([])
})

test('no button is squeezed together on a phone that is held sideways', async ({ page, context, browser }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  for (const width of [320, 390, 568, 667, 740, 844]) {
    await page.setViewportSize({ width, height: 360 })
    await page.goto('/riverside/diary')
    expect.soft((await boxOf(page, '.day-bar > .button')).height, `${width} px`).toBeLessThan(64)
  }
})

test('the manager’s rooms stand in one line, and so do their name and the way out', async ({
  page,
  context,
  browser,
}) => {
  await context.addCookies(await cookiesOf(browser, '/hillside', 'maya')) // she sees patients too: eight rooms
  for (const width of [820, 1024, 1130, 1200, 1280]) {
    await page.setViewportSize({ width, height: 600 })
    await page.goto('/hillside/settings')
    const [brand, person, nav] = await Promise.all(['.brand', '.person', '.top nav'].map((part) => boxOf(page, part)))
    const middle = ({ y, height }: { y: number; height: number }) => y + height / 2
    expect.soft(Math.abs(middle(brand!) - middle(person!)), `${width} px`).toBeLessThan(8)
    expect.soft(nav!.height, `${width} px`).toBeLessThan(64)
  }
})

test('a week of five days never pushes the page sideways, and its names can be read on a tablet', async ({
  page,
  context,
  browser,
}) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'priya'))
  await page.goto('/riverside/diary?view=week')
  await expect(page.locator('.column')).toHaveCount(5)
  for (const width of [768, 820, 1024, 1120, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    const { over, column } = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      column: document.querySelector('.column')?.getBoundingClientRect().width ?? 0,
    }))
    expect.soft(over, `${width} px`).toBe(0)
    expect.soft(column, `${width} px`).toBeGreaterThan(135)
  }
})

test('an appointment has an edge all round where the browser forces its own colours', async ({
  page,
  context,
  browser,
}) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
  await page.emulateMedia({ forcedColors: 'active' })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/riverside/diary')
  const edges = await page
    .locator('.visit > a')
    .evaluateAll((all) => all.map((a) => getComputedStyle(a).borderTopWidth))
  expect(new Set(edges)).toEqual(new Set(['1px']))
})

test('the word between two times is one word on the narrowest phone', async ({ page, context, browser }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'priya'))
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/riverside/hours/week')
  const word = page.locator('.period > span').first()
  await expect(word).toHaveText('to')
  expect((await word.boundingBox())?.height ?? 99).toBeLessThan(32)
})

const largeText = ['/home', '/book', '/appointments', '/details', '/passkeys']

test('no word is taken apart for who reads text of twice the size', async ({ page, context, browser }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'janet.hall@example.com'))
  for (const address of largeText) {
    await page.goto(`/riverside${address}`)
    expect.soft(await page.evaluate(brokenWords), address).toEqual([])
  }
  await page.goto('/riverside/book')
  await page.getByRole('link', { name: 'Health check' }).click()
  await page.getByRole('link', { name: /^First available/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose a time')
  expect.soft(await page.evaluate(brokenWords), 'times').toEqual([])
  await page.locator('#times a[href*="at="]').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and book')
  expect.soft(await page.evaluate(brokenWords), 'check').toEqual([])
})

/** Words of letters only that stand on two lines, with the text twice as large. */
function brokenWords(): string[] {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('html { font-size: 200% !important }')
  document.adoptedStyleSheets = [sheet]
  const found: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: text } = texts
    if (text.parentElement?.closest('.hidden, .skip, [hidden], details')) continue
    for (const { 0: word, index } of (text.textContent ?? '').matchAll(/(?<!\S)\p{L}{2,}/gu)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
      if (lines.size > 1 && !/[@./]/.test(text.textContent?.slice(index).split(/\s/)[0] ?? '')) found.push(word)
    }
  }
  return found
}

test('what stands in an empty box stands in its middle, and cards keep the same distance both ways', async ({
  page,
  context,
  browser,
}) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'maya'))
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto('/riverside/settings')
  const [first, beside, below] = await page
    .locator('.cards > .panel')
    .evaluateAll((all) => [all[0]!, all[1]!, all[3]!].map((card) => card.getBoundingClientRect().toJSON()))
  expect(Math.abs(beside.left - first.right - (below.top - first.bottom))).toBeLessThan(1)
  await page.goto('/riverside/settings/closed-days')
  const off = await page.evaluate(() => {
    const box = document.createElement('div') // as the first practitioner is asked for
    box.className = 'empty'
    box.innerHTML = '<p>Nobody sees patients yet.</p>'
    document.querySelector('main')?.append(box)
    const middle = ({ left, right }: DOMRect) => (left + right) / 2
    return middle(box.getBoundingClientRect()) - middle(box.children[0]!.getBoundingClientRect())
  })
  expect(Math.abs(off)).toBeLessThan(1)
})
