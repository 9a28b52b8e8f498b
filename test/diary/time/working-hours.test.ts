/** Working hours as staff type them; what contradicts itself is named. */
import { describe, expect, it } from 'vitest'
import type { Hours } from '../../../src/diary/time/clinic-time.ts'
import {
  changesAfter,
  clockInField,
  clockInWords,
  mayChangeTimeOf,
  periodInWords,
  readClock,
  readWeek,
  weekOn,
  withWeek,
} from '../../../src/diary/time/working-hours.ts'

describe('a time of the day', () => {
  it.each([
    ['9', 540],
    ['9am', 540],
    ['09:00', 540],
    ['9.30', 570],
    ['9:30 pm', 1290],
    ['0930', 570],
    ['17:00', 1020],
    ['12am', 0],
    ['12pm', 720],
    ['noon', 720],
    ['midnight', 0],
    ['９：３０', 570],
    ['', null],
    ['25:00', null],
    ['9:60', null],
    ['13pm', null],
    ['0am', null],
    ['nine', null],
    ['9-5', null],
  ])('%s is %s', (text, minute) => {
    expect(readClock(text)).toBe(minute)
  })

  it('that ends the day is midnight', () => {
    expect(['midnight', '24:00', '00:00', '12am'].map((text) => readClock(text, 'end'))).toEqual([
      1440, 1440, 1440, 1440,
    ])
    expect([clockInWords(1440), clockInWords(0), clockInWords(720), clockInWords(785)]).toEqual([
      'midnight',
      '12:00am',
      '12:00pm',
      '1:05pm',
    ])
    expect([clockInField(570), periodInWords({ fromMinute: 540, untilMinute: 1020 })]).toEqual([
      '09:30',
      '9:00am to 5:00pm',
    ])
  })
})

describe('a week', () => {
  it('is read in periods, empty days left out', () => {
    const typed = {
      from_1_1: '9am',
      until_1_1: '12:30',
      from_1_2: '13:30',
      until_1_2: '5pm',
      from_7_1: '',
      until_7_1: '',
    }
    expect(readWeek(typed)).toEqual({
      week: [
        { weekday: 1, fromMinute: 540, untilMinute: 750 },
        { weekday: 1, fromMinute: 810, untilMinute: 1020 },
      ],
      problems: {},
    })
  })

  it.each([
    [{ from_2_1: '17:00', until_2_1: '9:00' }, { until_2_1: 'Tuesday must end after it starts' }],
    [{ from_2_1: '9:00', until_2_1: '9:00' }, { until_2_1: 'Tuesday must end after it starts' }],
    [{ from_3_1: '', until_3_1: '17:00' }, { from_3_1: 'Enter when Wednesday starts' }],
    [{ from_3_1: '9', until_3_1: '' }, { until_3_1: 'Enter when Wednesday ends' }],
    [{ from_4_1: 'early', until_4_1: '17' }, { from_4_1: 'Thursday must start at a time, like 9am or 09:00' }],
    [{ from_4_1: '9', until_4_1: 'late' }, { until_4_1: 'Thursday must end at a time, like 5pm or 17:00' }],
    [{ from_4_1: '9:03', until_4_1: '17' }, { from_4_1: 'Thursday must start on a full five minutes, like 9:05' }],
    [
      { from_5_1: '9', until_5_1: '12', from_5_2: '11', until_5_2: '15' },
      { from_5_2: 'Friday has two periods that overlap: 9:00am to 12:00pm and 11:00am to 3:00pm' },
    ],
  ])('%o: %o', (typed, problems) => {
    expect(readWeek(typed)).toEqual({ week: null, problems })
  })
})

describe('a week that holds from one day to another', () => {
  const period = { weekday: 1, fromMinute: 540, untilMinute: 1020 }
  const short = { ...period, untilMinute: 720 }
  const now: Hours[] = [{ ...period, validFrom: '2026-01-01', validUntil: null }]
  const on = (rows: Hours[], date: string) => weekOn(rows, date).map(({ untilMinute }) => untilMinute)

  it('until further notice ends what held before', () => {
    const rows = withWeek(now, [short], '2026-12-07', null)
    expect([on(rows, '2026-12-06'), on(rows, '2026-12-07'), on(rows, '2030-01-01')]).toEqual([[1020], [720], [720]])
    expect(changesAfter(rows, '2026-12-01')).toEqual(['2026-12-07'])
  })

  it('for two weeks gives way to what held before', () => {
    const rows = withWeek(now, [short], '2026-12-07', '2026-12-20')
    expect(['2026-12-06', '2026-12-07', '2026-12-20', '2026-12-21'].map((date) => on(rows, date))).toEqual([
      [1020],
      [720],
      [720],
      [1020],
    ])
    expect(changesAfter(rows, '2026-12-07')).toEqual(['2026-12-21'])
  })

  it('from the same day replaces it, and can be empty', () => {
    expect(withWeek(now, [], '2026-01-01', null)).toEqual([])
    expect(withWeek(withWeek(now, [short], '2026-12-07', null), [period], '2026-12-07', null)).toHaveLength(2)
  })
})

it('is changed by the manager, and by the practitioner where the manager allows it', () => {
  const priya = { staffId: 'priya', mayChangeOwnHours: false }
  const asking = (role: 'manager' | 'reception' | 'practitioner', id: string, allowed: boolean) =>
    mayChangeTimeOf({ role, id }, { ...priya, mayChangeOwnHours: allowed })
  expect([
    asking('manager', 'maya', false),
    asking('practitioner', 'priya', true),
    asking('practitioner', 'priya', false),
    asking('practitioner', 'tom', true),
    asking('reception', 'sam', true),
  ]).toEqual([true, true, false, false, false])
})
