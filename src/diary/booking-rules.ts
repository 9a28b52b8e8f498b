/** The clinic's booking rules: what a patient may book, change and cancel themselves. Staff are told, and may go on. */
import type { Appointment, AppointmentType, BookingRules } from '../schema.ts'
import { dateIn } from '../web/dates.ts'
import { hour, minute } from '../web/durations.ts'
import { overlap, type Span } from './time/span.ts'
import { addDays } from './time/wall-clock.ts'

export type SlotRule = BookingRules['slotRule']

/** Each rule in one sentence, as patients and staff read it. */
export const slotRules: Record<SlotRule, { label: string; sentence: string }> = {
  every: {
    label: 'Every free time',
    sentence: 'Every time that is free is offered.',
  },
  'first-of-block': {
    label: 'The first time of each free stretch',
    sentence: 'The clinic offers the first time of each free stretch, so that no gaps are left between appointments.',
  },
}

/** When patients may book: starts from `earliest` on, up to the end of the day `lastDate`. */
interface BookingWindow {
  earliest: number
  /** 'YYYY-MM-DD' in the clinic's zone */
  firstDate: string
  lastDate: string
}

type WindowRules = Pick<BookingRules, 'earliestNoticeMinutes' | 'furthestAheadDays'>

export function bookingWindow(rules: WindowRules, now: number, zone: string): BookingWindow {
  const earliest = now + rules.earliestNoticeMinutes * minute
  const lastDate = addDays(dateIn(now, zone), rules.furthestAheadDays)
  return { earliest, firstDate: dateIn(earliest, zone), lastDate }
}

export type BookingRefusal =
  | 'offline'
  | 'not-online'
  | 'new-only'
  | 'existing-only'
  | 'new-types-only'
  | 'too-soon'
  | 'too-far'
  | 'too-many'
  | 'clash'
type BookingVerdict = { ok: true } | { ok: false; because: BookingRefusal }

/** The patient who books: `upcoming` are their booked appointments, without the one that is being moved. */
export interface Booking {
  rules: BookingRules
  type: Pick<AppointmentType, 'isOnline' | 'forNew' | 'forExisting'>
  booker: { isNew: boolean; upcoming: Span[] }
  /** From start to end, without the buffer. */
  at: Span
  now: number
  zone: string
}

/** May this patient book this themselves? Whether the time is free is another question: availability.ts. */
export function mayBook({ rules, type, booker, at, now, zone }: Booking): BookingVerdict {
  if (!rules.isOnline) return no('offline')
  const ofType = mayBookType(rules, type, booker.isNew)
  if (!ofType.ok) return ofType
  const { earliest, lastDate } = bookingWindow(rules, now, zone)
  if (at.from < earliest) return no('too-soon')
  if (dateIn(at.from, zone) > lastDate) return no('too-far')
  if (booker.upcoming.length >= rules.mostUpcoming) return no('too-many')
  if (booker.upcoming.some((span) => overlap(span, at))) return no('clash')
  return { ok: true }
}

/** Is this type for this patient, online? */
export function mayBookType(
  rules: Pick<BookingRules, 'newPatientsNewTypesOnly'>,
  type: Booking['type'],
  isNew: boolean,
): BookingVerdict {
  if (!type.isOnline) return no('not-online')
  if (isNew && !type.forNew) return no('existing-only')
  if (!isNew && !type.forExisting) return no('new-only')
  if (isNew && rules.newPatientsNewTypesOnly && type.forExisting) return no('new-types-only')
  return { ok: true }
}

/**
 * May this patient change its time online? Until when is another question: `mayChange`. What is asked of a booking is asked
 * again; a type that is retired is not booked any more.
 */
export const isMovedOnline = (
  rules: Pick<BookingRules, 'isOnline' | 'newPatientsNewTypesOnly'>,
  type: Booking['type'] & Pick<AppointmentType, 'retiredAt'>,
  isNew: boolean,
): boolean => rules.isOnline && type.retiredAt === null && mayBookType(rules, type, isNew).ok

/** What this patient may choose from. */
export const typesFor = <T extends Booking['type']>(
  rules: Pick<BookingRules, 'newPatientsNewTypesOnly'>,
  types: T[],
  isNew: boolean,
): T[] => types.filter((type) => mayBookType(rules, type, isNew).ok)

/** What the patient is told; the clinic's phone number stands beside it. */
export const bookingRefusals: Record<BookingRefusal, string> = {
  offline: 'Appointments cannot be booked online at the moment',
  'not-online': 'This kind of appointment is booked by phone',
  'new-only': 'This kind of appointment is for new patients',
  'existing-only': 'This kind of appointment is for patients who have been here before',
  'new-types-only': 'Your first appointment has to be one for new patients',
  'too-soon': 'This time is too soon to book online',
  'too-far': 'This time is too far ahead to book online',
  'too-many': 'You have as many appointments booked as the clinic allows online',
  clash: 'You have another appointment at this time',
}

export type ChangeVerdict = { ok: true } | { ok: false; because: 'not-booked' | 'over' | 'inside-notice' }

/** May the patient cancel this appointment themselves, or move it? Until so many hours before it, to the minute. */
export function mayChange(
  of: Pick<Appointment, 'status' | 'startAt'>,
  rules: Pick<BookingRules, 'cancelNoticeHours'>,
  now: number,
): ChangeVerdict {
  if (of.status !== 'booked') return { ok: false, because: 'not-booked' }
  if (of.startAt <= now) return { ok: false, because: 'over' }
  if (of.startAt - now < rules.cancelNoticeHours * hour) return { ok: false, because: 'inside-notice' }
  return { ok: true }
}

const no = (because: BookingRefusal) => ({ ok: false as const, because })
