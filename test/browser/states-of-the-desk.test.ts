/** The staff's diary after something was done, by them or by a colleague meanwhile: the same checks as every page (ux.md §8). */
import { anAppointment, cancel, dateIn, freeTimes, mark, versionOf, type What, whatOf } from './bookings.ts'
import { pageProblems, targets } from './checks.ts'
import { type APIRequestContext, expect, type Page, test } from './fixtures.ts'
import { aPatient, loggedOn, sent } from './given.ts'
import { cookiesOf } from './people.ts'
import { asSent, heading, press } from './usable.ts'
import { weightProblems } from './weight-of-page.ts'

test.setTimeout(300_000) // ms: many pages, each looked at in six ways

let desk: APIRequestContext
let record: string
let what: What
let free: number[]

/** Each test has a patient and a week of its own. */
async function given(origin: string, last: string, weeks: number): Promise<void> {
  desk = await loggedOn(origin)
  record = await aPatient(desk, { first: 'Dora', last, email: `${last.toLowerCase()}@example.com` })
  what = await whatOf(desk, 'Follow-up', 'Priya Nair')
  free = await freeTimes(desk, what, dateIn(7 * weeks))
}
test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await cookiesOf(browser, '/riverside', 'sam'))
})
test.afterEach(() => desk.dispose())

async function looksRight(page: Page, is: string): Promise<void> {
  const html = await asSent(page)
  const problems = [...(await pageProblems(page, html, targets.staff)), ...(await weightProblems(page, html, 'staff'))]
  expect.soft(problems, is).toEqual([])
}
async function opensRight(page: Page, address: string, words: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('main')).toContainText(words)
  await looksRight(page, words)
}

const hour = 3_600_000 // ms
/** Four in the morning of yesterday and later: a time of nobody's hours, which has come. */
const past = (index: number): number => Math.floor(Date.now() / (24 * hour)) * 24 * hour - 20 * hour + index * hour

test('an appointment in each status, what can be taken back of it, and a note that is too long', async ({
  page,
  origin,
}) => {
  await given(origin, 'Statewell', 2)
  const booked = await anAppointment(desk, record, what, free[0]!)
  await opensRight(page, booked, 'Booked by Sam Okoro')
  await sent(desk, `${booked}/move`, {
    practitioner: what.practitioner,
    start: String(free.at(-1)),
    version: await versionOf(desk, booked),
  })
  await opensRight(page, booked, 'Moved to')
  await mark(desk, booked, 'arrived')
  await opensRight(page, booked, 'Marked as arrived.')
  await press(page, 'Undo')
  await expect(page.getByRole('status').first()).toHaveText('Taken back. It is as it was before.')
  await looksRight(page, 'taken back')
  await cancel(desk, booked)
  await opensRight(page, booked, '“Has a cold”')

  const seen = await anAppointment(desk, record, what, past(0))
  await mark(desk, seen, 'fulfilled')
  await opensRight(page, seen, 'Booked outside the rules.')
  const missed = await anAppointment(desk, record, what, past(1))
  await mark(desk, missed, 'noshow')
  await opensRight(page, missed, 'Did not attend')
  await page.locator('#note').fill('x'.repeat(1001))
  await press(page, 'Save note')
  await expect(page.getByRole('alert')).toContainText('Note must be 1,000 characters or fewer')
  await looksRight(page, 'a note that is too long')
  await opensRight(page, `${record}/appointments`, 'Did not attend')
})

test('a cancellation that says too little, and what a colleague did meanwhile', async ({ page, origin }) => {
  await given(origin, 'Slowhand', 3)
  const of = await anAppointment(desk, record, what, free[0]!)
  await opensRight(page, `${of}/cancellation`, 'Who asked for it?')
  await press(page, 'Cancel appointment')
  await expect(page.getByRole('alert')).toContainText('Choose who asked for it')
  await looksRight(page, 'nobody asked')
  await mark(desk, of, 'arrived')
  await page.getByLabel('The patient', { exact: true }).check()
  await press(page, 'Cancel appointment')
  await expect(heading(page)).toHaveText('Somebody else changed this appointment')
  await expect(page.getByRole('main')).toContainText('Marked as arrived')
  await looksRight(page, 'changed meanwhile')

  await page.goto(of)
  await sent(desk, `${of}/note`, { note: 'Brings her son', version: await versionOf(desk, of) })
  await page.locator('#note').fill('Comes by taxi')
  await press(page, 'Save note')
  await expect(page.getByRole('main')).toContainText('In the diary now: “Brings her son”')
  await expect(page.locator('#note')).toHaveValue('Comes by taxi')
  await looksRight(page, 'a note that somebody else wrote meanwhile')
})

test('move mode, a time that is gone, one outside the rules, and what cannot be moved', async ({ page, origin }) => {
  await given(origin, 'Movewell', 4)
  const of = await anAppointment(desk, record, what, free[0]!)
  const id = of.split('/').at(-1)!
  const day = new Date(free.at(-1)!).toISOString().slice(0, 10) // another day: its first free time is not its own
  await opensRight(page, `/riverside/diary/${day}?moving=${id}`, 'Moving Dora Movewell')
  const target = page.locator('.landing select, .landing button').first()
  const start = await target.evaluate((field: HTMLSelectElement | HTMLButtonElement) => field.value)
  const colleague = await aPatient(desk, { first: 'Nils', last: 'Faster' })
  const practitioner = await target.evaluate(
    (field: HTMLSelectElement) => field.form?.querySelector<HTMLInputElement>('[name=practitioner]')?.value ?? '',
  )
  await anAppointment(desk, colleague, { ...what, practitioner }, Number(start))
  await press(page, /^Move here/)
  await expect(heading(page)).toHaveText(/ is taken$/)
  await expect(page.getByRole('main')).toContainText('sees Nils Faster')
  await looksRight(page, 'the time is gone')

  await page.goto(`/riverside/diary/${day}?moving=${id}`)
  await page
    .locator('.landing [name=start]')
    .first()
    .evaluate((field) => {
      const choice = (field instanceof HTMLSelectElement ? field.selectedOptions[0] : field) as HTMLOptionElement
      choice.value = String(Number(choice.value) - 5 * 3_600_000) // as if the hours had been changed meanwhile
    })
  await press(page, /^Move here/)
  await expect(page.getByRole('main')).toContainText('This time is outside the rules.')
  await looksRight(page, 'outside the rules')
  await page.getByLabel('Book anyway').check()
  await press(page, 'Move appointment')
  await expect(page.getByRole('main')).toContainText('Booked outside the rules.')
  await mark(desk, of, 'arrived')
  await opensRight(page, `/riverside/diary/${day}?moving=${id}`, 'cannot be moved')
})

test('booking step by step: when, who, found and not found, a new patient, outside the rules, taken', async ({
  page,
  origin,
}) => {
  await given(origin, 'Bookwell', 5)
  const query = new URLSearchParams({ ...what, date: dateIn(35) })
  await opensRight(page, `/riverside/diary/book?${query}`, 'The next 7 days')
  await page.locator('.times a').first().click()
  await expect(heading(page)).toHaveText('Who is the appointment for?')
  await looksRight(page, 'who')
  const who = page.url()
  await page.getByLabel('Find a patient').fill('zzzz')
  await expect(page.getByText('No patient matches “zzzz”.')).toBeVisible()
  await looksRight(page, 'nobody found')
  await page.getByLabel('Find a patient').fill('Bookwell')
  await page.getByRole('link', { name: 'Dora Bookwell' }).click()
  await expect(page.getByLabel('Starts at')).toBeVisible()
  await looksRight(page, 'check')
  const taken = Number(await page.getByLabel('Starts at').inputValue())
  await anAppointment(desk, record, what, taken)
  await press(page, 'Book appointment')
  await expect(page.getByRole('alert')).toContainText('Someone has just booked')
  await looksRight(page, 'taken')

  await page.goto(`${who}&new=yes&q=Dora+Bookwell`)
  await expect(page.getByLabel('First name')).toHaveValue('Dora')
  await looksRight(page, 'a new patient')
  await page.getByLabel('Last name').fill('')
  await page.getByLabel('Email address').fill('no address')
  await press(page, 'Book appointment')
  await expect(page.getByRole('alert')).toContainText('Enter')
  await looksRight(page, 'a new patient with mistakes')
  const night = new URLSearchParams({ ...what, patient: record.split('/').at(-1)!, from: `${dateIn(36)}T03:00` })
  await opensRight(page, `/riverside/diary/book?${night}`, 'This time is outside the rules.')
  await press(page, 'Book appointment')
  await expect(page.getByRole('alert')).toContainText('Tick “Book anyway”')
  await looksRight(page, 'outside the rules without the tick')
})

test('why a time is not offered: an answer for each reason', async ({ page, origin }) => {
  await given(origin, 'Whywell', 6)
  await anAppointment(desk, record, what, free[0]!)
  const why = async (at: string, words: string) => {
    await page.goto(`/riverside/diary/why?${new URLSearchParams({ ...what, at })}`)
    await expect(page.getByRole('main')).toContainText(words)
  }
  const wall = (instant: number) => `${new Date(instant).toISOString().slice(0, 16)}+00:00`
  await why(wall(free[0]!), 'Priya Nair is taken')
  await looksRight(page, 'taken')
  await why(`${dateIn(-40)}T10:00`, 'This time is over.') // before the demo's first day: nothing is booked then
  await why(`${new Date(free[1]!).toISOString().slice(0, 10)}T03:00`, 'Priya Nair works from')
  await looksRight(page, 'outside hours, with the tick')
  await why(wall(free.at(-1)!), '')
  await looksRight(page, 'free')
  await opensRight(page, '/riverside/diary/why', 'Why is a time not offered?')
})

test('the day with somebody in the waiting room, and the week of one practitioner', async ({ page, origin }) => {
  await given(origin, 'Waitwell', 7)
  const start = (index: number) => Math.floor(Date.now() / (24 * hour)) * 24 * hour + 20 * hour + index * hour
  await mark(desk, await anAppointment(desk, record, what, start(0)), 'arrived')
  await opensRight(page, `/riverside/diary/${dateIn(0)}?who=all`, 'Dora Waitwell since')
  await opensRight(page, `/riverside/diary/${dateIn(49)}/week?who=${what.practitioner}`, 'Week of')
})
