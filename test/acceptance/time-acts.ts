/** What the manager does with the clinic's time, and a practitioner with their own. */
import { bankHolidays } from '../../src/diary/time/bank-holidays.ts'
import type { Act } from './acts.ts'
import type { Town } from './riverside.ts'

const ofStaff = (who: keyof Town['staff']) => (town: Town) => ({ id: town.staff[who].id })
const nineToFive = { from_1_1: '9am', until_1_1: '17:00' }
const oneDay = { from_time: '2pm', until_time: '16:00', reason: 'A course' }
const nextYear = new Date().getUTCFullYear() + 1
/** Ahead, whenever the tests run. */
const soon = `${nextYear}-03-03`

const feed: Act = {
  is: 'a calendar feed is begun',
  as: 'practitioner',
  room: '/:clinic/calendar-feed',
  to: '/calendar-feed',
}

export const timeActs: Act[] = [
  feed,
  {
    is: 'a calendar feed is ended',
    as: 'practitioner',
    room: '/:clinic/calendar-feed/ending',
    first: feed,
    to: '/calendar-feed?done=ended',
  },
  {
    is: 'a practitioner is added',
    as: 'manager',
    room: '/:clinic/settings/practitioners/new',
    fields: ({ staff }) => ({ staff: staff.without.id, designation: 'Nurse', colour: '3' }),
    to: /\/settings\/practitioners\/[a-z2-7]{16}\?done=added$/,
  },
  {
    is: 'a practitioner is changed',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id',
    given: ofStaff('practitioner'),
    fields: () => ({ designation: 'Physiotherapist', own_hours: 'on', colour: '2' }),
    to: /\?done=saved$/,
  },
  {
    is: 'a practitioner is put a place earlier',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id/earlier',
    given: ofStaff('practitioner'),
    to: /\/settings\/practitioners\?done=ordered&moved=\w+$/,
  },
  {
    is: 'a practitioner stops seeing patients',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id/ending',
    given: ofStaff('manager'),
    to: '/settings/practitioners?done=ended',
  },
  {
    is: 'a practitioner’s hours are changed',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id/hours/week',
    given: ofStaff('practitioner'),
    fields: () => ({ ...nineToFive, valid_from: soon }),
    to: /\/hours\?done=saved$/,
  },
  {
    is: 'an absence is added',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id/hours/absence',
    given: ofStaff('practitioner'),
    fields: () => ({ ...oneDay, from_date: soon }),
    to: /\/hours\?done=absence-added$/,
  },
  {
    is: 'an absence is removed',
    as: 'manager',
    room: '/:clinic/settings/practitioners/:id/hours/absence/:absence/removal',
    given: ({ staff, diary }) => ({ id: staff.practitioner.id, absence: diary.absence }),
    to: /\/hours\?done=absence-removed$/,
  },
  {
    is: 'somebody changes their own hours',
    as: 'practitioner',
    room: '/:clinic/hours/week',
    fields: () => ({ ...nineToFive, valid_from: soon }),
    to: '/hours?done=saved',
  },
  {
    is: 'somebody adds an absence of their own',
    as: 'practitioner',
    room: '/:clinic/hours/absence',
    fields: () => ({ ...oneDay, from_date: soon }),
    to: '/hours?done=absence-added',
  },
  {
    is: 'somebody removes an absence of their own',
    as: 'practitioner',
    room: '/:clinic/hours/absence/:absence/removal',
    given: ({ diary }) => ({ absence: diary.absence }),
    to: '/hours?done=absence-removed',
  },
  {
    is: 'an appointment type is added',
    as: 'manager',
    room: '/:clinic/settings/appointment-types/new',
    fields: () => ({ name: 'Blood test', minutes: '45', buffer: '5', for_new: 'on', colour: '4' }),
    to: '/settings/appointment-types?done=added',
  },
  {
    is: 'an appointment type is changed',
    as: 'manager',
    room: '/:clinic/settings/appointment-types/:id',
    given: ({ diary }) => ({ id: diary.type }),
    fields: () => ({ name: 'Long follow-up', minutes: '40', buffer: '0', for_existing: 'on', price: '£60' }),
    to: '/settings/appointment-types?done=saved',
  },
  {
    is: 'an appointment type is put a place earlier',
    as: 'manager',
    room: '/:clinic/settings/appointment-types/:id/earlier',
    given: ({ diary }) => ({ id: diary.type }),
    to: /\/settings\/appointment-types\?done=ordered&moved=\w+$/,
  },
  {
    is: 'an appointment type is retired',
    as: 'manager',
    room: '/:clinic/settings/appointment-types/:id/retirement',
    given: ({ diary }) => ({ id: diary.type }),
    to: '/settings/appointment-types?done=retired',
  },
  {
    is: 'a day is closed',
    as: 'manager',
    room: '/:clinic/settings/closed-days',
    fields: () => ({ date: soon, name: 'Staff training' }),
    to: '/settings/closed-days?done=added',
  },
  {
    is: 'bank holidays are accepted',
    as: 'manager',
    room: '/:clinic/settings/closed-days/bank-holidays',
    fields: () => ({ nation: 'scotland', [`day_${bankHolidays('scotland', nextYear)[0]!.date}`]: 'on' }),
    to: '/settings/closed-days?done=added',
  },
  {
    is: 'the nation is chosen',
    as: 'manager',
    room: '/:clinic/settings/closed-days/nation',
    fields: () => ({ nation: 'scotland' }),
    to: '/settings/closed-days?done=nation#holidays-title',
  },
  {
    is: 'a closed day is removed',
    as: 'manager',
    room: '/:clinic/settings/closed-days/:date/removal',
    given: ({ diary }) => ({ date: diary.closed }),
    to: '/settings/closed-days?done=removed',
  },
  {
    is: 'the booking rules are changed',
    as: 'manager',
    room: '/:clinic/settings/booking-rules',
    fields: () => ({
      ...{ is_online: 'on', offline_message: '', notice_hours: '4', ahead_days: '28', most_upcoming: '2' },
      ...{ slot_rule: 'every', grid: '10', cancel_hours: '48', reminder_hours: '' },
    }),
    to: '/settings/booking-rules?saved=yes',
  },
]
