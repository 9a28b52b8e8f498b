/** An appointment that its patient moves: the same rules as for booking, and its own time is no obstacle. */
import type { Appointment } from '../../schema.ts'
import { type Asked, type Chosen, decide, type Refusal } from '../booking/decision.ts'
import type { Booking } from '../booking-rules.ts'
import { lengthOf, type Place } from '../place.ts'
import type { ClinicTime } from '../time/clinic-time.ts'

type Moving = Place & Pick<Appointment, 'typeId'>

/** Staff may have booked two for the same time: only one of them is moved. */
export function bookerWithout(booker: Booking['booker'], of: Moving): Booking['booker'] {
  const own = booker.upcoming.findIndex(({ from, until }) => from === of.startAt && until === of.endAt)
  return own < 0 ? booker : { ...booker, upcoming: booker.upcoming.toSpliced(own, 1) }
}

/** What is looked for: the same type, as long as it was booked. Undefined: the clinic does not offer it any more. */
export function typeOfMoving({ types }: ClinicTime, of: Moving): Asked['type'] | undefined {
  const type = types.find(({ id }) => id === of.typeId)
  return type && { ...type, ...lengthOf(of) }
}

interface To {
  startAt: number
  practitionerId: string
}

/** @param time and @param booker without the appointment */
export function decideMove(
  { time, booker }: { time: ClinicTime; booker: Booking['booker'] },
  of: Moving,
  { startAt, practitionerId }: To,
  now: number,
): { ok: true; place: Chosen } | { ok: false; because: Refusal } {
  const type = typeOfMoving(time, of)
  const who = time.practitioners.find(({ id, typeIds }) => id === practitionerId && typeIds.includes(of.typeId))
  if (!type || !who) return { ok: false, because: 'not-offered' }
  const decision = decide({ time, type, booker, startAt, practitionerId, now })
  return decision.ok
    ? { ok: true, place: { ...decision.place, typeId: of.typeId, practitionerName: who.name } }
    : decision
}
