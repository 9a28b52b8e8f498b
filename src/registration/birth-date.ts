/** A date of birth as people type it into three fields, and what is wrong with it (ux.md 1.3 has the words). */

interface BirthDate {
  /** 'YYYY-MM-DD', or null when there is none or something is wrong with it. */
  date: string | null
  problem?: string
  /** Nothing was typed at all: a problem only where a date of birth is needed. */
  isEmpty: boolean
}

const earliestYear = 1900 // nobody alive was born before it: a slip of the finger

/** Reads `<name>_day`, `<name>_month`, `<name>_year`. @param today 'YYYY-MM-DD' in the clinic's zone */
export function readBirthDate(typed: Record<string, string>, name: 'dob', today: string): BirthDate {
  const part = (unit: Unit) => withoutSpaces(typed[`${name}_${unit}`])
  const missing = units.filter((unit) => part(unit) === '')
  if (missing.length === units.length) return { date: null, problem: 'Enter your date of birth', isEmpty: true }
  if (missing.length > 0) return wrong(`Date of birth must include ${missing.map((unit) => `a ${unit}`).join(' and ')}`)
  if (!/^\d{4}$/.test(part('year'))) return wrong('Year must include 4 numbers')
  const date = realDate(Number(part('year')), monthNumber(part('month')), dayNumber(part('day')))
  if (date === null || date < `${earliestYear}`) return wrong('Date of birth must be a real date')
  if (date > today) return wrong('Date of birth must be in the past')
  return { date, isEmpty: false }
}

/** 3 of "3", "03", "mar" and "March"; NaN when it is no month. @param text in lower case */
export function monthNumber(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const named = text.length < 3 ? -1 : months.findIndex((month) => month.startsWith(text))
  return named === -1 ? Number.NaN : named + 1
}

/** 'YYYY-MM-DD', or null when the calendar has no such day. @param year four figures */
export function realDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? date.toISOString().slice(0, 10) : null
}

const units = ['day', 'month', 'year'] as const
type Unit = (typeof units)[number]

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const wrong = (problem: string): BirthDate => ({ date: null, problem, isEmpty: false })

const dayNumber = (text: string): number => (/^\d{1,2}$/.test(text) ? Number(text) : Number.NaN)

/** NFKC: full-width figures are figures. */
const withoutSpaces = (text = ''): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
