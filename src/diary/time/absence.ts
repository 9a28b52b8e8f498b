/**
 * An absence: part of a day, days or weeks. It is kept as instants, because it is one stretch of time like an appointment;
 * typed and shown on the clinic's wall clock.
 */
import { dateIn, dateInWords, dayInWords, startOfDay, timeInWords } from '../../web/dates.ts'
import type { Span } from './span.ts'
import { addDays, type Day, dayOf, instantsAt } from './wall-clock.ts'

interface TypedAbsence {
  /** 'YYYY-MM-DD', both included */
  fromDate: string
  untilDate: string
  /** Minutes of the day; null: from the beginning of the first day, to the end of the last. */
  fromMinute: number | null
  untilMinute: number | null
}

type AbsenceVerdict = { ok: true; span: Span } | { ok: false; because: 'ends-before-it-starts' | 'too-long' | 'over' }

export const absenceProblems: Record<Exclude<AbsenceVerdict, { ok: true }>['because'], string> = {
  'ends-before-it-starts': 'The absence must end after it starts',
  'too-long': 'The absence must be a year or less',
  over: 'The absence must end in the future',
}

const longest = 366 // days

/**
 * The moments it takes. In an hour that comes twice it begins with the first and ends with the last; at a time the clock
 * jumps over, with the jump.
 */
export function readAbsence(typed: TypedAbsence, zone: string, now: number): AbsenceVerdict {
  if (typed.untilDate < typed.fromDate) return { ok: false, because: 'ends-before-it-starts' }
  const [first, last] = [dayOf(typed.fromDate, zone), dayOf(typed.untilDate, zone)]
  const from = typed.fromMinute === null ? first.from : momentIn(first, typed.fromMinute, 'first')
  const until = typed.untilMinute === null ? last.until : momentIn(last, typed.untilMinute, 'last')
  if (until <= from) return { ok: false, because: 'ends-before-it-starts' }
  if (typed.untilDate > addDays(typed.fromDate, longest)) return { ok: false, because: 'too-long' }
  if (until <= now) return { ok: false, because: 'over' }
  return { ok: true, span: { from, until } }
}

function momentIn(day: Day, minuteOfDay: number, which: 'first' | 'last'): number {
  const moments = instantsAt(day, minuteOfDay)
  if (moments.length > 0) return which === 'first' ? moments[0]! : moments.at(-1)!
  return day.pieces.find(({ wall }) => wall > minuteOfDay)?.from ?? day.until // jumped over, or the end of the day
}

/** "Thursday 3 December 2026, 10:00am to 12:00pm" · "Thursday 3 December 2026, all day" · "3 December 2026 to 7 December 2026" */
export function absenceInWords({ from, until }: Span, zone: string): string {
  const [first, last] = [dateIn(from, zone), dateIn(until - 1, zone)]
  const isWholeDays = from === startOfDay(first, zone) && until === startOfDay(addDays(last, 1), zone)
  const day = (instant: number) => dateInWords(instant, zone)
  const clock = (instant: number) => timeInWords(instant, zone)
  if (first === last) {
    return `${dayInWords(from, zone)}, ${isWholeDays ? 'all day' : `${clock(from)} to ${clock(until)}`}`
  }
  if (isWholeDays) return `${day(from)} to ${day(until - 1)}`
  return `${day(from)}, ${clock(from)}, to ${day(until - 1)}, ${clock(until)}`
}
