/** Instants become words in the clinic's own time. */
import { describe, expect, it } from 'vitest'
import {
  dateIn,
  dayInWords,
  distanceInWords,
  momentInWords,
  plainDateInWords,
  startOfDay,
  timeInWords,
  yearsBetween,
} from '../../src/web/dates.ts'

const at = (iso: string) => Date.parse(iso)

describe('words for a moment', () => {
  it('are those of the clinic’s zone, summer and winter', () => {
    expect(momentInWords(at('2026-07-01T08:30:00Z'), 'Europe/London')).toBe('1 July 2026 at 9:30am')
    expect(momentInWords(at('2026-12-01T08:30:00Z'), 'Europe/London')).toBe('1 December 2026 at 8:30am')
    expect(timeInWords(at('2026-11-23T12:05:00Z'), 'Europe/London')).toBe('12:05pm')
    expect(dayInWords(at('2026-11-23T12:05:00Z'), 'Europe/London')).toBe('Monday 23 November 2026')
  })

  it('tell the two hours apart that the clock shows twice', () => {
    const london = (iso: string) => timeInWords(at(iso), 'Europe/London')
    expect(london('2026-10-25T00:30:00Z')).toBe('1:30am (before the clocks go back)')
    expect(london('2026-10-25T01:30:00Z')).toBe('1:30am (after the clocks go back)')
    const others = ['2026-10-24T23:59:00Z', '2026-10-25T02:00:00Z', '2026-10-26T01:30:00Z', '2026-03-29T01:30:00Z']
    expect(others.map(london)).toEqual(['12:59am', '2:00am', '1:30am', '2:30am'])
    expect(timeInWords(at('2026-04-04T15:15:00Z'), 'Australia/Lord_Howe')).toBe('1:45am (after the clocks go back)')
  })

  it.each([
    ['America/Santiago', '2026-04-05T02:30:00Z'],
    ['Africa/Cairo', '2026-10-29T20:30:00Z'],
    ['Asia/Beirut', '2026-10-24T20:30:00Z'],
  ])('tell the last hour of the day apart where the clocks are put back at midnight: %s', (zone, before) => {
    const words = (hours: number) => timeInWords(at(before) + hours * 3_600_000, zone)
    expect([-1, 0, 1, 2].map(words)).toEqual([
      '10:30pm',
      '11:30pm (before the clocks go back)',
      '11:30pm (after the clocks go back)',
      '12:30am',
    ])
    expect(words(24)).toBe('10:30pm')
    expect(words(25)).toBe('11:30pm')
  })

  it('know that it is already tomorrow elsewhere', () => {
    expect(dateIn(at('2026-11-23T23:30:00Z'), 'Europe/London')).toBe('2026-11-23')
    expect(dateIn(at('2026-11-23T23:30:00Z'), 'Pacific/Apia')).toBe('2026-11-24')
  })

  it('say how far away it is', () => {
    const now = at('2026-11-23T12:00:00Z')
    const away = (minutes: number) => distanceInWords(now - minutes * 60_000, now)
    expect([0, 1, 5, 60, 180, 2880].map(away)).toEqual([
      'just now',
      '1 minute ago',
      '5 minutes ago',
      '1 hour ago',
      '3 hours ago',
      '2 days ago',
    ])
    expect(away(-22 * 60)).toBe('in 22 hours')
  })

  it('say a date of birth without a time zone', () => {
    expect(plainDateInWords('1951-05-03')).toBe('3 May 1951')
  })
})

describe('the start of a day', () => {
  it.each([
    ['2026-11-24', 'Europe/London', '2026-11-24T00:00:00Z'],
    ['2026-06-24', 'Europe/London', '2026-06-23T23:00:00Z'],
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00Z'],
    ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00Z'],
    ['2026-10-26', 'Europe/London', '2026-10-26T00:00:00Z'],
    ['2026-11-24', 'America/New_York', '2026-11-24T05:00:00Z'],
    ['2026-11-24', 'Pacific/Apia', '2026-11-23T11:00:00Z'],
    ['2026-11-24', 'Asia/Kathmandu', '2026-11-23T18:15:00Z'],
    ['2026-11-24', 'Pacific/Kiritimati', '2026-11-23T10:00:00Z'],
    ['2026-11-24', 'Pacific/Pago_Pago', '2026-11-24T11:00:00Z'],
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'], // midnight is skipped: the day begins at one
  ])('%s in %s is %s', (date, zone, instant) => {
    expect(new Date(startOfDay(date, zone)).toISOString()).toBe(new Date(instant).toISOString())
  })
})

describe('age in whole years', () => {
  it.each([
    ['2010-11-23', '2026-11-22', 15],
    ['2010-11-23', '2026-11-23', 16],
    ['2008-02-29', '2024-02-28', 15],
    ['2008-02-29', '2024-02-29', 16],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
  ])('born on %s is on %s %i years old', (birth, today, age) => {
    expect(yearsBetween(birth, today)).toBe(age)
  })
})

it('the words of a time are the same however many were asked for before it, in whichever zone', () => {
  const noon = Date.UTC(2026, 10, 25, 12)
  const plain = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  for (const round of ['asked', 'asked again'])
    for (const zone of ['Europe/London', 'Pacific/Apia'])
      for (let hour = 0; hour < 700; hour++) {
        const instant = noon + hour * 3_600_000
        expect(dateIn(instant, zone), `${round} ${zone} ${hour}`).toBe(plain(zone).format(instant))
      }
})
