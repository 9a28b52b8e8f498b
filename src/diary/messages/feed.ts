/** What a practitioner's feed shows: times, and who comes by initials, unless names were asked for. Never what for. */
import { fullName } from '../../patients/patient.ts'
import type { FeedRow } from './feed-store.ts'
import { type CalendarEvent, icalendar } from './ical.ts'

/** "J. H." */
const initials = ({ firstName, lastName }: Pick<FeedRow, 'firstName' | 'lastName'>): string =>
  [firstName, lastName]
    .filter((name) => name !== '-')
    .map((name) => `${[...name][0] ?? ''}.`)
    .join(' ')

/** @param rows at least one @param host makes the ids unique in the world */
export function feedOf(rows: FeedRow[], clinic: { name: string }, host: string, now: number): string {
  const events = rows.filter(({ id }) => id !== null).map((row) => eventOf(row, clinic, host))
  return icalendar({ method: 'PUBLISH', events, now, name: `${rows[0]!.practitionerName} at ${clinic.name}` })
}

function eventOf(row: FeedRow, clinic: { name: string }, host: string): CalendarEvent {
  const { id, sequence, startAt, endAt, status } = row
  return {
    uid: `${id}@${host}`,
    sequence,
    startAt,
    endAt,
    isCancelled: status === 'cancelled',
    summary: row.showsNames ? fullName(row) : initials(row),
    location: clinic.name,
  }
}
