/** The same journey by touch and by keyboard: what a person does, in the words they read on the page. */
import { expect, type Locator, type Page } from '@playwright/test'

export interface Hands {
  /** Types into the field with this label. */
  type(label: string, text: string): Promise<void>
  /** Presses the button with these words. */
  press(button: string | RegExp): Promise<void>
  /** Follows the link with these words. */
  follow(link: string | RegExp): Promise<void>
  /** Ticks the box with this label. */
  tick(label: string | RegExp): Promise<void>
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' })

export const byTouch = (page: Page): Hands => ({
  type: (label, text) => field(page, label).fill(text),
  press: (name) => button(page, name).first().click(),
  follow: (name) => link(page, name).first().click(),
  tick: (label) => page.getByLabel(label).check(),
})

/** Tab, Space, Enter and letters only; no mouse (ux.md checks 8 and 9). */
export const byKeyboard = (page: Page): Hands => ({
  async type(label, text) {
    await reach(page, field(page, label))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(text)
  },
  async press(name) {
    await reach(page, button(page, name).first())
    await page.keyboard.press('Enter')
  },
  async follow(name) {
    await reach(page, link(page, name).first())
    await page.keyboard.press('Enter')
  },
  async tick(label) {
    await reach(page, page.getByLabel(label))
    await page.keyboard.press('Space')
  },
})

/** Tabs until the element has the focus, from wherever the focus is, once around the page at most. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let tab = 0; tab < 80; tab++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted, 'reachable by the Tab key').toBeFocused()
}
