/** The pages of a move that cannot be made at once: outside the rules, taken, or to somebody who has left. */
import type { Ask } from '../../ask.ts'
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { timeInWords } from '../../web/dates.ts'
import { show } from '../../web/page.tsx'
import type { DayAppointment } from '../appointments-store.ts'
import type { FreeTime } from '../availability.ts'
import type { Reason } from '../why-not.ts'
import { fromTo } from './facts.tsx'
import { freeWithOthers, type Left, leftInWords } from './left.ts'
import { MoveLeftPage, MoveTakenPage } from './move-free-views.tsx'
import type { AskedMove, Moving } from './move-reading.ts'
import { MoveTickPage } from './move-views.tsx'
import { freshTimes } from './staff-verdict.ts'

/** 422: staff may go on, with a tick that is written down. */
export function showTick(c: Ask, moving: Moving, asked: AskedMove, reason: Reason) {
  return show(c, {
    title: `Move the appointment of ${fullName(moving.appointment)}`,
    problems: { anyway: `${reason.words.replace(/\.$/, '')}. Tick “Book anyway” to move it there` },
    children: <MoveTickPage {...common(c, moving)} asked={asked} reason={reason} />,
  })
}

/** 409: who has it, and the times that are free on that day now. */
export function showTaken(c: Ask, moving: Moving, asked: AskedMove, taker: DayAppointment | undefined, reason: Reason) {
  const { timezone } = c.var.clinic
  const { appointment, person, time, type, day, place } = moving
  const isWhereItIs = ({ startAt }: FreeTime): boolean =>
    startAt === appointment.startAt && place.practitionerId === appointment.practitionerId
  const wanted = { type, practitionerId: place.practitionerId, now: c.var.now }
  const times = freshTimes(time, wanted, day).filter((each) => !isWhereItIs(each))
  const clock = timeInWords(place.startAt, timezone)
  const words = taker ? `${apart(person!.name)} sees ${fullName(taker)} from ${fromTo(taker, timezone)}.` : reason.words
  return show(c, {
    title: `${clock} is taken`,
    status: 409,
    look: 'diary',
    children: <MoveTakenPage {...common(c, moving)} asked={asked} clock={clock} words={words} times={times} />,
  })
}

/** 409: who has left, and when the others are free. */
export function showLeft(c: Ask, moving: Moving, asked: AskedMove, left: Left) {
  const { time, type, day } = moving
  const title = leftInWords(left)
  const others = freeWithOthers(time, { type, now: c.var.now }, day.date)
  return show(c, {
    title,
    status: 409,
    look: 'diary',
    children: <MoveLeftPage {...common(c, moving)} asked={asked} title={title} others={others} />,
  })
}

const common = (c: Ask, { appointment, person, place, day }: Moving) => ({
  base: c.var.frame.base,
  timezone: c.var.clinic.timezone,
  appointment,
  practitionerName: person?.name ?? '',
  place,
  date: day.date,
})
