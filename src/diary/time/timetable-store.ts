/**
 * What decides which times are free, in one statement: the rules, the timetable, and what is taken. The timetable hardly ever
 * changes, so it is kept in the isolate; every page asks in its trip whether its mark is still the one that is kept, and only
 * if it is not, the answer holds the timetable anew. So it is never older than the rest of the page.
 */
import { and, eq, getTableColumns, gt, gte, isNull, lt, lte, or, sql } from 'drizzle-orm'
import {
  absence,
  appointmentType,
  bookingRules,
  type Clinic,
  closedDay,
  practitioner,
  staff,
  workingHours,
} from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { jsonList, jsonOf, readLists } from '../../web/json-lists.ts'
import { type Answering, kept, readAs } from '../../web/kept.ts'
import { type Busy, type ClinicTime, clinicTime, type Timetable } from './clinic-time.ts'
import { type Dates, spanOf, utcDays } from './dates.ts'
import { idsIn, typeIdsOf } from './time-store.ts'
import { addDays } from './wall-clock.ts'

type OfClinic = Pick<Clinic, 'id' | 'timezone'>

/** Read for these days. */
interface Held {
  mark: string
  dates: Dates
  timetable: Timetable
}
const held = new Map<string, Held>()
const mostHeld = 200 // clinics in one isolate
const [daysBefore, daysAfter] = [31, 400] // beside the days that are asked for, so that the next page finds its own

/** The clinic's time on those days. */
export function timeOf(db: Database, { id, timezone }: OfClinic, dates: Dates): Answering<ClinicTime> {
  const name = `${id} ${timezone}`
  const known = held.get(name)
  const before = known && known.dates.from <= dates.from && known.dates.until >= dates.until ? known : undefined
  const read = before?.dates ?? around(dates)
  const mark = before?.mark ?? ''
  const busyDays = utcDays(spanOf(dates, timezone))
  const values = { clinicId: id, mark, ...read, ...instantsOf(read, timezone), ...busyDays }
  return readAs(keptTime(db, values), ([row]) => {
    const { anew, busy, ...rules } = row!
    if (anew === null && before) return clinicTime(timezone, rules, before.timetable, busy)
    const timetable = timetableIn(anew!)
    if (held.size >= mostHeld) held.clear()
    held.set(name, { mark: rules.timeMark, dates: read, timetable })
    return clinicTime(timezone, rules, timetable, busy)
  })
}

const around = ({ from, until }: Dates): Dates => {
  const last = addDays(from, daysAfter)
  return { from: addDays(from, -daysBefore), until: until > last ? until : last }
}

const instantsOf = (dates: Dates, zone: string) => {
  const { from, until } = spanOf(dates, zone)
  return { fromAt: from, untilAt: until }
}

const clinicId = sql.placeholder('clinicId')
const [from, until] = [sql.placeholder('from'), sql.placeholder('until')]
const [fromAt, untilAt] = [sql.placeholder('fromAt'), sql.placeholder('untilAt')]

/** Types and practitioners in the order of the clinic. */
const lists = {
  types: jsonList(
    getTableColumns(appointmentType),
    sql`FROM ${appointmentType} WHERE ${and(eq(appointmentType.clinicId, clinicId), isNull(appointmentType.retiredAt))}`,
    sql`${appointmentType.position}, ${appointmentType.name}`,
  ),
  practitioners: jsonList(
    {
      id: practitioner.staffId,
      name: staff.name,
      designation: practitioner.designation,
      colour: practitioner.colour,
      typeIds: typeIdsOf,
    },
    sql`FROM ${practitioner} JOIN ${staff} ON ${and(eq(staff.clinicId, practitioner.clinicId), eq(staff.id, practitioner.staffId))}
      WHERE ${and(eq(practitioner.clinicId, clinicId), isNull(practitioner.endedAt), isNull(staff.deactivatedAt))}`,
    sql`${practitioner.position}, ${staff.name}, ${practitioner.staffId}`,
  ),
  hours: jsonList(
    getTableColumns(workingHours),
    sql`FROM ${workingHours} WHERE ${and(
      eq(workingHours.clinicId, clinicId),
      lte(workingHours.validFrom, until),
      or(isNull(workingHours.validUntil), gte(workingHours.validUntil, from)),
    )}`,
    sql`${workingHours.weekday}, ${workingHours.fromMinute}`,
  ),
  absences: jsonList(
    { id: absence.id, staffId: absence.staffId, from: absence.fromAt, until: absence.untilAt, reason: absence.reason },
    sql`FROM ${absence} WHERE ${and(
      eq(absence.clinicId, clinicId),
      sql`${absence.staffId} IN (SELECT staff_id FROM practitioner WHERE clinic_id = ${clinicId} AND ended_at IS NULL)`,
      gt(absence.untilAt, fromAt),
      lt(absence.fromAt, untilAt),
    )}`,
    sql`${absence.fromAt}`,
  ),
  closedDays: jsonList(
    { date: closedDay.date, name: closedDay.name },
    sql`FROM ${closedDay} WHERE ${and(eq(closedDay.clinicId, clinicId), gte(closedDay.date, from), lte(closedDay.date, until))}`,
    sql`${closedDay.date}`,
  ),
}

/** The rows of a practitioner become one, and all of them one cell. An appointment stands on the UTC day it begins. */
const busySql = sql`(SELECT json_group_object(practitioner_id, days) FROM (
  SELECT practitioner_id, group_concat(day || ':' || spans, ' ') AS days FROM busy_day
  WHERE clinic_id = ${clinicId} AND day >= ${sql.placeholder('fromDay')} AND day < ${sql.placeholder('untilDay')}
    AND practitioner_id IN (SELECT staff_id FROM practitioner WHERE clinic_id = ${clinicId} AND ended_at IS NULL)
  GROUP BY practitioner_id))`

const values = ['clinicId', 'mark', 'from', 'until', 'fromAt', 'untilAt', 'fromDay', 'untilDay'] as const
const keptTime = kept(values, (db, { mark }) =>
  db
    .select({
      ...getTableColumns(bookingRules),
      anew: sql<string | null>`CASE WHEN ${bookingRules.timeMark} = ${mark} THEN NULL ELSE ${jsonOf(lists)} END`.as(
        'anew',
      ),
      busy: busySql.mapWith((text: string): Busy => JSON.parse(text)).as('busy'),
    })
    .from(bookingRules)
    .where(eq(bookingRules.clinicId, clinicId)),
)

function timetableIn(text: string): Timetable {
  const { types, practitioners, hours, absences, closedDays } = readLists(lists, text)
  const people = practitioners.map(({ typeIds, ...person }) => ({
    ...person,
    typeIds: idsIn(typeIds),
    hours: hours.filter(({ staffId }) => staffId === person.id),
    absences: absences.filter(({ staffId }) => staffId === person.id),
  }))
  return { types, practitioners: people, closedDays }
}
