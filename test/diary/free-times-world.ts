/** A clinic's time as plain values, for the rules that need no database. */
import type { Wanted } from '../../src/diary/availability.ts'
import type { ClinicTime, PractitionerTime } from '../../src/diary/time/clinic-time.ts'
import { dayOf, instantsAt } from '../../src/diary/time/wall-clock.ts'
import type { AppointmentType, BookingRules } from '../../src/schema.ts'

export const london = 'Europe/London'
/** A Wednesday. */
export const date = '2026-12-02'
export const minute = 60_000 // ms
export const hour = 60 * minute

/** The moment at which the clock shows that time. @param clock '9:30' */
export function at(clock: string, on = date, zone = london): number {
  const [hours, minutes] = clock.split(':').map(Number) as [number, number]
  return instantsAt(dayOf(on, zone), hours * 60 + minutes)[0]!
}
export const clockOf = (instant: number, zone = london): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', minute: '2-digit' })
    .format(instant)
    .replace(/^0/, '')

export const rules: BookingRules = {
  clinicId: 'c',
  isOnline: true,
  offlineMessage: '',
  earliestNoticeMinutes: 120,
  furthestAheadDays: 56,
  mostUpcoming: 3,
  cancelNoticeHours: 24,
  slotRule: 'every',
  gridMinutes: 30,
  reminderHours: 24,
  newPatientsNewTypesOnly: false,
  version: 1,
  timeVersion: 1,
  timeMark: 'mark',
}

export const followUp: AppointmentType = {
  clinicId: 'c',
  id: 'follow-up',
  name: 'Follow-up',
  minutes: 30,
  bufferMinutes: 0,
  price: '',
  preparation: '',
  isOnline: true,
  forNew: true,
  forExisting: true,
  colour: 1,
  position: 1,
  version: 1,
  formId: null,
  addedAt: 1,
  retiredAt: null,
}

/** Works from 9 to 12 every day unless said otherwise. */
export const practitioner = (name: string, given: Partial<PractitionerTime> = {}): PractitionerTime => ({
  id: name.toLowerCase(),
  name,
  designation: '',
  colour: 1,
  typeIds: [followUp.id],
  hours: everyDay(540, 720),
  absences: [],
  taken: [],
  ...given,
})

export const everyDay = (fromMinute: number, untilMinute: number) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    fromMinute,
    untilMinute,
    validFrom: '2000-01-01',
    validUntil: null,
  }))

export const clinic = (practitioners: PractitionerTime[], given: Partial<ClinicTime> = {}): ClinicTime => ({
  zone: london,
  rules,
  types: [followUp],
  practitioners,
  closedDays: [],
  ...given,
})

/** The day before, in the morning: nothing is too soon. */
export const wanted: Wanted = { type: followUp, now: at('9:00') - 24 * hour, by: 'patient' }
