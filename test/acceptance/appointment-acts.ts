/** What staff do with an appointment: Janet's, in two days. */
import type { Act } from './acts.ts'
import type { Town } from './riverside.ts'

const room = '/:clinic/diary/appointments/:id'
const given = ({ diary }: Town) => ({ id: diary.appointmentId })

const arriving: Act = {
  is: 'a patient is marked as arrived',
  as: 'reception',
  room: `${room}/status`,
  given,
  fields: () => ({ version: '1', status: 'arrived' }),
  to: /\/diary\/appointments\/[a-z2-7]{16}$/,
}

export const appointmentActs: Act[] = [
  {
    is: 'staff book for a patient',
    as: 'reception',
    room: '/:clinic/diary/book',
    fields: ({ diary, staff, patients }) => ({
      ...{ practitioner: staff.practitioner.id, start: diary.later, type: diary.typeId, form_id: 'a-form' },
      ...{ patient: patients.active.id, tell: 'on' },
    }),
    to: /\/diary\/appointments\/[a-z2-7]{16}$/,
  },
  arriving,
  {
    is: 'a mark is taken back',
    first: arriving,
    as: 'reception',
    room: `${room}/undo`,
    given,
    fields: () => ({ version: '2' }),
    to: /\?done=undone$/,
  },
  {
    is: 'an appointment is cancelled',
    as: 'reception',
    room: `${room}/cancellation`,
    given,
    fields: () => ({ version: '1', asked: 'patient', reason: 'Has a cold', tell: 'on' }),
    to: /\/diary\/appointments\/[a-z2-7]{16}$/,
  },
  {
    is: 'an appointment is moved',
    as: 'reception',
    room: `${room}/move`,
    given,
    fields: ({ diary, staff }) => ({
      ...{ version: '1', practitioner: staff.practitioner.id, start: diary.later },
    }),
    to: /\/diary\/appointments\/[a-z2-7]{16}$/,
  },
  {
    is: 'a note is written on an appointment',
    as: 'practitioner',
    room: `${room}/note`,
    given,
    fields: () => ({ version: '1', note: 'Bring the letter' }),
    to: /\?done=saved$/,
  },
]
