/** Appointments that working hours leave behind: they stay booked, and nobody will be there. */
import { dateIn } from '../../web/dates.ts'
import { type Hours, workSpans } from './clinic-time.ts'
import { holds } from './span.ts'
import { dayOf } from './wall-clock.ts'

interface Booked {
  startAt: number
  endAt: number
  /** 1: staff booked it outside the rules and said so. Hours that never held it do not strand it. */
  outsideRules: 0 | 1
}

/** Those that these hours do not hold from beginning to end. @param zone IANA */
export const strandedBy = <B extends Booked>(hours: Hours[], booked: B[], zone: string): B[] =>
  outside(hours, booked, zone).filter(({ outsideRules }) => !outsideRules)

/** The same when hours are changed: those too that were booked outside the rules and stood within the hours as they were. */
export function newlyStrandedBy<B extends Booked>(after: Hours[], before: Hours[], booked: B[], zone: string): B[] {
  const wereOutside = new Set(outside(before, booked, zone))
  return outside(after, booked, zone).filter((each) => !each.outsideRules || !wereOutside.has(each))
}

function outside<B extends Booked>(hours: Hours[], booked: B[], zone: string): B[] {
  const workOn = (date: string) => workSpans({ hours }, dayOf(date, zone))
  return booked.filter(
    ({ startAt, endAt }) => !workOn(dateIn(startAt, zone)).some((span) => holds(span, { from: startAt, until: endAt })),
  )
}
