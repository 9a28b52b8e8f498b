/** Move mode: the diary shows where an appointment could go, without dragging and without a script. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setStatus } from '../../../src/diary/booking-store.ts'
import { landingsOn } from '../../../src/diary/day/moving.ts'
import { dayOf } from '../../../src/diary/time/wall-clock.ts'
import { writeAll } from '../../../src/web/database.ts'
import { wordsOf } from '../../patients/reading.ts'
import { aClinic, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { aBooking, aDiary, aPractitioner, aType, book, type Diary, db, hours, minutes, nine } from '../diary-world.ts'
import { columnsOf, entriesOf } from './reading-a-day.ts'

const day = '/riverside/diary/2026-12-02'
let diary: Diary
let sam: Visitor
let id: string

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * hours, toFake: ['Date'] })
  diary = await aDiary()
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: (await aStaffMember({ clinicId: diary.clinicId })).id })
  id = (await booked({ startAt: nine + 30 * minutes })).id
})
afterEach(() => {
  vi.useRealTimers()
})

const booked = async (given: Parameters<typeof aBooking>[1] = {}) => {
  const row = aBooking(diary, given)
  expect(await book(row)).toEqual({ ok: true })
  return row
}
const open = async (address = `${day}?moving=${id}`) => (await sam.get(address)).body
/** What the forms of the page would send, each with the times it offers. */
const formsOf = (body: string) =>
  [...body.matchAll(/<form method="post" action="([^"]*\/move)">(.*?)<\/form>/g)].map(([, action, inside]) => ({
    action: action!,
    practitioner: /name="practitioner" value="([^"]*)"/.exec(inside!)?.[1],
    version: /name="version" value="([^"]*)"/.exec(inside!)?.[1],
    starts: [...inside!.matchAll(/<(?:option|button name="start") value="(\d+)"/g)].map(([, start]) => Number(start)),
    words: wordsOf(inside!),
  }))

describe('the bar', () => {
  it('says what is being moved, and leads out again', async () => {
    const body = await open()
    expect(wordsOf(body)).toContain(
      'Moving Janet Hall , 30 minutes, now Wednesday 2 December at 9:30am with Priya Nair. Stop moving',
    )
    expect(body).toContain(`<a href="${day}">Stop moving</a>`)
  })

  it('goes along to other days', async () => {
    expect(await open()).toContain(`href="/riverside/diary/2026-12-03?moving=${id}"`)
    expect(wordsOf(await open(`/riverside/diary/2026-12-03?moving=${id}`))).toContain('Moving Janet Hall')
    const there = await sam.get(`/riverside/diary?date=2026-12-09&moving=${id}`)
    expect(there.location).toBe(`/riverside/diary/2026-12-09?moving=${id}`)
  })

  it('says so when only somebody who is booked could be moved', async () => {
    await writeAll(
      db(),
      setStatus(
        db(),
        { clinicId: diary.clinicId, id, version: 1, status: 'booked' },
        { status: 'arrived', by: null },
        nine - hours,
      ),
    )
    const body = await open()
    expect(wordsOf(body)).toContain(
      'cannot be moved. Only a booked appointment can; this one has the status “Arrived”.',
    )
    expect(formsOf(body)).toEqual([])
  })

  it('knows nothing of appointments of another clinic', async () => {
    const { id: clinicId } = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const maya = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId, username: 'maya' })).id })
    expect((await maya.get(`/hillside/diary/2026-12-02?moving=${id}`)).status).toBe(404)
    expect((await sam.get(`${day}?moving=nothing`)).status).toBe(404)
  })
})

describe('a free stretch', () => {
  it('is one form, with each time at which the appointment fits', async () => {
    await booked({ startAt: nine + 2 * hours }) // 11:00, so that 10:00 to 11:00 is free before it
    const forms = formsOf(await open())
    expect(forms.map(({ starts }) => starts.map((start) => (start - nine) / minutes))).toEqual([
      [0, 15],
      [45, 60, 75, 90],
      Array.from({ length: 23 }, (_each, index) => 150 + index * 15).filter((start) => start <= 450),
    ])
    expect(forms[0]).toMatchObject({
      action: `/riverside/diary/appointments/${id}/move`,
      practitioner: diary.priya,
      version: '1',
    })
  })

  it('is one button where one time fits', async () => {
    await booked({ startAt: nine + 90 * minutes }) // 10:30: half an hour is free from 10:00
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await aType({ clinicId: diary.clinicId, name: 'Blood test', minutes: 10, doneBy: [tom] })
    const forms = formsOf(
      await open(`/riverside/diary/2026-12-02?moving=${(await booked({ startAt: nine + 3 * hours })).id}`),
    )
    expect(forms.map(({ words }) => words).filter((words) => words.startsWith('Move here, '))).toEqual([
      'Move here, 9:00am , Priya Nair',
      'Move here, 10:00am , Priya Nair',
    ])
  })

  it('that is too short says so, and offers nothing', async () => {
    await booked({ startAt: nine + 80 * minutes }) // 20 minutes are free before it
    const other = await booked({ startAt: nine + 4 * hours })
    const entries = entriesOf(await open(`${day}?moving=${other.id}`))
    expect(entries.map(({ words }) => words)).toContain('Free 10:00am to 10:20am, too short')
  })

  it('is nobody’s who does not do the type', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    const body = await open()
    expect(formsOf(body).every(({ practitioner }) => practitioner === diary.priya)).toBe(true)
    expect(columnsOf(body)).toEqual(['Priya Nair 1 booked, 2 free', 'Tom Becker Not working'])
    expect(tom).toBeDefined()
  })
})

describe('an appointment’s own time', () => {
  const person = { id: 'p', name: 'Priya', designation: '', colour: 1, typeIds: ['t'], absences: [] }
  const hoursOf = (fromMinute: number, untilMinute: number) => [
    { weekday: 3, fromMinute, untilMinute, validFrom: '2026-01-01', validUntil: null },
  ]
  const time = {
    zone: 'Europe/London',
    rules: { gridMinutes: 10 } as never,
    types: [],
    practitioners: [],
    closedDays: [],
  }
  const moved = {
    practitionerId: 'p',
    typeId: 't',
    startAt: nine,
    endAt: nine + 30 * minutes,
    bufferUntil: nine + 30 * minutes,
  }
  const at = (fromMinute: number, untilMinute: number) =>
    landingsOn(
      time,
      { ...person, hours: hoursOf(fromMinute, untilMinute), taken: [{ from: nine, until: nine + 30 * minutes }] },
      dayOf('2026-12-02', 'Europe/London'),
      moved,
      nine - hours,
    ).map(({ from, until, starts }) => [from, until, ...starts].map((instant) => (instant - nine) / minutes))

  it('counts as free, so that it can begin ten minutes later', () => {
    expect(at(540, 580)).toEqual([[30, 40, 10]])
  })

  it('or earlier, where nothing is free behind it', () => {
    expect(at(520, 570)).toEqual([[-20, 0, -20, -10]])
  })

  it('is no other time', () => {
    expect(at(540, 570)).toEqual([])
  })
})
