/** The diary keeps itself up to date: asked each minute, answered by 304 while nothing changed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { aBooking, aDiary, book, type Diary, hours, minutes, nine } from '../diary-world.ts'
import { columnsOf, entriesOf } from './reading-a-day.ts'

const day = '/riverside/diary/2026-12-02'
const island = { 'HX-Request': 'true' }
let diary: Diary
let sam: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine + minutes, toFake: ['Date'] })
  diary = await aDiary()
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: (await aStaffMember({ clinicId: diary.clinicId })).id })
})
afterEach(() => {
  vi.useRealTimers()
})

const refresh = (mark: string, address = `${day}/grid`) => sam.get(address, { ...island, 'If-None-Match': mark })
const markOf = (body: string): string =>
  JSON.parse(/hx-headers="([^"]*)"/.exec(body)![1]!.replaceAll('&quot;', '"'))['If-None-Match']

describe('a refresh', () => {
  it('is answered by 304 and no body while nothing has changed', async () => {
    const mark = markOf((await sam.get(day)).body)
    vi.setSystemTime(nine + 3 * minutes)
    for (const held of [mark, `W/${mark}`, `"other", ${mark}`]) {
      const answer = await refresh(held)
      expect([held, answer.status, answer.body]).toEqual([held, 304, ''])
    }
  })

  it('brings the columns when somebody has booked meanwhile, and a new mark', async () => {
    const before = (await sam.get(day)).body
    const mark = markOf(before)
    await book(aBooking(diary, { startAt: nine + 2 * hours }))
    const { status, body, headers } = await refresh(mark)
    expect(status).toBe(200)
    expect(body.startsWith('<div id="diary"')).toBe(true)
    expect(columnsOf(body)).toEqual(['Priya Nair 1 booked, 2 free'])
    expect(body).toContain('data-status="Diary updated at 9:01am"')
    expect([markOf(body) === mark, markOf(body)]).toEqual([false, headers.get('ETag')])
    expect((await refresh(markOf(body))).status).toBe(304)
  })

  it('brings the now-line along, every five minutes', async () => {
    const mark = markOf((await sam.get(day)).body)
    vi.setSystemTime(nine + 6 * minutes)
    const { status, body } = await refresh(mark)
    expect(status).toBe(200)
    expect(entriesOf(body).find(({ kind }) => kind === 'now')!.place).toBe('s2 d1')
  })

  it('shows what the page shows: the same practitioner, the same move', async () => {
    const row = aBooking(diary, { startAt: nine + 2 * hours })
    await book(row)
    for (const query of [`?who=${diary.priya}`, `?moving=${row.id}`, '?cancelled=yes']) {
      const { body } = await sam.get(`${day}${query}`)
      expect(body).toContain(`hx-get="${day}/grid${query}"`)
      expect((await refresh(markOf(body), `${day}/grid${query}`)).status).toBe(304)
    }
  })

  it('leads to the logon page once the session is over, as a whole page', async () => {
    const mark = markOf((await sam.get(day)).body)
    vi.setSystemTime(nine + 13 * hours)
    const answer = await refresh(mark)
    expect(answer.headers.get('HX-Redirect')).toMatch(/^\/riverside(\?next=.*)?$/)
  })

  it('is no page: opened by itself it leads to the day', async () => {
    const { status, location } = await sam.get(`${day}/grid?cancelled=yes`)
    expect([status, location]).toEqual([303, `${day}?cancelled=yes`])
  })
})
