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
import type { ClinicTime } from '../time/clinic-time.ts'
import type { Dates } from '../time/dates.ts'
import { timeOf } from '../time/timetable-store.ts'

export interface Fresh {
  /** On the days that the page shows. */
  time: ClinicTime
  /** On others: asked only when there is no free time on the page, for the next date that has one. */
  later: (dates: Dates) => Promise<ClinicTime>
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
  const { db, clinicId, patientId } = visit
  const [[patient], [booker], upcoming, [before], [moving], time] = await visit.read(
    patientById(db, clinicId, patientId),
    bookerOf(db, clinicId, patientId, now),
    upcomingOf(db, clinicId, patientId, now),
    of.formId ? appointmentByForm(db, clinicId, of.formId, now) : undefined,
    of.moving ? appointmentById(db, clinicId, of.moving, now) : undefined,
    timeOf(db, clinic, dates),
  )
  return {
    later: async (dates) => (await visit.read(timeOf(db, clinic, dates)))[0],
    ...{ time, patient: patient!, booker: booker!, upcoming, before, moving },
  }
}
