/** Whose an appointment is, of those whose pages an account holder may see. */
import { sql } from 'drizzle-orm'
import type { Database } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { liveGrant } from './live-grant-store.ts'
import type { ActedFor } from './switch-store.ts'

/** The holder themselves, or somebody for whom they may act; else no row. */
export const patientOfAppointment = kept(
  ['clinicId', 'holderId', 'appointmentId', 'now'],
  (db: Database, { clinicId, holderId, appointmentId, now }) =>
    db.all<ActedFor>(sql`
      SELECT p.id, p.first_name AS firstName, p.last_name AS lastName
      FROM appointment a JOIN patient p ON p.clinic_id = a.clinic_id AND p.id = a.patient_id
      WHERE a.clinic_id = ${clinicId} AND a.id = ${appointmentId} AND (p.id = ${holderId}
        OR EXISTS (${liveGrant({ clinicId, holderId, patientId: sql`p.id` }, now)}))`),
)
