/**
 * What decides which times are free, in one statement: the timetable, and what is taken. The timetable hardly ever changes, so
 * it is kept in the isolate; every page asks in its trip whether its mark is still the one that is kept, and only if it is not,
 * the answer holds the timetable anew. So it is never older than the rest of the page.
 */
import { eq, sql } from 'drizzle-orm'
import { bookingRules, type Clinic } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { type Answering, kept, readAs } from '../../web/kept.ts'
import { type Absence, type Busy, type ClinicTime, clinicTime, type Timetable } from './clinic-time.ts'
import { type Dates, spanOf, utcDays } from './dates.ts'
import { addDays } from './wall-clock.ts'

type OfClinic = Pick<Clinic, 'id' | 'timezone'>

/** With the absences of these days, in the zone of the clinic. */
interface Held {
  dates: Dates
  zone: string
  timetable: Timetable
}
const held = new Map<string, Held>()
const mostHeld = 200 // clinics in one isolate
const [daysBefore, daysAfter] = [31, 400] // beside the days that are asked for, so that the next page finds its own

/**
 * The clinic's time on those days. Its zone comes with the timetable, so that nothing is decided by one that is out of date;
 * @param clinic as the page remembers it: from which instants on is asked
 */
export function timeOf(db: Database, { id, timezone }: OfClinic, dates: Dates): Answering<ClinicTime> {
  const known = held.get(id)
  const before = known && known.dates.from <= dates.from && known.dates.until >= dates.until ? known : undefined
  const read = before?.dates ?? around(dates)
  const { from: fromAt, until: untilAt } = spanOf(read, timezone)
  const mark = before?.timetable.rules.timeMark ?? ''
  const values = { clinicId: id, mark, fromAt, untilAt, ...utcDays(spanOf(dates, timezone)) }
  return readAs(keptTime(db, values), ([row]) => {
    const { anew, busy } = row!
    if (anew === null && before) return clinicTime(before.zone, before.timetable, busy)
    const { timetable, zone } = timetableIn(anew!)
    if (held.size >= mostHeld) held.clear()
    held.set(id, { dates: read, timetable, zone })
    return clinicTime(zone, timetable, busy)
  })
}

const around = ({ from, until }: Dates): Dates => {
  const last = addDays(from, daysAfter)
  return { from: addDays(from, -daysBefore), until: until > last ? until : last }
}

const ofClinic = sql`clinic_id = booking_rules.clinic_id`
const whoSeesPatients = sql`FROM practitioner WHERE ${ofClinic} AND ended_at IS NULL`

/** Absences alone grow with the years, so they are read by date; the view has the rest. */
const anewSql = sql`json_array(
  json((SELECT timetable FROM timetable WHERE ${ofClinic})),
  json((SELECT json_group_array(
      json_object('staffId', staff_id, 'id', id, 'from', from_at, 'until', until_at, 'reason', reason) ORDER BY from_at)
    FROM absence WHERE ${ofClinic} AND staff_id IN (SELECT staff_id ${whoSeesPatients})
      AND until_at > ${sql.placeholder('fromAt')} AND from_at < ${sql.placeholder('untilAt')})),
  (SELECT timezone FROM clinic WHERE id = booking_rules.clinic_id))`

/** The rows of a practitioner become one text, and all of them one cell. An appointment stands on the UTC day it begins. */
const busySql = sql`(SELECT json_group_object(staff_id, (
    SELECT group_concat(day || ':' || spans, ' ') FROM busy_day WHERE ${ofClinic} AND practitioner_id = staff_id
      AND day >= ${sql.placeholder('fromDay')} AND day < ${sql.placeholder('untilDay')}))
  ${whoSeesPatients})`

const keptTime = kept(['clinicId', 'mark', 'fromAt', 'untilAt', 'fromDay', 'untilDay'], (db, { clinicId, mark }) =>
  db
    .select({
      anew: sql<string | null>`CASE ${bookingRules.timeMark} WHEN ${mark} THEN NULL ELSE ${anewSql} END`.as('anew'),
      busy: busySql.mapWith((text: string): Busy => JSON.parse(text)).as('busy'),
    })
    .from(bookingRules)
    .where(eq(bookingRules.clinicId, clinicId)),
)

function timetableIn(text: string): Omit<Held, 'dates'> {
  const [timetable, absences, zone]: [Timetable, (Absence & { staffId: string })[], string] = JSON.parse(text)
  const practitioners = timetable.practitioners.map((person) => ({
    ...person,
    absences: absences.filter(({ staffId }) => staffId === person.id),
  }))
  return { timetable: { ...timetable, practitioners }, zone }
}
