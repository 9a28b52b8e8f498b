/** Whoever steers by keyboard, sees little or gets dizzy: focus, forced colours, no motion (ux.md checks 10 and 27). */
import { expect, type Page, test } from './fixtures.ts'
import { cookiesOf } from './people.ts'

const pages = {
  '': ['/riverside', '/riverside/register/new', '/riverside/privacy'],
  'janet.hall@example.com': ['/riverside/home', '/riverside/book', '/riverside/details/contact', '/riverside/passkeys'],
  sam: ['/riverside/diary', '/riverside/patients', '/riverside/patients/new', '/riverside/invitations/never'],
  maya: ['/riverside/settings', '/riverside/settings/look', '/riverside/settings/registration', '/riverside/audit'],
}
const around = 8 // px: room for the ring

for (const [logonName, addresses] of Object.entries(pages)) {
  test.describe(`the pages of ${logonName || 'everybody'}`, () => {
    test.beforeEach(async ({ context, browser }) => {
      if (logonName) await context.addCookies(await cookiesOf(browser, '/riverside', logonName))
    })

    for (const scheme of ['light', 'dark', 'forced colours'] as const) {
      test(`show where the focus is, in ${scheme}`, async ({ page }) => {
        await page.setViewportSize({ width: 390, height: 844 })
        const isForced = scheme === 'forced colours'
        await page.emulateMedia({
          ...(isForced ? { forcedColors: 'active' } : { colorScheme: scheme }),
          reducedMotion: 'reduce',
        })
        for (const address of addresses) {
          await page.goto(address)
          await page.keyboard.press('Tab') // from now on the browser knows that there is a keyboard
          for (const kind of await page.evaluate(markKinds)) {
            expect.soft(await isSeenToChange(page, kind), `${address}: ${kind}`).toBe(true)
          }
        }
      })
    }

    test('give every control an edge where colours are forced', async ({ page }) => {
      await page.emulateMedia({ forcedColors: 'active' })
      for (const address of addresses) {
        await page.goto(address)
        expect.soft(await page.evaluate(withoutEdge), address).toEqual([])
      }
    })

    test('move nothing for whoever asks for no motion', async ({ page }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' })
      for (const address of addresses) {
        await page.goto(address)
        expect.soft(await page.evaluate(moving), address).toEqual([])
      }
    })
  })
}

/** Marks one of each kind of what can be focused: same element, same classes, same looks. @returns the kinds */
function markKinds(): string[] {
  const kinds: string[] = []
  const what = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  for (const element of document.querySelectorAll<HTMLElement>(what)) {
    const isThere = element.checkVisibility({ visibilityProperty: true }) && !element.matches('.skip')
    const kind = [element.localName, element.getAttribute('type'), element.className, element.parentElement?.localName]
    const name = kind.filter(Boolean).join(' ')
    if (!isThere || kinds.includes(name)) continue
    element.dataset.kind = name
    kinds.push(name)
  }
  return kinds
}

async function isSeenToChange(page: Page, kind: string): Promise<boolean> {
  const element = page.locator(`[data-kind="${kind}"]`)
  await element.scrollIntoViewIfNeeded()
  const look = async () => {
    const box = await element.boundingBox()
    if (!box) throw new Error(`${kind} is not on the page`)
    const { x, y, width, height } = box
    const clip = { x: x - around, y: y - around, width: width + 2 * around, height: height + 2 * around }
    return page.screenshot({ clip, caret: 'hide', animations: 'disabled' })
  }
  await page.evaluate(() => (document.activeElement as HTMLElement)?.blur())
  const before = await look()
  await element.focus()
  return !before.equals(await look())
}

/** Controls that nothing would set apart: forced colours take backgrounds and shadows away. */
function withoutEdge(): string[] {
  const found: string[] = []
  for (const control of document.querySelectorAll<HTMLElement>('button, .button, input, select, textarea')) {
    if (!control.checkVisibility({ visibilityProperty: true }) || control.closest('.hidden')) continue
    const { borderTopStyle, borderTopWidth, appearance, textDecorationLine } = getComputedStyle(control)
    const hasEdge = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1
    const isNative = appearance === 'auto' && control.matches('input, select')
    if (!hasEdge && !isNative && !textDecorationLine.includes('underline')) found.push(control.outerHTML.slice(0, 100))
  }
  return found
}

function moving(): string[] {
  const found: string[] = []
  const lasts = (times: string) => times.split(', ').some((time) => Number.parseFloat(time) > 0.01)
  for (const element of document.querySelectorAll('*')) {
    const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
    const isMoving = lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration))
    if (isMoving) found.push(element.outerHTML.slice(0, 100))
  }
  return found
}
