/** Days of the clinic, as stores are asked for them: from one to another, and as instants. */
import { wholeDay } from '../../web/durations.ts'
import { longestAppointment } from '../appointment.ts'
import type { Span } from './span.ts'
import { dayOf } from './wall-clock.ts'

/** Both included: 'YYYY-MM-DD'. */
export interface Dates {
  from: string
  until: string
}

export const spanOf = ({ from, until }: Dates, zone: string): Span => ({
  from: dayOf(from, zone).from,
  until: dayOf(until, zone).until,
})

/** The days, counted from 1970 (UTC), on which appointments begin that touch that stretch. */
export const utcDays = ({ from, until }: Span): { fromDay: number; untilDay: number } => ({
  fromDay: Math.floor((from - longestAppointment) / wholeDay),
  untilDay: Math.ceil(until / wholeDay),
})
