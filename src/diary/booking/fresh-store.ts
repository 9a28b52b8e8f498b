/** What a patient's booking is decided on, read in one batch. */
import type { Ask } from '../../ask.ts'
import { patientById } from '../../patients/patient-store.ts'
import type { Patient } from '../../schema.ts'
import {
  appointmentByForm,
  appointmentById,
  type Booker,
  bookerOf,
  type ShownAppointment,
  upcomingOf,
} from '../appointments-store.ts'
import { answersOn, bookableTimeOf } from '../time/bookable-store.ts'
import { type ClinicTime, clinicTime } from '../time/clinic-time.ts'
import type { Dates } from '../time/time-store.ts'

export interface Fresh {
  /** On the days that the page shows. */
  time: ClinicTime
  /** From them on up to the last day that can be booked: asked only when there is no free time on the page. */
  later: () => ClinicTime
  patient: Patient
  booker: Booker
  upcoming: ShownAppointment[]
  /** What this form has booked already. */
  before?: ShownAppointment
  /** The appointment that is to be moved; whose it is has not been asked yet. */
  moving?: ShownAppointment
}

export async function readFresh(c: Ask, dates: Dates, of: { formId?: string; moving?: string } = {}): Promise<Fresh> {
  const { visit, clinic, now } = c.var
  const { db, clinicId } = visit
  const patientId = visit.claim.patientId ?? ''
  const [[patient], [booker], upcoming, [before], [moving], ...time] = await visit.read(
    patientById(db, clinicId, patientId),
    bookerOf(db, clinicId, patientId, now),
    upcomingOf(db, clinicId, patientId, now),
    appointmentByForm(db, clinicId, of.formId ?? ''),
    appointmentById(db, clinicId, of.moving ?? ''),
    ...bookableTimeOf(db, clinic, dates, now),
  )
  const { timezone } = clinic
  return {
    time: clinicTime(answersOn(time, dates, timezone), timezone),
    later: () => clinicTime(time, timezone),
    ...{ patient: patient!, booker: booker!, upcoming, before, moving },
  }
}
