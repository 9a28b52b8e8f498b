/** The day and the week on the days on which the clock is put forward or back, held against the platform's own clock. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { workingHours } from '../../../src/schema.ts'
import { aStaffMember, loggedOn } from '../../support/world.ts'
import { aBooking, aDiary, book, days, db, hours, minutes, weekdays } from '../diary-world.ts'
import { columnsOf, entriesOf } from './reading-a-day.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Sundays all: zone, date, and how long midnight to 6am takes on them, in minutes. */
const changes = [
  ['Europe/London', '2026-03-29', 300],
  ['Europe/London', '2026-10-25', 420],
  ['America/New_York', '2026-03-08', 300],
  ['America/New_York', '2026-11-01', 420],
  ['Australia/Lord_Howe', '2026-10-04', 330],
  ['Australia/Lord_Howe', '2026-04-05', 390],
  ['Pacific/Apia', '2020-09-27', 300],
  ['Pacific/Apia', '2021-04-04', 420],
] as const

/** What the clock there shows, by the platform: '2026-03-29 02:00'. */
const clockIn = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return (instant: number) => format.format(instant)
}
/** "2:30am" */
const said = (clock: string): string => {
  const [hour, minute] = clock.split(' ')[1]!.split(':').map(Number) as [number, number]
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
}

/** Every five minutes of that day from midnight to 6am, and what the clock shows. */
function nightOf(zone: string, date: string): { at: number; shows: string }[] {
  const clock = clockIn(zone)
  const first = Date.parse(`${date}T00:00Z`) - 26 * hours
  return Array.from({ length: (60 * hours) / (5 * minutes) }, (_each, index) => first + index * 5 * minutes)
    .map((at) => ({ at, shows: clock(at) }))
    .filter(({ shows }) => shows >= `${date} 00:00` && shows < `${date} 06:00`)
}

/** Priya works from midnight to 6am; somebody is booked at the last half hour but one, after the clock was changed. */
async function aNight(zone: string, date: string) {
  const night = nightOf(zone, date)
  vi.useFakeTimers({ now: night[0]!.at - 3 * days, toFake: ['Date'] })
  const diary = await aDiary({ timezone: zone })
  const of = { clinicId: diary.clinicId, staffId: diary.priya, fromMinute: 0, validFrom: '2011-01-01' }
  await db()
    .insert(workingHours)
    .values([...weekdays, 7].map((weekday) => ({ ...of, weekday, untilMinute: weekday === 7 ? 360 : 60 })))
  const booked = night.findIndex(({ shows }) => shows === `${date} 05:00`)
  const startAt = night[booked]!.at
  expect(await book(aBooking(diary, { startAt }), {}, Date.now())).toEqual({ ok: true })
  const { id: staffId } = await aStaffMember({ clinicId: diary.clinicId })
  const sam = await loggedOn({ clinicId: diary.clinicId, staffId })
  return { night, booked, diary, open: async (path: string) => (await sam.get(`/riverside/diary/${path}`)).body }
}

/** The rows of the hours at the side: [row, words]. */
const hoursIn = (body: string) =>
  [...body.matchAll(/<li class="s(\d+)">(\d+[ap]m)<\/li>/g)].map(([, row, words]) => [Number(row), words])

describe.each(changes)('%s on %s', (zone, date, length) => {
  it('has each full hour of the night in its row, and the appointment and the free time where they are', async () => {
    const { night, booked, open } = await aNight(zone, date)
    expect(night.length * 5, 'the platform says so too').toBe(length)
    const body = await open(date)
    const full = night.flatMap(({ shows }, row) =>
      shows.endsWith(':00') ? [[row + 1, said(shows).replace(':00', '')]] : [],
    )
    expect(hoursIn(body)).toEqual(full)
    expect(entriesOf(body).map(({ kind, place, words }) => [kind, place, words])).toEqual([
      ['gap', `s1 d${booked}`, 'Free 12:00am to 5:00am, Priya Nair'],
      ['visit', `s${booked + 1} d6`, '5:00am to 5:30am, Janet Hall, Priya Nair, Follow-up, Booked'],
      ['gap', `s${booked + 7} d6`, 'Free 5:30am to 6:00am, Priya Nair'],
    ])
  })

  it('stands in its week, with the same entries and as many hours as it has', async () => {
    const { booked, diary, open } = await aNight(zone, date)
    const body = await open(`${date}/week?who=${diary.priya}`)
    expect(columnsOf(body)).toHaveLength(6)
    expect(columnsOf(body).at(-1)).toMatch(/^Sunday .* 1 booked, 2 free$/)
    expect(entriesOf(body).slice(-3)).toEqual([
      { kind: 'gap', place: `s1 d${booked}`, words: 'Sunday Free 12:00am to 5:00am, Priya Nair' },
      {
        kind: 'visit',
        place: `s${booked + 1} d6`,
        words: 'Sunday 5:00am to 5:30am, Janet Hall, Priya Nair, Follow-up, Booked',
      },
      { kind: 'gap', place: `s${booked + 7} d6`, words: 'Sunday Free 5:30am to 6:00am, Priya Nair' },
    ])
  })
})

describe('the day that Samoa left out', () => {
  it('can be opened, has no hour and offers nothing; so can its week', async () => {
    const { open, diary } = await aNight('Pacific/Apia', '2011-12-25')
    for (const path of ['2011-12-30', '2011-12-30/print', `2011-12-30/week?who=${diary.priya}`, '2011-12-30/week'])
      expect([path, (await open(path)).includes('<h1>')]).toEqual([path, true])
    expect(entriesOf(await open('2011-12-30')).map(({ kind }) => kind)).not.toContain('gap')
  })
})
