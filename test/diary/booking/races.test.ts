/** Many patients want one time: one has it, and each of the others is told kindly, with what is left (ux.md checks 23 and 25). */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wordsOf } from '../../patients/reading.ts'
import { inFrontOf, slowDatabase } from '../../support/unsteady-database.ts'
import type { Answer } from '../../support/world.ts'
import {
  aBooking,
  aDiary,
  allRows,
  anAbsence,
  aPractitioner,
  book,
  type Diary,
  days,
  hours,
  minutes,
  nine,
  rowOf,
  setRules,
} from '../diary-world.ts'
import { another, asJanet, bookingForm, headingOf, linksOf, mailsTo, opened, withAccess } from './booking-world.ts'

let diary: Diary

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] }) // Monday 30 November 2026, 9am
  diary = await aDiary()
  await opened(diary)
  await withAccess(diary)
})
afterEach(() => {
  vi.useRealTimers()
})

const slow = () => ({ ...env, DB: slowDatabase(env.DB) })
const isBooked = ({ status, location }: Answer) => status === 303 && /\?done=(booked|moved)$/.test(location ?? '')

/** What a loser sees: why, said first and with the focus on it, and times that are still free. */
function expectKindPage(answer: Answer, words: string) {
  expect(answer.status).toBe(409)
  expect(answer.body).toMatch(/<title>Error: Choose a (new )?time – Riverside Clinic<\/title>/)
  expect(wordsOf(answer.body)).toContain(`There is a problem ${words}`)
  expect(answer.body).toMatch(/class="summary" role="alert" tabindex="-1" autofocus/)
  expect(answer.body).toContain('<a href="#times">')
  expect(answer.body).toContain('id="times"')
  expect(linksOf(answer).filter((link) => link.includes('at=')).length).toBeGreaterThan(0)
  expect(answer.body).not.toContain(`at=${nine}&`)
}

describe('fifty requests for one time, with D1 answering late and in any order', () => {
  it('leave one appointment; each loser is told, with fresh times', { timeout: 120_000 }, async () => {
    const people = []
    for (let n = 0; n < 50; n++) people.push(await another(diary, `Pat${n}`, slow()))
    const answers = await Promise.all(
      people.map(({ browser }) => browser.post('/riverside/book', bookingForm(diary, nine))),
    )
    expect(answers.filter(isBooked)).toHaveLength(1)
    expect(await allRows()).toHaveLength(1)
    const losers = answers.filter((answer) => !isBooked(answer))
    for (const loser of losers) expectKindPage(loser, 'Someone has just booked 9:00am. Choose another time')
    const told = await Promise.all(people.map((_each, n) => mailsTo(`pat${n}@example.com`)))
    expect(told.flat()).toHaveLength(1)
    const audits = await env.DB.prepare("SELECT count(*) AS n FROM audit WHERE act = 'appointment-booked'").first('n')
    expect(audits).toBe(1)
  })

  it('of one patient for different times leave as many as the clinic allows', { timeout: 60_000 }, async () => {
    await setRules(diary.clinicId, { mostUpcoming: 2 })
    const janet = await asJanet(diary, slow())
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_each, n) =>
        janet.post('/riverside/book', bookingForm(diary, nine + n * 30 * minutes)),
      ),
    )
    expect(answers.filter(isBooked)).toHaveLength(2)
    expect(await allRows()).toHaveLength(2)
    for (const loser of answers.filter((answer) => !isBooked(answer))) {
      expect([loser.status, headingOf(loser)]).toEqual([409, 'You have as many appointments as you can book online'])
    }
  })

  it('to move to one time leave one there, and the others where they were', { timeout: 120_000 }, async () => {
    const people = []
    for (let n = 0; n < 12; n++) {
      const person = await another(diary, `Mo${n}`, slow())
      const row = aBooking(diary, { patientId: person.id, startAt: nine + days + n * 30 * minutes })
      await book(row)
      people.push({ ...person, row })
    }
    const form = { with: diary.priya, at: nine.toString(), version: '1' }
    const answers = await Promise.all(
      people.map(({ browser, row }) => browser.post(`/riverside/appointments/${row.id}/move`, form)),
    )
    expect(answers.filter(isBooked)).toHaveLength(1)
    const rows = await allRows()
    expect(rows.filter(({ startAt }) => startAt === nine)).toHaveLength(1)
    expect(new Set(rows.map(({ startAt }) => startAt)).size).toBe(12)
    for (const loser of answers.filter((answer) => !isBooked(answer)))
      expectKindPage(loser, 'Someone has just booked 9:00am. Choose another time')
  })
})

/** What somebody at the clinic does between the page and the POST, or between its reading and its writing. */
const changes: Record<string, { sql: (of: Diary) => string; heading: string; words: string }> = {
  'the practitioner is absent': {
    sql: ({ clinicId, priya }) =>
      `INSERT INTO absence (clinic_id, staff_id, id, from_at, until_at, added_at) VALUES ('${clinicId}', '${priya}', 'a', ${nine}, ${nine + hours}, 1)`,
    heading: 'Choose a time',
    words: '9:00am is not offered any more. Choose another time',
  },
  'the day is closed': {
    sql: ({ clinicId }) =>
      `INSERT INTO closed_day (clinic_id, date, name, added_at) VALUES ('${clinicId}', '2026-12-02', 'Training', 1)`,
    heading: 'Choose a time',
    words: '9:00am is not offered any more. Choose another time',
  },
  'more notice is asked for': {
    sql: () => 'UPDATE booking_rules SET earliest_notice_minutes = 4320',
    heading: 'Choose a time',
    words: 'This time is too soon to book online. Choose another time',
  },
  'it is too far ahead now': {
    sql: () => 'UPDATE booking_rules SET furthest_ahead_days = 1',
    heading: 'Choose a time',
    words: 'This time is too far ahead to book online. Choose another time',
  },
  'online booking is switched off': {
    sql: () => "UPDATE booking_rules SET is_online = 0, offline_message = 'Call us'",
    heading: 'Call to book an appointment',
    words: 'Call us',
  },
  'the type is not booked online any more': {
    sql: () => 'UPDATE appointment_type SET is_online = 0',
    heading: 'Call to book an appointment',
    words: 'Appointments cannot be booked online at the moment.',
  },
  'the type is for new patients now': {
    sql: () => 'UPDATE appointment_type SET for_new = 0',
    heading: 'Call to book an appointment',
    words: 'Call Riverside Clinic on 01632 960 001',
  },
}

describe('what changed meanwhile is asked again', () => {
  it.each(Object.entries(changes))('%s, between the page and the form', async (_name, { sql, heading, words }) => {
    const janet = await asJanet(diary)
    await env.DB.prepare('UPDATE patient SET created_by = NULL').run()
    await env.DB.prepare(sql(diary)).run()
    const answer = await janet.post('/riverside/book', bookingForm(diary, nine))
    expect([answer.status, headingOf(answer)]).toEqual([409, heading])
    expect(wordsOf(answer.body)).toContain(words)
    expect(await allRows()).toEqual([])
  })

  it.each(Object.entries(changes))('%s, between reading and writing', async (_name, { sql, heading, words }) => {
    let batches = 0
    const changing = inFrontOf(env.DB, async (query) => {
      if (query !== 'batch') return
      batches += 1
      if (batches === 2) await env.DB.prepare(sql(diary)).run() // the first reads, the second writes
    })
    const janet = await asJanet(diary, { ...env, DB: changing })
    const answer = await janet.post('/riverside/book', bookingForm(diary, nine))
    expect([answer.status, headingOf(answer)]).toEqual([409, heading])
    expect(wordsOf(answer.body)).toContain(words)
    expect(await allRows()).toEqual([])
    expect(await mailsTo('janet.hall@example.com')).toEqual([])
  })

  it('something that does not matter to this time: it is booked after all', async () => {
    let batches = 0
    const changing = inFrontOf(env.DB, async (query) => {
      if (query === 'batch' && ++batches === 2)
        await env.DB.prepare('UPDATE booking_rules SET furthest_ahead_days = 30').run()
    })
    const janet = await asJanet(diary, { ...env, DB: changing })
    expect(isBooked(await janet.post('/riverside/book', bookingForm(diary, nine)))).toBe(true)
    expect(await allRows()).toHaveLength(1)
  })

  it('the clinic moves the appointment while its patient chooses a time: nothing is overwritten', async () => {
    const row = aBooking(diary)
    await book(row)
    const janet = await asJanet(diary)
    await env.DB.prepare(
      `UPDATE appointment SET start_at = start_at + ${hours}, end_at = end_at + ${hours}, buffer_until = buffer_until + ${hours}, version = 2`,
    ).run()
    const form = { with: diary.priya, at: (nine + 3 * hours).toString(), version: '1' }
    const answer = await janet.post(`/riverside/appointments/${row.id}/move`, form)
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('The clinic has changed this appointment meanwhile. Choose a time again')
    expect((await rowOf(row.id)).startAt).toBe(nine + hours)
  })
})

describe('nobody is in two rooms at once', () => {
  const clash = 'You have another appointment at this time. Choose another time'
  /** From another of their windows, while this one is between reading and writing: another practitioner, the same time. */
  async function meanwhile(does: () => Promise<unknown>) {
    let batches = 0
    const DB = inFrontOf(env.DB, async (query) => {
      if (query === 'batch' && ++batches === 2) expect(await does()).toEqual({ ok: true })
    })
    return asJanet(diary, { ...env, DB })
  }
  const withTom = async () =>
    aBooking(diary, {
      practitionerId: await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' }),
      startAt: nine + 15 * minutes,
    })

  it('a patient who books the same time twice', async () => {
    const other = await withTom()
    const janet = await meanwhile(() => book(other))
    expectKindPage(await janet.post('/riverside/book', bookingForm(diary, nine)), clash)
    expect(await allRows()).toMatchObject([{ id: other.id }])
  })

  it('or moves one of two that staff booked for the same time to where it would still overlap the other', async () => {
    const [row, other] = [aBooking(diary, { startAt: nine }), { ...(await withTom()), startAt: nine }]
    for (const each of [row, other]) expect(await book(each)).toEqual({ ok: true })
    const to = { with: diary.priya, at: (nine + 30 * minutes).toString(), version: '1' }
    const janet = await asJanet(diary)
    const answer = await janet.post(`/riverside/appointments/${row.id}/move`, to)
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining(clash)])
    expect(await rowOf(row.id)).toMatchObject({ startAt: nine, version: 1 })
  })

  it('or moves an appointment to the time of another', async () => {
    const [row, other] = [aBooking(diary, { startAt: nine + days }), await withTom()]
    await book(row)
    const janet = await meanwhile(() => book(other))
    const to = { with: diary.priya, at: nine.toString(), version: '1' }
    expectKindPage(await janet.post(`/riverside/appointments/${row.id}/move`, to), clash)
    expect(await rowOf(row.id)).toMatchObject({ startAt: nine + days, version: 1 })
  })
})

describe('one round trip, or a second for the next date', () => {
  const trips: string[] = []
  const counted = () =>
    inFrontOf(env.DB, async (query) => {
      trips.push(query)
    })

  it('reads a page without a free time, with the next date and the number', async () => {
    const row = aBooking(diary, { startAt: nine + 40 * days })
    await book(row)
    await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: 1, untilAt: nine + 30 * days })
    const janet = await asJanet(diary, { ...env, DB: counted() })
    await janet.get('/riverside/home')
    for (const path of ['/riverside/book', `/riverside/appointments/${row.id}/move`]) {
      trips.length = 0
      const page = await janet.get(path)
      expect([page.status, trips]).toEqual([200, ['batch', 'batch']])
      expect(wordsOf(page.body)).toContain('The next date with a free time is Friday 1 January')
      expect(wordsOf(page.body)).toContain('call Riverside Clinic on 01632 960 001')
    }
  })

  it('reads each page of booking and of one’s own appointments', async () => {
    const row = aBooking(diary)
    await book(row)
    const janet = await asJanet(diary, { ...env, DB: counted() })
    const at = `/riverside/appointments/${row.id}`
    const pages = ['/home', '/book', `/book?type=${diary.typeId}&day=2026-12-03`, '/appointments', '/details']
    for (const page of [...pages.map((path) => `/riverside${path}`), at, `${at}/move`, `${at}/cancellation`]) {
      await janet.get(page)
      trips.length = 0 // the clinic is known now
      expect([page, (await janet.get(page)).status, trips]).toEqual([page, 200, ['batch']])
    }
  })
})
