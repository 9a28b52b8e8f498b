/** Checks 8, 9 and 10 of ux.md on one page: Tab reaches everything in the order of reading, seen and not covered. */
import type { Page } from '@playwright/test'

const height = 844
const mostPresses = 400

export async function keyboardProblems(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 390, height })
  const stops = await page.evaluate(markFocusable)
  let at = -1
  for (let presses = 0; at < stops - 1 && presses < mostPresses; presses++) {
    await page.keyboard.press('Tab')
    const { stop, problems } = await page.evaluate(focused, at)
    const isNext = stop === at || stop === at + 1 // a date has several places inside, a group of radio buttons too
    if (!isNext) return [`Tab ${presses + 1} leads from stop ${at} to ${stop}`]
    if (problems.length > 0) return problems
    at = stop
  }
  return at < stops - 1 ? [`Tab never gets past stop ${at} of ${stops}`] : []
}

/** Numbers what can be reached, in the order of the document. @returns how many there are */
function markFocusable(): number {
  const what = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
  const isReachable = (element: HTMLElement) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]') && element.tabIndex >= 0
  const all = [...document.querySelectorAll<HTMLElement>(what)].filter(isReachable)
  let stops = 0
  const groups = new Map<string, number>() // radio buttons of one name are one stop: arrows go on from there
  for (const element of all) {
    const group = element instanceof HTMLInputElement && element.type === 'radio' ? element.name : ''
    const stop = groups.get(group) ?? stops++
    if (group) groups.set(group, stop)
    element.dataset.stop = String(stop)
  }
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
  return stops
}

/** @param before the stop where the focus was: inside a date it stays there */
function focused(before: number): { stop: number; problems: string[] } {
  const element = document.activeElement as HTMLElement
  const name = element.outerHTML.slice(0, 100)
  const problems: string[] = []
  const stop = Number(element.dataset.stop ?? Number.NaN)
  if (stop === before) return { stop, problems }
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const isSeen = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none'
  if (!isSeen) problems.push(`its focus cannot be seen: ${name}`)
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect() // a link may go on in the next line
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2]
  const onTop = document.elementFromPoint(x, y)
  const isCovered = onTop && !element.contains(onTop) && !onTop.contains(element) && !onTop.closest('label')
  if (isCovered) problems.push(`is covered by ${onTop.outerHTML.slice(0, 60)}: ${name}`)
  return { stop, problems }
}
