/** The clinic's time as its rooms list it, each thing by itself. What decides which times are free is `timeOf`, as a whole. */
import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import {
  appointmentType,
  bookingRules,
  closedDay,
  practitioner,
  practitionerType,
  staff,
  workingHours,
} from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { kept } from '../../web/kept.ts'
import type { Dates } from './dates.ts'

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
      typeIds: typeIdsOf.mapWith(idsIn),
    })
    .from(practitioner)
    .innerJoin(staff, and(eq(staff.clinicId, practitioner.clinicId), eq(staff.id, practitioner.staffId)))
    .where(and(eq(practitioner.clinicId, clinicId), isNull(practitioner.endedAt), isNull(staff.deactivatedAt)))
    .orderBy(asc(practitioner.position), asc(staff.name), asc(practitioner.staffId)),
)
export type DiaryPractitioner = Awaited<ReturnType<typeof practitionersOf>>[number]

/** Whoever sees patients here, or did: at most one row. */
export const practitionerNamed = (db: Database, clinicId: string, staffId: string) =>
  keptNamed(db, { clinicId, staffId })
const keptNamed = kept(['clinicId', 'staffId'], (db, { clinicId, staffId }) =>
  db
    .select({ id: practitioner.staffId, name: staff.name })
    .from(practitioner)
    .innerJoin(staff, and(eq(staff.clinicId, practitioner.clinicId), eq(staff.id, practitioner.staffId)))
    .where(and(eq(practitioner.clinicId, clinicId), eq(practitioner.staffId, staffId))),
)

/** Of the practitioner of the row: ids with a space between them. */
const typeIdsOf = sql<string>`(SELECT ifnull(group_concat(${practitionerType.typeId}, ' '), '') FROM ${practitionerType}
  WHERE ${practitionerType.clinicId} = ${practitioner.clinicId} AND ${practitionerType.staffId} = ${practitioner.staffId})`
const idsIn = (text: string): string[] => text.split(' ').filter(Boolean)

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
