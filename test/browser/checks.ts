/** What holds for every page (ux.md §8). Each check answers with what is wrong, so that one page load tells everything. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { keyboardProblems } from './keyboard.ts'
import { typingProblems } from './typing.ts'

declare const axe: { run: (where: Document, how: object) => Promise<AxeResults> }

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What the scheme can change; the other rules see the same page in light and dark. */
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
const how = {
  rules: { 'target-size': { enabled: true } }, // off unless asked for
  resultTypes: ['violations'],
  preload: false, // the style sheet is ours, and asking for it again would be a request that the page does not make
}
const widths = [320, 390, 1280] as const
const height = 844

/** How large a target must be, in CSS pixels: for patients and the public, and for staff. */
export const targets = { patient: { width: 24, height: 44 }, staff: { width: 24, height: 24 } }
type Target = (typeof targets)['patient']

/** All that can be said about one page, as it stands. @param html as it was sent */
export async function pageProblems(page: Page, html: string, target: Target): Promise<string[]> {
  return [
    ...(await wordProblems(page, html)),
    ...(await reflowProblems(page)),
    ...(await smallTargets(page, target)),
    ...(await axeProblems(page)),
    ...(await scriptlessProblems(page, html)),
    ...(await keyboardProblems(page)),
    ...(await typingProblems(page)), // last: it types
  ]
}

/** Check 15, page by page: as it was sent, every button does something without a script, and every link leads somewhere. */
async function scriptlessProblems(page: Page, html: string): Promise<string[]> {
  return page.evaluate((sent) => {
    const { body } = new DOMParser().parseFromString(sent, 'text/html')
    const are = (selector: string, what: string) =>
      [...body.querySelectorAll(selector)].map((element) => `${what}: ${element.outerHTML.slice(0, 100)}`)
    const forms = [...body.querySelectorAll('form')].filter(
      (form) => !form.querySelector('button:not([type=button]), input[type=image]'),
    )
    return [
      ...are('button[type=button]:not([hidden])', 'needs a script'),
      ...are('a:not([href])', 'leads nowhere'),
      ...forms.map((form) => `has no button: ${form.outerHTML.slice(0, 100)}`),
    ]
  }, html)
}

/** Check 1: axe, in light and dark, at each width. */
export async function axeProblems(page: Page, at: readonly number[] = widths): Promise<string[]> {
  const found = new Set<string>()
  await page.evaluate(axeSource)
  for (const colorScheme of ['light', 'dark'] as const) {
    const runOnly = colorScheme === 'light' ? everything : colours
    for (const width of at) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      const { violations } = await page.evaluate((options) => axe.run(document, options), { ...how, runOnly })
      for (const { id, nodes } of violations) found.add(`${id} (${colorScheme}, ${width}): ${nodes[0]?.html}`)
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return [...found]
}

/** Checks 4 and 5: nothing sticks out or is cut off at 320 px, with wide spacing, and with text of twice the size. */
async function reflowProblems(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const text of ['as it is', 'spaced', 'twice as large'] as const) {
    await page.setViewportSize({ width: text === 'twice as large' ? 390 : 320, height })
    const wrong = await page.evaluate(stickingOut, text)
    found.push(...wrong.map((what) => `${text}: ${what}`))
  }
  return found
}

function stickingOut(text: 'as it is' | 'spaced' | 'twice as large'): string[] {
  const root = document.documentElement
  const sheet = new CSSStyleSheet() // made by script: the policy refuses a style element
  if (text === 'spaced')
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    )
  if (text === 'twice as large') sheet.replaceSync('html { font-size: 200% !important }')
  document.adoptedStyleSheets = [sheet]
  const found: string[] = []
  const widest = root.clientWidth
  if (root.scrollWidth > widest) {
    const culprit = [...document.querySelectorAll('main *, header *, footer *')].find(
      (element) => element.getBoundingClientRect().right > widest + 1 && !element.closest('.scroll, .hidden'),
    )
    found.push(`${root.scrollWidth} px wide in ${widest}: ${culprit?.outerHTML.slice(0, 120)}`)
  }
  for (const element of document.querySelectorAll<HTMLElement>('body *:not(.hidden, .hidden *, .skip)')) {
    const isCut = element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY === 'hidden'
    if (isCut && element.innerText?.trim()) found.push(`cut off: ${element.outerHTML.slice(0, 120)}`)
  }
  document.adoptedStyleSheets = []
  return found
}

/** Check 6: what is pressed or typed into is large enough, but for links inside a sentence. */
async function smallTargets(page: Page, least: Target): Promise<string[]> {
  const found = new Set<string>()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height })
    for (const target of await page.evaluate(tooSmall, least)) found.add(`${target} (${width})`)
  }
  return [...found]
}

function tooSmall(least: Target): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')) {
    const isThere = element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden, .skip, [inert]')
    if (!isThere || isInSentence(element)) continue
    const { width, height } = boxWithLabel(element)
    if (width < least.width - 0.5 || height < least.height - 0.5)
      found.push(`${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 100)}`)
  }
  return found

  function isInSentence(element: Element): boolean {
    if (element.tagName !== 'A') return false
    const block = element.closest('p, li, dd, td, label') // the text around it, when there is some
    const around = (block?.textContent ?? '').replace(element.textContent ?? '', '').replace(/[\s.,]/g, '')
    return getComputedStyle(element).display.startsWith('inline') && around !== ''
  }
  function boxWithLabel(element: HTMLElement): { width: number; height: number } {
    const box = element.getBoundingClientRect()
    const isBox = element instanceof HTMLInputElement && /checkbox|radio/.test(element.type)
    const label = isBox ? element.labels?.[0]?.getBoundingClientRect() : undefined
    if (!label) return box
    const top = Math.min(box.top, label.top)
    return { width: box.width + label.width, height: Math.max(box.bottom, label.bottom) - top }
  }
}

/** Check 29: words that this product does not use, and more than one word for a thing. */
const wrongWords =
  /\b(invalid|please enter|oops|forbidden|error occurred|click here|submit|log-?in|sign(ed)?[ -]?(in|out|up)|log(ged)? (in|out)|logout|portal|\d+ ?m|\d+ ?h)\b/i

/** Checks 16 and 29: the page as it was sent, and as it reads. */
async function wordProblems(page: Page, html: string): Promise<string[]> {
  const found: string[] = []
  const text = await page.locator('body').innerText()
  const word = wrongWords.exec(text)?.[0]
  if (word) found.push(`says "${word}"`)
  if (/<[^>]+\sstyle=/i.test(html)) found.push('has a style attribute')
  if (/<script(?![^>]*\ssrc=)/i.test(html) || /<[^>]+\son\w+=/i.test(html)) found.push('has a script inside')
  if (/<style/i.test(html)) found.push('has a style sheet inside')
  const headings = await page.locator('h1').count()
  if (headings !== 1) found.push(`has ${headings} headings of level 1`)
  return found
}
