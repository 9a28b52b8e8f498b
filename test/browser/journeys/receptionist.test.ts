/** The receptionist on the phone: a gap of the diary becomes an appointment in six interactions; moved, cancelled, taken back. */
import { expect } from '../fixtures.ts'
import { aGap, loggedOn } from '../given.ts'
import { counting } from '../hands.ts'
import { expectProblem, heading, inEachWay, logOn, type Person } from './ways.ts'

/** Weeks from now: each books in a week of their own. */
type Booked = Person & { weeks: number }
const amara: Booked = { name: 'Amara Nwosu', logonName: 'amara.nwosu@example.com', weeks: 1 }
const daniel: Booked = { name: 'Daniel Foster', logonName: 'daniel.foster@example.com', weeks: 3 }
const harry: Booked = { name: 'Harry Turner', logonName: 'harry.turner@example.com', weeks: 5 }

const mostInteractions = 6

inEachWay('books, moves and cancels an appointment', [amara, daniel, harry], async (given) => {
  const { page, hands, who, demoPassword, origin, hasScript, mailFrom } = given
  const desk = await loggedOn(origin)
  const gap = await aGap(desk, who.weeks)

  await logOn(page, hands, '/riverside', 'sam', demoPassword)
  const { counted, count } = counting(hands)
  await page.goto(gap) // the gap's link: the first interaction
  await expect(heading(page)).toHaveText('Who is the appointment for?')
  await counted.type('Find a patient', who.name)
  if (!hasScript) await counted.press('Search')
  await expect(page.getByRole('link', { name: who.name })).toBeVisible()
  await counted.follow(who.name)
  await counted.choose(/^Health check/)
  const mail = await mailFrom(who.logonName, /^Your appointment –/, () => counted.press('Book appointment'))
  expect(count() + 1, 'the gap’s link is one of them').toBeLessThanOrEqual(mostInteractions)
  await expect(page.getByRole('status').first()).toContainText('Booked.')
  expect(mail.text).toContain('is booked')
  const appointment = new URL(page.url()).pathname

  await hands.follow('Move')
  await hands.press(/^Move here/)
  await expect(page).toHaveURL(appointment)
  await expect(page.getByRole('status').first()).toContainText('Moved to')
  await hands.press('Undo')
  await expect(page.getByRole('status').first()).toContainText('Taken back')

  await hands.follow('Cancel appointment')
  await hands.press('Cancel appointment')
  await expectProblem(page, 'Choose who asked for it')
  await hands.choose(/^The patient$/)
  await hands.type('Reason (optional)', 'Has a cold')
  await hands.press('Cancel appointment')
  await expect(page.getByRole('status').first()).toContainText('Cancelled.')
  await expect(page.getByRole('main')).toContainText('“Has a cold”')
  await hands.press('Undo')
  await expect(page.getByRole('main')).toContainText('Booked')

  await hands.press('Mark as arrived')
  await expect(page.getByRole('status').first()).toContainText('Marked as arrived.')
  await hands.follow('Open the record')
  await hands.follow('Appointments')
  await expect(page.getByRole('main')).toContainText('Arrived')
  await desk.dispose()
})
