/** The free times of a fortnight, for whoever books and whoever moves an appointment. */
import type { Ask } from '../../ask.ts'
import { dateIn } from '../../web/dates.ts'
import { type FreeDay, firstFreeDay, freeDays, nextTimes, type Wanted } from '../availability.ts'
import { bookingWindow } from '../booking-rules.ts'
import type { ClinicTime } from '../time/clinic-time.ts'
import { overlap, type Span } from '../time/span.ts'
import { addDays } from '../time/wall-clock.ts'
import { type Choice, daysShown, firstShown } from './choice.ts'
import { readLater } from './fresh-store.ts'

const mostNext = 3

/**
 * @param busy when the patient has other appointments: no time to offer
 * @param choice its day, or that of its time, is shown with its times
 */
export async function timesFor(c: Ask, time: ClinicTime, wanted: Wanted, busy: Span[], choice: Choice) {
  const { clinic, now } = c.var
  const { zone } = time
  const from = firstShown(choice, now, zone)
  const days = freeDays(time, wanted, from, daysShown).map((day) => withoutBusy(day, busy))
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
    nextFree: isEmpty ? await firstLater(c, wanted, { from: after, until: lastDate }) : undefined,
  }
}

const withoutBusy = ({ day, times }: FreeDay, busy: Span[]): FreeDay => ({
  day,
  times: times.filter(({ startAt, endAt }) => !busy.some((span) => overlap(span, { from: startAt, until: endAt }))),
})

/** A second round trip, only where the fortnight has nothing to offer. */
async function firstLater(c: Ask, wanted: Wanted, dates: { from: string; until: string }) {
  if (dates.from > dates.until) return null
  const time = await readLater(c, dates)
  const count = (Date.parse(dates.until) - Date.parse(dates.from)) / wholeDay + 1
  return firstFreeDay(time, wanted, dates.from, count) ?? null
}

const wholeDay = 86_400_000 // ms
