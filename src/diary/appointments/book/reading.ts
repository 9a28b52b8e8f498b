/** Everything that a booking by staff is decided on, in one round trip. */

import { contactOf } from '../../../acting-for/contact-store.ts'
import type { Ask } from '../../../ask.ts'
import { patientById, patientsNamed } from '../../../patients/patient-store.ts'
import { dateIn } from '../../../web/dates.ts'
import { NotFound } from '../../../web/trouble.ts'
import { appointmentByForm, appointmentsOn, bookerOf, upcomingOf } from '../../appointments-store.ts'
import type { ClinicTime, PractitionerTime } from '../../time/clinic-time.ts'
import { timeOf } from '../../time/timetable-store.ts'
import { addDays, dayOf } from '../../time/wall-clock.ts'
import { readLeft } from '../left-reading.ts'
import type { Asked } from './asked.ts'

/** Days on the page where a time is looked for. */
export const daysShown = 7

export type Fresh = Awaited<ReturnType<typeof readFresh>>

/** @param sent.sortName of a new patient, to find who is called the same @throws NotFound for whom there is no record */
export async function readFresh(c: Ask, asked: Asked, sent: { formId?: string; sortName?: string } = {}) {
  const { visit, clinic, now } = c.var
  const of = [visit.db, visit.clinicId] as const
  const { patientId, practitionerId } = asked
  const date = firstDate(asked, now, clinic.timezone)
  const day = dayOf(date, clinic.timezone)
  const until = asked.startAt === undefined ? addDays(date, daysShown - 1) : date
  const isSent = sent.formId !== undefined
  const [[patient], [reached], upcoming, [before], [booker], named, booked, time] = await visit.read(
    patientId ? patientById(...of, patientId) : undefined,
    patientId ? contactOf(...of, patientId, now) : undefined,
    patientId ? upcomingOf(...of, patientId, now) : undefined,
    sent.formId ? appointmentByForm(...of, sent.formId, now) : undefined,
    isSent && patientId ? bookerOf(...of, patientId, now) : undefined,
    sent.sortName ? patientsNamed(...of, sent.sortName) : undefined,
    practitionerId ? appointmentsOn(...of, day, { of: practitionerId }) : undefined,
    timeOf(visit.db, clinic, { from: date, until }),
  )
  const person = time.practitioners.find(({ id }) => id === practitionerId)
  if (patientId && !patient) throw new NotFound()
  const { contact = null, hasAccess = false } = reached ?? {}
  const gone = practitionerId && !person ? await readLeft(c, practitionerId, date) : undefined
  const isNew = booker?.isNew ?? false // whom staff add has been here
  const who = { patient, contact, hasAccess, isNew }
  return { ...who, upcoming, before, named, booked, time, person, left: undefined, day, ...gone }
}

const firstDate = ({ startAt, date }: Asked, now: number, zone: string): string =>
  startAt === undefined ? (date ?? dateIn(now, zone)) : dateIn(startAt, zone)

/** Types that can be booked with that practitioner; with anybody, where none is named. */
export const typesWith = ({ types, practitioners }: ClinicTime, person?: PractitionerTime) =>
  types.filter(({ id }) => (person ? [person] : practitioners).some(({ typeIds }) => typeIds.includes(id)))
