/** Staff see their day: who is booked when, what is free, and why the rest is not. */
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setStatus } from '../../../src/diary/booking-store.ts'
import { practitioner, workingHours } from '../../../src/schema.ts'
import { writeAll } from '../../../src/web/database.ts'
import { aClinic, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aClosedDay,
  aDiary,
  anAbsence,
  aPractitioner,
  aType,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
} from '../diary-world.ts'
import { columnsOf, entriesOf, namesOf } from './reading-a-day.ts'

/** Wednesday 2 December 2026, 7am in London. */
const early = nine - 2 * hours
const day = '/riverside/diary/2026-12-02'
let diary: Diary
let sam: Visitor
let samId: string

beforeEach(async () => {
  vi.useFakeTimers({ now: early, toFake: ['Date'] })
  diary = await aDiary()
  samId = (await aStaffMember({ clinicId: diary.clinicId })).id
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: samId })
})
afterEach(() => {
  vi.useRealTimers()
})

const dayOf = async (address = day) => (await sam.get(address)).body
const booked = async (given: Parameters<typeof aBooking>[1] = {}) => {
  const row = aBooking(diary, given)
  expect(await book(row)).toEqual({ ok: true })
  return row
}

describe('a column', () => {
  it('has each appointment as one link, with start, end, patient, practitioner, type and status in its name', async () => {
    const { id } = await booked({ startAt: nine + 30 * minutes })
    const body = await dayOf()
    expect(namesOf(body, `/riverside/diary/appointments/${id}`)).toEqual([
      '9:30am to 10:00am, Janet Hall, Priya Nair, Follow-up, Booked',
    ])
  })

  it('has one link for each free stretch, which knows whose it is and when', async () => {
    await booked({ startAt: nine + 30 * minutes })
    const body = await dayOf()
    const book = `/riverside/diary/book?practitioner=${diary.priya}&amp;from=2026-12-02T`
    expect(namesOf(body, `${book}09:00`)).toEqual(['Free 9:00am to 9:30am, Priya Nair'])
    expect(namesOf(body, `${book}10:00`)).toEqual(['Free 10:00am to 5:00pm, Priya Nair'])
    expect(entriesOf(body).map(({ kind }) => kind)).toEqual(['gap', 'visit', 'gap'])
  })

  it('counts both beside the name', async () => {
    await booked()
    await booked({ startAt: nine + 2 * hours })
    expect(columnsOf(await dayOf())).toEqual(['Priya Nair 2 booked, 2 free'])
  })

  it('offers no stretch that is over or too short for anything', async () => {
    await booked({ startAt: nine + 20 * minutes }) // 9:00 to 9:20 is free, and nothing takes 20 minutes
    expect(columnsOf(await dayOf())).toEqual(['Priya Nair 1 booked, 1 free'])
    vi.setSystemTime(nine + 2 * hours + 2 * minutes)
    expect(entriesOf(await dayOf()).map(({ words }) => words)).toEqual([
      '9:20am to 9:50am, Janet Hall, Priya Nair, Follow-up, Booked',
      'Now',
      'Free 11:05am to 5:00pm, Priya Nair',
    ])
  })

  it.each([
    ['arrived', 'Arrived', 'tick'],
    ['noshow', 'Did not attend', 'cross'],
    ['fulfilled', 'Seen', 'dot'],
  ] as const)('says what became of an appointment: %s', async (status, word, shape) => {
    const row = await booked()
    vi.setSystemTime(nine + 10 * minutes)
    await writeAll(
      db(),
      setStatus(
        db(),
        { clinicId: diary.clinicId, id: row.id, version: 1, status: 'booked' },
        { status, by: null },
        nine + 10 * minutes,
      ),
    )
    const body = await dayOf()
    expect(entriesOf(body)[0]!.words).toContain(`Follow-up, ${word}`)
    expect(body).toContain(`class="state ${shape}"`)
  })

  it('leaves out what was cancelled, unless it is asked for: then it stands beside the time that is free again', async () => {
    const row = await booked()
    await writeAll(
      db(),
      setStatus(
        db(),
        { clinicId: diary.clinicId, id: row.id, version: 1, status: 'booked' },
        { status: 'cancelled', by: null },
        early,
      ),
    )
    expect(entriesOf(await dayOf()).map(({ kind }) => kind)).toEqual(['gap'])
    const body = await dayOf(`${day}?cancelled=yes`)
    expect(entriesOf(body).map(({ words }) => words)).toEqual([
      '9:00am to 9:30am, Janet Hall, Priya Nair, Follow-up, Cancelled',
      'Free 9:00am to 5:00pm, Priya Nair',
    ])
    expect(columnsOf(body)).toEqual(['Priya Nair 0 booked, 1 free'])
  })

  it('says why somebody is away, around the appointments that stand in it', async () => {
    await booked({ startAt: nine + 6 * hours })
    await anAbsence({
      ...diary,
      staffId: diary.priya,
      fromAt: nine + 6 * hours,
      untilAt: nine + 10 * hours,
      reason: 'Course',
    })
    expect(entriesOf(await dayOf()).map(({ words }) => words)).toEqual([
      'Free 9:00am to 3:00pm, Priya Nair',
      '3:00pm to 3:30pm, Janet Hall, Priya Nair, Follow-up, Booked',
      '3:30pm to 5:00pm Away: Course',
    ])
  })

  it('is empty on a day without work, and says so', async () => {
    const body = await dayOf('/riverside/diary/2026-12-06')
    expect(columnsOf(body)).toEqual(['Priya Nair Not working'])
    expect(entriesOf(body).map(({ words }) => words)).toEqual(['Priya Nair is not working on this day'])
    vi.setSystemTime(nine + 4 * days)
    sam = await loggedOn({ clinicId: diary.clinicId, staffId: samId }) // the session of Wednesday is over
    expect(entriesOf(await dayOf('/riverside/diary/2026-12-06')).at(-1)!.words).toBe('Priya Nair is not working today')
  })

  it('offers nothing on a closed day, and still has the appointments that were there before', async () => {
    await booked()
    await aClosedDay(diary.clinicId, '2026-12-02', 'Staff training')
    const body = await dayOf()
    expect(body).toContain('The clinic is closed on this day: Staff training.')
    expect(columnsOf(body)).toEqual(['Priya Nair 1 booked, 0 free'])
    expect(entriesOf(body).map(({ kind }) => kind)).toEqual(['visit'])
  })

  it('stands there for somebody who sees patients no more, as long as they have an appointment', async () => {
    await booked()
    await db().update(practitioner).set({ endedAt: early })
    const body = await dayOf()
    expect(columnsOf(body)).toEqual(['Priya Nair 1 booked, 0 free'])
    expect(columnsOf(await dayOf('/riverside/diary/2026-12-03'))).toEqual([])
  })
})

describe('the columns', () => {
  it('stand in the order of the clinic, and can be one alone', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' }, { position: -1 })
    await aType({ clinicId: diary.clinicId, name: 'Blood test', minutes: 10, doneBy: [tom] })
    expect(columnsOf((await sam.get(day)).body)).toEqual(['Tom Becker Not working', 'Priya Nair 0 booked, 1 free'])
    expect(columnsOf((await sam.get(`${day}?who=${tom}`)).body)).toEqual(['Tom Becker Not working'])
  })

  it('are never another clinic’s', async () => {
    const { id: clinicId } = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const stranger = await aPractitioner({ clinicId, username: 'maya', name: 'Maya Lindqvist' })
    expect((await sam.get(`${day}?who=${stranger}`)).status).toBe(404)
    expect((await sam.get(`${day}?who=nobody`)).status).toBe(404)
    expect(columnsOf((await sam.get(day)).body)).toEqual(['Priya Nair 0 booked, 1 free'])
  })

  it('say of somebody who has left that they see patients no more, also on a day without appointments of theirs', async () => {
    await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await db().update(practitioner).set({ endedAt: early }).where(eq(practitioner.staffId, diary.priya))
    for (const part of ['', '/week', '/print']) {
      const { status, body } = await sam.get(`${day}${part}?who=${diary.priya}`)
      expect(status, part).toBe(200)
      expect(body, part).toContain('Priya Nair')
    }
    expect(columnsOf((await sam.get(`${day}?who=${diary.priya}`)).body)).toEqual(['Priya Nair Sees patients no more'])
    expect(columnsOf((await sam.get(day)).body)).toEqual(['Tom Becker Not working'])
  })

  it('show a practitioner their own first, and everybody’s when they ask', async () => {
    await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    const priya = await loggedOn({ clinicId: diary.clinicId, staffId: diary.priya })
    expect(columnsOf((await priya.get(day)).body)).toEqual(['Priya Nair 0 booked, 1 free'])
    expect(columnsOf((await priya.get(`${day}?who=all`)).body)).toHaveLength(2)
  })
})

describe('a new appointment', () => {
  const bookingOf = (body: string): string =>
    /<a class="button" href="([^"]*)">New appointment/.exec(body)![1]!.replaceAll('&amp;', '&')

  it('begins on the day that is shown, with whose diary it is', async () => {
    expect(bookingOf(await dayOf())).toBe('/riverside/diary/book')
    expect(bookingOf(await dayOf('/riverside/diary/2026-12-04'))).toBe('/riverside/diary/book?date=2026-12-04')
    const hers = `/riverside/diary/book?practitioner=${diary.priya}&date=2026-12-04`
    expect(bookingOf(await dayOf(`/riverside/diary/2026-12-04?who=${diary.priya}`))).toBe(hers)
    expect(bookingOf(await dayOf(`/riverside/diary/2026-12-04/week?who=${diary.priya}`))).toBe(hers)
    const { body } = await sam.get(hers)
    expect(body).toContain('value="2026-12-04"')
    expect(body).toContain(`<option value="${diary.priya}" selected`)
    expect(body).toContain('<h2 id="day-2026-12-04">')
  })

  it('begins today from a day that is over, and with anybody from the diary of somebody who has left', async () => {
    expect(bookingOf(await dayOf('/riverside/diary/2026-11-02'))).toBe('/riverside/diary/book')
    await booked()
    await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await db().update(practitioner).set({ endedAt: early }).where(eq(practitioner.staffId, diary.priya))
    expect(bookingOf(await dayOf(`${day}?who=${diary.priya}`))).toBe('/riverside/diary/book')
  })
})

describe('a day on which the clock changes', () => {
  const night = (clinicId: string, staffId: string) => ({
    clinicId,
    staffId,
    weekday: 7,
    fromMinute: 0,
    untilMinute: 6 * 60,
    validFrom: '2026-01-01',
  })

  it('has five hours from midnight to 6am when the clock is put forward', async () => {
    await db().insert(workingHours).values(night(diary.clinicId, diary.priya))
    vi.setSystemTime(Date.UTC(2026, 2, 20))
    const body = await dayOf('/riverside/diary/2026-03-29')
    expect(entriesOf(body).map(({ words, place }) => [words, place])).toEqual([
      ['Free 12:00am to 6:00am, Priya Nair', 's1 d60'],
    ])
    expect(body).toContain('<li class="s1">12am</li><li class="s13">2am</li>')
  })

  it('has seven when it is put back, and the hour that comes twice stands there twice', async () => {
    await db().insert(workingHours).values(night(diary.clinicId, diary.priya))
    await booked({ startAt: Date.UTC(2026, 9, 25, 1, 30) }) // the second 1:30am
    vi.setSystemTime(Date.UTC(2026, 9, 20))
    const body = await dayOf('/riverside/diary/2026-10-25')
    expect(entriesOf(body).map(({ place }) => place)).toEqual(['s1 d30', 's31 d6', 's37 d48'])
    expect(body).toContain('<li class="s13">1am</li><li class="s25">1am</li><li class="s37">2am</li>')
  })
})
