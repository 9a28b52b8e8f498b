/** Move mode: at which times of a day an appointment could begin instead, each in a free stretch that can be seen. */
import type { DayAppointment } from '../appointments-store.ts'
import { freeTimesOn, gapsOn } from '../availability.ts'
import { lengthOf, type Place, personWithout } from '../place.ts'
import type { ClinicTime, PractitionerTime } from '../time/clinic-time.ts'
import { type Span, without } from '../time/span.ts'
import type { Day } from '../time/wall-clock.ts'

/** A free stretch, and the times in it at which the appointment would fit: none where it is too short. */
export interface Landing extends Span {
  starts: number[]
}

type Moved = Place & Pick<DayAppointment, 'typeId'>

export const doesIt = ({ typeIds }: Pick<PractitionerTime, 'typeIds'>, { typeId }: Moved): boolean =>
  typeIds.includes(typeId)

/** Its own time counts as free, so that it can be moved by less than its length; it stays drawn where it is. */
export function landingsOn(time: ClinicTime, person: PractitionerTime, day: Day, moved: Moved, now: number): Landing[] {
  const own: Span = { from: moved.startAt, until: moved.bufferUntil }
  const freed = personWithout(person, moved)
  const starts = startsOn(time, freed, day, moved, now).filter(
    (start) => !(isOf(person, moved) && start === moved.startAt),
  )
  return gapsOn(time, freed, day, now).flatMap((gap) => {
    const seen = isOf(person, moved) ? without([gap], [own]) : [gap]
    return seen.map((span) => ({
      ...span,
      starts: starts.filter((start) => isIn(gap, start) && shownIn(seen, start) === span),
    }))
  })
}

function startsOn(time: ClinicTime, person: PractitionerTime, day: Day, moved: Moved, now: number): number[] {
  const type = { id: moved.typeId, ...lengthOf(moved) }
  const onlyThem = { ...time, practitioners: [person] }
  return freeTimesOn(onlyThem, { type, now, by: 'staff' }, day).map(({ startAt }) => startAt)
}

const isOf = ({ id }: Pick<PractitionerTime, 'id'>, { practitionerId }: Moved): boolean => id === practitionerId
const isIn = ({ from, until }: Span, instant: number): boolean => from <= instant && instant < until

/** A time that lies in the appointment's own is offered in the stretch behind it, or in the one before. */
const shownIn = (seen: Span[], start: number): Span | undefined =>
  seen.find(({ until }) => start < until) ?? seen.at(-1)
