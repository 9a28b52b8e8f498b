/** A date of birth in three fields: what people type, and the words they are told (ux.md 1.3). */
import { describe, expect, it } from 'vitest'
import { monthNumber, readBirthDate, realDate } from '../../src/registration/birth-date.ts'

const today = '2026-11-23'
const read = (dob_day: string, dob_month: string, dob_year: string) =>
  readBirthDate({ dob_day, dob_month, dob_year }, 'dob', today)

describe('a date of birth', () => {
  it.each([
    ['27', '3', '2007', '2007-03-27'],
    ['03', '05', '1951', '1951-05-03'],
    ['27', 'March', '2007', '2007-03-27'],
    ['27', 'MAR', '2007', '2007-03-27'],
    ['27', 'sept', '2007', '2007-09-27'],
    [' 2 7 ', ' m ar ', '20 07', '2007-03-27'],
    ['２７', '３', '２００７', '2007-03-27'],
    ['29', '2', '2024', '2024-02-29'],
    ['23', '11', '2026', today],
  ])('is read from %s %s %s', (day, month, year, date) => {
    expect(read(day, month, year)).toEqual({ date, isEmpty: false })
  })

  it.each([
    ['', '', '', 'Enter your date of birth'],
    ['  ', '', '\t', 'Enter your date of birth'],
    ['', '3', '2007', 'Date of birth must include a day'],
    ['27', '', '2007', 'Date of birth must include a month'],
    ['27', '3', '', 'Date of birth must include a year'],
    ['27', '', '', 'Date of birth must include a month and a year'],
    ['', '', '2007', 'Date of birth must include a day and a month'],
    ['27', '3', '07', 'Year must include 4 numbers'],
    ['27', '3', '20007', 'Year must include 4 numbers'],
    ['27', '3', 'then', 'Year must include 4 numbers'],
    ['29', '2', '2023', 'Date of birth must be a real date'],
    ['31', '4', '2007', 'Date of birth must be a real date'],
    ['0', '4', '2007', 'Date of birth must be a real date'],
    ['1', '13', '2007', 'Date of birth must be a real date'],
    ['1', 'ma', '2007', 'Date of birth must be a real date'],
    ['1', 'brumaire', '2007', 'Date of birth must be a real date'],
    ['-1', '4', '2007', 'Date of birth must be a real date'],
    ['1e1', '4', '2007', 'Date of birth must be a real date'],
    ['1', '4', '1899', 'Date of birth must be a real date'],
    ['1', '4', '0051', 'Date of birth must be a real date'],
    ['24', '11', '2026', 'Date of birth must be in the past'],
    ['1', '1', '2999', 'Date of birth must be in the past'],
  ])('typed as "%s" "%s" "%s" is told: %s', (day, month, year, problem) => {
    expect(read(day, month, year)).toMatchObject({ date: null, problem })
  })

  it('says whether anything was typed at all, for forms where it may be left out', () => {
    expect(readBirthDate({}, 'dob', today).isEmpty).toBe(true)
    expect(read('1', '', '').isEmpty).toBe(false)
    expect(read('1', '4', '2007').isEmpty).toBe(false)
  })
})

describe('a month', () => {
  it('is its number or three letters of its name or more', () => {
    expect(['5', '05', 'may', 'jun', 'june', 'december'].map(monthNumber)).toEqual([5, 5, 5, 6, 6, 12])
    expect(['', 'j', 'ju', 'mayor', '5.'].map(monthNumber)).toEqual([NaN, NaN, NaN, NaN, NaN])
  })
})

describe('a real date', () => {
  it('is one that the calendar has', () => {
    expect(realDate(1951, 5, 3)).toBe('1951-05-03')
    expect([realDate(2023, 2, 29), realDate(2023, 0, 1), realDate(51, 5, 3), realDate(2023, Number.NaN, 1)]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
