/** What a patient may book, change and cancel themselves: the clinic's rules as tables. */
import { describe, expect, it } from 'vitest'
import {
  bookingRefusals,
  bookingWindow,
  mayBook,
  mayBookType,
  mayChange,
  slotRules,
  typesFor,
} from '../../src/diary/booking-rules.ts'
import type { BookingRules } from '../../src/schema.ts'
import { at, followUp, hour, london, minute, rules } from './free-times-world.ts'

const nine = at('9:00')
const span = (from: number) => ({ from, until: from + 30 * minute })
const asked = (given: {
  rules?: Partial<BookingRules>
  now?: number
  upcoming?: number[]
  type?: Partial<typeof followUp>
  isNew?: boolean
}) =>
  mayBook({
    rules: { ...rules, ...given.rules },
    type: { ...followUp, ...given.type },
    booker: { isNew: given.isNew ?? false, upcoming: (given.upcoming ?? []).map(span) },
    at: span(nine),
    now: given.now ?? nine - 24 * hour,
    zone: london,
  })
const yes = { ok: true }
const no = (because: string) => ({ ok: false, because })

describe('a patient may book', () => {
  it.each([
    ['in time', {}, yes],
    ['at the last minute of the notice', { now: nine - 2 * hour }, yes],
    ['a minute later', { now: nine - 2 * hour + 1 }, no('too-soon')],
    ['what is over', { now: nine + hour, rules: { earliestNoticeMinutes: 0 } }, no('too-soon')],
    ['on the furthest day', { now: at('23:59', '2026-10-07') }, yes],
    ['the day before it may', { now: at('23:59', '2026-10-06') }, no('too-far')],
    ['with two others booked', { upcoming: [nine + 24 * hour, nine + 48 * hour] }, yes],
    ['with as many as allowed', { upcoming: [24, 48, 72].map((each) => nine + each * hour) }, no('too-many')],
    ['while they are somewhere else', { upcoming: [nine + 15 * minute] }, no('clash')],
    ['right after another one', { upcoming: [nine - 30 * minute] }, yes],
    ['when online booking is off', { rules: { isOnline: false } }, no('offline')],
    ['what is not booked online', { type: { isOnline: false } }, no('not-online')],
  ] as const)('%s: %o → %o', (_words, given, verdict) => {
    expect(asked(given as Parameters<typeof asked>[0])).toEqual(verdict)
  })

  it.each([
    // for new, for existing, is new, new types only → verdict
    [true, true, true, false, yes],
    [true, true, true, true, no('new-types-only')],
    [true, false, true, true, yes],
    [false, true, true, false, no('existing-only')],
    [true, false, false, false, no('new-only')],
    [true, true, false, true, yes],
  ])(
    'a type for new %s and existing %s patients, being new: %s, with the rule %s',
    (forNew, forExisting, isNew, only, verdict) => {
      const type = { isOnline: true, forNew, forExisting }
      expect(mayBookType({ newPatientsNewTypesOnly: only }, type, isNew)).toEqual(verdict)
      expect(typesFor({ newPatientsNewTypesOnly: only }, [type], isNew)).toHaveLength(verdict.ok ? 1 : 0)
    },
  )

  it('is told every refusal in words without a full stop: the phone number stands behind it', () => {
    for (const words of Object.values(bookingRefusals)) expect(words).toMatch(/^[A-Z][^.]+$/)
    for (const { sentence } of Object.values(slotRules)) expect(sentence).toMatch(/^[A-Z][^.]+\.$/)
  })
})

describe('the window of booking', () => {
  it('counts days of the clinic, not hours', () => {
    const lateEvening = at('23:30', '2026-10-07')
    expect(bookingWindow(rules, lateEvening, london)).toEqual({
      earliest: lateEvening + 2 * hour,
      firstDate: '2026-10-08',
      lastDate: '2026-12-02',
    })
  })
})

describe('a patient may change or cancel', () => {
  it.each([
    ['a day before', 'booked', 24 * hour, yes],
    ['a minute inside the notice', 'booked', 24 * hour - minute, no('inside-notice')],
    ['what has begun', 'booked', 0, no('over')],
    ['what is cancelled', 'cancelled', 48 * hour, no('not-booked')],
    ['where they have arrived', 'arrived', 48 * hour, no('not-booked')],
  ] as const)('%s', (_words, status, before, verdict) => {
    expect(mayChange({ status, startAt: nine }, rules, nine - before)).toEqual(verdict)
  })

  it('up to the beginning, where the clinic asks for no notice', () => {
    expect(mayChange({ status: 'booked', startAt: nine }, { cancelNoticeHours: 0 }, nine - 1)).toEqual(yes)
  })
})
