/** What each kind of mail is called when staff read what was mailed, and how its delivery is told in words. */
import { distanceInWords } from '../web/dates.ts'

export const mailKinds = {
  'registration-link': 'Registration link',
  'please-call': 'Message to call the clinic',
  'access-link': 'Set-up link',
  'access-password': 'Temporary password',
  'reset-link': 'Link to set a new password',
  'password-changed': 'Notice: password changed',
  'email-changed-old': 'Notice to the old address: email changed',
  'email-changed-new': 'Notice to the new address: email changed',
  'staff-link': 'Set-up link for staff',
  'appointment-booked': 'Appointment booked',
  'appointment-moved': 'Appointment moved',
  'appointment-cancelled': 'Appointment cancelled',
  'appointment-reminder': 'Reminder of an appointment',
} as const
export type MailKind = keyof typeof mailKinds

/** Why a mail did not go out: the closed list of codes in `mail.failure`, and its words. */
export const failures = {
  'no-answer': 'the mail service did not answer',
  refused: 'the mail service refused this address',
  unreadable: 'the mail could not be read any more',
} as const
export type Failure = keyof typeof failures

export interface Delivery {
  state: 'queued' | 'sending' | 'sent' | 'abandoned'
  createdAt: number
  sentAt: number | null
  attempts: number
  nextAttemptAt: number
  failure: string | null
}

/** "Sent 3 minutes ago" · "Waiting to be sent" · "Not sent yet: … The next try is in 5 minutes" · "Given up: …" */
export function deliveryInWords(mail: Delivery, now: number): string {
  const because = failures[(mail.failure ?? '') as Failure] ?? failures['no-answer']
  if (mail.state === 'sent') return `Sent ${distanceInWords(mail.sentAt ?? mail.createdAt, now)}`
  if (mail.state === 'abandoned') return `Not sent, and given up: ${because}`
  if (mail.failure === null) return 'Waiting to be sent'
  const next = mail.nextAttemptAt > now ? distanceInWords(mail.nextAttemptAt, now) : 'due now'
  return `Not sent yet: ${because}. The next try is ${next}`
}
