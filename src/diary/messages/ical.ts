/**
 * Appointments as iCalendar (RFC 5545; METHOD by RFC 5546). The UID of an appointment stays, its SEQUENCE rises with each
 * change that a calendar must follow, times are instants in UTC. No clinical word: calendars are shared and synchronised.
 */

export interface CalendarEvent {
  /** Stable as long as the appointment lives. */
  uid: string
  sequence: number
  startAt: number
  endAt: number
  isCancelled: boolean
  summary: string
  /** Lines. */
  description?: string
  location?: string
  url?: string
}

interface Calendar {
  /** PUBLISH: take this over; CANCEL: take it out (RFC 5546 §3.2.1 and §3.2.5). */
  method: 'PUBLISH' | 'CANCEL'
  events: CalendarEvent[]
  now: number
  /** The name of a calendar that is subscribed to. */
  name?: string
}

export const calendarType = 'text/calendar; charset=utf-8'
const refreshEvery = 'PT15M'

export function icalendar({ method, events, now, name }: Calendar): string {
  const subscribed = name
    ? [
        `X-WR-CALNAME:${text(name)}`,
        `REFRESH-INTERVAL;VALUE=DURATION:${refreshEvery}`,
        `X-PUBLISHED-TTL:${refreshEvery}`,
      ]
    : []
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Clinic Diary//Clinic Diary//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    ...subscribed,
    ...events.flatMap((event) => eventLines(event, now)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines({ uid, sequence, startAt, endAt, isCancelled, ...said }: CalendarEvent, now: number): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${text(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(startAt)}`,
    `DTEND:${utc(endAt)}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${text(said.summary)}`,
    ...(said.description ? [`DESCRIPTION:${text(said.description)}`] : []),
    ...(said.location ? [`LOCATION:${text(said.location)}`] : []),
    ...(said.url ? [`URL:${said.url}`] : []),
    'TRANSP:OPAQUE',
    'CLASS:PRIVATE',
    'END:VEVENT',
  ]
}

/** '20261125T093000Z' */
const utc = (instant: number): string => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** RFC 5545 §3.3.11. Control characters have no place in a line. */
const text = (words: string): string =>
  words
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')

const longestLine = 75 // octets, RFC 5545 §3.1
const utf8 = new TextEncoder()

/** A long line goes on in the next one, which begins with a space; no character is cut in two. */
function folded(line: string): string {
  const lines = ['']
  let octets = 0
  for (const character of line) {
    const size = utf8.encode(character).length
    if (octets + size > longestLine) {
      lines.push(' ')
      octets = 1
    }
    lines[lines.length - 1] += character
    octets += size
  }
  return lines.join('\r\n')
}
