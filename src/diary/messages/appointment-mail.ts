/** Tells the patient of an appointment by mail, in the batch of the change. Who has no email address is told otherwise. */
import { type Bindings, publicOrigin } from '../../environment.ts'
import type { MailKind } from '../../mail/mail-kind.ts'
import { queueMail } from '../../mail/outbox.ts'
import type { BookingRules, Clinic } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import type { AppointmentEvent } from './appointment-event.ts'
import { appointmentLetter, type Message } from './emails.tsx'

/** The appointment as it will be once the batch is written: a move and a cancellation have one more `sequence`. */
export type ToldAppointment = Omit<AppointmentEvent, 'clinic' | 'clinicUrl'> & {
  patientId: string
  /** Canonical; null: none is known. */
  email: string | null
  firstName: string
  /** Online access that is active. */
  hasAccess: boolean
  /** As of booking-rules.ts. */
  isMovedOnline: boolean
}

const kinds = {
  booked: 'appointment-booked',
  moved: 'appointment-moved',
  cancelled: 'appointment-cancelled',
  reminder: 'appointment-reminder',
} as const satisfies Record<Message, MailKind>

export async function tellPatient(
  env: Bindings,
  db: Database,
  clinic: Pick<Clinic, 'id' | 'slug' | 'name' | 'phone' | 'timezone' | 'address'>,
  message: Message,
  appointment: ToldAppointment,
  { cancelNoticeHours, isOnline }: Pick<BookingRules, 'cancelNoticeHours' | 'isOnline'>,
  now: number,
): Promise<Statement[]> {
  const { patientId, email, firstName, ...event } = appointment
  if (!email) return []
  const clinicUrl = `${publicOrigin(env)}/${clinic.slug}`
  const told = { ...event, cancelNoticeHours, isOnline, clinic, clinicUrl, called: firstName, now }
  const letter = appointmentLetter(message, told)
  return queueMail(env, db, { clinicId: clinic.id, kind: kinds[message], to: email, patientId, letter }, now)
}
