/** "Why is 11:00 not offered?" as a receptionist asks it, and what she is told. */
import { describe, expect, it } from 'vitest'
import { staffAnswer, whyNotForStaff, whyNotOffered } from '../../src/diary/why-not.ts'
import type { BookingRules } from '../../src/schema.ts'
import { at, clinic, date, everyDay, followUp, hour, practitioner, rules, wanted } from './free-times-world.ts'

const span = (from: string, until: string) => ({ from: at(from), until: at(until) })
const absent = (from: number, until: number) =>
  practitioner('Priya', { absences: [{ id: 'a', reason: 'Ill', from, until }] })
const priya = practitioner('Priya')
const ask = (
  clock: string,
  given: {
    who?: typeof priya
    rules?: Partial<BookingRules>
    now?: number
    type?: Partial<typeof followUp>
    closed?: boolean
  },
) => {
  const type = { ...followUp, ...given.type }
  const time = clinic([given.who ?? priya], {
    rules: { ...rules, ...given.rules },
    types: [type],
    closedDays: given.closed ? [{ date, name: 'Staff training' }] : [],
  })
  return whyNotOffered(time, { ...wanted, type, now: given.now ?? wanted.now }, 'priya', at(clock))
}

describe('why is it not offered?', () => {
  it.each([
    ['10:00', {}, undefined, ''],
    ['10:00', { who: absent(at('10:00'), at('12:00')) }, 'absent', 'Priya is absent from 10:00am to 12:00pm.'],
    [
      '10:00',
      { who: absent(at('0:00', '2026-12-01'), at('0:00', '2026-12-04')) },
      'absent',
      'Priya is absent all day.',
    ],
    ['10:00', { who: absent(at('0:00', '2026-12-01'), at('11:00')) }, 'absent', 'Priya is absent until 11:00am.'],
    ['10:00', { closed: true }, 'closed', 'The clinic is closed on this day: Staff training.'],
    ['10:00', { who: practitioner('Priya', { hours: [] }) }, 'not-working', 'Priya does not work on this day.'],
    ['13:00', {}, 'outside-hours', 'Priya works from 9:00am to 12:00pm.'],
    ['11:45', {}, 'outside-hours', 'Priya works from 9:00am to 12:00pm, and this would end at 12:15pm.'],
    [
      '13:00',
      { who: practitioner('Priya', { hours: [...everyDay(540, 720), ...everyDay(840, 900)] }) },
      'outside-hours',
      'Priya works from 9:00am to 12:00pm and from 2:00pm to 3:00pm.',
    ],
    [
      '10:00',
      { who: practitioner('Priya', { taken: [span('9:50', '10:10')] }) },
      'taken',
      'Priya is taken from 9:50am to 10:10am.',
    ],
    [
      '10:00',
      { who: practitioner('Priya', { taken: [span('10:20', '10:40')] }) },
      'taken',
      'Priya is taken from 10:20am to 10:40am, and this would end at 10:30am.',
    ],
    [
      '10:00',
      { who: practitioner('Priya', { typeIds: [] }) },
      'does-not-do',
      'Priya does not do this appointment type.',
    ],
    ['10:00', { now: at('10:01') }, 'past', 'This time is over.'],
    ['10:00', { now: at('9:00') }, 'too-soon', 'Patients book at least 2 hours ahead.'],
    ['10:00', { now: at('9:00', '2026-10-01') }, 'too-far', 'Patients book at most 56 days ahead.'],
    ['10:00', { rules: { isOnline: false } }, 'offline', 'Online booking is switched off.'],
    ['10:00', { type: { isOnline: false } }, 'not-online', 'This appointment type is not booked online.'],
    ['10:05', {}, 'off-grid', 'Times are offered every 30 minutes, counted from the full hour.'],
    [
      '10:00',
      { rules: { slotRule: 'first-of-block' } },
      'not-first',
      'Only the first time of each free stretch is offered: here 9:00am.',
    ],
  ] as const)('%s, %o: %s', (clock, given, because, words) => {
    const why = ask(clock, given as Parameters<typeof ask>[1])
    expect([why?.because, why?.words ?? '']).toEqual([because, words])
  })

  it('a type that was retired: it is booked no more', () => {
    const time = clinic([priya], { types: [] })
    expect(whyNotOffered(time, wanted, 'priya', at('10:00'))?.because).toBe('no-such-type')
  })
})

describe('staff who book', () => {
  it('are not held by the rules for patients, and tick what is outside somebody’s time', () => {
    const time = clinic([priya], { rules: { ...rules, isOnline: false } })
    const why = (clock: string) => whyNotForStaff(time, { ...wanted, now: at('9:59') }, 'priya', at(clock))
    expect(why('10:05')).toBeUndefined()
    expect(why('13:00')?.because).toBe('outside-hours')
    expect([staffAnswer['outside-hours'], staffAnswer.taken, staffAnswer['too-soon']]).toEqual([
      'tick',
      'never',
      'free',
    ])
  })

  it('are told first what nobody can change: that the time is taken', () => {
    const who = practitioner('Priya', { taken: [span('13:00', '14:00')] })
    expect(whyNotForStaff(clinic([who]), { ...wanted, now: at('9:00') - hour }, 'priya', at('13:00'))?.because).toBe(
      'taken',
    )
  })
})
