/**
 * What decides which times are free, read in one batch: `...timeOf(db, clinicId, window)` in a `visit.read`, and
 * `clinicTime` makes one value of the answers.
 */
import { and, asc, eq, gt, gte, isNull, lt, lte, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import {
  absence,
  appointmentType,
  bookingRules,
  busyDay,
  type Clinic,
  closedDay,
  practitioner,
  practitionerType,
  staff,
  workingHours,
} from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { kept } from '../../web/kept.ts'
import { longestAppointment } from '../appointment.ts'
import type { Span } from './span.ts'
import { dayOf } from './wall-clock.ts'

/** Days of the clinic, both included: 'YYYY-MM-DD'. */
export interface Dates {
  from: string
  until: string
}

/** The clinic's rules and types, its practitioners, and their hours, absences and taken times on those days. */
export const timeOf = (db: Database, { id, timezone }: Pick<Clinic, 'id' | 'timezone'>, dates: Dates) => {
  const span = spanOf(dates, timezone)
  return [...openOf(db, id, dates, span), busyDaysIn(db, id, span)] as const
}

/** The same without what is taken. */
export const openOf = (db: Database, id: string, dates: Dates, span: Span) =>
  [
    rulesOf(db, id),
    typesOf(db, id),
    practitionersOf(db, id),
    hoursIn(db, id, dates),
    absencesIn(db, id, span),
    closedDaysIn(db, id, dates),
  ] as const

export const spanOf = ({ from, until }: Dates, zone: string): Span => ({
  from: dayOf(from, zone).from,
  until: dayOf(until, zone).until,
})
export type TimeAnswers = Answered<ReturnType<typeof timeOf>>
type Answered<T extends readonly unknown[]> = { [K in keyof T]: Awaited<T[K]> }

/** One row. */
export const rulesOf = (db: Database, clinicId: string) => keptRules(db, { clinicId })
const keptRules = kept(['clinicId'], (db, { clinicId }) =>
  db.select().from(bookingRules).where(eq(bookingRules.clinicId, clinicId)),
)

/** Those that can be booked, in the order of the clinic. */
export const typesOf = (db: Database, clinicId: string) => keptTypes(db, { clinicId })
const keptTypes = kept(['clinicId'], (db, { clinicId }) =>
  db
    .select()
    .from(appointmentType)
    .where(and(eq(appointmentType.clinicId, clinicId), isNull(appointmentType.retiredAt)))
    .orderBy(asc(appointmentType.position), asc(appointmentType.name)),
)

/** Who sees patients now, in the order of the diary's columns, and which types each of them does. */
export const practitionersOf = (db: Database, clinicId: string) => keptPractitioners(db, { clinicId })
const keptPractitioners = kept(['clinicId'], (db, { clinicId }) =>
  db
    .select({
      id: practitioner.staffId,
      name: staff.name,
      designation: practitioner.designation,
      colour: practitioner.colour,
      mayChangeOwnHours: practitioner.mayChangeOwnHours,
      hoursVersion: practitioner.hoursVersion,
      hasFeed: sql`${practitioner.feedHash} IS NOT NULL`.mapWith(Boolean),
      typeIds: typeIdsOf.mapWith((ids: string) => ids.split(' ').filter(Boolean)),
    })
    .from(practitioner)
    .innerJoin(staff, and(eq(staff.clinicId, practitioner.clinicId), eq(staff.id, practitioner.staffId)))
    .where(and(eq(practitioner.clinicId, clinicId), isNull(practitioner.endedAt), isNull(staff.deactivatedAt)))
    .orderBy(asc(practitioner.position), asc(staff.name), asc(practitioner.staffId)),
)
export type DiaryPractitioner = Awaited<ReturnType<typeof practitionersOf>>[number]

const typeIdsOf = sql<
  string[]
>`(SELECT ifnull(group_concat(${practitionerType.typeId}, ' '), '') FROM ${practitionerType}
  WHERE ${practitionerType.clinicId} = ${practitioner.clinicId} AND ${practitionerType.staffId} = ${practitioner.staffId})`

/** Working hours that are valid on one of those days. */
export const hoursIn = (db: Database, clinicId: string, { from, until }: Dates) =>
  keptHours(db, { clinicId, from, until })
const keptHours = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
  db
    .select()
    .from(workingHours)
    .where(
      and(
        eq(workingHours.clinicId, clinicId),
        lte(workingHours.validFrom, until),
        or(isNull(workingHours.validUntil), gte(workingHours.validUntil, from)),
      ),
    ),
)

/** Absences of the clinic's practitioners that touch that stretch of time. */
export const absencesIn = (db: Database, clinicId: string, { from, until }: Span) =>
  keptAbsences(db, { clinicId, from, until })
const keptAbsences = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
  db
    .select()
    .from(absence)
    .where(
      and(
        eq(absence.clinicId, clinicId),
        isOneOf(absence.staffId, clinicId),
        gt(absence.untilAt, from),
        lt(absence.fromAt, until),
      ),
    )
    .orderBy(asc(absence.fromAt)),
)

export const closedDaysIn = (db: Database, clinicId: string, { from, until }: Dates) =>
  keptClosedDays(db, { clinicId, from, until })
const keptClosedDays = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
  db
    .select()
    .from(closedDay)
    .where(and(eq(closedDay.clinicId, clinicId), gte(closedDay.date, from), lte(closedDay.date, until)))
    .orderBy(asc(closedDay.date)),
)

/** What is taken: a row for each practitioner who has appointments then. An appointment stands on the UTC day it begins. */
export const busyDaysIn = (db: Database, clinicId: string, span: Span) =>
  keptBusyDays(db, { clinicId, ...utcDays(span) })
const keptBusyDays = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
  busyDays(db, clinicId, from, sql`${until}`),
)

/** The days of a practitioner in one row: D1 hands over eight rows in a fraction of the time that it takes for hundreds. */
export const busyDays = (db: Database, clinicId: Placeholder, from: Placeholder, until: SQL) =>
  db
    .select({
      practitionerId: busyDay.practitionerId,
      spansByDay: sql`json_group_object(${busyDay.day}, ${busyDay.spans})`.mapWith(
        (days: string): Record<string, string> => JSON.parse(days),
      ),
    })
    .from(busyDay)
    .where(
      and(
        eq(busyDay.clinicId, clinicId),
        isOneOf(busyDay.practitionerId, clinicId),
        gte(busyDay.day, from),
        lt(busyDay.day, until),
      ),
    )
    .groupBy(busyDay.practitionerId)

/** The days, counted from 1970, on which appointments begin that touch that stretch. */
export const utcDays = ({ from, until }: Span) => ({
  from: Math.floor((from - longestAppointment) / day),
  until: Math.ceil(until / day),
})

/** The clinic's practitioners, each a seek of its own: an index by clinic and time alone would grow with the clinic. */
const isOneOf = (column: typeof absence.staffId | typeof busyDay.practitionerId, clinicId: Placeholder): SQL =>
  sql`${column} IN (SELECT staff_id FROM practitioner WHERE clinic_id = ${clinicId} AND ended_at IS NULL)`

const day = 86_400_000 // ms
