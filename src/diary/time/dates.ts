/** Days of the clinic, as stores are asked for them: from one to another, and as instants. */
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
