/** Absences: part of a day, days and weeks, on the clinic's wall clock. */
import { describe, expect, it } from 'vitest'
import { absenceInWords, readAbsence } from '../../../src/diary/time/absence.ts'

const zone = 'Europe/London'
const read = (fromDate: string, untilDate: string, fromMinute: number | null, untilMinute: number | null, now = 0) => {
  const verdict = readAbsence({ fromDate, untilDate, fromMinute, untilMinute }, zone, now)
  if (!verdict.ok) return verdict.because
  return [verdict.span.from, verdict.span.until].map((instant) => new Date(instant).toISOString().slice(0, 16))
}
const words = (...of: Parameters<typeof read>) => {
  const [fromDate, untilDate, fromMinute, untilMinute] = of
  const verdict = readAbsence({ fromDate, untilDate, fromMinute, untilMinute }, zone, 0)
  return verdict.ok && absenceInWords(verdict.span, zone)
}

describe('an absence', () => {
  it.each([
    ['part of a day', '2026-12-03', '2026-12-03', 600, 720, ['2026-12-03T10:00', '2026-12-03T12:00']],
    ['a day', '2026-12-03', '2026-12-03', null, null, ['2026-12-03T00:00', '2026-12-04T00:00']],
    ['a week in summer', '2026-07-06', '2026-07-12', null, null, ['2026-07-05T23:00', '2026-07-12T23:00']],
    ['from one afternoon on', '2026-12-03', '2026-12-04', 780, null, ['2026-12-03T13:00', '2026-12-05T00:00']],
    ['to midnight', '2026-12-03', '2026-12-03', 600, 1440, ['2026-12-03T10:00', '2026-12-04T00:00']],
    ['in an hour that comes twice', '2026-10-25', '2026-10-25', 75, 105, ['2026-10-25T00:15', '2026-10-25T01:45']],
    ['from a time the clock jumps over', '2026-03-29', '2026-03-29', 75, 180, ['2026-03-29T01:00', '2026-03-29T02:00']],
    ['backwards', '2026-12-04', '2026-12-03', null, null, 'ends-before-it-starts'],
    ['backwards on one day', '2026-12-03', '2026-12-03', 720, 600, 'ends-before-it-starts'],
    ['of two years', '2026-12-03', '2028-12-03', null, null, 'too-long'],
  ] as const)('%s', (_words, fromDate, untilDate, fromMinute, untilMinute, expected) => {
    expect(read(fromDate, untilDate, fromMinute, untilMinute)).toEqual(expected)
  })

  it('that is over is a slip of the finger', () => {
    expect(read('2026-12-03', '2026-12-03', null, null, Date.parse('2026-12-04T00:00Z'))).toBe('over')
  })

  it('is said in words', () => {
    expect([
      words('2026-12-03', '2026-12-03', 600, 720),
      words('2026-12-03', '2026-12-03', null, null),
      words('2026-12-03', '2026-12-07', null, null),
      words('2026-12-03', '2026-12-04', 780, 600),
    ]).toEqual([
      'Thursday 3 December 2026, 10:00am to 12:00pm',
      'Thursday 3 December 2026, all day',
      '3 December 2026 to 7 December 2026',
      '3 December 2026, 1:00pm, to 4 December 2026, 10:00am',
    ])
  })
})
