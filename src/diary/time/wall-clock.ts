/**
 * What the clock on the clinic's wall shows, and when. A day is cut into pieces in which that clock runs evenly: one on
 * almost every day, two on the days on which it is put forward or back. A moment is inside "from 1am to 2am" when the clock
 * shows a time inside it. So on the day the clock jumps from 1am to 2am there is no such moment, and on the day it runs
 * through that hour twice there are two hours of them.
 */
import { fromEpochMilliseconds, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant'
import { create, dayOfWeek, addDays as plainAddDays, toZonedDateTime } from 'temporal-polyfill/fns/PlainDate'
import { getTimeZoneTransition, offsetNanoseconds } from 'temporal-polyfill/fns/ZonedDateTime'
import { minute, wholeDay } from '../../web/durations.ts'
import { merged, type Span } from './span.ts'

export interface Day extends Span {
  /** 'YYYY-MM-DD' */
  date: string
  /** 1 is Monday. */
  weekday: number
  pieces: Piece[]
}

/** A stretch of the day in which the clock runs evenly. */
interface Piece extends Span {
  /** The minute of the day that the clock shows at `from`. */
  wall: number
}

/** So many days, the first of them `date`. */
export const daysFrom = (date: string, count: number, zone: string): Day[] =>
  Array.from({ length: count }, (_each, index) => dayOf(addDays(date, index), zone))

const known = new Map<string, Day>()
const mostKnown = 1_000

/**
 * Worked out once in an isolate: every page of a diary asks for the same few, and the zone has to be asked about each.
 * @param date 'YYYY-MM-DD' that the calendar has
 */
export function dayOf(date: string, zone: string): Day {
  const name = `${date} ${zone}`
  const before = known.get(name)
  if (before) return before
  if (known.size >= mostKnown) known.clear()
  const day = workedOut(date, zone)
  known.set(name, day)
  return day
}

function workedOut(date: string, zone: string): Day {
  const start = plainDate(date)
  const startsAt = (each: typeof start) => toZonedDateTime(each, zone).epochMilliseconds
  const span = { from: startsAt(start), until: startsAt(plainAddDays(start, 1)) }
  return { ...span, date, weekday: dayOfWeek(start), pieces: piecesOf(span, zone) }
}

function piecesOf(day: Span, zone: string): Piece[] {
  if (day.until - day.from === wholeDay) return [{ ...day, wall: 0 }]
  const pieces: Piece[] = []
  for (let from = day.from; from < day.until; ) {
    const change = getTimeZoneTransition(zoned(from, zone), 'next')
    const until = Math.min(change?.epochMilliseconds ?? day.until, day.until)
    pieces.push({ from, until, wall: minuteOf(from, zone) })
    from = until
  }
  return pieces
}

/** The moments of the day at which the clock shows a time in it. @param fromMinute of the day, 540 is 9am */
export const spansAt = (day: Day, fromMinute: number, untilMinute: number): Span[] =>
  merged(
    day.pieces.map(({ from, until, wall }) => ({
      from: Math.max(from, from + (fromMinute - wall) * minute),
      until: Math.min(until, from + (untilMinute - wall) * minute),
    })),
  )

/** The moments of a stretch of the day at which the clock shows a multiple of the grid: 9:00, 9:15 … Twice where an hour comes twice. */
export function gridIn(day: Day, { from, until }: Span, gridMinutes: number): number[] {
  const step = gridMinutes * minute
  const moments: number[] = []
  for (const piece of day.pieces) {
    const midnight = piece.from - piece.wall * minute // by this piece's clock
    const first = midnight + Math.ceil((Math.max(from, piece.from) - midnight) / step) * step
    for (let at = first; at < Math.min(until, piece.until); at += step) moments.push(at)
  }
  return moments
}

/** When the clock shows that minute: none where it jumps over it, two where the hour comes twice. */
export const instantsAt = (day: Day, minuteOfDay: number): number[] =>
  day.pieces
    .map(({ from, until, wall }) => ({ at: from + (minuteOfDay - wall) * minute, from, until }))
    .filter(({ at, from, until }) => at >= from && at < until)
    .map(({ at }) => at)

/** The minute of the day that the clock shows: 570 is 9:30am. */
export function minuteOf(instant: number, zone: string): number {
  const offset = offsetNanoseconds(zoned(instant, zone)) / 1_000_000
  return Math.floor(((((instant + offset) % wholeDay) + wholeDay) % wholeDay) / minute)
}

/** The same for a moment of a day that is known already, without asking the zone again. */
export function minuteIn(day: Day, instant: number): number {
  const piece = day.pieces.find(({ from, until }) => instant >= from && instant < until) ?? day.pieces.at(-1)!
  return piece.wall + Math.round((instant - piece.from) / minute)
}

export const addDays = (date: string, days: number): string => plainAddDays(plainDate(date), days).toJSON()

/** 1 is Monday. */
export const weekdayOf = (date: string): number => dayOfWeek(plainDate(date))

const plainDate = (date: string) =>
  create(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)))
const zoned = (instant: number, zone: string) => toZonedDateTimeISO(fromEpochMilliseconds(instant), zone)
