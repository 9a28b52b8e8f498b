/**
 * A patient without a mouse books, changes and cancels at 320 px: where the focus is when a page comes, and that it is seen
 * and inside the window at every stop on the way (ux.md checks 8, 10 and 12).
 */
import { expect, type Page, test } from '../fixtures.ts'
import { aPatientInside } from '../given.ts'
import { heading } from './ways.ts'

const who = { first: 'Kaja', last: 'Tabb', email: 'kaja.tabb@example.com' }
const mostTabs = 120

/** What has the focus: how it is called, and what is wrong with how it looks. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { top, bottom, left, right } = element.getBoundingClientRect()
    const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    const isInside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
    const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ')
    return { tag: element.tagName, words, name: element.getAttribute('name'), isSeen, isInside }
  })
type Focused = Awaited<ReturnType<typeof focused>>

/** Tab by Tab to what is wanted; each stop on the way is seen. */
async function tabTo(page: Page, isWanted: (of: Focused) => boolean): Promise<void> {
  for (let tab = 0; tab < mostTabs; tab++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    expect(stop, 'every stop is seen and in the window').toMatchObject({ isSeen: true, isInside: true })
    if (isWanted(stop)) return
  }
  throw new Error('Tab never leads there')
}

/** Enter on what has the focus leads to this page, which begins at its top: the next Tab offers to skip the menu. */
async function enter(page: Page, title: string | RegExp): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await loaded
  await expect(heading(page)).toHaveText(title)
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(sideways, `${title} fits`).toBeLessThanOrEqual(0)
  if (await page.getByRole('alert').count()) return
  expect((await focused(page)).tag).toBe('BODY')
  await page.keyboard.press('Tab')
  expect((await focused(page)).words).toBe('Skip to the main part')
  await page.keyboard.press('Enter')
}

const link = (words: RegExp) => (of: Focused) => of.tag === 'A' && words.test(of.words)
const button = (words: string) => (of: Focused) => of.tag === 'BUTTON' && of.words === words
const field = (name: string) => (of: Focused) => of.name === name
const dayWithTimes = link(/times? free$/)
const time = link(/^\d+:\d\d[ap]m, /)

test('by keyboard alone, on the narrowest screen', async ({ page, origin, mailFrom, demoPassword }) => {
  test.setTimeout(180_000) // ms: some hundred keys
  await page.setViewportSize({ width: 320, height: 640 })
  await aPatientInside(origin, who, mailFrom)
  await page.goto('/riverside')
  await tabTo(page, field('identifier'))
  await page.keyboard.type(who.email)
  await tabTo(page, field('password'))
  await page.keyboard.type(demoPassword)
  await enter(page, 'Hello Kaja')

  await tabTo(page, link(/^Book an appointment$/))
  await enter(page, 'What is the appointment for?')
  await tabTo(page, link(/^Health check$/))
  await enter(page, 'Who would you like to see?')
  await tabTo(page, link(/^Priya Nair$/))
  await enter(page, 'Choose a time')
  await tabTo(page, link(/^Later days$/))
  await enter(page, 'Choose a time')
  await tabTo(page, dayWithTimes)
  await enter(page, 'Choose a time')
  await tabTo(page, time)
  await enter(page, 'Check and book')

  await tabTo(page, field('note'))
  await page.keyboard.insertText('x'.repeat(501))
  await tabTo(page, button('Book appointment'))
  await enter(page, 'Check and book')
  await expect(page.getByRole('alert'), 'what is wrong comes first').toBeFocused()
  await tabTo(page, link(/^Your note must be 500/))
  await page.keyboard.press('Enter')
  await expect(page.locator('[name=note]'), 'the field in question').toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('I come by bus')
  await tabTo(page, button('Book appointment'))
  await enter(page, 'Your appointment is booked')

  await tabTo(page, link(/^Change the time/))
  await enter(page, 'Choose a new time')
  await tabTo(page, link(/^Later days$/))
  await enter(page, 'Choose a new time')
  await tabTo(page, dayWithTimes)
  await enter(page, 'Choose a new time')
  await tabTo(page, time)
  await enter(page, 'Check the new time')
  await tabTo(page, button('Change to this time'))
  await enter(page, 'Your appointment has a new time')

  await tabTo(page, link(/^Cancel/))
  await enter(page, 'Do you want to cancel this appointment?')
  await tabTo(page, field('reason'))
  await page.keyboard.type('Away')
  await tabTo(page, button('Cancel appointment'))
  await enter(page, 'Your appointment is cancelled')
  await tabTo(page, link(/^See all my appointments$/))
  await enter(page, 'My appointments')
})
