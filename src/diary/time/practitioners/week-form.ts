/** The form of a practitioner's week: from when on it holds, what is filled in beforehand, what is copied. */
import type { Problems } from '../../../web/form.ts'
import type { Hours } from '../clinic-time.ts'
import { Reading } from '../reading.ts'
import { addDays } from '../wall-clock.ts'
import {
  changesAfter,
  clockInField,
  dayInPeriods,
  fieldOf,
  type Period,
  periodsADay,
  readWeek,
  weekdayNames,
  weekOn,
} from '../working-hours.ts'

type Typed = Record<string, string>
const furthest = 3 * 366 // days

export interface NewWeek {
  week: Period[]
  /** 'YYYY-MM-DD', both included; null: until further notice. */
  validFrom: string
  validUntil: string | null
}

/** @param today 'YYYY-MM-DD' in the clinic's zone */
export function readNewWeek(typed: Typed, today: string): { read: NewWeek | null; problems: Problems } {
  const dates = new Reading(typed)
  const from = dates.date('valid_from', 'The first day', 'Enter the day from which these hours hold')
  const until = dates.date('valid_until', 'The last day')
  if (from !== null && from < today) dates.problems.valid_from = 'The first day must be today or later'
  if (from !== null && from > addDays(today, furthest))
    dates.problems.valid_from = 'The first day must be within the next three years'
  if (from !== null && until !== null && until < from)
    dates.problems.valid_until = 'The last day must be on the first day or after it'
  const { week, problems } = readWeek(typed)
  const all = { ...dates.problems, ...problems }
  const isWhole = Object.keys(all).length === 0 && week !== null && from !== null
  return { read: isWhole ? { week, validFrom: from, validUntil: until } : null, problems: all }
}

/** As the form shows the week that holds on that day. @param date 'YYYY-MM-DD' */
export function typedWeek(rows: Hours[], date: string): Typed {
  const typed: Typed = { valid_from: date }
  const next = changesAfter(rows, date)[0]
  const week = weekOn(rows, date)
  if (next && week.some(({ validUntil }) => validUntil !== null)) typed.valid_until = addDays(next, -1)
  for (const [index] of weekdayNames.entries()) {
    const periods = week.filter(({ weekday }) => weekday === index + 1)
    for (const [at, period] of periods.entries()) {
      typed[fieldOf('from', index + 1, at + 1)] = clockInField(period.fromMinute)
      typed[fieldOf('until', index + 1, at + 1)] = clockInField(period.untilMinute)
    }
  }
  return typed
}

/** Monday's periods as typed, on Tuesday to Friday too. */
export function withMondayCopied(typed: Typed): Typed {
  const copied = { ...typed }
  for (let weekday = 2; weekday <= 5; weekday++)
    for (let period = 1; period <= periodsADay; period++)
      for (const end of ['from', 'until'] as const)
        copied[fieldOf(end, weekday, period)] = typed[fieldOf(end, 1, period)] ?? ''
  return copied
}

/** Two periods a day are enough for most; the third is shown when it is asked for or used. */
export const periodsShown = (typed: Typed): number => {
  const isUsed = weekdayNames.some((_name, index) => typed[fieldOf('from', index + 1, periodsADay)])
  return isUsed || typed.periods === String(periodsADay) ? periodsADay : periodsADay - 1
}

/** The same hours, whatever their order. */
export const areSame = (some: Hours[], others: Hours[]): boolean => inOrder(some) === inOrder(others)
const inOrder = (rows: Hours[]): string =>
  rows
    .map((row) => [row.validFrom, row.validUntil, row.weekday, row.fromMinute, row.untilMinute].join(' '))
    .sort()
    .join('\n')

/** Day by day, where the two weeks differ. */
export const differentDays = (saved: Period[], typed: Period[]) =>
  weekdayNames
    .map((label, index) => ({ label, now: dayInPeriods(saved, index + 1), typed: dayInPeriods(typed, index + 1) }))
    .filter((day) => day.now !== day.typed)
