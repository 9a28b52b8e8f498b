/** May staff have this time? Any that is free; outside the rules only with a tick; one that is taken never. */
import { type FreeTime, freeTimesOn } from '../availability.ts'
import type { lengthOf, Place } from '../place.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { overlap } from '../time/span.ts'
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

type Wanted = { type: ReturnType<typeof lengthOf> & { id: string }; practitionerId: string; now: number }

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
