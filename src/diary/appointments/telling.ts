/** Tells the patient of an appointment what staff did to it, in the same batch. */
import { type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import type { BookingRules } from '../../schema.ts'
import type { Statement } from '../../web/database.ts'
import type { ShownAppointment } from '../appointments-store.ts'
import { isMovedOnline } from '../booking-rules.ts'
import { tellPatient } from '../messages/appointment-mail.ts'
import type { Message } from '../messages/emails.tsx'

/** The appointment as it will be once the batch is written; where it changes the patient's calendar, `sequence` rises by one. */
type Told = Pick<
  ShownAppointment,
  | 'id'
  | 'sequence'
  | 'startAt'
  | 'endAt'
  | 'status'
  | 'practitionerName'
  | 'patientId'
  | 'email'
  | 'hasAccess'
  | 'firstName'
  | 'preferredName'
  | 'isOnline'
  | 'forNew'
  | 'forExisting'
  | 'retiredAt'
  | 'isNew'
>

export function tell(
  c: Ask,
  message: Exclude<Message, 'reminder'>,
  to: Told,
  rules: BookingRules,
): Promise<Statement[]> {
  const { visit, clinic, now } = c.var
  const { id, sequence, startAt, endAt, status, practitionerName, patientId, email, hasAccess } = to
  const told = { id, sequence, startAt, endAt, status, practitionerName, patientId, email, hasAccess }
  const called = { firstName: to.preferredName || to.firstName, isMovedOnline: isMovedOnline(rules, to, to.isNew) }
  return tellPatient(c.env, visit.db, clinic, message, { ...told, ...called }, rules, now)
}

/** What was queued goes out after the answer. */
export const sendMails = (c: Ask): void => afterTheAnswer(c, deliverDue)
