/** The reception's work by Tab, Enter and letters alone, on a narrow screen and a wide one: the focus is where one goes on. */
import { anAppointment, mark, whatOf } from '../bookings.ts'
import { expect, test } from '../fixtures.ts'
import { aPatient, loggedOn } from '../given.ts'
import { byKeyboard, counting } from '../hands.ts'
import { cookiesOf } from '../people.ts'
import { expectProblem, heading } from './ways.ts'

const day = 86_400_000 // ms
/** Thursday in so many weeks: nothing is booked yet. */
const thursday = (weeks: number): string => {
  const today = new Date()
  const monday = today.getTime() - ((today.getUTCDay() + 6) % 7) * day
  return new Date(monday + (7 * weeks + 3) * day).toISOString().slice(0, 10)
}
const mostInteractions = 6

test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
})

for (const [index, size] of [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
].entries()) {
  test(`books, moves, cancels, marks and takes back at ${size.width} px`, async ({ page, origin }) => {
    test.setTimeout(120_000)
    await page.setViewportSize(size)
    const name = { first: 'Kay', last: `Board${'ers'.slice(0, index + 1)}` }
    const desk = await loggedOn(origin)
    await aPatient(desk, name)
    await desk.dispose()
    const hands = byKeyboard(page)
    const { counted, count } = counting(hands)
    const done = page.getByRole('status').first()

    await page.goto(`/riverside/diary/${thursday(8 + index)}`)
    await counted.follow(/^Free .*, Priya Nair$/)
    await expect(heading(page)).toHaveText('Who is the appointment for?')
    await expect(page.getByLabel('Find a patient'), 'one types at once').toBeFocused()
    await counted.type('Find a patient', name.last)
    await expect(page.locator('#status')).toHaveText('1 patient found')
    await expect(page.getByLabel('Find a patient'), 'the answer takes no focus away').toBeFocused()
    await counted.follow(`${name.first} ${name.last}`)
    await counted.choose(/^Health check/)
    await counted.press('Book appointment')
    await expect(done).toContainText('Booked.')
    expect(count()).toBeLessThanOrEqual(mostInteractions)

    await hands.follow('Move')
    await expect(page.getByText(`Moving ${name.first} ${name.last}`)).toBeVisible()
    await hands.press(/^Move here/)
    await expect(done).toContainText('Moved to')
    await hands.press('Undo')
    await expect(done).toContainText('Taken back')
    await hands.follow('Cancel appointment')
    await hands.press('Cancel appointment')
    await expectProblem(page, 'Choose who asked for it')
    await expect(page.getByRole('alert'), 'what is wrong is read first').toBeFocused()
    await hands.choose(/^The patient$/)
    await hands.type('Reason (optional)', 'Has a cold')
    await hands.press('Cancel appointment')
    await expect(done).toContainText('Cancelled.')
    await hands.press('Undo')
    await hands.press('Mark as arrived')
    await expect(done).toContainText('Marked as arrived.')
    await hands.press('Undo')
    await expect(done).toContainText('Taken back')
  })

  test(`whoever arrives appears beside today’s columns, and what has the focus stays where it is at ${size.width} px`, async ({
    page,
    origin,
  }) => {
    await page.setViewportSize(size)
    await page.clock.install()
    const desk = await loggedOn(origin)
    const record = await aPatient(desk, { first: 'Ada', last: `Latecome${'rs'.slice(0, index + 1)}` })
    const what = await whatOf(desk, 'Follow-up', 'Priya Nair')
    const today = new Date().toISOString().slice(0, 10)
    const late = Date.parse(`${today}T${21 + index}:00:00Z`)
    const of = await anAppointment(desk, record, what, late)
    await page.goto(`/riverside/diary/${today}?who=all`)
    const focused = page.locator('.visit > a').last()
    await focused.focus()
    const top = () => focused.evaluate((link) => Math.round(link.getBoundingClientRect().top))
    const before = { href: await focused.getAttribute('href'), top: await top() }
    await mark(desk, of, 'arrived')
    await page.clock.fastForward(60_000)
    await expect(page.locator('#status')).toHaveText(/^Diary updated at /)
    await expect(page.locator('.waiting')).toContainText(`Ada Latecome${'rs'.slice(0, index + 1)} since`)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(before.href)
    expect(Math.abs((await top()) - before.top), 'nothing moves, but for parts of a pixel').toBeLessThanOrEqual(1)
    await desk.dispose()
  })
}
