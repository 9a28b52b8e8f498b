/**
 * Which times are free: working hours − absences − closed days − appointments, cut by the clinic's slot rule. A time is free
 * when the whole appointment and its buffer lie in one free stretch of one day. Nobody is preferred: of those who are free
 * at the same time, whoever has less of that day taken comes first.
 */
import type { AppointmentType } from '../schema.ts'
import { minute } from '../web/durations.ts'
import { bookingWindow, type SlotRule } from './booking-rules.ts'
import { type ClinicTime, freeSpans, type PractitionerTime, takenOn } from './time/clinic-time.ts'
import type { Span } from './time/span.ts'
import { type Day, daysFrom, gridIn } from './time/wall-clock.ts'

export interface FreeTime {
  startAt: number
  /** Of the appointment; the practitioner's time is taken until `bufferUntil`. */
  endAt: number
  bufferUntil: number
  /** Who is free then; the first is who gets it when the patient has no wish. */
  practitionerIds: string[]
}

export interface Wanted {
  type: Pick<AppointmentType, 'id' | 'minutes' | 'bufferMinutes'>
  /** Undefined: whoever is free first. */
  practitionerIds?: string[]
  now: number
  /**
   * Patients are offered what the rules allow: notice, how far ahead, the slot rule. Staff are offered every time on the grid
   * and the beginning of each free stretch, from now on.
   */
  by: 'patient' | 'staff'
}

export interface FreeDay {
  day: Day
  times: FreeTime[]
}

/** The free times of so many days from that date on, day by day: those without one too. */
export function freeDays(time: ClinicTime, wanted: Wanted, from: string, count: number): FreeDay[] {
  const offer = offerOf(time, wanted)
  return daysFrom(from, count, time.zone).map((day) => ({ day, times: timesOn(time, wanted, offer, day) }))
}

/** In order of time. */
export const freeTimesOn = (time: ClinicTime, wanted: Wanted, day: Day): FreeTime[] =>
  timesOn(time, wanted, offerOf(time, wanted), day)

function timesOn(time: ClinicTime, wanted: Wanted, offer: Offer, day: Day): FreeTime[] {
  if (day.until <= offer.earliest || day.date > offer.lastDate) return []
  const onGrid = (span: Span) => gridIn(day, span, time.rules.gridMinutes)
  const whoIsFree: string[][] = [] // by the five minutes of the day: so they stand in order of time
  for (const person of inTurn(doersOf(time, wanted), day)) {
    for (const block of freeSpans(time, person, day)) {
      for (const startAt of startsIn(block, onGrid, offer)) {
        const index = (startAt - day.from) / fiveMinutes
        const others = whoIsFree[index]
        if (others) others.push(person.id)
        else whoIsFree[index] = [person.id]
      }
    }
  }
  const times: FreeTime[] = []
  whoIsFree.forEach((who, index) => {
    times.push(freeTime(day.from + index * fiveMinutes, wanted, who))
  })
  return times
}

/** The next so many free times, from the days that were looked at. */
export const nextTimes = (days: FreeDay[], count: number): FreeTime[] =>
  days.flatMap(({ times }) => times).slice(0, count)

/**
 * The first of the days on which there is a free time: for "the next date" beyond the days on the page.
 * @param cut takes away what this patient cannot have
 */
export function firstFreeDay(
  time: ClinicTime,
  wanted: Wanted,
  { from, count }: { from: string; count: number },
  cut = (of: FreeDay) => of,
): FreeDay | undefined {
  const offer = offerOf(time, wanted)
  for (const day of daysFrom(from, count, time.zone)) {
    const found = cut({ day, times: timesOn(time, wanted, offer, day) })
    if (found.times.length > 0) return found
  }
  return undefined
}

/** The free time that begins then with that practitioner, or with whoever is first in turn; undefined: it is not offered. */
export function offered(
  time: ClinicTime,
  wanted: Wanted,
  day: Day,
  startAt: number,
): (FreeTime & { practitionerId: string }) | undefined {
  const found = freeTimesOn(time, wanted, day).find((each) => each.startAt === startAt)
  return found && { ...found, practitionerId: found.practitionerIds[0]! }
}

/** A free stretch of a practitioner's day, for the day view: one link each. */
interface Gap extends Span {
  minutes: number
}

/** @param now what is over is no gap any more; gaps begin at the next five minutes */
export const gapsOn = (time: ClinicTime, person: PractitionerTime, day: Day, now: number): Gap[] =>
  freeSpans(time, person, day)
    .map(({ from, until }) => ({ from: onFiveMinutes(Math.max(from, now)), until }))
    .filter(({ from, until }) => until - from >= fiveMinutes)
    .map((span) => ({ ...span, minutes: (span.until - span.from) / minute }))

const fiveMinutes = 5 * minute
const onFiveMinutes = (instant: number): number => Math.ceil(instant / fiveMinutes) * fiveMinutes

/** Who does it, of those that were asked for. */
export const doersOf = ({ practitioners }: ClinicTime, { type, practitionerIds }: Wanted): PractitionerTime[] =>
  practitioners.filter(
    ({ id, typeIds }) => typeIds.includes(type.id) && (practitionerIds === undefined || practitionerIds.includes(id)),
  )

/** What may be offered: from when on, until which day, how long a stretch it needs, by which rule. */
interface Offer {
  earliest: number
  lastDate: string
  length: number
  rule: SlotRule | 'staff'
}

export function offerOf(time: ClinicTime, { type, now, by }: Wanted): Offer {
  const length = (type.minutes + type.bufferMinutes) * minute
  if (by === 'staff') return { earliest: now, lastDate: '9999-12-31', length, rule: 'staff' }
  return { ...bookingWindow(time.rules, now, time.zone), length, rule: time.rules.slotRule }
}

/** Where appointments may begin in a free stretch. */
function startsIn(block: Span, gridIn: (span: Span) => number[], { earliest, length, rule }: Offer): number[] {
  const from = Math.max(block.from, earliest)
  const last = block.until - length
  if (last < from) return none // most stretches of a busy day
  const onGrid = gridIn({ from, until: last + 1 })
  if (rule === 'every') return onGrid
  const begin = onFiveMinutes(block.from)
  const first = begin >= from && begin <= last ? [begin] : none
  if (rule === 'staff') return [...new Set([...first, ...onGrid])]
  return first.length > 0 ? first : onGrid.slice(0, 1) // a stretch that has begun, or begins too soon
}
const none: number[] = []

/** Whoever has less of the day taken comes first. */
const inTurn = (people: PractitionerTime[], day: Day): PractitionerTime[] =>
  people
    .map((person) => ({ person, taken: takenOn(person, day) }))
    .sort((a, b) => a.taken - b.taken || (a.person.id < b.person.id ? -1 : 1))
    .map(({ person }) => person)

const freeTime = (startAt: number, { type }: Wanted, practitionerIds: string[]): FreeTime => {
  const endAt = startAt + type.minutes * minute
  return { startAt, endAt, bufferUntil: endAt + type.bufferMinutes * minute, practitionerIds }
}
