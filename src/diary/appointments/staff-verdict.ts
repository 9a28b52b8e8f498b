/** May staff have this time? Any that is free; outside the rules only with a tick; one that is taken never. */
import { type FreeTime, freeTimesOn } from '../availability.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { overlap, type Span } from '../time/span.ts'
import type { Day } from '../time/wall-clock.ts'
import { type Reason, staffAnswer } from '../why-not.ts'

export type StaffVerdict =
  /** `outside`: which rule the tick went over. */
  { ok: true; outside?: Reason['because'] } | { ok: false; because: 'never' | 'tick'; reason: Reason }

/** @param reason of why-not.ts; undefined: nothing stands in the way */
export function staffVerdict(reason: Reason | undefined, isTicked: boolean): StaffVerdict {
  const answer = reason ? staffAnswer[reason.because] : 'free'
  if (!reason || answer === 'free') return { ok: true }
  if (answer === 'never') return { ok: false, because: 'never', reason }
  return isTicked ? { ok: true, outside: reason.because } : { ok: false, because: 'tick', reason }
}

/** What it takes, from start to end and with its buffer. */
export interface Place {
  practitionerId: string
  startAt: number
  endAt: number
  bufferUntil: number
}

/** The same appointment at another time, as long as it is now. */
export function movedTo(of: Place, practitionerId: string, startAt: number): Place {
  const later = startAt - of.startAt
  return { practitionerId, startAt, endAt: of.endAt + later, bufferUntil: of.bufferUntil + later }
}

/** As if that appointment were not there: it may move into its own time. */
export function timeWithout(time: ClinicTime, { practitionerId, startAt, bufferUntil }: Place): ClinicTime {
  const isOwn = ({ from, until }: Span) => from === startAt && until === bufferUntil
  const practitioners = time.practitioners.map((person) =>
    person.id === practitionerId ? { ...person, taken: person.taken.filter((span) => !isOwn(span)) } : person,
  )
  return { ...time, practitioners }
}

const minute = 60_000 // ms

/** As the rules of free times want it: how long it takes, in minutes. */
export const lengthOf = (typeId: string, { startAt, endAt, bufferUntil }: Place) => ({
  id: typeId,
  minutes: (endAt - startAt) / minute,
  bufferMinutes: (bufferUntil - endAt) / minute,
})

type Wanted = { type: ReturnType<typeof lengthOf>; practitionerId: string; now: number }

/** The free times of that practitioner's day, as staff are offered them. */
export const freshTimes = (time: ClinicTime, { type, practitionerId, now }: Wanted, day: Day): FreeTime[] =>
  freeTimesOn(time, { type, practitionerIds: [practitionerId], now, by: 'staff' }, day)

/** Who has the time, where it is taken. */
export const inTheWay = <Taken extends Place & { status: string }>(taken: Taken[], place: Place): Taken | undefined =>
  taken.find(
    (each) =>
      each.practitionerId === place.practitionerId &&
      each.status !== 'cancelled' &&
      overlap({ from: each.startAt, until: each.bufferUntil }, { from: place.startAt, until: place.bufferUntil }),
  )
