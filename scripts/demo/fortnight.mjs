/**
 * The appointments of Riverside this week, next week and a few after it: the same on every day it is made, but for what is
 * over, going on and still to come. Decides, and touches nothing.
 */
import { openSpans } from '../../src/diary/time/clinic-time.ts'
import { addDays, daysFrom, weekdayOf } from '../../src/diary/time/wall-clock.ts'
import { dateIn } from '../../src/web/dates.ts'

const minute = 60_000 // ms

/** Monday of the week. @returns 'YYYY-MM-DD' */
export const mondayOf = (now, zone) => addDays(dateIn(now, zone), 1 - weekdayOf(dateIn(now, zone)))

/** Of ten turns, how many are booked: this week, the next, the one after. */
const fullness = [8, 6, 2]

/**
 * @param time the clinic's time, as src/diary/time/clinic-time.ts has it, nothing taken
 * @param patients how many there are; the first is Janet, who has one appointment behind her and one before her
 * @returns of each appointment: practitionerId, typeId, patient (its number), startAt, endAt, bufferUntil, status, cancelReason
 */
export function fortnight(time, patients, now) {
  const days = daysFrom(mondayOf(now, time.zone), 7 * fullness.length, time.zone)
  const turns = days.flatMap((day, index) => time.practitioners.flatMap((who) => dayOf(time, who, day, index)))
  let next = 0
  const chosen = turns.map((turn) => ({ ...turn, patient: 1 + (next++ % (patients - 1)) }))
  const janet = [firstOf(chosen, now, -1), firstOf(chosen, now, 1)]
  return chosen.map((turn) => withStatus({ ...turn, patient: janet.includes(turn) ? 0 : turn.patient }, now))
}

/** Appointments one after the other through the day, some turns left free. */
function dayOf(time, who, day, index) {
  const types = time.types.filter(({ id }) => who.typeIds.includes(id))
  const turns = []
  for (const { from, until } of openSpans(time, who, day)) {
    for (let at = from, turn = index * 3; ; turn++) {
      const type = types[(turn * 5 + 2) % types.length]
      const endAt = at + type.minutes * minute
      const bufferUntil = endAt + type.bufferMinutes * minute
      if (bufferUntil > until) break
      const number = index * 13 + turn * 7
      const place = { practitionerId: who.id, typeId: type.id, startAt: at, endAt, bufferUntil, number }
      if (number % 10 < fullness[Math.floor(index / 7)]) turns.push(place)
      at = bufferUntil
    }
  }
  return turns
}

/** The last one before today, or the first that is at least two days ahead. */
function firstOf(turns, now, direction) {
  const day = 1440 * minute
  const inTime = [...turns].sort((a, b) => a.startAt - b.startAt)
  return direction < 0
    ? inTime.findLast(({ startAt }) => startAt < now - day)
    : inTime.find(({ startAt }) => startAt > now + 2 * day)
}

/** What is over was seen, but for a few; who comes now has arrived; of what is to come, one in twelve is cancelled. */
function withStatus(turn, now) {
  const few = turn.number % 12
  if (turn.patient !== 0 && few === 5) return { ...turn, status: 'cancelled', cancelReason: 'Cannot come' }
  if (turn.endAt <= now) return { ...turn, status: turn.patient !== 0 && few === 9 ? 'noshow' : 'fulfilled' }
  if (turn.startAt <= now + 10 * minute) return { ...turn, status: 'arrived' }
  return { ...turn, status: 'booked' }
}
