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
import { type ClinicTime, clinicTime } from '../time/clinic-time.ts'
import { type Dates, timeOf } from '../time/time-store.ts'

export interface Fresh {
  time: ClinicTime
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
    ...timeOf(db, clinic, dates),
  )
  return { time: clinicTime(time, clinic.timezone), patient: patient!, booker: booker!, upcoming, before, moving }
}

/** The days after those on the page, up to the last that can be booked: only read when there is no free time on the page. */
export async function readLater(c: Ask, dates: Dates): Promise<ClinicTime> {
  const { visit, clinic } = c.var
  return clinicTime(await visit.read(...timeOf(visit.db, clinic, dates)), clinic.timezone)
}
