/** Which times are free: examples first, then what must hold whatever a clinic, its practitioners and the clock do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstFreeDay,
  freeDays,
  freeTimesOn,
  gapsOn,
  nextTimes,
  offered,
  type Wanted,
} from '../../src/diary/availability.ts'
import { bookingWindow } from '../../src/diary/booking-rules.ts'
import type { ClinicTime, PractitionerTime } from '../../src/diary/time/clinic-time.ts'
import { merged, overlap, type Span } from '../../src/diary/time/span.ts'
import { dayOf, minuteOf } from '../../src/diary/time/wall-clock.ts'
import { whyNotOffered } from '../../src/diary/why-not.ts'
import { dateIn } from '../../src/web/dates.ts'
import {
  at,
  clinic,
  clockOf,
  date,
  everyDay,
  followUp,
  hour,
  minute,
  practitioner,
  rules,
  wanted,
} from './free-times-world.ts'

const day = dayOf(date, 'Europe/London')
const clocks = (time: ClinicTime, want: Partial<Wanted> = {}, on = day) =>
  freeTimesOn(time, { ...wanted, ...want }, on).map(({ startAt }) => clockOf(startAt, time.zone))
const priya = practitioner('Priya')
const span = (from: string, until: string): Span => ({ from: at(from), until: at(until) })
const absent = (from: string, until: string) => ({ ...span(from, until), id: 'a', reason: '' })

describe('free times', () => {
  it('are the working hours, on the clinic’s grid', () => {
    expect(clocks(clinic([priya]))).toEqual(['9:00', '9:30', '10:00', '10:30', '11:00', '11:30'])
  })

  it('are not where an appointment or its buffer lies', () => {
    const taken = [span('9:30', '10:05')]
    expect(clocks(clinic([practitioner('Priya', { taken })]))).toEqual(['9:00', '10:30', '11:00', '11:30'])
  })

  it('leave room for the buffer of the new one', () => {
    const type = { ...followUp, bufferMinutes: 10 }
    expect(clocks(clinic([priya]), { type })).toEqual(['9:00', '9:30', '10:00', '10:30', '11:00'])
    const [first] = freeTimesOn(clinic([priya]), { ...wanted, type }, day)
    expect(first).toMatchObject({ startAt: at('9:00'), endAt: at('9:30'), bufferUntil: at('9:40') })
  })

  it('are not where somebody is absent, and not on a closed day', () => {
    expect(clocks(clinic([practitioner('Priya', { absences: [absent('10:00', '11:00')] })]))).toEqual([
      '9:00',
      '9:30',
      '11:00',
      '11:30',
    ])
    expect(clocks(clinic([priya], { closedDays: [{ date, name: 'Training' }] }))).toEqual([])
  })

  it('are those of the hours that are valid on that day', () => {
    const until = practitioner('Priya', {
      hours: everyDay(540, 600).map((each) => ({ ...each, validUntil: '2026-12-01' })),
    })
    const from = practitioner('Priya', { hours: everyDay(540, 600).map((each) => ({ ...each, validFrom: date })) })
    const later = practitioner('Priya', {
      hours: everyDay(540, 600).map((each) => ({ ...each, validFrom: '2026-12-03' })),
    })
    expect([until, from, later].map((who) => clocks(clinic([who])))).toEqual([[], ['9:00', '9:30'], []])
  })

  it('of two periods a day do not join over the break', () => {
    const hours = [...everyDay(540, 585), ...everyDay(600, 630)]
    expect(clocks(clinic([practitioner('Priya', { hours })]))).toEqual(['9:00', '10:00'])
  })

  it('of two periods that touch are as of one', () => {
    const hours = [...everyDay(540, 615), ...everyDay(615, 660)]
    expect(clocks(clinic([practitioner('Priya', { hours })]))).toEqual(['9:00', '9:30', '10:00', '10:30'])
  })

  it('begin after the notice, and end with the furthest day', () => {
    expect(clocks(clinic([priya]), { now: at('8:10') })).toEqual(['10:30', '11:00', '11:30'])
    const farAway = dayOf('2027-01-27', 'Europe/London')
    expect(clocks(clinic([priya]), { now: at('9:00') }, farAway)).toHaveLength(6)
    expect(clocks(clinic([priya]), { now: at('9:00') }, dayOf('2027-01-28', 'Europe/London'))).toEqual([])
  })

  it('for staff are every time from now on, and the beginning of each free stretch', () => {
    const time = clinic([practitioner('Priya', { taken: [span('9:00', '9:20')] })])
    expect(clocks(time, { now: at('8:10'), by: 'staff' })).toEqual(['9:20', '9:30', '10:00', '10:30', '11:00', '11:30'])
    expect(clocks(time, { now: at('10:45'), by: 'staff' })).toEqual(['11:00', '11:30'])
  })

  it('are of those who do the type', () => {
    expect(clocks(clinic([practitioner('Priya', { typeIds: [] })]))).toEqual([])
    expect(clocks(clinic([priya]), { practitionerIds: ['tom'] })).toEqual([])
  })
})

describe('the first time of each free stretch', () => {
  const first = { rules: { ...rules, slotRule: 'first-of-block' as const } }
  it('leaves no gap behind it, on the grid or off it', () => {
    expect(clocks(clinic([priya], first))).toEqual(['9:00'])
    const taken = [span('9:30', '10:05')]
    expect(clocks(clinic([practitioner('Priya', { taken })], first))).toEqual(['9:00', '10:05'])
  })

  it('is the first that the notice allows where the stretch begins too soon', () => {
    expect(clocks(clinic([priya], first), { now: at('8:10') })).toEqual(['10:30'])
  })
})

describe('first available', () => {
  const busy = practitioner('Anna', { taken: [span('11:00', '12:00')] })
  it('offers a time once, and first whoever has less of the day taken', () => {
    const times = freeTimesOn(clinic([busy, priya]), wanted, day)
    expect(times.map(({ practitionerIds }) => practitionerIds.join())).toEqual([
      'priya,anna',
      'priya,anna',
      'priya,anna',
      'priya,anna',
      'priya',
      'priya',
    ])
    expect(offered(clinic([busy, priya]), wanted, day, at('9:30'))).toMatchObject({
      practitionerId: 'priya',
      endAt: at('10:00'),
      bufferUntil: at('10:00'),
    })
    expect(offered(clinic([busy, priya]), wanted, day, at('9:40'))).toBeUndefined()
  })

  it('counts the days, finds the next times, and the next date beyond the page', () => {
    const closedDays = ['2026-12-02', '2026-12-03'].map((each) => ({ date: each, name: 'Training' }))
    const time = clinic([priya], { closedDays })
    const days = freeDays(time, wanted, date, 3)
    expect(days.map(({ day: each, times }) => [each.date, times.length])).toEqual([
      ['2026-12-02', 0],
      ['2026-12-03', 0],
      ['2026-12-04', 6],
    ])
    expect(nextTimes(days, 2).map(({ startAt }) => clockOf(startAt))).toEqual(['9:00', '9:30'])
    expect(firstFreeDay(time, wanted, { from: date, count: 30 })?.day.date).toBe('2026-12-04')
    expect(firstFreeDay(clinic([]), wanted, { from: date, count: 30 })).toBeUndefined()
  })
})

describe('the gaps of the day view', () => {
  it('are one for each free stretch, without what is over', () => {
    const time = clinic([
      practitioner('Priya', { taken: [span('9:30', '10:00')], absences: [absent('11:00', '11:15')] }),
    ])
    const gaps = (now: number) =>
      gapsOn(time, time.practitioners[0]!, day, now).map(({ from, minutes }) => [clockOf(from), minutes])
    expect(gaps(at('8:00'))).toEqual([
      ['9:00', 30],
      ['10:00', 60],
      ['11:15', 45],
    ])
    expect(gaps(at('10:22'))).toEqual([
      ['10:25', 35],
      ['11:15', 45],
    ])
  })
})

/** Days on which the clock is put forward or back, in four zones, and days on which it is not. */
const places = [
  ['Europe/London', '2026-03-29'],
  ['Europe/London', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Pacific/Apia', '2020-09-27'],
  ['Pacific/Apia', '2021-04-04'],
  ['Europe/London', '2026-12-02'],
  ['Asia/Kathmandu', '2026-07-15'],
] as const

/** Anything between a day before and two days after the beginning of the day, in steps of five minutes. */
const someSpan = (start: number) =>
  fc
    .tuple(fc.integer({ min: -288, max: 576 }), fc.integer({ min: 1, max: 120 }))
    .map(([from, length]) => ({ from: start + from * 5 * minute, until: start + (from + length) * 5 * minute }))
const someHours = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 287 }), fc.integer({ min: 1, max: 150 })), { maxLength: 3 })
  .map((periods) =>
    periods
      .flatMap(([from, length]) => everyDay(from * 5, Math.min(1440, (from + length) * 5)))
      .filter(
        (each, index, all) =>
          !all
            .slice(0, index)
            .some(
              (other) =>
                other.weekday === each.weekday &&
                other.fromMinute < each.untilMinute &&
                other.untilMinute > each.fromMinute,
            ),
      ),
  )
const somebody = (name: string, start: number) =>
  fc
    .record({
      hours: someHours,
      absences: fc.array(someSpan(start), { maxLength: 3 }),
      taken: fc.array(someSpan(start), { maxLength: 5 }).map((spans) => spans.sort((a, b) => a.from - b.from)),
    })
    .map(({ absences, ...given }) =>
      practitioner(name, {
        ...given,
        absences: absences.map((each, index) => ({ ...each, id: `${index}`, reason: '' })),
      }),
    )
const someRules = fc.record({
  gridMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60),
  slotRule: fc.constantFrom('every' as const, 'first-of-block' as const),
  earliestNoticeMinutes: fc.constantFrom(0, 30, 600),
})
const someType = fc.record({
  minutes: fc.integer({ min: 1, max: 24 }).map((five) => five * 5),
  bufferMinutes: fc.integer({ min: 0, max: 4 }).map((five) => five * 5),
})
const situation = (zone: string, on: string) => {
  const start = dayOf(on, zone).from
  return fc
    .record({
      people: fc.tuple(somebody('Priya', start), somebody('Tom', start)),
      rules: someRules,
      type: someType,
      now: fc.integer({ min: -200, max: 250 }).map((five) => start + five * 5 * minute + 7),
      by: fc.constantFrom('patient' as const, 'patient' as const, 'staff' as const),
    })
    .map((given) => ({
      time: clinic(given.people, {
        zone,
        rules: { ...rules, ...given.rules },
        types: [{ ...followUp, ...given.type }],
      }),
      wanted: { type: { ...followUp, ...given.type }, now: given.now, by: given.by } as Wanted,
    }))
}
const person = (time: ClinicTime, id: string): PractitionerTime => time.practitioners.find((each) => each.id === id)!
const everyFive = (from: number, until: number) =>
  Array.from({ length: (until - from) / (5 * minute) }, (_each, index) => from + index * 5 * minute)

describe.each(places)('in %s on %s, whatever the clinic is like', (zone, on) => {
  const theDay = dayOf(on, zone)
  const always = (holds: (given: { time: ClinicTime; wanted: Wanted }) => void) =>
    fc.assert(fc.property(situation(zone, on), holds), { numRuns: 60 })

  it('a free time never overlaps an appointment or an absence, and lies on that day', () => {
    always(({ time, wanted: want }) => {
      for (const { startAt, bufferUntil, practitionerIds } of freeTimesOn(time, want, theDay)) {
        for (const id of practitionerIds) {
          const { taken, absences } = person(time, id)
          const found = { from: startAt, until: bufferUntil }
          expect([...taken, ...absences].filter((each) => overlap(each, found))).toEqual([])
        }
        expect(dateIn(startAt, zone)).toBe(on)
        expect(startAt % (5 * minute)).toBe(0)
      }
    })
  })

  it('is inside working hours from beginning to end, by the clock on the wall', () => {
    always(({ time, wanted: want }) => {
      for (const { startAt, bufferUntil, practitionerIds } of freeTimesOn(time, want, theDay)) {
        for (const id of practitionerIds) {
          const isInside = (instant: number) =>
            person(time, id).hours.some(
              ({ weekday, fromMinute, untilMinute }) =>
                weekday === theDay.weekday &&
                minuteOf(instant, zone) >= fromMinute &&
                minuteOf(instant, zone) < untilMinute,
            )
          expect(everyFive(startAt, bufferUntil).filter((instant) => !isInside(instant))).toEqual([])
        }
      }
    })
  })

  it('is never in the past, and for patients never before the notice', () => {
    always(({ time, wanted: want }) => {
      const earliest = want.by === 'staff' ? want.now : bookingWindow(time.rules, want.now, zone).earliest
      expect(freeTimesOn(time, want, theDay).filter(({ startAt }) => startAt < earliest)).toEqual([])
    })
  })

  it('prefers nobody: the order in which practitioners are kept changes nothing', () => {
    always(({ time, wanted: want }) => {
      const reversed = { ...time, practitioners: [...time.practitioners].reverse() }
      expect(freeTimesOn(reversed, want, theDay)).toEqual(freeTimesOn(time, want, theDay))
    })
  })

  it('for whoever is free first are those of each of them together', () => {
    always(({ time, wanted: want }) => {
      const each = time.practitioners.flatMap(({ id }) =>
        freeTimesOn(time, { ...want, practitionerIds: [id] }, theDay).map(({ startAt }) => `${startAt} ${id}`),
      )
      const together = freeTimesOn(time, want, theDay).flatMap(({ startAt, practitionerIds }) =>
        practitionerIds.map((id) => `${startAt} ${id}`),
      )
      expect(together.sort()).toEqual(each.sort())
    })
  })

  it('an absence takes times away and never adds one', () => {
    fc.assert(
      fc.property(situation(zone, on), someSpan(theDay.from), ({ time, wanted: want }, more) => {
        const every = { ...time, rules: { ...time.rules, slotRule: 'every' as const } }
        const away = {
          ...every,
          practitioners: every.practitioners.map((each) => ({
            ...each,
            absences: [...each.absences, { ...more, id: 'x', reason: '' }],
          })),
        }
        const of = (each: ClinicTime) =>
          freeTimesOn(each, { ...want, by: 'patient' }, theDay).map(({ startAt }) => startAt)
        expect(of(away).filter((startAt) => !of(every).includes(startAt))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('by the first of each stretch: nothing free lies before it in its stretch', () => {
    always(({ time, wanted: want }) => {
      const first = { ...time, rules: { ...time.rules, slotRule: 'first-of-block' as const } }
      for (const { id } of time.practitioners) {
        const times = freeTimesOn(first, { ...want, practitionerIds: [id], by: 'patient' }, theDay)
        const blocks = merged(gapsOn(time, person(time, id), theDay, 0))
        for (const block of blocks) {
          expect(
            times.filter(({ startAt }) => startAt >= block.from && startAt < block.until).length,
          ).toBeLessThanOrEqual(1)
        }
      }
    })
  })

  it('the reason why a time is not offered is there exactly when it is not', () => {
    always(({ time, wanted: want }) => {
      const asked: Wanted = { ...want, by: 'patient', practitionerIds: ['priya'] }
      const starts = freeTimesOn(time, asked, theDay).map(({ startAt }) => startAt)
      for (const startAt of [
        ...starts,
        ...everyFive(theDay.from, theDay.until).filter((_each, index) => index % 4 === 0),
      ]) {
        const why = whyNotOffered(time, asked, 'priya', startAt)
        expect([startAt, why === undefined]).toEqual([startAt, starts.includes(startAt)])
      }
    })
  })
})

it('a repeated hour is offered twice, as two moments', () => {
  const night = practitioner('Priya', { hours: everyDay(60, 120) })
  const on = dayOf('2026-10-25', 'Europe/London')
  const times = freeTimesOn(clinic([night]), { ...wanted, now: on.from - 24 * hour }, on)
  expect(times.map(({ startAt }) => clockOf(startAt))).toEqual(['1:00', '1:30', '1:00', '1:30'])
})
