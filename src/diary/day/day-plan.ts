/**
 * A practitioner's day as the diary shows it: one column of entries in order of time. A day view has a column for each
 * practitioner, a week one for each day.
 */

import { minute } from '../../web/durations.ts'
import type { DayAppointment } from '../appointments-store.ts'
import { gapsOn } from '../availability.ts'
import { type ClinicTime, closedOn, openSpans, type PractitionerTime, workSpans } from '../time/clinic-time.ts'
import { overlap, type Span, within, without } from '../time/span.ts'
import { type Day, gridIn, minuteIn, spansAt } from '../time/wall-clock.ts'
import { doesIt, landingsOn } from './moving.ts'

export type Entry = Span &
  (
    | { kind: 'appointment'; appointment: DayAppointment; lane: number }
    /** Free, and long enough for something that this practitioner does. */
    | { kind: 'gap' }
    /** In move mode: free, and when in it the appointment could begin. */
    | { kind: 'landing'; starts: number[] }
    | { kind: 'away'; reason: string }
    /** Kept free behind an appointment: for notes, for the room. */
    | { kind: 'buffer' }
    | { kind: 'now' }
  )

export interface Column {
  day: Day
  person: Pick<PractitionerTime, 'id' | 'name' | 'designation' | 'colour' | 'typeIds'>
  entries: Entry[]
  /** When they are there: behind the entries, so that what is over is not mistaken for time off. */
  open: Span[]
  booked: number
  free: number
  /** Why there is no open time on this day; undefined when there is some. */
  shut: { because: 'closed' | 'away'; reason: string } | { because: 'not-working' | 'left' } | undefined
}

/** What stands in the columns. */
interface Content {
  /** Of that day, of everybody; the cancelled ones too if they are to be shown. */
  appointments: DayAppointment[]
  now: number
  /** The appointment that is being moved: the free stretches are where it could go. */
  moving?: DayAppointment
}

export function columnOf(time: ClinicTime, person: PractitionerTime, day: Day, content: Content): Column {
  const { appointments, now } = content
  const own = appointments.filter((each) => each.practitionerId === person.id && overlap(day, spanOf(each)))
  const open = openSpans(time, person, day)
  const free = freeEntries(time, person, day, content)
  const entries: Entry[] = [
    ...withLanes(own),
    ...own.flatMap(bufferOf),
    ...free,
    ...awayOn(time, person, day),
    ...(now >= day.from && now < day.until ? [nowEntry(now)] : []),
  ]
  return {
    day,
    person,
    entries: entries.sort((a, b) => a.from - b.from),
    open,
    booked: own.filter(({ status }) => status !== 'cancelled').length,
    free: free.filter(isPressed).length,
    shut: open.length > 0 ? undefined : shutBecause(time, person, day),
  }
}

/** Those who see patients no more stand last, on days on which they have appointments. */
export const leftPractitioners = (time: ClinicTime, appointments: DayAppointment[]): PractitionerTime[] =>
  [...new Map(appointments.map((each) => [each.practitionerId, each.practitionerName]))]
    .filter(([id]) => !time.practitioners.some((person) => person.id === id))
    .map(([id, name]) => leftPractitioner({ id, name }))

/** Without a colour: nobody books with them any more. */
export const leftPractitioner = (of: { id: string; name: string }): PractitionerTime => ({
  ...of,
  ...{ designation: '', colour: 0, typeIds: [], hours: [], absences: [], taken: [] },
})

export const hasLeft = ({ colour }: Column['person']): boolean => colour === 0

const fiveMinutes = 5 * minute

const spanOf = ({ startAt, endAt }: Pick<DayAppointment, 'startAt' | 'endAt'>): Span => ({
  from: startAt,
  until: endAt,
})
const nowEntry = (now: number): Entry => ({ kind: 'now', ...fiveMinutesOf(now) })
const fiveMinutesOf = (now: number): Span => {
  const from = Math.floor(now / fiveMinutes) * fiveMinutes
  return { from, until: from + fiveMinutes }
}

function freeEntries(time: ClinicTime, person: PractitionerTime, day: Day, { now, moving }: Content): Entry[] {
  if (moving)
    return doesIt(person, moving)
      ? landingsOn(time, person, day, moving, now).map((each) => ({ kind: 'landing', ...each }))
      : []
  const shortest = shortestOf(time, person)
  return gapsOn(time, person, day, now)
    .filter(({ minutes }) => minutes >= shortest)
    .map(({ from, until }) => ({ kind: 'gap', from, until }))
}

/** Of all the types they do: a shorter gap can be filled with nothing. */
function shortestOf({ types }: ClinicTime, { typeIds }: PractitionerTime): number {
  const minutes = types.filter(({ id }) => typeIds.includes(id)).map((type) => type.minutes)
  return minutes.length > 0 ? Math.min(...minutes) : 15
}

/**
 * Lane 0 is for those that take the practitioner's time, which cannot overlap. Their time was given to others when they
 * were cancelled, so the cancelled ones stand beside, next to each other where several were for one time.
 */
function withLanes(appointments: DayAppointment[]): Entry[] {
  const ends: number[] = []
  return appointments.map((appointment) => {
    const entry = { kind: 'appointment' as const, appointment, ...spanOf(appointment) }
    if (appointment.status !== 'cancelled') return { ...entry, lane: 0 }
    const free = ends.findIndex((end) => end <= entry.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = entry.until
    return { ...entry, lane: lane + 1 }
  })
}

const bufferOf = ({ status, endAt, bufferUntil }: DayAppointment): Entry[] =>
  status === 'cancelled' || bufferUntil <= endAt ? [] : [{ kind: 'buffer', from: endAt, until: bufferUntil }]

/** Absences within the working hours, where no appointment stands in them. */
function awayOn(time: ClinicTime, person: PractitionerTime, day: Day): Entry[] {
  if (closedOn(time, day)) return []
  const hours = workSpans(person, day)
  return person.absences.flatMap((absence) =>
    without(within(hours, absence), person.taken).map((span) => ({
      kind: 'away' as const,
      reason: absence.reason,
      ...span,
    })),
  )
}

function shutBecause(time: ClinicTime, person: PractitionerTime, day: Day): Column['shut'] {
  if (hasLeft(person)) return { because: 'left' }
  const closed = closedOn(time, day)
  if (closed) return { because: 'closed', reason: closed.name }
  if (workSpans(person, day).length === 0) return { because: 'not-working' }
  return { because: 'away', reason: person.absences.find((each) => overlap(each, day))?.reason ?? '' }
}

/** The part of each column's day that is drawn, from full hour to full hour: the same hours of the clock in all of them. */
export interface Frame {
  /** One for each column. */
  windows: Span[]
  /** Full hours of the first column's day. */
  hours: number[]
}

/** Undefined when there is nothing to draw. */
export function frameOf(columns: Column[]): Frame | undefined {
  const reach = columns.flatMap(reachOf)
  if (reach.length === 0) return undefined
  const fromMinute = Math.min(...reach.map((each) => each.fromMinute))
  const untilMinute = Math.max(...reach.map((each) => each.untilMinute))
  const windows = columns.map(({ day }) => {
    const spans = spansAt(day, fromMinute, untilMinute)
    return { from: spans[0]!.from, until: spans.at(-1)!.until }
  })
  return {
    windows,
    hours: gridIn(columns[0]!.day, windows[0]!, 60),
  }
}

/** From which full hour to which something stands in a column, as minutes of its day on the clinic's wall clock. */
function reachOf({ day, open, entries }: Column): { fromMinute: number; untilMinute: number }[] {
  const spans = within([...open, ...entries.filter(({ kind }) => kind !== 'now')], day)
  if (spans.length === 0) return []
  const [from, until] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.until))]
  const hours = [...gridIn(day, day, 60), day.until]
  const first = hours.findLast((hour) => hour <= from)!
  const last = hours.find((hour) => hour >= until)!
  return [{ fromMinute: minuteIn(day, first), untilMinute: last === day.until ? 1440 : minuteIn(day, last) }]
}

/** The first row, counted from 1, and how many rows it takes; undefined when it lies outside the frame. */
export function placeOf(span: Span, window: Span): { row: number; rows: number } | undefined {
  const [shown] = within([span], window)
  if (!shown) return undefined
  const row = Math.floor((shown.from - window.from) / fiveMinutes)
  return { row: row + 1, rows: Math.max(1, Math.ceil((shown.until - window.from) / fiveMinutes) - row) }
}

export type Scale = 'compact' | 'usual' | 'tall'

/** How tall five minutes are, so that the shortest thing to press is tall enough to be hit. */
export function scaleOf(columns: Column[]): Scale {
  const pressed = columns.flatMap(({ entries }) => entries).filter(isPressed)
  const shortest = Math.min(...pressed.map(({ from, until }) => (until - from) / minute))
  if (shortest < 10) return 'tall'
  return shortest < 15 ? 'usual' : 'compact'
}

/** Landings without a time are words only. */
const isPressed = (entry: Entry): boolean =>
  entry.kind === 'appointment' || entry.kind === 'gap' || (entry.kind === 'landing' && entry.starts.length > 0)
