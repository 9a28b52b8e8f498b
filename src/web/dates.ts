/** The one place where instants become words. Instants are milliseconds since 1970; zones are IANA names. */
import { minute } from './durations.ts'
import { counted } from './numbers.ts'

type Format = (instant: number, timezone: string) => string

/** "Monday 23 November 2026" */
export const dayInWords: Format = (instant, timezone) => longDay(instant, timezone).replace(',', '')
const longDay = formatOf({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** "23 November 2026" */
export const dateInWords: Format = formatOf({ day: 'numeric', month: 'long', year: 'numeric' })

/** "9:30am", "midday" never: people mistake it. "1:30am (before the clocks go back)" of an hour that comes twice. */
export const timeInWords: Format = remembered((instant, timezone) => {
  const words = clockInWords(instant, timezone)
  if (!/^((12|[1-4]):\d+am|11:\d+pm)$/.test(words)) return words // clocks are put back at night, and to ask costs four times as much
  const isSame = (distance: number) => clockInWords(instant + distance, timezone) === words
  if (putBack.some(isSame)) return `${words} (before the clocks go back)`
  return putBack.some((distance) => isSame(-distance)) ? `${words} (after the clocks go back)` : words
})

const putBack = [60, 30, 120].map((minutes) => minutes * minute) // by how much, somewhere in the world

const clockInWords: Format = (instant, timezone) => clock(instant, timezone).replace(/\s/g, '').toLowerCase()
const clock = formatOf({ hour: 'numeric', minute: '2-digit', hour12: true })

/** "1am", for the eye that sees the hours in their order: nothing is said of those that come twice. */
export const hourInWords = (instant: number, timezone: string): string =>
  clockInWords(instant, timezone).replace(':00', '')

/** "23 November 2026 at 9:30am" */
export const momentInWords = (instant: number, timezone: string): string =>
  `${dateInWords(instant, timezone)} at ${timeInWords(instant, timezone)}`

/** The date in that zone as 'YYYY-MM-DD'. Days begin on a full quarter of an hour (UTC), so that "now" is seldom worked out. */
export const dateIn: Format = (instant, timezone) => dateOf(Math.floor(instant / quarter) * quarter, timezone)
const quarter = 15 * minute
const dateOf = formatOf({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA')

/** The date and what the clock shows in that zone as 'YYYY-MM-DDTHH:MM'. */
export const clockIn: Format = (instant, timezone) => dateAndClock(instant, timezone).replace(' ', 'T')
const dateAndClock = formatOf(
  { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  'sv-SE',
)

/** The instant at which a day begins in that zone: midnight, or what comes after it where the clocks skip midnight. */
export function startOfDay(date: string, timezone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const quarters = Array.from({ length: 4 * 27 }, (_quarter, index) => midnight + (index - 4 * 14) * quarter)
  return quarters.find((instant) => dateIn(instant, timezone) >= date) ?? midnight // zones lie between −12 and +14 hours
}

/** "3 May 1951" of '1951-05-03' */
export const plainDateInWords = (date: string): string => dateInWords(noon(date), 'UTC')

/** "Thursday 3 May 1951" of '1951-05-03' */
export const plainDayInWords = (date: string): string => dayInWords(noon(date), 'UTC')

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`)

/** Whole years from one 'YYYY-MM-DD' to another. Born on 29 February: a year older on 1 March. */
export function yearsBetween(birth: string, today: string): number {
  const had = today.slice(5) >= birth.slice(5)
  return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (had ? 0 : 1)
}

/** "just now", "5 minutes ago", "3 hours ago", "2 days ago"; the other way round "in 22 hours" */
export function distanceInWords(instant: number, now: number): string {
  const minutes = Math.round(Math.abs(now - instant) / minute)
  if (minutes < 1) return 'just now'
  const [count, unit]: [number, string] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day']
  const words = counted(count, unit)
  return instant > now ? `in ${words}` : `${words} ago`
}

/** Making a formatter takes 200 times as long as using it: each is made once in an isolate, for each zone. */
function formatOf(parts: Intl.DateTimeFormatOptions, locale = 'en-GB'): Format {
  const formatters = new Map<string, Intl.DateTimeFormat>()
  return remembered((instant, timeZone) => {
    const formatter = formatters.get(timeZone) ?? new Intl.DateTimeFormat(locale, { timeZone, ...parts })
    formatters.set(timeZone, formatter)
    return formatter.format(instant)
  })
}

const mostRemembered = 500 // of a zone

/** The same few hundred times stand on every page of a diary, and to look one up takes a twentieth of making its words. */
function remembered(format: Format): Format {
  const zones = new Map<string, Map<number, string>>()
  return (instant, timezone) => {
    const known = zones.get(timezone) ?? new Map<number, string>()
    zones.set(timezone, known)
    const before = known.get(instant)
    if (before !== undefined) return before
    if (known.size >= mostRemembered) known.clear()
    const words = format(instant, timezone)
    known.set(instant, words)
    return words
  }
}
