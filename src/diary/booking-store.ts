/**
 * What changes an appointment. Each list of statements goes into a `visit.write([...])` with its audit entry behind it. The
 * database has the last word: a time that is taken refuses the batch with 'time_taken', a form sent twice with
 * 'form_repeated'; 'nothing-changed' says that something it was decided on has changed meanwhile, so read and decide again.
 */
import { and, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type Appointment, appointment } from '../schema.ts'
import { type Database, onlyIfChanged, type Statement } from '../web/database.ts'
import { hour } from '../web/durations.ts'
import type { Status } from './appointment.ts'
import type { Place } from './place.ts'

export type NewAppointment = Pick<
  Appointment,
  'clinicId' | 'id' | 'practitionerId' | 'patientId' | 'typeId' | 'startAt' | 'endAt' | 'bufferUntil' | 'formId'
> &
  Partial<Pick<Appointment, 'note' | 'patientNote' | 'outsideRules'>> & {
    /** Null when the patient books. */
    bookedBy: string | null
  }

/** What was true when it was decided, and must still be true when it is written. */
interface Provided {
  /** Of the clinic's rules: nothing that decides free times has changed. Left out where staff book outside the rules. */
  timeVersion?: number
  /** The patient has fewer upcoming appointments than this. */
  mostUpcoming?: number
  /** It is done online: by the patient, or by the account holder who acts for them, who still has online access. */
  ownBy?: string
}

/** One conditional statement; the overlap is refused by a trigger, whatever else is written at the same moment. */
export const bookAppointment = (db: Database, row: NewAppointment, provided: Provided, now: number): Statement[] => [
  db.run(sql`INSERT INTO appointment (clinic_id, id, practitioner_id, patient_id, type_id, start_at, end_at, buffer_until,
      status_since, status_by, booked_at, booked_by, note, patient_note, outside_rules, form_id)
    SELECT ${row.clinicId}, ${row.id}, ${row.practitionerId}, ${row.patientId}, ${row.typeId}, ${row.startAt},
      ${row.endAt}, ${row.bufferUntil}, ${now}, ${row.bookedBy}, ${now}, ${row.bookedBy}, ${row.note ?? ''},
      ${row.patientNote ?? ''}, ${row.outsideRules ? 1 : 0}, ${row.formId}
    WHERE ${holds(row, provided, now)}`),
  onlyIfChanged(db),
]

type Named = Pick<Appointment, 'clinicId' | 'id' | 'version'>

/** To another time or another practitioner, if it is still booked as it was read. */
export const moveAppointment = (
  db: Database,
  of: Named & Pick<Appointment, 'patientId' | 'typeId'>,
  to: Place & Partial<Pick<Appointment, 'outsideRules'>>,
  provided: Pick<Provided, 'timeVersion' | 'ownBy'>,
  now: number,
): Statement[] => [
  db
    .update(appointment)
    .set({
      ...to,
      version: of.version + 1,
      sequence: sql`${appointment.sequence} + 1`,
      remindedAt: newsOf(of, sql`${to.startAt}`, now),
    })
    .where(and(isAsRead(of), eq(appointment.status, 'booked'), holds({ ...of, ...to }, provided, now))),
  onlyIfChanged(db),
]

/**
 * By the table of permitted moves (appointment.ts), which the database holds too ('no_such_move'). Back from cancelled only
 * while the time is free ('time_taken'), with a practitioner who sees patients and a patient on the list.
 */
export const setStatus = (
  db: Database,
  of: Named & { status: Status },
  to: { status: Status; by: string | null; reason?: string },
  now: number,
): Statement[] => [
  db
    .update(appointment)
    .set({
      status: to.status,
      statusSince: now,
      statusBy: to.by,
      cancelReason: to.status === 'cancelled' ? (to.reason ?? '') : '',
      version: of.version + 1,
      ...(of.status === 'cancelled'
        ? { remindedAt: sql`ifnull(${appointment.remindedAt}, ${newsOf(of, sql`${appointment.startAt}`, now)})` }
        : {}),
      ...(isTold(of.status, to.status) ? { sequence: sql`${appointment.sequence} + 1` } : {}),
    })
    .where(
      and(
        isAsRead(of),
        eq(appointment.status, of.status),
        of.status === 'cancelled' ? and(...whoIsThere(asItIs)) : undefined,
      ),
    ),
  onlyIfChanged(db),
]
const asItIs = {
  clinicId: appointment.clinicId,
  practitionerId: appointment.practitionerId,
  patientId: appointment.patientId,
}

export const setNote = (db: Database, of: Named, note: string): Statement[] => [
  db
    .update(appointment)
    .set({ note, version: of.version + 1 })
    .where(isAsRead(of)),
  onlyIfChanged(db),
]

/** The patient's calendar has to change: RFC 5546 §3.2.5. */
const isTold = (from: Status, to: Status): boolean => from === 'cancelled' || to === 'cancelled'

/** `reminded_at` of what is told anew: news shortly before the reminder is due, or after that, is the reminder. */
const newsOf = ({ clinicId }: Pick<Appointment, 'clinicId'>, startAt: SQL, now: number): SQL<number | null> =>
  sql`(SELECT ${now} FROM booking_rules r WHERE r.clinic_id = ${clinicId} AND ${remindedFrom(startAt)} < ${now})`

/** Who was told of it after this moment needs no reminder. `r` are the clinic's rules. */
export const remindedFrom = (startAt: SQL): SQL => sql`${startAt} - r.reminder_hours * ${hour} - ${freshFor}`
const freshFor = hour // so long before the reminder is due, what was told is not forgotten yet

const isAsRead = ({ clinicId, id, version }: Named): SQL | undefined =>
  and(eq(appointment.clinicId, clinicId), eq(appointment.id, id), eq(appointment.version, version))

/** What the decision stood on, and who must be there for any appointment. */
function holds(of: Wanted, { timeVersion, mostUpcoming, ownBy }: Provided, now: number): SQL {
  const { clinicId } = of
  const conditions = [
    ...whoIsThere(of),
    timeVersion === undefined
      ? undefined
      : sql`EXISTS (SELECT 1 FROM booking_rules r WHERE r.clinic_id = ${clinicId} AND r.time_version = ${timeVersion})`,
    mostUpcoming === undefined
      ? undefined
      : sql`${mostUpcoming} > (SELECT count(*) FROM ${ofPatient(of)} AND a.start_at > ${now} AND a.status = 'booked')`,
    ...(ownBy
      ? [
          sql`EXISTS (SELECT 1 FROM online_access o WHERE o.clinic_id = ${clinicId} AND o.patient_id = ${ownBy}
          AND o.state = 'active')`,
          hasNoOther(of, now),
        ]
      : []),
  ]
  return and(...conditions) ?? sql`1`
}

type Wanted = Pick<Appointment, 'clinicId' | 'id' | 'practitionerId' | 'patientId' | 'startAt' | 'endAt'>

/** A patient on the list, and a practitioner who sees patients. */
const whoIsThere = (of: Record<'clinicId' | 'practitionerId' | 'patientId', string | SQLWrapper>): SQL[] => [
  sql`EXISTS (SELECT 1 FROM patient p WHERE p.clinic_id = ${of.clinicId} AND p.id = ${of.patientId} AND p.archived_at IS NULL)`,
  sql`EXISTS (SELECT 1 FROM practitioner p JOIN staff s ON s.clinic_id = p.clinic_id AND s.id = p.staff_id
    WHERE p.clinic_id = ${of.clinicId} AND p.staff_id = ${of.practitionerId} AND p.ended_at IS NULL
      AND s.deactivated_at IS NULL)`,
]

const ofPatient = ({ clinicId, patientId }: Wanted): SQL =>
  sql`appointment a INDEXED BY appointment_of_patient WHERE a.clinic_id = ${clinicId} AND a.patient_id = ${patientId}`

/** Nobody books themselves into two rooms at once: `clash` in booking-rules.ts, for two that are written at the same moment. */
const hasNoOther = (of: Wanted, now: number): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM ${ofPatient(of)} AND a.start_at > ${now} AND a.start_at < ${of.endAt}
    AND a.end_at > ${of.startAt} AND a.status = 'booked' AND a.id <> ${of.id})`
