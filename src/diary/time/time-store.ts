/**
 * What decides which times are free, read in one batch: `...timeOf(db, clinicId, window)` in a `visit.read`, and
 * `clinicTime` makes one value of the answers.
 */
import { and, asc, eq, gte, isNull, lt, lte, or, sql } from 'drizzle-orm'
import {
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
import { type Dates, spanOf } from './dates.ts'
import type { Span } from './span.ts'
import { timetableOf } from './timetable-store.ts'

/** The clinic's rules and its timetable, and what is taken on those days. */
export const timeOf = (db: Database, clinic: Pick<Clinic, 'id' | 'timezone'>, dates: Dates) =>
  [timetableOf(db, clinic, dates), busyDaysIn(db, clinic.id, spanOf(dates, clinic.timezone))] as const
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

export const closedDaysIn = (db: Database, clinicId: string, { from, until }: Dates) =>
  keptClosedDays(db, { clinicId, from, until })
const keptClosedDays = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
  db
    .select()
    .from(closedDay)
    .where(and(eq(closedDay.clinicId, clinicId), gte(closedDay.date, from), lte(closedDay.date, until)))
    .orderBy(asc(closedDay.date)),
)

/**
 * What is taken, the days of a practitioner in one row: D1 hands over eight rows in a fraction of the time that it takes for
 * hundreds. An appointment stands on the UTC day it begins.
 */
export const busyDaysIn = (db: Database, clinicId: string, span: Span) =>
  keptBusyDays(db, { clinicId, ...utcDays(span) })
const keptBusyDays = kept(['clinicId', 'from', 'until'], (db, { clinicId, from, until }) =>
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
        sql`${busyDay.practitionerId} IN (SELECT staff_id FROM practitioner WHERE clinic_id = ${clinicId} AND ended_at IS NULL)`, // a seek for each: an index by clinic and time alone would grow with the clinic
        gte(busyDay.day, from),
        lt(busyDay.day, until),
      ),
    )
    .groupBy(busyDay.practitionerId),
)

/** The days, counted from 1970, on which appointments begin that touch that stretch. */
export const utcDays = ({ from, until }: Span) => ({
  from: Math.floor((from - longestAppointment) / day),
  until: Math.ceil(until / day),
})

const day = 86_400_000 // ms
