/** An appointment that is not the one's whose pages these are, but of somebody for whom the holder may turn to: a link in a mail, another tab. */
import type { Ask } from '../ask.ts'
import { NotFound } from '../web/trouble.ts'
import { patientOfAppointment } from './of-another-store.ts'
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
  const [patient] = await patientOfAppointment(db, { clinicId, holderId, appointmentId, now: c.var.now })
  return patient ? new OfAnother(patient) : new NotFound()
}
