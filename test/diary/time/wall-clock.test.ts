/** What the clock on the wall shows on the days on which it is put forward or back, held against Temporal itself. */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  type Day,
  dayOf,
  daysFrom,
  gridIn,
  instantsAt,
  minuteIn,
  minuteOf,
  spansAt,
  weekdayOf,
} from '../../../src/diary/time/wall-clock.ts'

const hour = 3_600_000 // ms
const at = (instant: number) => new Date(instant).toISOString().slice(0, 16)
const spans = (day: Day, from: number, until: number) =>
  spansAt(day, from * 60, until * 60).map((span) => [at(span.from), at(span.until)])

/** Both changes of the clock in the four zones: when a day is longer or shorter than 24 hours, and by how much. */
const changes = [
  ['Europe/London', '2026-03-29', -60],
  ['Europe/London', '2026-10-25', 60],
  ['America/New_York', '2026-03-08', -60],
  ['America/New_York', '2026-11-01', 60],
  ['Australia/Lord_Howe', '2026-10-04', -30],
  ['Australia/Lord_Howe', '2026-04-05', 30],
  ['Pacific/Apia', '2020-09-27', -60],
  ['Pacific/Apia', '2021-04-04', 60],
  ['Pacific/Apia', '2011-12-30', -1440], // Samoa went over the date line: there was no such day
  ['Africa/Cairo', '2026-04-24', -60], // the clock jumps over midnight
  ['Atlantic/Azores', '2026-10-25', 60], // the first hour comes twice
] as const
const evenDays = [
  ['Europe/London', '2026-12-02'],
  ['America/New_York', '2026-07-01'],
  ['Australia/Lord_Howe', '2026-01-15'],
  ['Pacific/Apia', '2026-06-30'],
  ['Asia/Kathmandu', '2026-02-28'],
] as const
const allDays = [...changes, ...evenDays].map(([zone, date]) => [zone, date] as const)

describe('a day', () => {
  it.each(changes)('%s on %s is %i minutes longer than 24 hours', (zone, date, minutes) => {
    const day = dayOf(date, zone)
    expect((day.until - day.from) / 60_000).toBe(1440 + minutes)
  })

  it('begins where the one before it ends', () => {
    const days = daysFrom('2026-03-20', 20, 'Europe/London')
    expect(days.slice(1).map(({ from }) => from)).toEqual(days.slice(0, -1).map(({ until }) => until))
    expect(days.map(({ date }) => date).slice(-2)).toEqual(['2026-04-07', '2026-04-08'])
    expect(days.map(({ weekday }) => weekday).slice(0, 3)).toEqual([5, 6, 7])
  })

  it('follows the calendar over the end of the year and leap days', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1), addDays('2026-11-25', 0)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2026-11-25',
    ])
    expect([weekdayOf('2026-11-25'), weekdayOf('2026-11-29')]).toEqual([3, 7])
  })
})

describe('hours on the wall', () => {
  it('are what they are on an even day', () => {
    expect(spans(dayOf('2026-07-01', 'Europe/London'), 9, 17)).toEqual([['2026-07-01T08:00', '2026-07-01T16:00']])
  })

  it('that the clock jumps over are not there', () => {
    const day = dayOf('2026-03-29', 'Europe/London')
    expect(spans(day, 1, 2)).toEqual([])
    expect(spans(day, 0.5, 1.5)).toEqual([['2026-03-29T00:30', '2026-03-29T01:00']])
    expect(spans(day, 0, 3)).toEqual([['2026-03-29T00:00', '2026-03-29T02:00']])
    expect(instantsAt(day, 90)).toEqual([])
  })

  it('that come twice are there twice', () => {
    const day = dayOf('2026-10-25', 'Europe/London')
    expect(spans(day, 1, 2)).toEqual([['2026-10-25T00:00', '2026-10-25T02:00']])
    expect(spans(day, 1.25, 1.75)).toEqual([
      ['2026-10-25T00:15', '2026-10-25T00:45'],
      ['2026-10-25T01:15', '2026-10-25T01:45'],
    ])
    expect(instantsAt(day, 90).map(at)).toEqual(['2026-10-25T00:30', '2026-10-25T01:30'])
  })

  it('of Lord Howe jump by half an hour', () => {
    const day = dayOf('2026-10-04', 'Australia/Lord_Howe')
    expect(spansAt(day, 120, 150)).toEqual([])
    const [span] = spansAt(day, 60, 180)
    expect((span!.until - span!.from) / 60_000).toBe(90)
  })

  it.each(allDays)('%s on %s: a moment is in them exactly when the clock shows a time in them', (zone, date) => {
    const day = dayOf(date, zone)
    const minuteOfDay = fc.integer({ min: 0, max: 288 }).map((five) => five * 5)
    fc.assert(
      fc.property(minuteOfDay, minuteOfDay, fc.integer({ min: 0, max: 24 * 12 + 12 }), (from, until, five) => {
        const instant = day.from + five * 5 * 60_000
        if (instant >= day.until) return
        const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
        const shown = wall.hour * 60 + wall.minute
        const isIn = spansAt(day, from, until).some((span) => instant >= span.from && instant < span.until)
        expect(isIn).toBe(shown >= from && shown < until)
        expect([minuteOf(instant, zone), minuteIn(day, instant)]).toEqual([shown, shown])
        expect(instantsAt(day, shown)).toContain(instant)
      }),
    )
  })
})

describe('the grid', () => {
  it.each(allDays)('%s on %s: has every moment at which the clock shows a multiple of it', (zone, date) => {
    const day = dayOf(date, zone)
    for (const grid of [5, 10, 15, 20, 30, 60]) {
      const expected: number[] = []
      for (let instant = day.from; instant < day.until; instant += 5 * 60_000) {
        if (minuteOf(instant, zone) % grid === 0) expected.push(instant)
      }
      expect(gridIn(day, day, grid)).toEqual(expected)
      for (const later of [0, 1]) {
        const stretch = { from: expected[3]! + later, until: expected[9]! + later }
        const inIt = expected.filter((each) => each >= stretch.from && each < stretch.until)
        expect(gridIn(day, stretch, grid)).toEqual(inIt)
      }
    }
  })

  it('is 4 times an hour on an even day', () => {
    const even = dayOf('2026-12-02', 'Europe/London')
    expect(gridIn(even, even, 15)).toHaveLength(24 * 4)
    expect(gridIn(even, even, 60)[9]).toBe(Date.UTC(2026, 11, 2) + 9 * hour)
  })
})
