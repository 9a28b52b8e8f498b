/**
 * Bank holidays by the Banking and Financial Dealings Act 1971 and custom, as gov.uk lists them. They are offered to the
 * clinic as a list to accept, never applied silently; a day proclaimed for one year only is added by hand.
 */
import type { Clinic, ClosedDay } from '../../schema.ts'
import { addDays, weekdayOf } from './wall-clock.ts'

export type Nation = Clinic['nation']

export const nationLabels: Record<Nation, string> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
  none: 'None of these',
}

export type BankHoliday = Pick<ClosedDay, 'date' | 'name'>

/** Those from that day on to the end of the next year. @param today 'YYYY-MM-DD' */
export function bankHolidaysAfter(nation: Nation, today: string): BankHoliday[] {
  const year = Number(today.slice(0, 4))
  return [year, year + 1].flatMap((each) => bankHolidays(nation, each)).filter(({ date }) => date >= today)
}

export function bankHolidays(nation: Nation, year: number): BankHoliday[] {
  if (nation === 'none') return []
  const easter = easterSunday(year)
  const inScotland = nation === 'scotland'
  const inIreland = nation === 'northern-ireland'
  const fixed: (BankHoliday | false)[] = [
    { name: 'New Year’s Day', date: `${year}-01-01` },
    inScotland && { name: '2nd January', date: `${year}-01-02` },
    inIreland && { name: 'St Patrick’s Day', date: `${year}-03-17` },
    inIreland && { name: 'Battle of the Boyne (Orangemen’s Day)', date: `${year}-07-12` },
    inScotland && { name: 'St Andrew’s Day', date: `${year}-11-30` },
    { name: 'Christmas Day', date: `${year}-12-25` },
    { name: 'Boxing Day', date: `${year}-12-26` },
  ]
  const moving: (BankHoliday | false)[] = [
    { name: 'Good Friday', date: addDays(easter, -2) },
    !inScotland && { name: 'Easter Monday', date: addDays(easter, 1) },
    { name: 'Early May bank holiday', date: mondayFrom(`${year}-05-01`) },
    { name: 'Spring bank holiday', date: mondayFrom(`${year}-05-25`) },
    { name: 'Summer bank holiday', date: mondayFrom(inScotland ? `${year}-08-01` : `${year}-08-25`) },
  ]
  const isThere = (day: BankHoliday | false): day is BankHoliday => day !== false
  return [...withSubstitutes(fixed.filter(isThere)), ...moving.filter(isThere)].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  )
}

/** Whatever falls on a weekend is kept on the next working day that is no bank holiday already. */
function withSubstitutes(days: BankHoliday[]): BankHoliday[] {
  const dates = days.map(({ date }) => date)
  const taken = new Set(dates.filter((date) => !isWeekend(date)))
  return days.map(({ name, date }) => {
    if (!isWeekend(date)) return { name, date }
    let substitute = date
    while (isWeekend(substitute) || taken.has(substitute)) substitute = addDays(substitute, 1)
    taken.add(substitute)
    return { name: `${name} (substitute day)`, date: substitute }
  })
}

const isWeekend = (date: string): boolean => weekdayOf(date) > 5

/** The first Monday on that day or after it. */
const mondayFrom = (date: string): string => addDays(date, (8 - weekdayOf(date)) % 7)

/** The Gregorian rule of Meeus, Jones and Butcher (Nature, 20 April 1876). */
function easterSunday(year: number): string {
  const golden = year % 19
  const [century, rest] = [Math.floor(year / 100), year % 100]
  const moonShift = Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const days = epact + weekday - 7 * late + 114
  return `${year}-0${Math.floor(days / 31)}-${String((days % 31) + 1).padStart(2, '0')}`
}
