/** An appointment that goes on after midnight, which staff book outside the rules: it stands on both days, and takes both. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { workingHours } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { watched } from '../../support/counting.ts'
import { loggedOn } from '../../support/world.ts'
import { aDesk, type Desk } from '../appointments/desk-world.ts'
import { aBooking, aPractitioner, book, db, hours, minutes, nine, nineToFive } from '../diary-world.ts'

let desk: Desk
let id: string
const halfPastEleven = nine + 14.5 * hours // on Wednesday, until half past midnight

beforeEach(async () => {
  desk = await aDesk()
  const night = { ...nineToFive(desk.clinicId, desk.priya, 4), fromMinute: 0, untilMinute: 120 }
  await db().insert(workingHours).values(night)
  const row = aBooking(desk, { startAt: halfPastEleven, endAt: halfPastEleven + 60 * minutes, outsideRules: true })
  await book(row)
  id = row.id
})
afterEach(() => {
  vi.useRealTimers()
})

const day = (address: string, who = desk.sam) => who.get(`/riverside/diary/${address}`)
const link = () => `href="/riverside/diary/appointments/${id}"`

it('stands on the day on which it begins', async () => {
  const { body } = await day('2026-12-02')
  expect(body).toContain(link())
  expect(wordsOf(body)).toContain('11:30pm to 12:30am, Janet Hall')
})

it('stands on the next day until it ends, and what is free begins there', async () => {
  const { body } = await day('2026-12-03')
  expect(body).toContain(link())
  expect(wordsOf(body)).toContain('To 12:30am , since 11:30pm the day before, Janet Hall')
  expect(wordsOf(body)).toContain('Free 12:30am to 2:00am')
  expect(wordsOf(body)).not.toContain('Free 12:00am')
})

it('stands on both days of a week, with one place in the page', async () => {
  const { body } = await day(`2026-12-02/week?who=${desk.priya}`)
  expect(body.split(link())).toHaveLength(3)
  expect(body.split(`id="a${id}"`)).toHaveLength(2)
})

it('stands on the paper of both days', async () => {
  expect(wordsOf((await day('2026-12-02/print')).body)).toContain('11:30pm to 12:30am Janet Hall')
  expect(wordsOf((await day('2026-12-03/print')).body)).toContain('11:30pm the day before to 12:30am Janet Hall')
})

describe('is asked for by itself, in a trip of its own', () => {
  async function tripsFor(address: string, who = { staffId: desk.samId }) {
    const { env: environment, work } = watched()
    const browser = await loggedOn({ clinicId: desk.clinicId, ...who }, environment)
    await day(address, browser) // the timetable is kept from now on
    work.trips.length = 0
    await day(address, browser)
    return work.trips.length
  }

  it('only where there is one', async () => {
    expect(await tripsFor('2026-12-03')).toBe(2)
    expect(await tripsFor('2026-12-02')).toBe(1)
  })

  it('only in the diary of the practitioner who has it', async () => {
    const tom = await aPractitioner({ clinicId: desk.clinicId, username: 'tom', name: 'Tom Becker' })
    expect(await tripsFor(`2026-12-03?who=${desk.priya}`)).toBe(2)
    expect(await tripsFor(`2026-12-03?who=${tom}`)).toBe(1)
    expect(await tripsFor('2026-12-03', { staffId: tom })).toBe(1) // their own, which they need not ask for
  })
})
