/** Days and zones as a patient reads them while choosing. */
import { dateIn, dayInWords } from '../../web/dates.ts'
import { addDays } from '../time/wall-clock.ts'

/** "Tuesday 24 November" */
export const dayAndMonth = (instant: number, zone: string): string => dayInWords(instant, zone).replace(/ \d{4}$/, '')

/** "Today, Tuesday 24 November", "Tomorrow, …": people on a phone think so. */
export function dayName(instant: number, zone: string, now: number): string {
  const [date, today] = [dateIn(instant, zone), dateIn(now, zone)]
  const near = date === today ? 'Today, ' : date === addDays(today, 1) ? 'Tomorrow, ' : ''
  return near + dayAndMonth(instant, zone)
}

/** "UK time", "Eastern Australia Time": what the clock on the clinic's wall is called. */
export function zoneInWords(zone: string, now: number): string {
  if (zone === 'Europe/London') return 'UK time'
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longGeneric' })
  return format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? zone
}
