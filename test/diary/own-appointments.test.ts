/** A patient's own appointments: looked at, cancelled, moved, added to a calendar; never somebody else's (product.md §2). */
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setStatus } from '../../src/diary/booking-store.ts'
import { practitionerType, workingHours } from '../../src/schema.ts'
import { writeAll } from '../../src/web/database.ts'
import { wordsOf } from '../patients/reading.ts'
import { anAccess, aPatient, goodPassword, mailbox, type Visitor, visitor } from '../support/world.ts'
import {
  another,
  asJanet,
  bookingForm,
  fieldsOf,
  headingOf,
  linksOf,
  opened,
  withAccess,
} from './booking/booking-world.ts'
import {
  aBooking,
  aDiary,
  allRows,
  aPractitioner,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
  nineToFive,
  rowOf,
  setRules,
  weekdays,
} from './diary-world.ts'

let diary: Diary
let janet: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] }) // Monday 30 November 2026, 9am
  diary = await aDiary({ address: '1 Quay Side\nRiverton' })
  await opened(diary)
  await withAccess(diary)
  janet = await asJanet(diary)
})
afterEach(() => {
  vi.useRealTimers()
})

/** Janet's appointment on Wednesday at nine. */
async function booked(given: Parameters<typeof aBooking>[1] = {}) {
  const row = aBooking(diary, given)
  expect(await book(row)).toEqual({ ok: true })
  return { row, at: `/riverside/appointments/${row.id}` }
}
/** So long after; she has logged on again meanwhile. */
async function later(by: number) {
  vi.setSystemTime(nine - 2 * days + by)
  janet = await asJanet(diary)
}
const newestMail = async () => (await mailbox())[0]!

describe('my appointments', () => {
  it('are none yet: the next step is to book one', async () => {
    const page = await janet.get('/riverside/appointments')
    const words = wordsOf(page.body)
    expect(words).toContain('You have no appointments.')
    expect(words).toContain('No past appointments.')
    expect(linksOf(page)).toContain('/riverside/book')
  })

  it('are those to come, with what can be done, and those that are over, with what became of them', async () => {
    const { at } = await booked()
    const past = await booked({ startAt: nine - 9 * days })
    await writeAll(
      db(),
      setStatus(db(), await rowOf(past.row.id), { status: 'noshow', by: diary.priya }, nine - 8 * days),
    )
    const page = await janet.get('/riverside/appointments')
    const words = wordsOf(page.body)
    expect(words).toContain('Wednesday 2 December 2026 9:00am With Priya Nair Riverside Clinic, 1 Quay Side, Riverton')
    expect(words).toContain('Monday 23 November 2026 at 9:00am Priya Nair · Did not attend')
    for (const act of ['', '/calendar.ics', '/move', '/cancellation']) expect(linksOf(page)).toContain(`${at}${act}`)
    expect(linksOf(page)).not.toContain(`${past.at}/cancellation`)
  })

  it('do not vanish when they are cancelled before their day: the list says what became of them', async () => {
    const { at, row } = await booked()
    await writeAll(db(), setStatus(db(), await rowOf(row.id), { status: 'cancelled', by: diary.priya }, nine - days))
    const page = await janet.get('/riverside/appointments')
    expect(wordsOf(page.body)).toContain(
      'You have no appointments. Past and cancelled Wednesday 2 December 2026 at 9:00am Priya Nair · Cancelled',
    )
    expect(linksOf(page)).toContain(at)
  })

  it('stand on the home page, the next one first', async () => {
    expect(wordsOf((await janet.get('/riverside/home')).body)).toContain('You have no appointments.')
    await booked({ startAt: nine + days })
    const { at } = await booked()
    const page = await janet.get('/riverside/home')
    expect(wordsOf(page.body)).toContain('Your next appointment Wednesday 2 December 2026 9:00am')
    expect(wordsOf(page.body)).toContain('2 to come')
    expect(linksOf(page)).toEqual(expect.arrayContaining([`${at}/move`, `${at}/cancellation`, '/riverside/book']))
  })

  it('while online booking is off, cannot be added to: the clinic’s words and number instead', async () => {
    await setRules(diary.clinicId, { isOnline: false, offlineMessage: 'We are moving house.' })
    for (const path of ['/riverside/home', '/riverside/appointments']) {
      const page = await janet.get(path)
      expect(wordsOf(page.body)).toContain('We are moving house. Call Riverside Clinic on 01632 960 001')
      expect(linksOf(page)).not.toContain('/riverside/book')
    }
  })
})

describe('why it was cancelled', () => {
  const cancelled = async (by: string | null) => {
    const { at, row } = await booked()
    const reason = 'Cannot pay for it'
    await writeAll(db(), setStatus(db(), await rowOf(row.id), { status: 'cancelled', by, reason }, nine - days))
    return wordsOf((await janet.get(at)).body)
  }

  it('is shown to the patient who wrote it', async () => {
    expect(await cancelled(null)).toContain('Reason Cannot pay for it')
  })

  it('is not shown when the staff wrote it, who are told so where they type it', async () => {
    const words = await cancelled(diary.priya)
    expect(words).toContain('Your appointment is cancelled')
    expect(words).not.toContain('Cannot pay for it')
    expect(words).not.toContain('Reason')
  })
})

describe('somebody else’s', () => {
  it('is not there: neither another patient’s nor another clinic’s, whatever is asked of it', async () => {
    const oliver = await another(diary, 'Oliver')
    const theirs = await booked({ patientId: oliver.id })
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const abroad = aBooking(hillside)
    await book(abroad)
    for (const at of [theirs.at, `/riverside/appointments/${abroad.id}`, '/riverside/appointments/none']) {
      for (const act of ['', '/calendar.ics', '/move', '/cancellation'])
        expect([at + act, (await janet.get(at + act)).status]).toEqual([at + act, 404])
      const to = { with: diary.priya, at: (nine + hours).toString(), version: '1' }
      expect((await janet.post(`${at}/cancellation`)).status).toBe(404)
      expect((await janet.post(`${at}/move`, to)).status).toBe(404)
    }
    expect((await allRows()).map(({ status, version }) => [status, version])).toEqual([
      ['booked', 1],
      ['booked', 1],
    ])
  })
})

describe('add to calendar', () => {
  it('is a file that a calendar reads: the instant, the place, no word of what for', async () => {
    const { at, row } = await booked()
    const file = await janet.get(`${at}/calendar.ics`)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="appointment.ics"')
    expect(file.headers.get('cache-control')).toBe('no-store')
    const calendar = new ICAL.Component(ICAL.parse(file.body))
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
    expect(event.startDate.toJSDate().getTime()).toBe(nine)
    expect([event.uid, event.location]).toEqual([
      expect.stringMatching(`^${row.id}@`),
      'Riverside Clinic, 1 Quay Side, Riverton',
    ])
    expect(file.body).not.toContain('Follow-up')
    expect(file.body.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75)).toBe(true)
  })

  it('after the session has ended leads, by logging on, to the appointment', async () => {
    const asha = await aPatient({ clinicId: diary.clinicId, firstName: 'Asha', email: 'asha@example.com' })
    await anAccess(asha, { password: goodPassword })
    const { at } = await booked({ patientId: asha.id })
    const browser = visitor()
    const { location } = await browser.get(`${at}/calendar.ics`)
    expect(location).toBe(`/riverside?${new URLSearchParams({ next: at })}`)
    const next = /name="next" value="([^"]*)"/.exec((await browser.get(location!)).body)![1]!
    const form = { identifier: 'asha@example.com', password: goodPassword, next }
    expect((await browser.post('/riverside/logon', form)).location).toBe(at)
  })
})

describe('cancelling', () => {
  it('asks once, is told by mail with a file for the calendar, and frees the time', async () => {
    const { at, row } = await booked()
    const question = await janet.get(`${at}/cancellation`)
    expect(headingOf(question)).toBe('Do you want to cancel this appointment?')
    expect(wordsOf(question.body)).toContain('Wednesday 2 December 2026 9:00am to 9:30am With Priya Nair')
    expect(linksOf(question)).toContain(at) // "Keep it"
    const fields = fieldsOf(question, `${at}/cancellation`)
    const answer = await janet.post(`${at}/cancellation`, { ...fields, reason: ' Better  now 👨\u200d👧 ' })
    expect([answer.status, answer.location]).toEqual([303, `${at}?done=cancelled`])
    expect(await rowOf(row.id)).toMatchObject({
      status: 'cancelled',
      cancelReason: 'Better now 👨\u200d👧',
      statusBy: null,
    })
    const page = await janet.get(answer.location!)
    expect(headingOf(page)).toBe('Your appointment is cancelled')
    const mail = await newestMail()
    expect([mail.to, mail.subject]).toEqual([
      'janet.hall@example.com',
      'Your appointment is cancelled – Riverside Clinic',
    ])
    expect((await janet.get('/riverside/book?day=2026-12-02')).body).toContain(`at=${nine}&`)
  })

  it('is the same when it is sent twice, and says so when it was cancelled before', async () => {
    const { at } = await booked()
    const both = [await janet.post(`${at}/cancellation`), await janet.post(`${at}/cancellation`)]
    expect(both.map(({ location }) => location)).toEqual([`${at}?done=cancelled`, `${at}?done=cancelled`])
    const again = await janet.get(`${at}/cancellation`)
    expect([again.status, again.location]).toEqual([303, `${at}?done=cancelled`])
    expect((await mailbox()).filter(({ subject }) => subject.includes('cancelled'))).toHaveLength(1)
  })

  it.each([
    ['to the minute', 24 * hours, 303],
    ['a millisecond later', 24 * hours + 1, 409],
  ])('is open until the notice begins, %s', async (_words, after, status) => {
    const { at, row } = await booked({ bookedBy: diary.priya })
    await later(after)
    const answer = await janet.post(`${at}/cancellation`)
    expect(answer.status).toBe(status)
    expect((await rowOf(row.id)).status).toBe(status === 303 ? 'cancelled' : 'booked')
    if (status === 303) return
    for (const page of [answer, await janet.get(`${at}/cancellation`)])
      expect(wordsOf(page.body)).toContain('It is too late to cancel online. Call the clinic on 01632 960 001')
    expect(linksOf(await janet.get(at))).not.toContain(`${at}/cancellation`)
  })

  it('inside the notice is open for three minutes to whoever has just booked it', async () => {
    await setRules(diary.clinicId, { earliestNoticeMinutes: 0 })
    await later(40 * hours) // Wednesday 1am: eight hours before
    const chosen = `type=${diary.typeId}&who=${diary.priya}&at=${nine}&with=${diary.priya}`
    expect(wordsOf((await janet.get(`/riverside/book?${chosen}`)).body)).toContain(
      'An appointment at this time cannot be changed or cancelled online',
    )
    const { location } = await janet.post('/riverside/book', bookingForm(diary, nine))
    const at = location!.replace('?done=booked', '')
    expect((await janet.get(`${at}/cancellation`)).status).toBe(200)
    expect(wordsOf((await janet.get(location!)).body)).toContain(
      'You have just booked it: you can cancel it online until',
    )
    await later(40 * hours + 3 * minutes + 1)
    expect(wordsOf((await janet.get(at)).body)).toContain('This appointment cannot be changed or cancelled online')
    expect((await janet.post(`${at}/cancellation`)).status).toBe(409)
    await later(40 * hours + 3 * minutes)
    expect((await janet.post(`${at}/cancellation`)).status).toBe(303)
  })

  it('of what the clinic has moved meanwhile asks again', async () => {
    const { at, row } = await booked()
    const fields = fieldsOf(await janet.get(`${at}/cancellation`), `${at}/cancellation`)
    await janet.post(`${at}/move`, { with: diary.priya, at: (nine + hours).toString(), version: '1' })
    const answer = await janet.post(`${at}/cancellation`, { ...fields, reason: 'Ill' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('This is how it is now.')
    expect(answer.body).toContain('value="Ill"')
    expect((await rowOf(row.id)).status).toBe('booked')
  })

  it('of what is over or has begun is the clinic’s', async () => {
    const { at } = await booked()
    await later(2 * days)
    expect((await janet.post(`${at}/cancellation`)).status).toBe(409)
  })
})

describe('changing', () => {
  const wanted = nine + days + 2 * hours

  it('without a time leads back to the choice of one', async () => {
    const { at } = await booked()
    const forms: Record<string, string>[] = [{}, { with: diary.priya, at: 'noonish', version: '1' }]
    for (const sent of forms) {
      const answer = await janet.post(`${at}/move`, sent)
      expect([answer.status, answer.location]).toEqual([303, `${at}/move`])
    }
  })

  it('offers new times with the same practitioner, asks once more, and tells by mail', async () => {
    const { at, row } = await booked()
    const page = await janet.get(`${at}/move`)
    expect(headingOf(page)).toBe('Choose a new time')
    expect(wordsOf(page.body)).toContain('Now it is on Wednesday 2 December 2026 at 9:00am, with Priya Nair.')
    const day = await janet.get(`${at}/move?day=2026-12-03`)
    const time = linksOf(day).find((link) => link.includes(`at=${wanted}`))!
    const check = await janet.get(time)
    expect(headingOf(check)).toBe('Check the new time')
    expect(wordsOf(check.body)).toContain('New time Thursday 3 December 2026 at 11:00am')
    expect(await rowOf(row.id)).toMatchObject({ startAt: nine, version: 1 })
    const answer = await janet.post(`${at}/move`, fieldsOf(check, `${at}/move`))
    expect([answer.status, answer.location]).toEqual([303, `${at}?done=moved`])
    expect(await rowOf(row.id)).toMatchObject({ startAt: wanted, endAt: wanted + 30 * minutes, sequence: 1 })
    expect(headingOf(await janet.get(answer.location!))).toBe('Your appointment has a new time')
    expect((await newestMail()).subject).toBe('Your appointment has a new time – Riverside Clinic')
  })

  it('without what says how the appointment stood asks once more, in words, and changes nothing', async () => {
    const { at, row } = await booked()
    const page = await janet.post(`${at}/move`, { with: diary.priya, at: wanted.toString() })
    expect([page.status, headingOf(page)]).toEqual([422, 'Check the new time'])
    expect(wordsOf(page.body)).toContain('Nothing is changed yet. Check the new time, and confirm it')
    expect(page.body).not.toContain('meanwhile')
    expect(await rowOf(row.id)).toMatchObject({ startAt: nine, version: 1 })
    expect((await janet.post(`${at}/move`, fieldsOf(page, `${at}/move`))).location).toBe(`${at}?done=moved`)
  })

  it('is the same when it is sent twice', async () => {
    const { at, row } = await booked()
    const form = { with: diary.priya, at: wanted.toString(), version: '1' }
    const both = await Promise.all([janet.post(`${at}/move`, form), janet.post(`${at}/move`, form)])
    expect(both.map(({ location }) => location)).toEqual([`${at}?done=moved`, `${at}?done=moved`])
    expect(await rowOf(row.id)).toMatchObject({ startAt: wanted, version: 2 })
    expect((await mailbox()).filter(({ subject }) => subject.includes('new time'))).toHaveLength(1)
  })

  it('may overlap itself, offers no time of another appointment, and counts against no limit', async () => {
    await setRules(diary.clinicId, { mostUpcoming: 2, gridMinutes: 15 })
    const { at, row } = await booked()
    await booked({ startAt: nine + 2 * hours })
    const day = await janet.get(`${at}/move?day=2026-12-02`)
    expect(day.body).toContain(`at=${nine + 15 * minutes}&`)
    for (const taken of [nine, nine + 2 * hours, nine + 2 * hours - 15 * minutes])
      expect(day.body).not.toContain(`at=${taken}&`)
    await janet.post(`${at}/move`, { with: diary.priya, at: (nine + 15 * minutes).toString(), version: '1' })
    expect((await rowOf(row.id)).startAt).toBe(nine + 15 * minutes)
  })

  it('to another practitioner is one link away, where somebody else does it', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await db().insert(practitionerType).values({ clinicId: diary.clinicId, staffId: tom, typeId: diary.typeId })
    await db()
      .insert(workingHours)
      .values(weekdays.map((weekday) => nineToFive(diary.clinicId, tom, weekday)))
    const { at, row } = await booked()
    await booked({ startAt: nine + days, patientId: (await another(diary, 'Oliver')).id }) // so that Tom is first in turn
    const page = await janet.get(`${at}/move`)
    expect(linksOf(page).filter((link) => link.includes(`with=${tom}`))).toEqual([])
    const anyone = linksOf(page).find((link) => link === `${at}/move?who=any`)!
    expect((await janet.get(`${anyone}&day=2026-12-03`)).body).toContain('Tom Becker')
    await janet.post(`${at}/move`, { with: tom, at: nine.toString(), version: '1' })
    expect(await rowOf(row.id)).toMatchObject({ practitionerId: tom, startAt: nine })
  })

  it('inside the notice is refused in the same words as cancelling', async () => {
    const { at, row } = await booked()
    await later(24 * hours + 1)
    const form = { with: diary.priya, at: wanted.toString(), version: '1' }
    for (const [page, status] of [
      [await janet.get(`${at}/move`), 200],
      [await janet.post(`${at}/move`, form), 409],
    ] as const) {
      expect(page.status).toBe(status)
      expect(wordsOf(page.body)).toContain('It is too late to change online. Call the clinic on 01632 960 001')
    }
    expect((await rowOf(row.id)).startAt).toBe(nine)
  })

  it('of what is not booked online is the clinic’s', async () => {
    const { at, row } = await booked()
    await setRules(diary.clinicId, { isOnline: false, offlineMessage: 'We are moving house.' })
    const form = { with: diary.priya, at: wanted.toString(), version: '1' }
    const answer = await janet.post(`${at}/move`, form)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Call to change this appointment'])
    expect(wordsOf(answer.body)).toContain('We are moving house.')
    expect((await rowOf(row.id)).startAt).toBe(nine)
  })

  it('into a time that is taken or outside the rules is refused', async () => {
    const oliver = await another(diary, 'Oliver')
    const { at, row } = await booked()
    await booked({ startAt: wanted, patientId: oliver.id })
    const move = (to: number) => janet.post(`${at}/move`, { with: diary.priya, at: to.toString(), version: '1' })
    const answers = [
      await move(wanted),
      await move(wanted + 5 * minutes),
      await move(nine - 2 * days),
      await move(nine + 90 * days),
    ]
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409])
    expect((await rowOf(row.id)).startAt).toBe(nine)
  })
})
