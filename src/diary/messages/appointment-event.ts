/** One appointment as a calendar has it: for the files in mails, for "add to calendar" and for a practitioner's feed. */
import type { Appointment, Clinic } from '../../schema.ts'
import { icalendar } from './ical.ts'

export interface AppointmentEvent extends Pick<Appointment, 'id' | 'sequence' | 'startAt' | 'endAt' | 'status'> {
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  /** Of the clinic's logon page. */
  clinicUrl: string
  practitionerName: string
}

/** The host of the clinic's address makes the id unique in the world (RFC 5545 §3.8.4.7). */
const uidOf = ({ id, clinicUrl }: Pick<AppointmentEvent, 'id' | 'clinicUrl'>): string =>
  `${id}@${new URL(clinicUrl).host}`

/** "1 Quay Side, Riverton" */
export const inOneLine = (address: string): string => address.trim().replace(/\s*,?\s*\n\s*/g, ', ')

/** What the patient adds to their calendar, or takes out of it when the appointment is cancelled. */
export function calendarOf(of: AppointmentEvent, now: number): string {
  const { clinic, clinicUrl, practitionerName, sequence, startAt, endAt } = of
  const isCancelled = of.status === 'cancelled'
  const event = {
    uid: uidOf(of),
    sequence,
    startAt,
    endAt,
    isCancelled,
    summary: `Appointment at ${clinic.name}`,
    description: `With ${practitionerName}\nIf you cannot come, call ${clinic.phone}`,
    location: [clinic.name, inOneLine(clinic.address)].filter(Boolean).join(', '),
    url: `${clinicUrl}/appointments`,
  }
  return icalendar({ method: isCancelled ? 'CANCEL' : 'PUBLISH', events: [event], now })
}
