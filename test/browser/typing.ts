/** Check 13 of ux.md on one page: whatever can be typed can be pasted, and passwords are known to who keeps them. */
import type { Page } from '@playwright/test'

const typed =
  'main :is(textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=date], [type=file], [type=color]))'
const copied = 'cut 12'

export async function typingProblems(page: Page): Promise<string[]> {
  const fields = await page.locator(`${typed}:not([readonly])`).all()
  if (fields.length === 0) return []
  await page.evaluate(holdToPaste, copied)
  await page.keyboard.press('ControlOrMeta+C')
  await page.evaluate(() => document.querySelector('[data-held]')?.remove())
  const problems = await page.evaluate(unkeepable, typed)
  for (const field of fields) {
    if (!(await field.isVisible())) continue
    const before = await field.inputValue()
    await field.focus()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.press('ControlOrMeta+V')
    const wrong = await field.evaluate((element: HTMLInputElement, text) => {
      const fits = element.maxLength < 0 ? text : text.slice(0, element.maxLength)
      return element.value === fits ? '' : `${element.name} holds "${element.value}" after pasting "${text}"`
    }, copied)
    if (wrong) problems.push(wrong)
    await field.fill(before) // the page goes on as it was
  }
  return problems
}

function holdToPaste(text: string): void {
  const source = document.createElement('textarea')
  document.body.append(source)
  source.dataset.held = ''
  source.value = text
  source.select()
}

/** What keeps a password manager or a hand from filling a field. */
function unkeepable(selector: string): string[] {
  const found: string[] = []
  for (const field of document.querySelectorAll<HTMLInputElement>(selector)) {
    if (field.hasAttribute('onpaste')) found.push(`${field.name} listens to pasting`)
    const isPassword = field.type === 'password'
    if (isPassword && !/^(current|new)-password$/.test(field.autocomplete)) {
      found.push(`${field.name} does not say which password it is`)
    }
  }
  return found
}
