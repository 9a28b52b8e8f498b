/** Closed days as the manager adds them: one with a name, or bank holidays that are ticked in a list. */
import type { Problems } from '../../../web/form.ts'
import { type BankHoliday, bankHolidaysAfter, type Nation, nationLabels } from '../bank-holidays.ts'
import { Reading } from '../reading.ts'
import { addDays } from '../wall-clock.ts'

type Typed = Record<string, string>
const furthest = 3 * 366 // days

/** @param today 'YYYY-MM-DD' in the clinic's zone */
export function readClosedDay(typed: Typed, today: string): { day: BankHoliday | null; problems: Problems } {
  const read = new Reading(typed)
  const date = read.date('date', 'The day', 'Enter the day')
  const name = read.name('name', 'The name', 80, 'Enter a name, like Staff training')
  if (date !== null && date < today) read.problems.date = 'The day must be today or later'
  if (date !== null && date > addDays(today, furthest))
    read.problems.date = 'The day must be within the next three years'
  const isGood = Object.keys(read.problems).length === 0
  return { day: isGood && date !== null ? { date, name } : null, problems: read.problems }
}

/** The bank holidays that the clinic does not have yet. */
export const offered = (nation: Nation, today: string, closed: { date: string }[]): BankHoliday[] =>
  bankHolidaysAfter(nation, today).filter(({ date }) => !closed.some((day) => day.date === date))

export const tickOf = (date: string): string => `day_${date}`

/** Those that are ticked: nothing but what is offered can be added so. */
export const tickedOf = (typed: Typed, list: BankHoliday[]): BankHoliday[] =>
  list.filter(({ date }) => typed[tickOf(date)] === 'on')

export const isNation = (text: string): text is Nation => text in nationLabels
