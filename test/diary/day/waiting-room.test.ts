/** Beside the columns of the day: who has arrived and waits, and which times came free at short notice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setStatus } from '../../../src/diary/booking-store.ts'
import { writeAll } from '../../../src/web/database.ts'
import { wordsOf } from '../../patients/reading.ts'
import { aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aDiary,
  aPractitioner,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
  setRules,
} from '../diary-world.ts'

const day = '/riverside/diary/2026-12-02'
let diary: Diary
let sam: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 30 * minutes, toFake: ['Date'] })
  diary = await aDiary()
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: (await aStaffMember({ clinicId: diary.clinicId })).id })
})
afterEach(() => {
  vi.useRealTimers()
})

type Given = NonNullable<Parameters<typeof aBooking>[1]>
async function booked(given: Given = {}, bookedAt = nine - 7 * days) {
  const row = aBooking(diary, given)
  expect(await book(row, {}, bookedAt)).toEqual({ ok: true })
  return row
}
const marked = ({ id }: { id: string }, status: 'arrived' | 'cancelled' | 'fulfilled', at: number, version = 1) => {
  const from = status === 'fulfilled' ? ('arrived' as const) : ('booked' as const)
  const of = { clinicId: diary.clinicId, id, version, status: from }
  return writeAll(db(), setStatus(db(), of, { status, by: null }, at))
}
const besideOf = async (address = day): Promise<string> => {
  const { body } = await sam.get(address)
  return wordsOf(/<section class="waiting".*?<\/section>/s.exec(body)?.[0] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

describe('the waiting room', () => {
  it('is empty and says so, on today’s page only', async () => {
    expect(await besideOf()).toBe('Waiting room Nobody is waiting.')
    expect(await besideOf('/riverside/diary/2026-12-03')).toBe('')
  })

  it('has who has arrived, since when and for what, whoever waits longest first; who was seen waits no more', async () => {
    const otto = await aPatient({ clinicId: diary.clinicId, firstName: 'Otto', lastName: 'Brand' })
    const early = await booked({ startAt: nine })
    const late = await booked({ startAt: nine + hours, patientId: otto.id })
    await marked(early, 'arrived', nine - 10 * minutes)
    await marked(late, 'arrived', nine - 20 * minutes)
    const both =
      'Waiting room Otto Brand since 8:40am 10:00am with Priya Nair Janet Hall since 8:50am 9:00am with Priya Nair'
    expect(await besideOf()).toBe(both)
    expect((await sam.get(day)).body).toContain(`<a href="/riverside/diary/appointments/${late.id}">Otto Brand</a>`)
    await marked(late, 'fulfilled', nine, 2)
    expect(await besideOf()).toBe('Waiting room Janet Hall since 8:50am 9:00am with Priya Nair')
  })

  it('is of those whose columns are shown', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await marked(await booked(), 'arrived', nine - 10 * minutes)
    expect(await besideOf(`${day}?who=${tom}`)).toBe('Waiting room Nobody is waiting.')
    expect(await besideOf(`${day}?who=${diary.priya}`)).toContain('Janet Hall')
  })

  it('comes with the refresh, which stays unanswered while nobody comes or goes, however long they wait', async () => {
    const row = await booked({ startAt: nine + hours })
    const markOf = (body: string) =>
      /If-None-Match&quot;:&quot;(.*?)&quot;}/.exec(body)![1]!.replaceAll('\\&quot;', '"')
    const refresh = (mark: string) => sam.get(`${day}/grid`, { 'HX-Request': 'true', 'If-None-Match': mark })
    const before = markOf((await sam.get(day)).body)
    await marked(row, 'arrived', nine - 30 * minutes)
    const fresh = await refresh(before)
    expect(fresh.status).toBe(200)
    expect(wordsOf(fresh.body)).toContain('Janet Hall since 8:30am')
    vi.setSystemTime(nine - 27 * minutes)
    expect((await refresh(markOf(fresh.body))).status).toBe(304)
  })

  it('steps aside while an appointment is being moved', async () => {
    const row = await booked()
    expect(await besideOf(`${day}?moving=${row.id}`)).toBe('')
  })
})

describe('what was cancelled late', () => {
  it('is what was cancelled on the day', async () => {
    await marked(await booked({ startAt: nine + hours }), 'cancelled', nine - 45 * minutes)
    expect(await besideOf()).toContain('Cancelled late 10:00am Janet Hall with Priya Nair, cancelled 8:15am')
  })

  it('is what was cancelled within the clinic’s notice, on whichever day', async () => {
    await setRules(diary.clinicId, { cancelNoticeHours: 48 })
    await marked(await booked({ startAt: nine + days }), 'cancelled', nine - hours)
    expect(await besideOf('/riverside/diary/2026-12-03')).toBe(
      'Cancelled late 9:00am Janet Hall with Priya Nair, cancelled 2 December 2026 at 8:00am',
    )
    await setRules(diary.clinicId, { cancelNoticeHours: 12 })
    expect(await besideOf('/riverside/diary/2026-12-03')).toBe('')
  })

  it('is nothing that was cancelled in good time, or taken back within minutes of its booking', async () => {
    await setRules(diary.clinicId, { cancelNoticeHours: 2 })
    await marked(await booked({ startAt: nine + hours }), 'cancelled', nine - 12 * hours)
    const slip = await booked({ startAt: nine + 2 * hours }, nine - 40 * minutes)
    await marked(slip, 'cancelled', nine - 35 * minutes)
    expect(await besideOf()).toBe('Waiting room Nobody is waiting.')
  })

  it('does not stand in the columns for it: they are as they were asked for', async () => {
    await marked(await booked(), 'cancelled', nine - 45 * minutes)
    const { body } = await sam.get(day)
    expect(body).not.toContain('class="visit')
    expect((await sam.get(`${day}?cancelled=yes`)).body).toContain('class="visit')
  })
})
