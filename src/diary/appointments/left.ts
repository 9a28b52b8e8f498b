/** A practitioner who sees patients no more, asked for by a page of before: said in words, and the times of the others. */
import { apart } from '../../web/apart.ts'
import { doersOf, type FreeTime, type Wanted } from '../availability.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { type Day, daysFrom } from '../time/wall-clock.ts'
import { freshTimes } from './staff-verdict.ts'

export interface Left {
  id: string
  name: string
}

export const leftInWords = ({ name }: Left): string => `${apart(name)} sees patients here no more`

/** So many days are looked at for a time with somebody else. */
export const daysWithOthers = 7

export interface FreeWith {
  practitioner: Left
  day: Day
  times: FreeTime[]
}

/** Who is free, and when, on the first of the days on which anybody is. @param date the first to look at */
export function freeWithOthers(time: ClinicTime, { type, now }: Omit<Wanted, 'by'>, date: string): FreeWith[] {
  const doers = doersOf(time, { type, now, by: 'staff' })
  for (const day of daysFrom(date, daysWithOthers, time.zone)) {
    const found = doers
      .map((practitioner) => ({
        practitioner,
        day,
        times: freshTimes(time, { type, practitionerId: practitioner.id, now }, day),
      }))
      .filter(({ times }) => times.length > 0)
    if (found.length > 0) return found
  }
  return []
}
