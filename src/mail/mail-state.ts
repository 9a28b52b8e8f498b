/** How far a mail has come: one table of its states, and the words in which staff read them, wherever they do. */
import { distanceInWords } from '../web/dates.ts'

/** As staff see them. 'failed' will be tried again; 'abandoned' will not, so somebody has to tell the person another way. */
export const mailStates = {
  queued: { label: 'Queued', shape: 'ring' },
  failed: { label: 'Failed, will be tried again', shape: 'ring' },
  sent: { label: 'Sent', shape: 'tick' },
  abandoned: { label: 'Given up', shape: 'cross' },
} as const
type MailState = keyof typeof mailStates

/** Why a mail did not go out: the closed list of codes in `mail.failure`, and its words. */
const failures = {
  'no-answer': 'the mail service did not answer',
  refused: 'the mail service refused this address',
  unreadable: 'the mail could not be read any more',
  superseded: 'a newer link took its place',
  replaced: 'a newer password took its place',
  stopped: 'online access was stopped first',
  'address-changed': 'the email address was changed first',
} as const
export type Failure = keyof typeof failures

export interface Delivery {
  state: 'queued' | 'sending' | 'sent' | 'abandoned'
  createdAt: number
  sentAt: number | null
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

export function mailState({ state, failure }: Pick<Delivery, 'state' | 'failure'>): MailState {
  if (state === 'sent' || state === 'abandoned') return state
  return failure === null ? 'queued' : 'failed'
}
