/** May this patient have this time, as everything stands now? Asked before the check page, and again before it is written. */
import type { AppointmentType } from '../../schema.ts'
import { dateIn, timeInWords } from '../../web/dates.ts'
import { minute } from '../../web/durations.ts'
import type { Problems } from '../../web/form.ts'
import { hasHiddenInLines } from '../../web/typed-text.ts'
import { offered, type Wanted } from '../availability.ts'
import { type Booking, type BookingRefusal, bookingRefusals, mayBook, mayBookType } from '../booking-rules.ts'
import type { Place } from '../place.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { overlap, type Span } from '../time/span.ts'
import { dayOf } from '../time/wall-clock.ts'
import { type Choice, stepOf } from './choice.ts'

export interface Asked {
  time: ClinicTime
  type: Pick<AppointmentType, 'id' | 'minutes' | 'bufferMinutes' | 'isOnline' | 'forNew' | 'forExisting'>
  booker: Booking['booker']
  startAt: number
  practitionerId: string
  now: number
}

export type Refusal = BookingRefusal | 'taken' | 'not-offered'
type Decision = { ok: true; place: Place } | { ok: false; because: Refusal }

export function decide({ time, type, booker, startAt, practitionerId, now }: Asked): Decision {
  const at: Span = { from: startAt, until: startAt + type.minutes * minute }
  const verdict = mayBook({ rules: time.rules, type, booker, at, now, zone: time.zone })
  if (!verdict.ok) return verdict
  const wanted: Wanted = { type, practitionerIds: [practitionerId], now, by: 'patient' }
  const free = offered(time, wanted, dayOf(dateIn(startAt, time.zone), time.zone), startAt)
  if (free) return { ok: true, place: { practitionerId, startAt, endAt: free.endAt, bufferUntil: free.bufferUntil } }
  const taken = time.practitioners.find(({ id }) => id === practitionerId)?.taken ?? []
  const whole = { ...at, until: at.until + type.bufferMinutes * minute }
  return { ok: false, because: taken.some((span) => overlap(span, whole)) ? 'taken' : 'not-offered' }
}

type Of = Pick<Asked, 'time' | 'booker'>
export type Chosen = Place & { typeId: string; practitionerName: string }

/** Of what was sent. Undefined: no time was chosen yet. What has vanished since the page was opened is refused too. */
export function decideOn({ time, booker }: Of, choice: Choice, now: number) {
  const { startAt, practitionerId } = choice
  if (startAt === undefined || practitionerId === undefined) return undefined
  if (!time.rules.isOnline) return no('offline')
  const step = stepOf(time, choice, booker.isNew, now)
  if (step.step === 'what') return no(whyNotType({ time, booker }, choice))
  const who = step.step === 'when' && step.doers.find(({ id }) => id === practitionerId)
  if (!who) return no('not-offered')
  const decision = decide({ time, type: step.type, booker, startAt, practitionerId, now })
  if (!decision.ok) return decision
  const place: Chosen = { ...decision.place, typeId: step.type.id, practitionerName: who.name }
  return { ok: true as const, place }
}

/** The type that was chosen is not among those to choose from. */
export function whyNotType({ time, booker }: Of, { typeId }: Choice): Refusal {
  const type = time.types.find(({ id }) => id === typeId)
  const verdict = type && mayBookType(time.rules, type, booker.isNew)
  return verdict && !verdict.ok ? verdict.because : 'not-offered'
}

const no = (because: Refusal) => ({ ok: false as const, because })

const longestNote = 500 // characters; the table's CHECK says the same

export function noteProblems(note: string): Problems {
  if (note.length > longestNote) return { note: `Your note must be ${longestNote} characters or fewer` }
  const isClean = !hasHiddenInLines(note)
  return isClean ? {} : { note: 'Your note has characters that cannot be seen. Type it again' }
}

/** What is said above the times that are left. @param actedFor the patient's name, where they are somebody else */
export function refusalInWords(because: Refusal, startAt: number, zone: string, actedFor?: string): string {
  const clock = timeInWords(startAt, zone)
  if (because === 'taken') return `Someone has just booked ${clock}. Choose another time`
  if (because === 'not-offered') return `${clock} is not offered any more. Choose another time`
  if (because === 'clash' && actedFor) return `${actedFor} has another appointment at this time. Choose another time`
  return `${bookingRefusals[because]}. Choose another time`
}
