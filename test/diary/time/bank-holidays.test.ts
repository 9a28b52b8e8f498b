/** Bank holidays 2026 to 2028, held against the dates that gov.uk publishes. */
import { describe, expect, it } from 'vitest'
import { bankHolidays, bankHolidaysAfter, type Nation } from '../../../src/diary/time/bank-holidays.ts'

const dates: Record<Exclude<Nation, 'none'>, Record<number, string>> = {
  'england-and-wales': {
    2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
    2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
    2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  },
  scotland: {
    2026: '01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28',
    2027: '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28',
    2028: '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26',
  },
  'northern-ireland': {
    2026: '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28',
    2027: '01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28',
    2028: '01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26',
  },
}
const all = Object.entries(dates).flatMap(([nation, years]) =>
  Object.entries(years).map(([year, expected]) => [nation as Nation, Number(year), expected] as const),
)

describe('bank holidays', () => {
  it.each(all)('of %s in %i', (nation, year, expected) => {
    expect(
      bankHolidays(nation, year)
        .map(({ date }) => date.slice(5))
        .join(' '),
    ).toBe(expected)
  })

  it('say that they are kept on another day', () => {
    const names = bankHolidays('england-and-wales', 2027).map(({ name }) => name)
    expect(names.slice(-2)).toEqual(['Christmas Day (substitute day)', 'Boxing Day (substitute day)'])
    // 2022: Christmas on a Sunday, Boxing Day on a Monday.
    expect(
      bankHolidays('england-and-wales', 2022)
        .slice(-2)
        .map(({ date }) => date),
    ).toEqual(['2022-12-26', '2022-12-27'])
  })

  it('are offered from today to the end of next year, and to a clinic elsewhere not at all', () => {
    const offered = bankHolidaysAfter('england-and-wales', '2026-11-25')
    expect([offered[0]!.date, offered.at(-1)!.date, offered.length]).toEqual(['2026-12-25', '2027-12-28', 10])
    expect(bankHolidaysAfter('none', '2026-11-25')).toEqual([])
  })
})
