/** "Why is 11:00 not offered?" The first reason that holds, as a code and in words for staff. */
import { dateIn, timeInWords } from '../web/dates.ts'
import { counted } from '../web/numbers.ts'
import { doersOf, freeTimesOn, offerOf, type Wanted } from './availability.ts'
import { type ClinicTime, closedOn, freeSpans, hoursOn, type PractitionerTime, workSpans } from './time/clinic-time.ts'
import { holds, overlap, type Span } from './time/span.ts'
import { type Day, dayOf } from './time/wall-clock.ts'

type WhyNot =
  | 'no-such-type'
  | 'does-not-do'
  | 'past'
  | 'closed'
  | 'not-working'
  | 'outside-hours'
  | 'absent'
  | 'taken'
  | 'offline'
  | 'not-online'
  | 'too-soon'
  | 'too-far'
  | 'off-grid'
  | 'not-first'

export interface Reason {
  because: WhyNot
  words: string
}

/** What staff make of it: book without a word, tick "book anyway" (the appointment is marked, the audit says so), or never. */
export const staffAnswer: Record<WhyNot, 'free' | 'tick' | 'never'> = {
  'no-such-type': 'never',
  taken: 'never', // the database says so too
  'does-not-do': 'tick',
  past: 'tick',
  closed: 'tick',
  'not-working': 'tick',
  'outside-hours': 'tick',
  absent: 'tick',
  offline: 'free',
  'not-online': 'free',
  'too-soon': 'free',
  'too-far': 'free',
  'off-grid': 'free',
  'not-first': 'free',
}

interface Asked {
  time: ClinicTime
  wanted: Wanted
  who: PractitionerTime
  day: Day
  /** What the appointment would take, with its buffer. */
  span: Span
}
type Answer = Reason | undefined
type Question = [time: ClinicTime, of: Omit<Wanted, 'by'>, practitionerId: string, startAt: number]

/** Why patients are not offered this time with this practitioner; undefined: they are. */
export function whyNotOffered(...question: Question): Answer {
  const asked = askedOf(...question)
  return whyNotPossible(asked) ?? whyNotAllowed(asked) ?? whyNotByRule(asked)
}

/** The same where staff book: only what they have to tick, or cannot do at all. */
export const whyNotForStaff = (...question: Question): Answer => whyNotPossible(askedOf(...question))

/** The same where an appointment that is booked is moved: its type may have been retired since. */
export function whyNotMoved(...question: Question): Answer {
  const asked = askedOf(...question)
  return whyNotFree(asked) ?? whyNotDone(asked)
}

/** @throws when nobody sees patients here by that id: ask first */
function askedOf(...[time, of, practitionerId, startAt]: Question): Asked {
  const who = time.practitioners.find(({ id }) => id === practitionerId)
  if (!who) throw new Error('nobody sees patients here by that id')
  const wanted: Wanted = { ...of, practitionerIds: [practitionerId], by: 'patient' }
  const day = dayOf(dateIn(startAt, time.zone), time.zone)
  return { time, wanted, who, day, span: { from: startAt, until: startAt + offerOf(time, wanted).length } }
}

function whyNotPossible(asked: Asked): Answer {
  const { time, wanted } = asked
  if (!time.types.some(({ id }) => id === wanted.type.id)) {
    return reason('no-such-type', 'This appointment type is not booked any more.')
  }
  return whyNotFree(asked) ?? whyNotDone(asked)
}

const whyNotDone = ({ time, wanted, who }: Asked): Answer =>
  doersOf(time, wanted).length > 0 ? undefined : reason('does-not-do', `${who.name} does not do this appointment type.`)

/** That it is taken comes first: nothing else matters then, it cannot be booked at all. */
function whyNotFree({ time, wanted, who, day, span }: Asked): Answer {
  const clock = (instant: number) => timeInWords(instant, time.zone)
  const fromTo = ({ from, until }: Span) => `from ${clock(from)} to ${clock(until)}`
  const taken = who.taken.find((each) => overlap(each, span))
  if (taken) return reason('taken', `${who.name} is taken ${fromTo(taken)}${shortfall(taken, span, clock)}.`)
  if (span.from < wanted.now) return reason('past', 'This time is over.')
  const closed = closedOn(time, day)
  if (closed) return reason('closed', `The clinic is closed on this day: ${closed.name}.`)
  if (hoursOn(who, day).length === 0) return reason('not-working', `${who.name} does not work on this day.`)
  const work = workSpans(who, day)
  if (!work.some((each) => holds(each, span))) {
    const hours = work.map(fromTo).join(' and ')
    const runsOver = work.some((each) => span.from >= each.from && span.from < each.until)
    return reason(
      'outside-hours',
      `${who.name} works ${hours}${runsOver ? `, and this would end at ${clock(span.until)}` : ''}.`,
    )
  }
  const absent = who.absences.find((each) => overlap(each, span))
  if (absent) return reason('absent', `${who.name} is absent ${spanInWords(absent, day, time.zone)}.`)
  return undefined
}

function whyNotAllowed({ time, wanted, day, span }: Asked): Answer {
  const { rules } = time
  const offer = offerOf(time, wanted)
  const type = time.types.find(({ id }) => id === wanted.type.id)!
  if (!rules.isOnline) return reason('offline', 'Online booking is switched off.')
  if (!type.isOnline) return reason('not-online', 'This appointment type is not booked online.')
  if (span.from < offer.earliest) {
    return reason('too-soon', `Patients book at least ${lengthInWords(rules.earliestNoticeMinutes)} ahead.`)
  }
  if (day.date > offer.lastDate) {
    return reason('too-far', `Patients book at most ${counted(rules.furthestAheadDays, 'day')} ahead.`)
  }
  return undefined
}

function whyNotByRule({ time, wanted, who, day, span }: Asked): Answer {
  const times = freeTimesOn(time, wanted, day)
  if (times.some(({ startAt }) => startAt === span.from)) return undefined
  const { slotRule, gridMinutes } = time.rules
  if (slotRule === 'every')
    return reason('off-grid', `Times are offered every ${gridMinutes} minutes, counted from the full hour.`)
  const block = freeSpans(time, who, day).find((each) => holds(each, span))!
  const first = times.find(({ startAt }) => startAt >= block.from && startAt < block.until)
  const words = first ? `: here ${timeInWords(first.startAt, time.zone)}` : ''
  return reason('not-first', `Only the first time of each free stretch is offered${words}.`)
}

/** "for 20 minutes only" where the time itself is free and what comes next is not. */
const shortfall = (taken: Span, span: Span, clock: (instant: number) => string): string =>
  taken.from > span.from ? `, and this would end at ${clock(span.until)}` : ''

/** "from 10:00am to 12:00pm", "all day", "until 12:00pm", "from 10:00am on": as far as it concerns that day. */
function spanInWords({ from, until }: Span, day: Day, zone: string): string {
  if (from <= day.from && until >= day.until) return 'all day'
  if (from <= day.from) return `until ${timeInWords(until, zone)}`
  if (until >= day.until) return `from ${timeInWords(from, zone)} on`
  return `from ${timeInWords(from, zone)} to ${timeInWords(until, zone)}`
}

/** "2 hours", "90 minutes", "3 days" */
function lengthInWords(minutes: number): string {
  if (minutes % 1440 === 0 && minutes > 0) return counted(minutes / 1440, 'day')
  return minutes % 60 === 0 && minutes > 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute')
}

const reason = (because: WhyNot, words: string): Reason => ({ because, words })
