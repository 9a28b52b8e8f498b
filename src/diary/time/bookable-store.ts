/**
 * What a patient's booking is decided on. What is taken is read for the days on the page and, beyond them, up to the last day
 * that the clinic's rules let anybody book: so a page without a free time names the next one without asking again.
 */
import { eq, sql } from 'drizzle-orm'
import { bookingRules, type Clinic } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { dateIn } from '../../web/dates.ts'
import { kept } from '../../web/kept.ts'
import type { Span } from './span.ts'
import { busyDays, type Dates, openOf, spanOf, type TimeAnswers, utcDays } from './time-store.ts'
import { addDays } from './wall-clock.ts'

const mostAhead = 366 // days; the table's CHECK says the same
const day = 86_400_000 // ms

/** As `timeOf`, up to the last day that can be booked. */
export const bookableTimeOf = (
  db: Database,
  { id, timezone }: Pick<Clinic, 'id' | 'timezone'>,
  dates: Dates,
  now: number,
) => {
  const last = addDays(dateIn(now, timezone), mostAhead)
  const open = { from: dates.from, until: dates.until > last ? dates.until : last }
  return [
    ...openOf(db, id, open, spanOf(open, timezone)),
    bookableBusyDays(db, id, spanOf(dates, timezone), now),
  ] as const
}

const bookableBusyDays = (db: Database, clinicId: string, span: Span, now: number) =>
  keptBusyDays(db, { clinicId, ...utcDays(span), tomorrow: Math.ceil(now / day) + 1 })
const keptBusyDays = kept(['clinicId', 'from', 'until', 'tomorrow'], (db, { clinicId, from, until, tomorrow }) => {
  const last = sql`(SELECT max(${until}, ${tomorrow} + ${bookingRules.furthestAheadDays}) FROM ${bookingRules}
    WHERE ${eq(bookingRules.clinicId, clinicId)})`
  return busyDays(db, clinicId, from, last)
})

/** What was read, with what is taken on some of its days only: most pages need no more. */
export function answersOn(answers: TimeAnswers, dates: Dates, zone: string): TimeAnswers {
  const [rules, types, practitioners, hours, absences, closedDays, busy] = answers
  const { from, until } = utcDays(spanOf(dates, zone))
  const isOn = ([day]: [string, string]) => Number(day) >= from && Number(day) < until
  const onThese = (days: Record<string, string>) => Object.fromEntries(Object.entries(days).filter(isOn))
  const taken = busy.map((each) => ({ ...each, spansByDay: onThese(each.spansByDay) }))
  return [rules, types, practitioners, hours, absences, closedDays, taken]
}
