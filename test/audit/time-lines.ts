/** The acts by which the clinic's time is set: Sam sees patients, and may change his own hours. */
import { env } from 'cloudflare:workers'
import type { AuditedAct } from '../../src/audit/audit-store.ts'
import { bankHolidays } from '../../src/diary/time/bank-holidays.ts'
import { aClosedDay, anAbsence, aType } from '../diary/diary-world.ts'
import type { Line } from './act-lines.ts'
import { samSeesPatients, type World } from './act-world.ts'

const line = (act: AuditedAct, room: string, more: Partial<Line>, does: Line['does']): Line => ({
  act,
  room,
  does,
  ...more,
})

const settings = '/:clinic/settings'
const ofSam = ({ ids }: World, room = '') => `/riverside/settings/practitioners/${ids.sam}${room}`
const typeOf = (room: string) => `/riverside/settings/appointment-types/${typeId}${room}`
const nineToFive = { from_1_1: '9am', until_1_1: '5pm', valid_from: `${new Date().getUTCFullYear() + 1}-03-03` }
const anAfternoon = { from_date: nineToFive.valid_from, from_time: '2pm' }

export const timeLines: Line[] = [
  line('practitioner-added', `POST ${settings}/practitioners/new`, { by: 'maya', of: 'tom' }, (w) =>
    w.maya.post('/riverside/settings/practitioners/new', { staff: w.ids.tom }),
  ),
  line(
    'practitioner-changed',
    `POST ${settings}/practitioners/:id`,
    { by: 'maya', of: 'sam', first: samSeesPatients },
    (w) => w.maya.post(ofSam(w), { designation: 'Nurse' }),
  ),
  line(
    'practitioner-changed',
    `POST ${settings}/practitioners/:id/earlier`,
    { by: 'maya', of: 'sam', detail: { fields: 'position' }, first: samComesSecond },
    (w) => w.maya.post(ofSam(w, '/earlier')),
  ),
  line(
    'practitioner-ended',
    `POST ${settings}/practitioners/:id/ending`,
    { by: 'maya', of: 'sam', first: samSeesPatients },
    (w) => w.maya.post(ofSam(w, '/ending')),
  ),
  line(
    'working-hours-changed',
    `POST ${settings}/practitioners/:id/hours/week`,
    { by: 'maya', of: 'sam', detail: { from: nineToFive.valid_from }, first: samSeesPatients },
    (w) => w.maya.post(ofSam(w, '/hours/week'), nineToFive),
  ),
  line(
    'absence-added',
    `POST ${settings}/practitioners/:id/hours/absence`,
    { by: 'maya', of: 'sam', detail: { from: `${anAfternoon.from_date}T14:00+00:00` }, first: samSeesPatients },
    (w) => w.maya.post(ofSam(w, '/hours/absence'), anAfternoon),
  ),
  line(
    'absence-removed',
    `POST ${settings}/practitioners/:id/hours/absence/:absence/removal`,
    { by: 'maya', of: 'sam', first: samIsAway },
    async (w) => w.maya.post(ofSam(w, `/hours/absence/${await absenceId()}/removal`)),
  ),
  line('working-hours-changed', 'POST /:clinic/hours/week', { by: 'sam', of: 'sam', first: samSeesPatients }, (w) =>
    w.sam.post('/riverside/hours/week', nineToFive),
  ),
  line('absence-added', 'POST /:clinic/hours/absence', { by: 'sam', of: 'sam', first: samSeesPatients }, (w) =>
    w.sam.post('/riverside/hours/absence', anAfternoon),
  ),
  line(
    'absence-removed',
    'POST /:clinic/hours/absence/:absence/removal',
    { by: 'sam', of: 'sam', first: samIsAway },
    async (w) => w.sam.post(`/riverside/hours/absence/${await absenceId()}/removal`),
  ),
  line('appointment-type-added', `POST ${settings}/appointment-types/new`, { by: 'maya' }, (w) =>
    w.maya.post('/riverside/settings/appointment-types/new', aFollowUp),
  ),
  line('appointment-type-changed', `POST ${settings}/appointment-types/:id`, { by: 'maya', first: twoTypes }, (w) =>
    w.maya.post(typeOf(''), { ...aFollowUp, minutes: '45' }),
  ),
  line(
    'appointment-type-changed',
    `POST ${settings}/appointment-types/:id/earlier`,
    { by: 'maya', detail: { fields: 'position' }, first: twoTypes },
    (w) => w.maya.post(typeOf('/earlier')),
  ),
  line(
    'appointment-type-retired',
    `POST ${settings}/appointment-types/:id/retirement`,
    { by: 'maya', detail: { name: 'Follow-up' }, first: twoTypes },
    (w) => w.maya.post(typeOf('/retirement')),
  ),
  line(
    'closed-day-added',
    `POST ${settings}/closed-days`,
    { by: 'maya', detail: { days: nineToFive.valid_from } },
    (w) => w.maya.post('/riverside/settings/closed-days', { date: nineToFive.valid_from, name: 'Training' }),
  ),
  line('closed-day-added', `POST ${settings}/closed-days/bank-holidays`, { by: 'maya' }, (w) =>
    w.maya.post('/riverside/settings/closed-days/bank-holidays', { nation: 'scotland', [`day_${aHoliday}`]: 'on' }),
  ),
  line(
    'clinic-details-changed',
    `POST ${settings}/closed-days/nation`,
    { by: 'maya', detail: { fields: 'nation' } },
    (w) => w.maya.post('/riverside/settings/closed-days/nation', { nation: 'scotland' }),
  ),
  line(
    'closed-day-removed',
    `POST ${settings}/closed-days/:date/removal`,
    { by: 'maya', detail: { date: '2099-12-24' }, first: (w) => aClosedDay(w.clinicId, '2099-12-24', 'Moving') },
    (w) => w.maya.post('/riverside/settings/closed-days/2099-12-24/removal'),
  ),
  line(
    'booking-rules-changed',
    `POST ${settings}/booking-rules`,
    { by: 'maya', detail: { fields: 'most_upcoming reminder_hours' } },
    (w) => w.maya.post('/riverside/settings/booking-rules', { ...theRules, most_upcoming: '2', reminder_hours: '' }),
  ),
]

const aFollowUp = { name: 'Follow-up', minutes: '30', buffer: '0', for_existing: 'on' }
const aHoliday = bankHolidays('scotland', new Date().getUTCFullYear() + 1)[0]!.date
/** As a new clinic has them. */
const theRules = {
  ...{ notice_hours: '2', ahead_days: '56', most_upcoming: '3', slot_rule: 'every', grid: '15' },
  ...{ cancel_hours: '24', reminder_hours: '24' },
}

let typeId = ''
async function twoTypes({ clinicId }: World): Promise<void> {
  await aType({ clinicId, name: 'First appointment' })
  typeId = (await aType({ clinicId, position: 1 })).id
}

async function samComesSecond(world: World): Promise<void> {
  const { clinicId, ids } = world
  await samSeesPatients(world)
  await env.DB.prepare('INSERT INTO practitioner (clinic_id, staff_id, position, added_at) VALUES (?, ?, -1, 1)')
    .bind(clinicId, ids.tom)
    .run()
}

async function samIsAway(world: World): Promise<void> {
  await samSeesPatients(world)
  const fromAt = Date.now() + 86_400_000
  await anAbsence({ clinicId: world.clinicId, staffId: world.ids.sam, fromAt, untilAt: fromAt + 3_600_000 })
}
const absenceId = () => env.DB.prepare('SELECT id FROM absence').first<string>('id')
