/** What of the diary is shown, as it stands in the address: whose, which day, with what. */
import { noonOf } from '../day.ts'
import { addDays, weekdayOf } from '../time/wall-clock.ts'

export interface Shown {
  /** 'YYYY-MM-DD' */
  date: string
  /** The id of a practitioner, or 'all'; undefined: whatever is usual for who looks. */
  who?: string
  /** The cancelled appointments too. */
  cancelled?: boolean
  /** The appointment that is being moved. */
  moving?: string
}

export type Part = 'day' | 'grid' | 'week' | 'print'

/** Without slash at the end. */
export function addressOf(base: string, shown: Shown, part: Part = 'day'): string {
  const query: string[] = []
  if (shown.who) query.push(`who=${encodeURIComponent(shown.who)}`)
  if (shown.cancelled) query.push('cancelled=yes')
  if (shown.moving) query.push(`moving=${encodeURIComponent(shown.moving)}`)
  const path = `${base}/diary/${shown.date}${part === 'day' ? '' : `/${part}`}`
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}

/** Undefined when there is no such day. */
export function readShown(date: string, query: Record<string, string>): Shown | undefined {
  if (noonOf(date) === null) return undefined
  return {
    date,
    who: query.who || undefined,
    cancelled: query.cancelled === 'yes',
    moving: query.moving || undefined,
  }
}

export const onDay = (shown: Shown, days: number): Shown => ({ ...shown, date: addDays(shown.date, days) })

/** Of the week that holds the date. */
export const mondayOf = (date: string): string => addDays(date, 1 - weekdayOf(date))
