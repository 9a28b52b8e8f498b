/** The diary stays as quick when the database holds a hundred clinics: by counts and plans, never by time (performance.md). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { appointmentMails, historyOf } from '../../src/diary/appointments/history-store.ts'
import {
  appointmentByForm,
  appointmentById,
  appointmentsOf,
  appointmentsOn,
  bookerOf,
  pastOf,
  upcomingOf,
} from '../../src/diary/appointments-store.ts'
import { bookAppointment, moveAppointment, setNote, setStatus } from '../../src/diary/booking-store.ts'
import { patientsByAccess } from '../../src/diary/first-things-store.ts'
import { feedRows, ownFeed } from '../../src/diary/messages/feed-store.ts'
import { markReminded } from '../../src/diary/messages/reminders-store.ts'
import { bookedAroundClosedDays, bookedIn, bookedInAbsences, bookedWith } from '../../src/diary/time/hits-store.ts'
import { absencesOf, endPractitioner, hoursOf, replaceHours } from '../../src/diary/time/practitioner-store.ts'
import { closedDaysIn, hoursIn, practitionersOf, rulesOf, typesOf } from '../../src/diary/time/time-store.ts'
import { timeOf } from '../../src/diary/time/timetable-store.ts'
import type { Statement } from '../../src/web/database.ts'
import { aBooking, aDiary, anAbsence, type Diary, days, db, hours, minutes, nine } from './diary-world.ts'

const fortnight = { from: '2026-12-01', until: '2026-12-14' }
const day = { from: nine - 9 * hours, until: nine + 15 * hours }
const perDay = 15
let diary: Diary

const london = 'Europe/London'

/** Every statement of the diary's stores that a page reads by, by name. */
const reads = ({ clinicId, priya, patientId }: Diary): Record<string, Statement> => {
  const of = { clinicId, staffId: priya }
  return {
    time: timeOf(db(), { id: clinicId, timezone: london }, fortnight),
    rules: rulesOf(db(), clinicId),
    types: typesOf(db(), clinicId),
    practitioners: practitionersOf(db(), clinicId),
    hoursIn: hoursIn(db(), clinicId, fortnight),
    closed: closedDaysIn(db(), clinicId, fortnight),
    appointmentsOn: appointmentsOn(db(), clinicId, day),
    appointmentsOnOf: appointmentsOn(db(), clinicId, day, { of: priya, cancelled: true }),
    appointmentById: appointmentById(db(), clinicId, 'a1-0', nine),
    appointmentByForm: appointmentByForm(db(), clinicId, 'form', nine),
    upcomingOf: upcomingOf(db(), clinicId, patientId, nine),
    pastOf: pastOf(db(), clinicId, patientId, nine),
    appointmentsOf: appointmentsOf(db(), clinicId, patientId, nine),
    bookerOf: bookerOf(db(), clinicId, patientId, nine),
    hoursOf: hoursOf(db(), of),
    absencesOf: absencesOf(db(), of, nine),
    historyOf: historyOf(db(), clinicId, 'a1'),
    appointmentMails: appointmentMails(db(), clinicId, 'a1'),
    bookedIn: bookedIn(db(), clinicId, [day], nine),
    bookedWith: bookedWith(db(), of, nine),
    bookedInAbsences: bookedInAbsences(db(), of, nine),
    bookedAroundClosedDays: bookedAroundClosedDays(db(), clinicId, '2026-12-01', nine),
    feed: feedRows(db(), clinicId, `f${clinicId}`, nine),
    ownFeed: ownFeed(db(), clinicId, priya),
    patientsByAccess: patientsByAccess(db(), clinicId),
  }
}

/** Every statement by which the diary is changed: the first of its batch, which is the conditional one. */
const writes = ({ clinicId, priya, patientId, typeId }: Diary): Record<string, Statement> => {
  const row = aBooking({ ...diary, clinicId, priya, patientId, typeId }, { id: 'new', formId: 'form' })
  const named = { clinicId, id: 'a1-0', version: 1 }
  const of = { clinicId, staffId: priya }
  return {
    book: bookAppointment(db(), row, { timeVersion: 1, mostUpcoming: 3 }, nine)[0]!,
    move: moveAppointment(db(), { ...named, ...row }, row, { timeVersion: 1 }, nine)[0]!,
    setStatus: setStatus(db(), { ...named, status: 'booked' }, { status: 'arrived', by: null }, nine)[0]!,
    setNote: setNote(db(), named, 'Bring the letter')[0]!,
    markReminded: markReminded(db(), named, nine)[0]!,
    endPractitioner: endPractitioner(db(), of, nine)[0]!,
    replaceHours: replaceHours(db(), { ...of, hoursVersion: 1 }, [])[2]!,
  }
}

interface Sql {
  sql: string
  params: unknown[]
}
const sqlOf = (statement: Statement): Sql => {
  const built = statement as unknown as { toSQL?: () => Sql; getQuery: () => Sql }
  return built.toSQL ? built.toSQL() : built.getQuery()
}
const planOf = async (statement: Statement): Promise<string[]> => {
  const { sql, params } = sqlOf(statement)
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...params)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}
const rowsRead = async (statement: Statement): Promise<number> => {
  const { sql, params } = sqlOf(statement)
  const { meta } = await env.DB.prepare(sql)
    .bind(...params)
    .all()
  return meta.rows_read
}

/** Clinics (no other id has a hyphen) with one practitioner and patient each, and fifteen appointments a day for twenty days. */
async function manyClinics(name: string, count: number) {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  const slots = `WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < ${20 * perDay - 1})`
  const clinics = `FROM clinic WHERE slug GLOB '${name}-*'`
  const practitioners = `FROM practitioner WHERE clinic_id GLOB '${name}-*'`
  await env.DB.batch(
    [
      `INSERT INTO clinic (id, slug, name, phone, timezone, created_at) ${numbers}
        SELECT '${name}-' || i, '${name}-' || i, 'C', '1', 'UTC', 1 FROM n`,
      `INSERT INTO staff (id, clinic_id, username, name, role, created_at)
        SELECT 's' || id, id, 'priya', 'P', 'practitioner', 1 ${clinics}`,
      `INSERT INTO patient (id, clinic_id, first_name, last_name, sort_name, search_text, created_at)
        SELECT 'p' || id, id, 'A', 'B', 'b a', 'a b', 1 ${clinics}`,
      `INSERT INTO practitioner (clinic_id, staff_id, added_at, feed_hash) SELECT id, 's' || id, 1, 'f' || id ${clinics}`,
      `INSERT INTO appointment_type (clinic_id, id, name, minutes, added_at) SELECT id, 't' || id, 'T', 30, 1 ${clinics}`,
      `INSERT INTO practitioner_type (clinic_id, staff_id, type_id) SELECT id, 's' || id, 't' || id ${clinics}`,
      `INSERT INTO working_hours (clinic_id, staff_id, weekday, from_minute, until_minute, valid_from)
        SELECT clinic_id, staff_id, 3, 540, 1020, '2026-01-01' ${practitioners}`,
      `INSERT INTO absence (clinic_id, staff_id, until_at, id, from_at, added_at)
        SELECT clinic_id, staff_id, ${nine}, 'x', ${nine - hours}, 1 ${practitioners}`,
      `INSERT INTO closed_day (clinic_id, date, name, added_at) SELECT id, '2026-12-10', 'Training', 1 ${clinics}`,
      `INSERT INTO appointment (clinic_id, id, practitioner_id, patient_id, type_id, start_at, end_at, buffer_until,
          status_since, booked_at) ${slots}
        SELECT c.id, 'a' || s.i, 's' || c.id, 'p' || c.id, 't' || c.id, at, at + ${30 * minutes}, at + ${30 * minutes}, 1, 1
        FROM clinic c, (SELECT i, ${nine - days} + i / ${perDay} * ${days} + i % ${perDay} * ${30 * minutes} AS at FROM s) s
        WHERE c.slug GLOB '${name}-*'`,
    ].map((sql) => env.DB.prepare(sql)),
  )
}

beforeEach(async () => {
  diary = await aDiary()
  await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: nine + days, untilAt: nine + 2 * days })
})

describe('every statement of the diary', () => {
  it('finds its rows by an index that begins with the clinic (a feed: with its secret; the clinic: by its id), and scans nothing', async () => {
    const plans: Record<string, string[]> = {}
    for (const [name, statement] of Object.entries({ ...reads(diary), ...writes(diary) })) {
      plans[name] = await planOf(statement)
    }
    const steps = Object.entries(plans).flatMap(([name, plan]) => plan.map((step) => `${name}: ${step}`))
    expect(steps.filter((step) => /: SCAN (?!json_each|CONSTANT ROW|\(subquery)/.test(step))).toEqual([])
    expect(
      steps.filter((step) => /SEARCH/.test(step) && !/\((clinic_id|feed_hash)=\?|SEARCH clinic .*\(id=\?\)/.test(step)),
    ).toEqual([])
    // What grows with the years is never found by the clinic alone.
    expect(steps.filter((step) => /SEARCH (a|appointment|busy_day|absence) .*\(clinic_id=\?\)/.test(step))).toEqual([])
  })
})

describe('rows read', () => {
  it('are the same with one clinic and with a hundred', { timeout: 120_000 }, async () => {
    const ofFirst = { ...diary, clinicId: 'c-1', priya: 'sc-1', patientId: 'pc-1', typeId: 'tc-1' }
    const measure = async () => {
      await timeOf(db(), { id: ofFirst.clinicId, timezone: london }, fortnight) // and the timetable is kept
      const counts: Record<string, number> = {}
      for (const [name, statement] of Object.entries(reads(ofFirst))) {
        counts[name] = await rowsRead(statement)
      }
      return counts
    }
    for (const name of ['b', 'c', 'x']) await manyClinics(name, 1) // one on each side: an index looks one row further
    const one = await measure()
    await manyClinics('d', 99)
    expect(await measure()).toEqual(one)
    expect(one.time).toBeLessThanOrEqual(1 + 1 + 15 + 1) // the rules, the practitioner, 14 days and the one before, an end of the index
  })
})
