/** What is kept of each day as taken is what the appointments say, whatever is booked, moved, cancelled and taken back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveAppointment, setStatus } from '../../src/diary/booking-store.ts'
import { takenOf } from '../../src/diary/time/clinic-time.ts'
import { timeOf } from '../../src/diary/time/timetable-store.ts'
import { busyDay } from '../../src/schema.ts'
import { writeAll } from '../../src/web/database.ts'
import { aBooking, aDiary, allRows, aPractitioner, book, days, db, hours, minutes, nine, rowOf } from './diary-world.ts'

const someAct = fc.oneof(
  fc.record({
    act: fc.constant('book' as const),
    slot: fc.nat(60),
    length: fc.integer({ min: 1, max: 12 }),
    who: fc.nat(1),
  }),
  fc.record({ act: fc.constant('move' as const), slot: fc.nat(60), length: fc.nat(200), who: fc.nat(1) }),
  fc.record({
    act: fc.constantFrom('cancelled' as const, 'booked' as const),
    slot: fc.nat(60),
    length: fc.nat(200),
    who: fc.nat(1),
  }),
)
/** Around midnight UTC, so that some reach into the next day. */
const startOf = (slot: number) => nine + 10 * hours + slot * 10 * minutes

describe('busy_day', () => {
  it('equals the appointments after any history', { timeout: 60_000 }, async () => {
    const diary = await aDiary()
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    const people = [diary.priya, tom]
    const acts = fc.sample(fc.array(someAct, { minLength: 150, maxLength: 150 }), { numRuns: 1, seed: 20261125 })[0]!
    let written = 0
    for (const { act, slot, length, who } of acts) {
      const rows = await allRows()
      const row = rows.length > 0 ? await rowOf(rows[length % rows.length]!.id) : undefined
      const startAt = startOf(slot)
      if (act === 'book') {
        const until = startAt + length * 5 * minutes
        const given = { startAt, practitionerId: people[who]!, endAt: until, bufferUntil: until + 5 * minutes }
        written += Number((await book(aBooking(diary, given))).ok)
      } else if (act === 'move' && row) {
        const shift = startAt - row.startAt
        const place = {
          practitionerId: people[who]!,
          startAt,
          endAt: row.endAt + shift,
          bufferUntil: row.bufferUntil + shift,
        }
        written += Number((await writeAll(db(), moveAppointment(db(), row, place, {}, nine))).ok)
      } else if (row && act !== 'move') {
        written += Number((await writeAll(db(), setStatus(db(), row, { status: act, by: null }, nine))).ok)
      }
    }
    expect(written).toBeGreaterThan(60)
    const kept = (await db().select().from(busyDay)).flatMap(({ practitionerId, day, spans }) =>
      takenOf(`${day}:${spans}`).map(({ from, until }) => `${practitionerId} ${from} ${until}`),
    )
    const live = (await allRows())
      .filter(({ status }) => status !== 'cancelled')
      .map(({ practitionerId, startAt, bufferUntil }) => `${practitionerId} ${startAt} ${bufferUntil}`)
    expect(live.length).toBeGreaterThan(5)
    expect(kept.sort()).toEqual(live.sort())
  })

  it('is written in chains: of what begins where the one before ends, only the length', async () => {
    const diary = await aDiary()
    const from = (minute: number, length: number) => {
      const startAt = nine + minute * minutes
      const endAt = startAt + length * minutes
      return { startAt, endAt, bufferUntil: endAt }
    }
    for (const [minute, length] of [
      [60, 20],
      [0, 35],
      [35, 20],
    ] as const) {
      await book(aBooking(diary, from(minute, length)))
    }
    const { spans } = (await db().select().from(busyDay))[0]!
    expect(spans).toBe('540+35+20 600+20')
    const taken = [from(0, 35), from(35, 20), from(60, 20)].map(({ startAt, endAt }) => ({
      from: startAt % days,
      until: endAt % days,
    }))
    expect(takenOf(`0:${spans}`)).toEqual(taken)
    expect(takenOf('0:540+35 575+20 600+20')).toEqual(taken) // as it was written before
  })

  it('brings what is taken to whoever asks for the clinic’s time, from the day before too', async () => {
    const diary = await aDiary()
    const late = nine + 14 * hours + 30 * minutes
    await book(aBooking(diary, { startAt: late, endAt: late + 60 * minutes, bufferUntil: late + 70 * minutes }))
    await book(aBooking(diary, { startAt: nine + days }))
    const dates = { from: '2026-12-03', until: '2026-12-03' }
    const clinic = { id: diary.clinicId, timezone: 'Europe/London' }
    const time = await timeOf(db(), clinic, dates)
    expect(time.practitioners[0]).toMatchObject({ id: diary.priya, name: 'Priya Nair', typeIds: [diary.typeId] })
    expect(time.practitioners[0]!.taken).toEqual([
      { from: late, until: late + 70 * minutes },
      { from: nine + days, until: nine + days + 30 * minutes },
    ])
    expect([time.rules.gridMinutes, time.types.length, time.practitioners[0]!.hours.length]).toEqual([15, 1, 5])
  })
})
