/** Who is to be reminded now: so many hours before the appointment as the clinic says, once. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { contactEmail, patientNamed, readerHasAccess } from '../../acting-for/contact-store.ts'
import { appointment, type Clinic } from '../../schema.ts'
import { type Database, onlyIfChanged, type Statement } from '../../web/database.ts'
import { hour } from '../../web/durations.ts'
import { remindedFrom } from '../booking-store.ts'
import type { ToldAppointment } from './appointment-mail.ts'

type Bit = 0 | 1

export type DueReminder = Omit<ToldAppointment, 'hasAccess' | 'isMovedOnline'> & {
  hasAccess: Bit
  /** Online booking is on. */
  isOnline: Bit
  newTypesOnly: Bit
  typeIsOnline: Bit
  forNew: Bit
  forExisting: Bit
  retiredAt: number | null
  /** As `bookerOf` says of who books. */
  isNew: Bit
  clinicId: string
  cancelNoticeHours: number
  version: number
} & Pick<Clinic, 'slug' | 'name' | 'phone' | 'timezone' | 'address'>

const p = patientNamed('p')

/**
 * Of all clinics, soonest first. Not for who booked within the hours of the reminder or just before: they have had a mail, and
 * what was moved so late counts as reminded (booking-store.ts). Who cannot be reached by email is not in the answer.
 */
export const dueReminders = (db: Database, now: number, limit: number) =>
  db.all<DueReminder>(sql`
    SELECT a.clinic_id AS clinicId, a.id, a.patient_id AS patientId, a.start_at AS startAt, a.end_at AS endAt, a.status,
      a.sequence, a.version, s.name AS practitionerName, ${contactEmail(now, p)} AS email,
      coalesce(nullif(p.preferred_name, ''), p.first_name) AS firstName, r.cancel_notice_hours AS cancelNoticeHours,
      ${readerHasAccess(now, p)} AS hasAccess,
      r.is_online AS isOnline, r.new_patients_new_types_only AS newTypesOnly, t.is_online AS typeIsOnline,
      t.for_new AS forNew, t.for_existing AS forExisting, t.retired_at AS retiredAt,
      p.created_by IS NULL AND NOT EXISTS (SELECT 1 FROM appointment b INDEXED BY appointment_of_patient
        WHERE b.clinic_id = a.clinic_id AND b.patient_id = a.patient_id AND b.status IN ('arrived', 'fulfilled')) AS isNew,
      c.slug, c.name, c.phone, c.timezone, c.address
    FROM booking_rules r
    JOIN clinic c ON c.id = r.clinic_id AND c.closed_at IS NULL
    JOIN appointment a ON a.clinic_id = r.clinic_id AND a.status = 'booked' AND a.reminded_at IS NULL
      AND a.start_at > ${now} AND a.start_at <= ${now} + r.reminder_hours * ${hour}
    JOIN patient p ON p.clinic_id = a.clinic_id AND p.id = a.patient_id AND p.archived_at IS NULL
      AND ${contactEmail(now, p)} IS NOT NULL
    JOIN appointment_type t ON t.clinic_id = a.clinic_id AND t.id = a.type_id
    JOIN staff s ON s.clinic_id = a.clinic_id AND s.id = a.practitioner_id
    WHERE r.reminder_hours IS NOT NULL AND a.booked_at <= ${remindedFrom(sql`a.start_at`)}
    ORDER BY a.start_at LIMIT ${limit}`)

/** Once, and only while it is booked for the same time. */
export const markReminded = (
  db: Database,
  of: Pick<DueReminder, 'clinicId' | 'id' | 'version'>,
  now: number,
): Statement[] => [
  db
    .update(appointment)
    .set({ remindedAt: now })
    .where(
      and(
        eq(appointment.clinicId, of.clinicId),
        eq(appointment.id, of.id),
        eq(appointment.version, of.version),
        eq(appointment.status, 'booked'),
        isNull(appointment.remindedAt),
      ),
    ),
  onlyIfChanged(db),
]
