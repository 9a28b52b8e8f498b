/** A day of the diary, as it stands in its address. */
import { minute } from '../web/durations.ts'

/**
 * Noon UTC of a real 'YYYY-MM-DD' as an instant: for its name in words. Null when there is no such day, or when no diary
 * has a page for it: the calendar goes on beyond the years that can be written with four figures.
 */
export function noonOf(date: string): number | null {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(date)) return null
  const noon = Date.parse(`${date}T12:00:00Z`)
  return !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(date) ? noon : null
}

const fiveMinutes = 5 * minute // the table's CHECK says the same
const lastMoment = Date.UTC(2199, 11, 31) // in any zone still a day that has a page

/** Whether an appointment can begin then: on a full five minutes of a day that has a page, and not before 1970. */
export const isMoment = (instant: number): boolean => instant > 0 && instant < lastMoment && instant % fiveMinutes === 0
