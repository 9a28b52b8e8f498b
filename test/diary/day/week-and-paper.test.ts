/** A week at a glance, and the day on paper. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patient } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aClosedDay,
  aDiary,
  aPractitioner,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
} from '../diary-world.ts'
import { columnsOf, entriesOf } from './reading-a-day.ts'

let diary: Diary
let sam: Visitor
let tom: string

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * hours, toFake: ['Date'] })
  diary = await aDiary()
  tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: (await aStaffMember({ clinicId: diary.clinicId })).id })
})
afterEach(() => {
  vi.useRealTimers()
})

const open = async (address: string) => (await sam.get(address)).body

describe('a week', () => {
  it('of one practitioner is a column for each day, from Monday; a weekend without anything is left out', async () => {
    await book(aBooking(diary, { startAt: nine + days }))
    const body = await open(`/riverside/diary/2026-12-02/week?who=${diary.priya}`)
    expect(body).toContain('<h1>Week of 30 November 2026, Priya Nair</h1>')
    expect(columnsOf(body)).toEqual([
      'Monday 30 November 0 booked, 0 free', // over
      'Tuesday 1 December 0 booked, 0 free',
      'Wednesday 2 December 0 booked, 1 free',
      'Thursday 3 December 1 booked, 1 free',
      'Friday 4 December 0 booked, 1 free',
    ])
    expect(entriesOf(body).map(({ words }) => words)).toContain(
      'Thursday 9:00am to 9:30am, Janet Hall, Priya Nair, Follow-up, Booked',
    )
  })

  it('has the weekend when somebody comes then', async () => {
    await book(aBooking(diary, { startAt: nine + 3 * days }))
    expect(columnsOf(await open(`/riverside/diary/2026-12-05/week?who=${diary.priya}`))).toContain(
      'Saturday 5 December 1 booked, 0 free',
    )
  })

  it('of everybody is counts for each day, each a link to that day', async () => {
    await book(aBooking(diary))
    await aClosedDay(diary.clinicId, '2026-12-04', 'Staff training')
    const body = await open('/riverside/diary/2026-12-02/week')
    const words = wordsOf(body)
    expect(words).toContain('Wednesday 2 December Priya Nair : 1 booked, 1 free Tom Becker: Not working')
    expect(words).toContain('Friday 4 December Closed: Staff training')
    expect(body).toContain(`href="/riverside/diary/2026-12-03?who=${diary.priya}"`)
  })

  it('moves by weeks', async () => {
    const body = await open('/riverside/diary/2026-12-02/week')
    for (const date of ['2026-11-25', '2026-12-09']) expect(body).toContain(`href="/riverside/diary/${date}/week"`)
    expect((await sam.get('/riverside/diary?date=2027-01-06&view=week')).location).toBe(
      '/riverside/diary/2027-01-06/week',
    )
  })

  it('goes to a date as people type it, where a browser has no date field', async () => {
    expect((await sam.get('/riverside/diary?date=6/1/2027&view=week')).location).toBe(
      '/riverside/diary/2027-01-06/week',
    )
  })
})

describe('the day on paper', () => {
  it('has every appointment once, with what is needed to reach the patient', async () => {
    await db().update(patient).set({ mobile: '07700 900 982' })
    await book(aBooking(diary, { startAt: nine, note: 'Brings her son' } as never))
    await book(aBooking(diary, { startAt: nine + hours, endAt: nine + 90 * minutes }))
    const words = wordsOf(await open('/riverside/diary/2026-12-02/print'))
    expect(words).toContain('Priya Nair , Wednesday 2 December 2026')
    expect(words).toContain('9:00am to 9:30am Janet Hall 3 May 1951 07700 900 982 Follow-up')
    expect(words.match(/Janet Hall/g)).toHaveLength(2)
    expect(words).toContain('Tom Becker No appointments on Wednesday 2 December 2026.')
  })

  it('can keep to initials, and then names nobody', async () => {
    await book(aBooking(diary))
    const words = wordsOf(await open('/riverside/diary/2026-12-02/print?initials=yes'))
    expect(words).toContain('9:00am to 9:30am J H Follow-up')
    for (const secret of ['Janet', 'Hall', '1951']) expect(words).not.toContain(secret)
  })

  it('can be one practitioner’s alone', async () => {
    const words = wordsOf(await open(`/riverside/diary/2026-12-02/print?who=${tom}`))
    expect(words).toContain('Tom Becker')
    expect(words).not.toContain('Priya Nair')
  })
})

describe('whose diary', () => {
  it('a practitioner who chose everybody’s is shown it again, until they choose their own', async () => {
    const priya = await loggedOn({ clinicId: diary.clinicId, staffId: diary.priya })
    const columns = async (query = '') =>
      columnsOf((await priya.get(`/riverside/diary/2026-12-02${query}`)).body).length
    expect([await columns(), await columns('?who=all'), await columns()]).toEqual([1, 2, 2])
    expect([await columns(`?who=${diary.priya}`), await columns()]).toEqual([1, 1])
  })

  it('is remembered of each of those who share a browser', async () => {
    const priya = await loggedOn({ clinicId: diary.clinicId, staffId: diary.priya })
    await priya.get('/riverside/diary/2026-12-02?who=all')
    const next = await loggedOn({ clinicId: diary.clinicId, staffId: tom })
    next.cookies.set('__Host-everybody', priya.cookies.get('__Host-everybody')!)
    expect(columnsOf((await next.get('/riverside/diary/2026-12-02')).body)).toEqual(['Tom Becker Not working'])
  })
})
