/** The clinic's time as one value: who works when, what is closed, and what is taken. Everything else is decided on it. */
import type { AppointmentType, BookingRules } from '../../schema.ts'
import { minute, wholeDay } from '../../web/durations.ts'
import { longestAppointment } from '../appointment.ts'
import { merged, overlap, type Span, touching, without } from './span.ts'
import { type Day, spansAt } from './wall-clock.ts'

export interface ClinicTime {
  /** IANA */
  zone: string
  rules: BookingRules
  /** Those that can be booked. */
  types: AppointmentType[]
  practitioners: PractitionerTime[]
  closedDays: { date: string; name: string }[]
}

export interface PractitionerTime {
  id: string
  name: string
  designation: string
  colour: number
  typeIds: string[]
  hours: Hours[]
  absences: Absence[]
  /** Each appointment with its buffer, in order of time. */
  taken: Span[]
}

export interface Hours {
  /** 1 is Monday. */
  weekday: number
  fromMinute: number
  untilMinute: number
  /** 'YYYY-MM-DD', both included; null: until further notice. */
  validFrom: string
  validUntil: string | null
}

export interface Absence extends Span {
  id: string
  reason: string
}

/** Who works when, and what can be booked by which rules: what is the same from one booking to the next. */
export interface Timetable extends Omit<ClinicTime, 'zone' | 'practitioners'> {
  practitioners: Omit<PractitionerTime, 'taken'>[]
}

/** What is taken on some days, by practitioner: see `takenOf`; null: nothing. */
export type Busy = Record<string, string | null>

/** On those days. */
export function clinicTime(zone: string, timetable: Timetable, busy: Busy): ClinicTime {
  const practitioners = timetable.practitioners.map((person) => ({ ...person, taken: takenOf(busy[person.id] ?? '') }))
  return { ...timetable, zone, practitioners }
}

/**
 * Figure by figure: a fortnight of a clinic holds a thousand of them, and to cut the text into words takes three times as long.
 * @param text '20424:540+35+20 600+20 20425:': on day 20424 since 1970 (UTC) 35 minutes from its minute 540, 20 from where these
 * end and 20 from minute 600, on the next day nothing
 */
export function takenOf(text: string): Span[] {
  const taken: Span[] = []
  let [midnight, from, number, isLength] = [0, 0, 0, false]
  for (let index = 0; index <= text.length; index++) {
    const figure = text.charCodeAt(index) - zero
    if (figure >= 0 && figure <= 9) {
      number = number * 10 + figure
      continue
    }
    const sign = text[index]
    if (isLength) {
      const until = from + number * minute
      taken.push({ from, until })
      from = until
    } else if (sign === ':') midnight = number * wholeDay
    else if (sign === '+') from = midnight + number * minute
    isLength = sign === '+'
    number = 0
  }
  return taken.sort((a, b) => a.from - b.from)
}
const zero = '0'.charCodeAt(0)

/** The working hours that are valid on that day, in order of time. */
export const hoursOn = ({ hours }: Pick<PractitionerTime, 'hours'>, { date, weekday }: Day): Hours[] =>
  hours
    .filter((each) => each.weekday === weekday && each.validFrom <= date && date <= (each.validUntil ?? date))
    .sort((a, b) => a.fromMinute - b.fromMinute)

export const closedOn = ({ closedDays }: Pick<ClinicTime, 'closedDays'>, { date }: Pick<Day, 'date'>) =>
  closedDays.find((each) => each.date === date)

/** When they are there by their working hours, whatever else happens. */
export function workSpans(who: Pick<PractitionerTime, 'hours'>, day: Day): readonly Span[] {
  const days = worked.get(who.hours) ?? new WeakMap<Day, Span[]>()
  worked.set(who.hours, days)
  const spans = days.get(day) ?? workedOut(who, day)
  days.set(day, spans)
  return spans
}
const worked = new WeakMap<Hours[], WeakMap<Day, Span[]>>() // a timetable is kept, and so are days

const workedOut = (who: Pick<PractitionerTime, 'hours'>, day: Day): Span[] =>
  merged(hoursOn(who, day).flatMap(({ fromMinute, untilMinute }) => spansAt(day, fromMinute, untilMinute)))

type Closed = Pick<ClinicTime, 'closedDays'>

/** Working hours − absences − closed days. */
export const openSpans = (time: Closed, who: PractitionerTime, day: Day): Span[] =>
  workedWithout(absencesOn(who, day), time, who, day)

/** Working hours − absences − closed days − appointments with their buffers: the free stretches of the day. */
export const freeSpans = (time: Closed, who: PractitionerTime, day: Day): Span[] =>
  workedWithout([...absencesOn(who, day), ...takenSpansOn(who, day)], time, who, day)

const workedWithout = (gone: Span[], time: Closed, who: PractitionerTime, day: Day): Span[] =>
  closedOn(time, day) ? [] : without(workSpans(who, day), gone)

/** How much of the day is taken. @returns milliseconds */
export const takenOn = (who: Pick<PractitionerTime, 'taken'>, day: Day): number =>
  takenSpansOn(who, day).reduce(
    (sum, { from, until }) => sum + Math.min(until, day.until) - Math.max(from, day.from),
    0,
  )

const absencesOn = ({ absences }: PractitionerTime, day: Day): Span[] => absences.filter((each) => overlap(each, day))
const takenSpansOn = ({ taken }: Pick<PractitionerTime, 'taken'>, day: Day): Span[] =>
  touching(taken, day, longestAppointment)
