/** Weekly working hours as staff type them: several periods a day, and what is wrong with them, by its name. */
import type { Practitioner, Staff } from '../../schema.ts'
import { plainDateInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import type { Hours } from './clinic-time.ts'
import { addDays } from './wall-clock.ts'

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const weekdayName = (weekday: number): string => weekdayNames[weekday - 1]!

/** A period of one weekday; 1 is Monday, minutes of the day on the clinic's wall clock. */
export type Period = Pick<Hours, 'weekday' | 'fromMinute' | 'untilMinute'>

export const periodsADay = 3
/** The fields of the form: `from_2_1` is when Tuesday's first period starts. */
export const fieldOf = (end: 'from' | 'until', weekday: number, period: number): string => `${end}_${weekday}_${period}`

/** @returns the periods of the week, null beside what is wrong: at most one sentence for each field */
export function readWeek(typed: Record<string, string>): { week: Period[] | null; problems: Problems } {
  const days = weekdayNames.map((_name, index) => readDay(typed, index + 1))
  const problems: Problems = Object.assign({}, ...days.map((day) => day.problems))
  const isWhole = Object.keys(problems).length === 0
  return { week: isWhole ? days.flatMap(({ periods }) => periods) : null, problems }
}

function readDay(typed: Record<string, string>, weekday: number) {
  const periods: Period[] = []
  const problems: Problems = {}
  for (let number = 1; number <= periodsADay; number++) {
    const [from, until] = (['from', 'until'] as const).map((end) => fieldOf(end, weekday, number)) as [string, string]
    const text = { from: (typed[from] ?? '').trim(), until: (typed[until] ?? '').trim() }
    if (text.from === '' && text.until === '') continue
    const period = { weekday, fromMinute: readClock(text.from), untilMinute: readClock(text.until, 'end') }
    const wrong = periodProblem(text, period, periods)
    if (wrong) problems[wrong.end === 'from' ? from : until] = wrong.sentence
    else periods.push(period as Period)
  }
  return { periods, problems }
}

type Wrong = { end: 'from' | 'until'; sentence: string }
type Read = { weekday: number; fromMinute: number | null; untilMinute: number | null }

function periodProblem(text: { from: string; until: string }, period: Read, before: Period[]): Wrong | undefined {
  const { fromMinute, untilMinute } = period
  const day = weekdayName(period.weekday)
  const wrong = (end: 'from' | 'until', sentence: string): Wrong => ({ end, sentence })
  if (text.from === '') return wrong('from', `Enter when ${day} starts`)
  if (fromMinute === null) return wrong('from', `${day} must start at a time, like 9am or 09:00`)
  if (text.until === '') return wrong('until', `Enter when ${day} ends`)
  if (untilMinute === null) return wrong('until', `${day} must end at a time, like 5pm or 17:00`)
  if (fromMinute % 5 !== 0) return wrong('from', `${day} must start on a full five minutes, like 9:05`)
  if (untilMinute % 5 !== 0) return wrong('until', `${day} must end on a full five minutes, like 16:55`)
  if (untilMinute <= fromMinute) return wrong('until', `${day} must end after it starts`)
  const other = before.find((each) => each.fromMinute < untilMinute && each.untilMinute > fromMinute)
  if (other)
    return wrong(
      'from',
      `${day} has two periods that overlap: ${periodInWords(other)} and ${periodInWords(period as Period)}`,
    )
  return undefined
}

/**
 * "9", "9am", "9:30", "9.30 pm", "0930", "17:00", "noon", "midnight" as a minute of the day; null when it is no time.
 * @param end midnight ends the day
 */
export function readClock(text: string, end?: 'end'): number | null {
  const typed = text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
  if (typed === 'noon' || typed === 'midday') return 720
  if (typed === 'midnight' || typed === '24:00') return end ? 1440 : typed === 'midnight' ? 0 : null
  const found = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm|a\.m\.|p\.m\.)?$/.exec(typed)
  if (!found) return null
  const [hour, minute, half] = [Number(found[1]), Number(found[2] ?? 0), found[3]?.[0]]
  if (minute > 59 || hour > (half ? 12 : 23) || (half && hour === 0)) return null
  const minutes = (half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour) * 60 + minute
  return minutes === 0 && end ? 1440 : minutes
}

/** "9:30am"; the end of the day is "midnight". */
export function clockInWords(minuteOfDay: number): string {
  if (minuteOfDay === 1440) return 'midnight'
  const hour = Math.floor(minuteOfDay / 60)
  return `${hour % 12 || 12}:${String(minuteOfDay % 60).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
}

/** As the form shows it: "09:30". */
export const clockInField = (minuteOfDay: number): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`

/** "9:00am to 5:00pm" */
export const periodInWords = ({ fromMinute, untilMinute }: Omit<Period, 'weekday'>): string =>
  `${clockInWords(fromMinute)} to ${clockInWords(untilMinute)}`

/** "Monday to Friday 9:00am to 12:30pm and 1:30pm to 5:00pm, Saturday 9:00am to 12:00pm" */
export function weekInWords(week: Period[]): string {
  const stretches: { from: number; until: number; words: string }[] = []
  for (let weekday = 1; weekday <= 7; weekday++) {
    const words = dayInPeriods(week, weekday)
    const last = stretches.at(-1)
    if (words !== '' && last?.words === words && last.until === weekday - 1) last.until = weekday
    else if (words !== '') stretches.push({ from: weekday, until: weekday, words })
  }
  const days = ({ from, until }: { from: number; until: number }) =>
    from === until ? weekdayName(from) : `${weekdayName(from)} to ${weekdayName(until)}`
  return stretches.map((stretch) => `${days(stretch)} ${stretch.words}`).join(', ') || 'No working hours'
}

/** "9:00am to 12:30pm and 1:30pm to 5:00pm"; '' on a day without hours */
export const dayInPeriods = (week: Period[], weekday: number): string =>
  week
    .filter((period) => period.weekday === weekday)
    .map(periodInWords)
    .join(' and ')

/**
 * All hours of a practitioner when this week holds from one day to another (null: until further notice). What held before
 * goes on outside those days, cut where they begin and end.
 */
export function withWeek(rows: Hours[], week: Period[], validFrom: string, validUntil: string | null): Hours[] {
  const last = validUntil ?? forever
  const kept = rows.flatMap((row) => {
    const rowLast = row.validUntil ?? forever
    if (rowLast < validFrom || row.validFrom > last) return [row]
    return [
      ...(row.validFrom < validFrom ? [{ ...row, validUntil: addDays(validFrom, -1) }] : []),
      ...(rowLast > last ? [{ ...row, validFrom: addDays(last, 1) }] : []),
    ]
  })
  return [...kept, ...week.map((period) => ({ ...period, validFrom, validUntil }))]
}

const forever = '9999-12-31'

/** The week that holds on a day, Monday first. @param date 'YYYY-MM-DD' */
export const weekOn = (rows: Hours[], date: string): Hours[] =>
  rows
    .filter((row) => row.validFrom <= date && date <= (row.validUntil ?? date))
    .sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute)

/** The days on which other hours begin to hold, after `date`, soonest first. */
export const changesAfter = (rows: Hours[], date: string): string[] =>
  [
    ...new Set(
      rows.flatMap(({ validFrom, validUntil }) => [validFrom, ...(validUntil ? [addDays(validUntil, 1)] : [])]),
    ),
  ]
    .filter((each) => each > date)
    .sort()

/** The week that holds on that day; where there is none, the one that comes next, with its day. */
export function hoursInWords(rows: Hours[], date: string): string {
  const week = weekOn(rows, date)
  const next = changesAfter(rows, date).find((day) => weekOn(rows, day).length > 0)
  if (week.length > 0 || !next) return weekInWords(week)
  return `From ${plainDateInWords(next)}: ${weekInWords(weekOn(rows, next))}`
}

/** The manager changes everybody's time; a practitioner their own, if the manager allows it. */
export const mayChangeTimeOf = (
  who: Pick<Staff, 'role' | 'id'>,
  of: Pick<Practitioner, 'staffId' | 'mayChangeOwnHours'>,
): boolean => who.role === 'manager' || (who.id === of.staffId && of.mayChangeOwnHours)
