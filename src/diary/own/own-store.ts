/** One appointment of the patient who asks, with the rules that say what they may do with it. */
import { notOfThisPatient } from '../../acting-for/of-another.ts'
import type { Ask } from '../../ask.ts'
import type { BookingRules } from '../../schema.ts'
import { appointmentById, type ShownAppointment } from '../appointments-store.ts'
import { rulesOf } from '../time/time-store.ts'

export interface Own {
  appointment: ShownAppointment
  rules: BookingRules
}

/** @throws NotFound for another patient's, as for one that never was; OfAnother */
export async function readOwn(c: Ask): Promise<Own> {
  const { visit } = c.var
  const id = c.req.param('id') ?? ''
  const [[appointment], [rules]] = await visit.read(
    appointmentById(visit.db, visit.clinicId, id, visit.now),
    rulesOf(visit.db, visit.clinicId),
  )
  if (!appointment || appointment.patientId !== visit.patientId) throw await notOfThisPatient(c, id)
  return { appointment, rules: rules! }
}
