/** An appointment that is not the one's whose pages these are, but of somebody for whom the holder may turn to: a link in a mail, another tab. */
import { sql } from 'drizzle-orm'
import type { Ask } from '../ask.ts'
import type { Database } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { NotFound } from '../web/trouble.ts'
import { liveGrant } from './live-grant-store.ts'
import type { ActedFor } from './switch-store.ts'

/** It is there, on the pages of another patient than this session's. */
export class OfAnother extends Error {
  override name = 'OfAnother'
  readonly patient: ActedFor
  constructor(patient: ActedFor) {
    super()
    this.patient = patient
  }
}

/** What to throw where an appointment is not the patient's. Of whomever the holder may not act for, it is not there. */
export async function notOfThisPatient(c: Ask, appointmentId: string): Promise<OfAnother | NotFound> {
  const { db, clinicId, holderId } = c.var.visit
  const [patient] = await patientOf(db, { clinicId, holderId, appointmentId, now: c.var.now })
  return patient ? new OfAnother(patient) : new NotFound()
}

const patientOf = kept(
  ['clinicId', 'holderId', 'appointmentId', 'now'],
  (db: Database, { clinicId, holderId, appointmentId, now }) =>
    db.all<ActedFor>(sql`
      SELECT p.id, p.first_name AS firstName, p.last_name AS lastName
      FROM appointment a JOIN patient p ON p.clinic_id = a.clinic_id AND p.id = a.patient_id
      WHERE a.clinic_id = ${clinicId} AND a.id = ${appointmentId} AND (p.id = ${holderId}
        OR EXISTS (${liveGrant({ clinicId, holderId, patientId: sql`p.id` }, now)}))`),
)
