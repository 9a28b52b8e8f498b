/**
 * What changes practitioners and their time: who sees patients, hours, absences. Each list of statements goes into a
 * `visit.write([...])` with its audit entry behind it; 'nothing-changed' says that somebody else was faster.
 */
import { and, eq, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import {
  type Absence,
  absence,
  type Practitioner,
  practitioner,
  practitionerType,
  staff,
  type WorkingHours,
  workingHours,
} from '../../schema.ts'
import { type Database, onlyIfChanged, type Statement } from '../../web/database.ts'

type OfStaff = { clinicId: string; staffId: string }

/** Makes a staff member one who sees patients, or makes them one again. */
export const addPractitioner = (db: Database, of: OfStaff, facts: PractitionerFacts, now: number): Statement[] => [
  db
    .insert(practitioner)
    .values({ ...of, ...facts, addedAt: now })
    .onConflictDoUpdate({
      target: [practitioner.clinicId, practitioner.staffId],
      set: { ...facts, endedAt: null },
      setWhere: isNotNull(practitioner.endedAt),
    }),
  onlyIfChanged(db),
]
export type PractitionerFacts = Partial<Pick<Practitioner, 'designation' | 'position' | 'colour' | 'mayChangeOwnHours'>>

/** @param before as the form was opened with: somebody else's change is not overwritten */
export const changePractitioner = (
  db: Database,
  of: OfStaff,
  facts: PractitionerFacts,
  before: PractitionerFacts = {},
): Statement[] => [
  db
    .update(practitioner)
    .set(facts)
    .where(and(isPractitioner(of), isNull(practitioner.endedAt), ...isStill(before))),
  onlyIfChanged(db),
]

/** Sees patients no more, unless appointments are still to come: those are moved or cancelled first. */
export const endPractitioner = (db: Database, of: OfStaff, now: number): Statement[] => [
  db
    .update(practitioner)
    .set({ endedAt: now, feedHash: null })
    .where(
      and(
        isPractitioner(of),
        isNull(practitioner.endedAt),
        sql`NOT EXISTS (SELECT 1 FROM appointment a WHERE a.clinic_id = ${of.clinicId}
          AND a.practitioner_id = ${of.staffId} AND a.start_at > ${now} AND a.status = 'booked')`,
      ),
    ),
  onlyIfChanged(db),
]

/** The secret calendar feed, only its hash; null switches it off. */
export const setFeed = (db: Database, of: OfStaff, feed: Pick<Practitioner, 'feedHash' | 'feedShowsNames'>) => [
  db
    .update(practitioner)
    .set(feed)
    .where(
      and(isPractitioner(of), isNull(practitioner.endedAt), sql`${practitioner.feedHash} IS NOT ${feed.feedHash}`),
    ),
  onlyIfChanged(db),
]

/** With the account of whoever leaves: their address stays dead when they come back, until they make a new one. */
export const endFeed = (db: Database, of: OfStaff): Statement =>
  db.update(practitioner).set({ feedHash: null, feedShowsNames: false }).where(isPractitioner(of))

/** Which types they do, all of them at once. */
export const setTypesOf = (db: Database, of: OfStaff, typeIds: string[]): Statement[] => [
  db
    .delete(practitionerType)
    .where(and(eq(practitionerType.clinicId, of.clinicId), eq(practitionerType.staffId, of.staffId))),
  db.run(sql`INSERT INTO practitioner_type (clinic_id, staff_id, type_id)
    SELECT ${of.clinicId}, ${of.staffId}, value FROM json_each(${JSON.stringify(typeIds)})`),
]

export type HoursRow = Omit<WorkingHours, 'clinicId' | 'staffId'>

/** All of a practitioner's hours, for the page on which they are changed; those of today are among them. */
export const hoursOf = (db: Database, { clinicId, staffId }: OfStaff) =>
  db
    .select()
    .from(workingHours)
    .where(and(eq(workingHours.clinicId, clinicId), eq(workingHours.staffId, staffId)))
    .orderBy(workingHours.validFrom, workingHours.weekday, workingHours.fromMinute)

/** All of a practitioner's hours at once (see `withWeek` of working-hours.ts). @param hoursVersion as they were read */
export const replaceHours = (db: Database, of: OfStaff & { hoursVersion: number }, rows: HoursRow[]): Statement[] => [
  db
    .update(practitioner)
    .set({ hoursVersion: of.hoursVersion + 1 })
    .where(and(isPractitioner(of), eq(practitioner.hoursVersion, of.hoursVersion))),
  onlyIfChanged(db),
  db.delete(workingHours).where(and(eq(workingHours.clinicId, of.clinicId), eq(workingHours.staffId, of.staffId))),
  db.run(sql`INSERT INTO working_hours (clinic_id, staff_id, weekday, from_minute, until_minute, valid_from, valid_until)
    SELECT ${of.clinicId}, ${of.staffId}, value ->> 'weekday', value ->> 'fromMinute', value ->> 'untilMinute',
      value ->> 'validFrom', value ->> 'validUntil' FROM json_each(${JSON.stringify(rows)})`),
]

/** Absences that are not over, of one practitioner, soonest first. */
export const absencesOf = (db: Database, { clinicId, staffId }: OfStaff, from: number) =>
  db
    .select()
    .from(absence)
    .where(and(eq(absence.clinicId, clinicId), eq(absence.staffId, staffId), gte(absence.untilAt, from)))
    .orderBy(absence.fromAt)

/** A form sent twice adds one: the second is refused by 'absence.clinic_id, absence.form_id'. */
export const addAbsence = (
  db: Database,
  row: Pick<Absence, 'clinicId' | 'staffId' | 'id' | 'fromAt' | 'untilAt' | 'reason' | 'addedBy' | 'formId'>,
  now: number,
): Statement[] => [db.insert(absence).values({ ...row, addedAt: now })]

export const removeAbsence = (db: Database, { clinicId, id }: { clinicId: string; id: string }): Statement[] => [
  db.delete(absence).where(and(eq(absence.clinicId, clinicId), eq(absence.id, id))),
  onlyIfChanged(db),
]

/** Whom a practitioner asks who may not change their own hours. */
export const managersOf = (db: Database, clinicId: string) =>
  db
    .select({ name: staff.name })
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), eq(staff.role, 'manager'), isNull(staff.deactivatedAt)))
    .orderBy(staff.name)

const isStill = (before: PractitionerFacts): SQL[] =>
  (Object.keys(before) as (keyof PractitionerFacts)[]).map(
    (name) => sql`${practitioner[name]} IS ${typeof before[name] === 'boolean' ? Number(before[name]) : before[name]}`,
  )

const isPractitioner = ({ clinicId, staffId }: OfStaff): SQL | undefined =>
  and(eq(practitioner.clinicId, clinicId), eq(practitioner.staffId, staffId))
