/** The same journey by touch and by keyboard: what a person does, in the words they read on the page. */
import { expect, type Locator, type Page } from '@playwright/test'

export interface Hands {
  /** Types into the field with this label. */
  type(label: string | RegExp, text: string): Promise<void>
  /** Presses the button with these words, and waits for the page that answers. */
  press(button: string | RegExp): Promise<void>
  /** Follows the link with these words, and waits for its page. */
  follow(link: string | RegExp): Promise<void>
  /** Ticks the box with this label; takes the tick away where there is one. */
  tick(label: string | RegExp): Promise<void>
  /** Chooses one of several: the radio button with this label. */
  choose(label: string | RegExp): Promise<void>
  /** Opens the menu with this word. */
  unfold(menu: string): Promise<void>
}

const field = (page: Page, label: string | RegExp) => page.getByLabel(label, { exact: typeof label === 'string' })
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first()
const link = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name, exact: typeof name === 'string' }).first()
const menu = (page: Page, name: string) => page.locator('summary', { hasText: name })

/** On a phone: needs a browser with `hasTouch`. */
export const byTouch = (page: Page): Hands => ({
  type: (label, text) => field(page, label).fill(text),
  press: (name) => answered(page, () => button(page, name).tap()),
  follow: (name) => answered(page, () => link(page, name).tap()),
  tick: (label) => page.getByLabel(label).tap(),
  choose: (label) => page.getByLabel(label).tap(),
  unfold: (name) => menu(page, name).tap(),
})

/** Tab, Space, Enter and letters only; no mouse (ux.md checks 8 and 9). */
export const byKeyboard = (page: Page): Hands => ({
  async type(label, text) {
    await reach(page, field(page, label))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(text)
  },
  async press(name) {
    await reach(page, button(page, name))
    await answered(page, () => page.keyboard.press('Enter'))
  },
  async follow(name) {
    await reach(page, link(page, name))
    await answered(page, () => page.keyboard.press('Enter'))
  },
  async tick(label) {
    await reach(page, page.getByLabel(label))
    await page.keyboard.press('Space')
  },
  async choose(label) {
    const wanted = page.getByLabel(label)
    const group = page.locator(`input[type=radio][name="${await wanted.getAttribute('name')}"]`)
    await reach(page, group.first())
    await page.keyboard.press('Space')
    for (let others = (await group.count()) - 1; others > 0 && !(await wanted.isChecked()); others--) {
      await page.keyboard.press('ArrowDown')
    }
    await expect(wanted).toBeChecked()
  },
  async unfold(name) {
    await reach(page, menu(page, name))
    await page.keyboard.press('Enter')
  },
})

/** Until the next page stands: the one before may have a field with the same label. */
async function answered(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('load')
  await act()
  await loaded
}

const mostTabs = 150

/** Tabs until the element has the focus, from wherever the focus is, once around the page at most. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let tab = 0; tab < mostTabs; tab++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted, 'reachable by the Tab key').toBeFocused()
}

/** What somebody does with their hands, one by one. */
export function counting(hands: Hands): { counted: Hands; count: () => number } {
  let count = 0
  const counted = new Proxy(hands, {
    get: (target, name: keyof Hands) => (label: string, text: string) => {
      count += 1
      return target[name](label, text)
    },
  })
  return { counted, count: () => count }
}
