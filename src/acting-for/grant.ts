/**
 * Families share an email address (product.md §1): one patient, the account holder, may act for another. What the two are to
 * each other, how long it lasts, and why staff cannot grant it.
 */
import { realDate } from '../registration/birth-date.ts'
import { isUnderAge, leastAge } from '../registration/registration.ts'
import type { ActingGrant } from '../schema.ts'
import { yearsBetween } from '../web/dates.ts'

export type Relation = ActingGrant['relation']

/** What the holder is to the patient. */
export const relationLabels: Record<Relation, string> = {
  parent: 'Parent',
  guardian: 'Guardian',
  partner: 'Partner',
  'son-or-daughter': 'Son or daughter',
  carer: 'Carer',
  attorney: 'Attorney',
}
export const relations = Object.keys(relationLabels) as Relation[]
export const relationInWords = (relation: Relation): string => relationLabels[relation].toLowerCase()

/** The day somebody becomes so old, as 'YYYY-MM-DD'. Born on 29 February: on 1 March, as everywhere here. */
function birthday(dateOfBirth: string, age: number): string {
  const [year = 0, month = 0, day = 0] = dateOfBirth.split('-').map(Number)
  return realDate(year + age, month, day) ?? `${year + age}-03-01`
}

const adultAge = 18 // years

/** How long it may be, ready to be chosen. */
export interface Suggestion {
  code: 'sixteen' | 'eighteen' | 'year'
  /** 'YYYY-MM-DD' */
  date: string
}

/** Until when a child is acted for without having been asked: from that day on they decide for themselves. */
const lastDay = (dateOfBirth: string | null, today: string): string | null =>
  dateOfBirth !== null && isUnderAge(dateOfBirth, today) ? birthday(dateOfBirth, leastAge) : null

/** The dates that are usual for this patient, soonest first; none that would be refused. */
export function suggestions(dateOfBirth: string | null, today: string): Suggestion[] {
  const age = dateOfBirth === null ? adultAge : yearsBetween(dateOfBirth, today)
  const all: (Suggestion | false)[] = [
    { code: 'year', date: birthday(today, 1) },
    age < leastAge && { code: 'sixteen', date: birthday(dateOfBirth!, leastAge) },
    age < adultAge && { code: 'eighteen', date: birthday(dateOfBirth!, adultAge) },
  ]
  return all
    .filter((each) => each !== false)
    .filter(({ date }) => untilVerdict(date, dateOfBirth, today).ok)
    .sort((a, b) => a.date.localeCompare(b.date))
}

/** What most choose: it ends for a child on their birthday, and is looked at again in a year for everybody else. */
export function usual(
  dateOfBirth: string | null,
  today: string,
): { ending: 'ends' | 'review'; on: Suggestion['code'] } {
  const age = dateOfBirth === null ? adultAge : yearsBetween(dateOfBirth, today)
  if (age < leastAge) return { ending: 'ends', on: 'sixteen' }
  return age < adultAge ? { ending: 'ends', on: 'eighteen' } : { ending: 'review', on: 'year' }
}

type UntilVerdict = { ok: true } | { ok: false; because: 'past' | 'after-sixteen' }

/** Whether it may end, or be looked at again, on that day. Dates are 'YYYY-MM-DD'. */
export function untilVerdict(date: string, dateOfBirth: string | null, today: string): UntilVerdict {
  if (date <= today) return { ok: false, because: 'past' }
  const last = lastDay(dateOfBirth, today)
  return last !== null && date > last ? { ok: false, because: 'after-sixteen' } : { ok: true }
}

export type Refusal =
  | 'patient-archived'
  | 'themselves'
  | 'holder-archived'
  | 'no-email'
  | 'under-age'
  | 'already'
  | 'logs-on'
  | 'acts-too'
type Verdict = { ok: true } | { ok: false; because: Refusal }

interface Asked {
  patient: {
    id: string
    isArchived: boolean
    email: string | null
    /** The state of their own online access holds a logon name. */
    logsOn: boolean
    /** They act for somebody themselves. */
    acts: boolean
  }
  holder: { id: string; isArchived: boolean; email: string | null; dateOfBirth: string | null }
  /** The holder may act for this patient already. */
  isGranted: boolean
}

/** @param today 'YYYY-MM-DD' in the clinic's zone */
export function grantVerdict({ patient, holder, isGranted }: Asked, today: string): Verdict {
  if (patient.isArchived) return refused('patient-archived')
  if (holder.id === patient.id) return refused('themselves')
  if (holder.isArchived) return refused('holder-archived')
  if (isGranted) return refused('already')
  if (holder.email === null) return refused('no-email')
  if (isUnderAge(holder.dateOfBirth, today)) return refused('under-age')
  if (!takesAddress(patient, holder)) return { ok: true }
  if (patient.logsOn) return refused('logs-on')
  return patient.acts ? refused('acts-too') : { ok: true }
}

/**
 * The address is who the holder is (rule M9), so it stands on no other record: the patient is reached by it, through the
 * holder. Addresses are canonical.
 */
export const takesAddress = (patient: { email: string | null }, holder: { email: string | null }): boolean =>
  holder.email !== null && patient.email === holder.email

const refused = (because: Refusal): Verdict => ({ ok: false, because })
