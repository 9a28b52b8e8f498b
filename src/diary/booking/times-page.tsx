/** The free times of a fortnight, for whoever books and whoever moves an appointment. */
import type { Ask } from '../../ask.ts'
import { dateIn } from '../../web/dates.ts'
import { wholeDay } from '../../web/durations.ts'
import { type FreeDay, type FreeTime, firstFreeDay, freeDays, nextTimes, type Wanted } from '../availability.ts'
import { bookingWindow } from '../booking-rules.ts'
import type { Dates } from '../time/dates.ts'
import { overlap, type Span } from '../time/span.ts'
import { addDays } from '../time/wall-clock.ts'
import { type Choice, daysShown, firstShown } from './choice.ts'
import type { Fresh } from './fresh-store.ts'

const mostNext = 3

interface Asked extends Pick<Fresh, 'time' | 'later'> {
  /** When they are at another appointment there is no time to offer. */
  booker: { upcoming: Span[] }
  /** What is moved: where it is now is no new time. */
  appointment?: { startAt: number; practitionerId: string }
}

/** @param choice its day, or that of its time, is shown with its times */
export async function timesFor(c: Ask, { time, later, booker, appointment }: Asked, wanted: Wanted, choice: Choice) {
  const { clinic, now } = c.var
  const { zone } = time
  const from = firstShown(choice, now, zone)
  const cut = (of: FreeDay) => withoutOwn(withoutBusy(of, booker.upcoming), appointment)
  const days = freeDays(time, wanted, from, daysShown).map(cut)
  const shown = choice.startAt === undefined ? choice.day : dateIn(choice.startAt, zone)
  const { lastDate } = bookingWindow(time.rules, now, zone)
  const after = addDays(from, daysShown)
  const isEmpty = days.every(({ times }) => times.length === 0)
  return {
    ...{ time, now, clinic, days },
    next: nextTimes(days, mostNext),
    day: days.find(({ day }) => day.date === shown),
    earlier: from > dateIn(now, zone) ? addDays(from, -daysShown) : undefined,
    later: after <= lastDate ? after : undefined,
    nextFree: isEmpty ? await firstLater(later, wanted, { from: after, until: lastDate }, cut) : undefined,
  }
}

const withoutBusy = ({ day, times }: FreeDay, busy: Span[]): FreeDay => ({
  day,
  times: times.filter(({ startAt, endAt }) => !busy.some((span) => overlap(span, { from: startAt, until: endAt }))),
})

function withoutOwn(of: FreeDay, own: Asked['appointment']): FreeDay {
  if (!own) return of
  const others = ({ startAt, practitionerIds }: FreeTime) =>
    startAt === own.startAt ? practitionerIds.filter((id) => id !== own.practitionerId) : practitionerIds
  const cut = of.times.map((time) => ({ ...time, practitionerIds: others(time) }))
  return { day: of.day, times: cut.filter(({ practitionerIds }) => practitionerIds.length > 0) }
}

/** Null: none up to the last day that can be booked. */
async function firstLater(later: Asked['later'], wanted: Wanted, dates: Dates, cut: (of: FreeDay) => FreeDay) {
  const { from, until } = dates
  if (from > until) return null
  const count = (Date.parse(until) - Date.parse(from)) / wholeDay + 1
  return firstFreeDay(await later(dates), wanted, { from, count }, cut) ?? null
}
