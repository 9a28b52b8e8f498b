/** What may become of an appointment: one table, which the database holds too. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import {
  maySetStatus,
  moves,
  movesOf,
  type Status,
  statuses,
  statusLabels,
  undoFor,
} from '../../src/diary/appointment.ts'
import { aBooking, aDiary, book, days, minutes, nine } from './diary-world.ts'

const pairs = statuses.flatMap((from) => statuses.filter((to) => to !== from).map((to) => [from, to] as const))
const of = (status: Status, since = nine) => ({ status, statusSince: since, startAt: nine })

describe('the statuses', () => {
  it('are FHIR’s codes with the clinic’s words', () => {
    expect(statusLabels).toEqual({
      booked: 'Booked',
      arrived: 'Arrived',
      fulfilled: 'Seen',
      cancelled: 'Cancelled',
      noshow: 'Did not attend',
    })
  })

  it.each(pairs)('from %s to %s: the database says what the table says', async (from, to) => {
    const diary = await aDiary()
    await book(aBooking(diary, { id: 'a' }))
    const set = (status: Status) => env.DB.prepare('UPDATE appointment SET status = ?').bind(status).run()
    if (from !== 'booked') await set(from)
    const moved = await set(to).then(
      () => true,
      (error: Error) => {
        expect(error.message).toContain('no_such_move')
        return false
      },
    )
    expect(moved).toBe(moves[from][to] !== undefined)
  })
})

describe('may staff set it now?', () => {
  it.each([
    ['booked', 'arrived', nine - 60 * minutes, 'yes'],
    ['booked', 'cancelled', nine - 60 * minutes, 'yes'],
    ['booked', 'noshow', nine - 1, 'not-yet'],
    ['booked', 'noshow', nine, 'yes'],
    ['booked', 'fulfilled', nine - 1, 'not-yet'],
    ['arrived', 'booked', nine + undoFor, 'yes'],
    ['arrived', 'booked', nine + undoFor + 1, 'too-late'],
    ['cancelled', 'booked', nine + undoFor, 'yes'],
    ['cancelled', 'booked', nine + undoFor + 1, 'too-late'],
    ['noshow', 'arrived', nine + 60 * minutes, 'yes'],
    ['cancelled', 'arrived', nine, 'no-such-move'],
    ['fulfilled', 'cancelled', nine, 'no-such-move'],
  ] as const)('from %s to %s at %i: %s', (from, to, now, answer) => {
    const verdict = maySetStatus(of(from), to, now)
    expect(verdict.ok ? 'yes' : verdict.because).toBe(answer)
  })

  it.each([
    ['arrived', 'booked', nine, 'yes'],
    ['arrived', 'booked', nine + 1, 'too-late'],
    ['fulfilled', 'arrived', nine, 'yes'],
    ['cancelled', 'booked', nine - 60 * minutes, 'too-late'],
  ] as const)('from %s, since the day before, to %s at %i: %s', (from, to, now, answer) => {
    const verdict = maySetStatus(of(from, nine - days), to, now)
    expect(verdict.ok ? 'yes' : verdict.because).toBe(answer)
  })

  it('offers what is likely first', () => {
    expect(movesOf(of('booked'), nine - 60 * minutes)).toEqual(['arrived', 'cancelled'])
    expect(movesOf(of('booked'), nine + 60 * minutes)).toEqual(['arrived', 'fulfilled', 'noshow', 'cancelled'])
    expect(movesOf(of('cancelled'), nine + 60 * minutes)).toEqual([])
  })
})
