/** Booked appointments that stand where nobody will be there: in an absence, on a closed day, after somebody's last. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../web/database.ts'
import { longestAppointment } from '../appointment.ts'
import type { Span } from './span.ts'

export interface Hit {
  /** The absence's id, the closed day's date; of stretches that are only typed, their place in the list. */
  in: string
  id: string
  startAt: number
  endAt: number
  firstName: string
  lastName: string
  practitionerName: string
  /** 1: booked there although the rules said no, by a tick. */
  outsideRules: 0 | 1
}

/** In stretches that are not saved yet. @param of one practitioner; undefined: all */
export const bookedIn = (db: Database, clinicId: string, spans: Span[], now: number, of?: string) =>
  found(db, clinicId, listed(spans), now, of)

/** Everything that is booked with one practitioner and not over. */
export const bookedWith = (db: Database, { clinicId, staffId }: { clinicId: string; staffId: string }, now: number) =>
  found(db, clinicId, listed([{ from: now, until: Number.MAX_SAFE_INTEGER }]), now, staffId, mostOfOne)

/** In the absences that are saved. */
export const bookedInAbsences = (db: Database, of: { clinicId: string; staffId: string }, now: number) =>
  found(
    db,
    of.clinicId,
    sql`SELECT id AS name, from_at, until_at FROM absence
      WHERE clinic_id = ${of.clinicId} AND staff_id = ${of.staffId} AND until_at > ${now}`,
    now,
    of.staffId,
  )

/** Around the closed days that are saved, a zone's width too many: the clinic's zone says which are on them. */
export const bookedAroundClosedDays = (db: Database, clinicId: string, today: string, now: number) =>
  found(
    db,
    clinicId,
    sql`SELECT date AS name, (unixepoch(date) - 50400) * 1000 AS from_at, (unixepoch(date) + 136800) * 1000 AS until_at
      FROM closed_day WHERE clinic_id = ${clinicId} AND date >= ${today}`,
    now,
  )

const listed = (spans: Span[]): SQL =>
  sql`SELECT key AS name, value ->> 'from' AS from_at, value ->> 'until' AS until_at FROM json_each(${JSON.stringify(spans)})`

const most = 100 // nobody reads more of them at once
const mostOfOne = 2000 // more than a practitioner's diary holds ahead

/** CROSS JOIN keeps SQLite to this order: each practitioner's stretch of time is a seek of its own. */
const found = (db: Database, clinicId: string, stretches: SQL, now: number, of?: string, limit = most) =>
  db.all<Hit>(sql`
    SELECT stretch.name AS "in", a.id AS id, a.start_at AS startAt, a.end_at AS endAt, patient.first_name AS firstName,
      patient.last_name AS lastName, staff.name AS practitionerName, a.outside_rules AS outsideRules
    FROM practitioner p CROSS JOIN (${stretches}) stretch CROSS JOIN appointment a
      JOIN patient ON patient.clinic_id = a.clinic_id AND patient.id = a.patient_id
      JOIN staff ON staff.clinic_id = a.clinic_id AND staff.id = a.practitioner_id
    WHERE p.clinic_id = ${clinicId} AND ${of === undefined ? sql`p.ended_at IS NULL` : sql`p.staff_id = ${of}`}
      AND a.clinic_id = p.clinic_id AND a.practitioner_id = p.staff_id
      AND a.start_at > max(stretch.from_at, ${now}) - ${longestAppointment} AND a.start_at < stretch.until_at
      AND a.end_at > max(stretch.from_at, ${now}) AND a.status IN ('booked', 'arrived')
    ORDER BY a.start_at LIMIT ${limit}`)
