/**
 * How each act comes about, and what the audit then holds. A new act gets a line here; acts.test.ts runs every line:
 * exactly one row (J07), in the batch of its change, and no change without it (J09).
 */
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import { closing, setUp } from '../../scripts/operator/statements.mjs'
import type { AuditedAct } from '../../src/audit/audit-store.ts'
import { deliverDue } from '../../src/mail/outbox.ts'
import { answerOf, newPasskey, withKey } from '../acceptance/factor-acts.ts'
import { aPng } from '../clinic/pictures.ts'
import { aPasskey } from '../front-door/passkeys/passkeys.ts'
import { type App, anApp } from '../front-door/second-factor/factors.ts'
import { queue } from '../mail/outbox.ts'
import { merge } from '../patients/merge/merge-world.ts'
import { aGrant, goodPassword, origin, visitor } from '../support/world.ts'
import { logOn, newestLink, newPassword, type Person, samSeesPatients, type World } from './act-world.ts'
import { appointmentLines } from './appointment-lines.ts'
import { timeLines } from './time-lines.ts'

interface More {
  by?: Person
  /** Somebody who is new has an id that nobody knew before. */
  of?: Person | 'new patient' | 'new staff'
  /** What the detail holds; other codes may stand beside it. */
  detail?: Record<string, unknown>
  /** What has to be there before; its own rows do not count. */
  first?: (world: World) => Promise<unknown>
  /** Rows of other acts that come with it. Mails on their way need not be named. */
  also?: AuditedAct[]
  /** Done after the answer, or by the cron: the answer is the same for everyone, whatever becomes of it. */
  later?: true
}
/** @returns an Answer where a room was asked */
type Does = (world: World) => Promise<unknown>

export interface Line extends More {
  act: AuditedAct
  /** The room as the router knows it, or who else does it. */
  room: string
  does: Does
}

const line = (act: AuditedAct, room: string, more: More, does: Does): Line => ({ act, room, does, ...more })

const archiving = 'POST /:clinic/patients/:id/archiving'
const merging = 'POST /:clinic/patients/:id/merging/:other'
const archiveJanet = ({ sam, ids }: World) => sam.post(`/riverside/patients/${ids.janet}/archiving`)
const desk = 'POST /:clinic/patients/:id/online-access'
const accessOf = ({ ids }: World, of: 'janet' | 'oliver', act: string) =>
  `/riverside/patients/${ids[of]}/online-access/${act}`
const member = ({ ids }: World, of: 'sam' | 'tom', act: string) => `/riverside/staff/${ids[of]}/${act}`
const ask = (world: World, link: 'existing' | 'new', email: string) =>
  world.somebody.post(`/riverside/register/${link}`, { email })

const janets = 'janet.hall@example.com'
const olivers = 'oliver.grant@example.com'
const born = { dob_day: '3', dob_month: '5', dob_year: '1951' }
const harbour = { name: 'Harbour Practice', slug: 'harbour', phone: '01632 960 003', timezone: 'Europe/Dublin' }
const mia = { name: 'Mia Lund', username: 'mia', role: 'reception', email: '' }

const frontDoor: Line[] = [
  line('logged-on', 'POST /:clinic/logon', { by: 'oliver' }, (w) => logOn(w.somebody, olivers)),
  line('logged-on', 'POST /:clinic/logon', { by: 'sam' }, (w) => logOn(w.somebody, 'sam')),
  line('logon-refused', 'POST /:clinic/logon', { of: 'oliver', detail: { because: 'wrong' } }, (w) =>
    logOn(w.somebody, olivers, 'a wild guess'),
  ),
  line('logon-refused', 'POST /:clinic/logon', { detail: { because: 'wrong' } }, (w) =>
    logOn(w.somebody, 'nobody', 'a wild guess'),
  ),
  line('logon-refused', 'POST /:clinic/logon', { of: 'tom', detail: { because: 'too-many' }, first: lockTom }, (w) =>
    logOn(w.somebody, 'tom', 'a wild guess'),
  ),
  line('logged-off', 'POST /:clinic/logoff', { by: 'sam' }, (w) => w.sam.post('/riverside/logoff')),
  line('password-changed', 'POST /:clinic/password', { by: 'sam', of: 'sam' }, (w) =>
    w.sam.post('/riverside/password', { current_password: goodPassword, new_password: newPassword }),
  ),
  line('password-forgotten', 'POST /:clinic/password/forgotten', { of: 'oliver', later: true }, (w) =>
    w.somebody.post('/riverside/password/forgotten', { identifier: olivers }),
  ),
  line(
    'password-set-by-link',
    'POST /:clinic/password/new/:token',
    { by: 'tom', of: 'tom', first: (w) => w.maya.post(member(w, 'tom', 'email')) },
    async (w) => w.somebody.post(await newestLink(), { new_password: newPassword }),
  ),
  line(
    'sessions-ended',
    'POST /:clinic/sessions/ending',
    { by: 'sam', detail: { which: 'others' }, first: () => logOn(visitor(), 'sam') },
    (w) => w.sam.post('/riverside/sessions/ending'),
  ),
  line(
    'acting-switched',
    'POST /:clinic/acting-for',
    { by: 'oliver', of: 'janet', detail: { to: 'another' }, first: oliverMayActForJanet },
    (w) => w.oliver.post('/riverside/acting-for', { patient: w.ids.janet }),
  ),
  line(
    'page-refused',
    'GET /:clinic/staff',
    { by: 'sam', detail: { because: 'role', room: 'GET /:clinic/staff' } },
    (w) => w.sam.get('/riverside/staff'),
  ),
  line('password-refused', 'POST /:clinic/password', { by: 'sam', of: 'sam', detail: { because: 'wrong' } }, (w) =>
    w.sam.post('/riverside/password', { current_password: 'a wild guess', new_password: newPassword }),
  ),
  line(
    'page-refused',
    'POST /:clinic/sessions/ending',
    { by: 'oliver', detail: { because: 'foreign-form', room: 'POST /:clinic/sessions/ending' } },
    (w) => w.oliver.post('/riverside/sessions/ending', {}, { origin: 'https://evil.example' }),
  ),
]

const step = '/riverside/logon/second-factor'
const secondFactor: Line[] = [
  line('second-factor-asked', 'POST /:clinic/logon', { of: 'sam', first: samsApp }, (w) => logOn(w.somebody, 'sam')),
  line('logged-on', 'POST /:clinic/logon/second-factor', { by: 'sam', first: samHalfway }, (w) =>
    w.somebody.post(step, { code: samsCode() }),
  ),
  line(
    'second-factor-refused',
    'POST /:clinic/logon/second-factor',
    { of: 'sam', detail: { because: 'wrong', by: 'code' }, first: samHalfway },
    (w) => w.somebody.post(step, { code: '000000' }),
  ),
  line(
    'recovery-code-used',
    'POST /:clinic/logon/second-factor/recovery',
    { by: 'sam', detail: { left: 9 }, first: samHalfway, also: ['logged-on'] },
    (w) => w.somebody.post(`${step}/recovery`, { recovery_code: app!.recoveryCodes[0]! }),
  ),
  line(
    'second-factor-added',
    'POST /:clinic/second-factor/app/confirmation',
    { by: 'sam', of: 'sam', first: (w) => samsKey(w) },
    (w) => w.sam.post('/riverside/second-factor/app/confirmation', { code: firstCode }),
  ),
  line(
    'second-factor-removed',
    'POST /:clinic/second-factor/app/removal',
    { by: 'sam', of: 'sam', first: samsApp },
    (w) => w.sam.post('/riverside/second-factor/app/removal', { current_password: goodPassword }),
  ),
  line(
    'recovery-codes-made',
    'POST /:clinic/second-factor/recovery-codes',
    { by: 'sam', of: 'sam', first: samsApp },
    (w) => w.sam.post('/riverside/second-factor/recovery-codes', { current_password: goodPassword }),
  ),
  line(
    'staff-second-factor-removed',
    'POST /:clinic/staff/:id/second-factor/removal',
    { by: 'maya', of: 'sam', first: samsApp },
    (w) => w.maya.post(member(w, 'sam', 'second-factor/removal'), { known: 'on' }),
  ),
  line(
    'second-factor-settings-changed',
    'POST /:clinic/settings/second-factor',
    { by: 'maya', detail: { required: true }, first: ({ clinicId, ids }) => anApp({ clinicId, staffId: ids.maya }) },
    (w) => w.maya.post('/riverside/settings/second-factor', { required: 'on' }),
  ),
]

const passkeys: Line[] = [
  line('logged-on', 'POST /:clinic/logon/passkey', { by: 'oliver', first: oliverIsAsked }, async (w) =>
    w.somebody.post('/riverside/logon/passkey', await answerOf(passkey!.authenticator, w.somebody)),
  ),
  line(
    'logged-on',
    'POST /:clinic/logon/second-factor/passkey',
    { by: 'sam', first: samsPasskeyAndPassword },
    async (w) => w.somebody.post(`${step}/passkey`, await answerOf(passkey!.authenticator, w.somebody)),
  ),
  line('passkey-added', 'POST /:clinic/passkeys', { by: 'sam', of: 'sam', first: beginPasskey }, async (w) =>
    w.sam.post('/riverside/passkeys', await newPasskey(w.ids.sam, w.sam)),
  ),
  line('passkey-renamed', 'POST /:clinic/passkeys/:id/name', { by: 'oliver', first: oliversPasskey }, (w) =>
    w.oliver.post(`/riverside/passkeys/${passkey!.id}/name`, { name: 'Kitchen tablet' }),
  ),
  line(
    'passkey-removed',
    'POST /:clinic/passkeys/:id/removal',
    { by: 'oliver', of: 'oliver', first: oliversPasskey },
    (w) => w.oliver.post(`/riverside/passkeys/${passkey!.id}/removal`, { current_password: goodPassword }),
  ),
]

const registration: Line[] = [
  line(
    'registration-invited',
    'POST /:clinic/register/existing',
    { of: 'janet', detail: { link: 'existing', because: 'invited' }, later: true },
    (w) => ask(w, 'existing', janets),
  ),
  line(
    'registration-refused',
    'POST /:clinic/register/new',
    { of: 'janet', detail: { link: 'new', because: 'known' }, later: true },
    (w) => ask(w, 'new', janets),
  ),
  line(
    'registration-refused',
    'POST /:clinic/registration/:token',
    { of: 'janet', detail: { link: 'existing', because: 'closed' }, first: inviteAndClose },
    async (w) => w.somebody.post(await newestLink(), { ...born, new_password: newPassword }),
  ),
  line(
    'registration-completed',
    'POST /:clinic/registration/:token',
    { by: 'janet', of: 'janet', detail: { link: 'existing' }, first: (w) => ask(w, 'existing', janets) },
    async (w) => w.somebody.post(await newestLink(), { ...born, new_password: newPassword }),
  ),
  line(
    'registration-settled',
    'POST /:clinic/registrations/:id/dismissal',
    { by: 'sam', detail: { settlement: 'dismissed' }, first: (w) => ask(w, 'new', janets) },
    async (w) => {
      const id = await env.DB.prepare('SELECT id FROM registration').first('id')
      return w.sam.post(`/riverside/registrations/${id}/dismissal`, { reason: 'Came to the desk' })
    },
  ),
]

const patients: Line[] = [
  line('patient-added', 'POST /:clinic/patients/new', { by: 'sam', of: 'new patient' }, (w) =>
    w.sam.post('/riverside/patients/new', { first_name: 'Ada', last_name: 'Moss' }),
  ),
  line(
    'patient-changed',
    'POST /:clinic/patients/:id/edit',
    { by: 'sam', of: 'janet', detail: { fields: 'lastName', version: 2 } },
    (w) =>
      w.sam.post(`/riverside/patients/${w.ids.janet}/edit`, {
        ...{ version: '1', first_name: 'Janet', last_name: 'Hull', email: janets },
        ...born,
      }),
  ),
  line('access-activated', `${desk}/activation`, { by: 'sam', of: 'janet' }, (w) =>
    w.sam.post(accessOf(w, 'janet', 'activation')),
  ),
  line('patient-archived', archiving, { by: 'sam', of: 'oliver', detail: { stopped: 'active' } }, (w) =>
    w.sam.post(`/riverside/patients/${w.ids.oliver}/archiving`),
  ),
  line(
    'patient-restored',
    'POST /:clinic/patients/:id/restoring',
    { by: 'sam', of: 'janet', first: archiveJanet },
    (w) => w.sam.post(`/riverside/patients/${w.ids.janet}/restoring`),
  ),
  line('patients-merged', merging, { by: 'sam', of: 'janet', detail: { access: 'moved' } }, (w) =>
    merge(w.sam, { id: w.ids.janet }, { id: w.ids.oliver }, { stays: w.ids.janet }),
  ),
  line('access-deactivated', `${desk}/deactivation`, { by: 'sam', of: 'oliver' }, (w) =>
    w.sam.post(accessOf(w, 'oliver', 'deactivation')),
  ),
  line('access-password-generated', `${desk}/password`, { by: 'sam', of: 'oliver' }, (w) =>
    w.sam.post(accessOf(w, 'oliver', 'password')),
  ),
  line('access-mailed', `${desk}/email`, { by: 'sam', of: 'oliver' }, (w) =>
    w.sam.post(accessOf(w, 'oliver', 'email')),
  ),
]

const terms = { approved_on: '2026-11-20', ending: 'review', on: 'year' }
const actingFor = 'POST /:clinic/patients/:id/acting-for'
let grant: string
/** Oliver may act for Janet. */
const oliverForJanet = async ({ clinicId, ids }: World) => {
  grant = (await aGrant({ clinicId, holderId: ids.oliver, patientId: ids.janet, by: ids.maya })).id
}
const acting: Line[] = [
  line('acting-granted', actingFor, { by: 'sam', of: 'janet', detail: { relation: 'parent' } }, (w) =>
    w.sam.post(`/riverside/patients/${w.ids.janet}/acting-for`, {
      ...{ ...terms, holder: w.ids.oliver, relation: 'parent', approved_by: w.ids.maya },
    }),
  ),
  line(
    'acting-granted',
    `${actingFor}/:grant/renewal`,
    { by: 'sam', of: 'janet', detail: { relation: 'carer', renewed: true }, first: oliverForJanet },
    (w) =>
      w.sam.post(`/riverside/patients/${w.ids.janet}/acting-for/${grant}/renewal`, {
        ...{ ...terms, relation: 'carer', approved_by: w.ids.maya },
      }),
  ),
  line('acting-ended', `${actingFor}/:grant/ending`, { by: 'sam', of: 'janet', first: oliverForJanet }, (w) =>
    w.sam.post(`/riverside/patients/${w.ids.janet}/acting-for/${grant}/ending`),
  ),
]

const counter: Line[] = [
  line('counter-opened', `${desk}/counter`, { by: 'sam', of: 'oliver' }, (w) =>
    w.sam.post(accessOf(w, 'oliver', 'counter')),
  ),
  line('counter-opened', `${desk}/counter`, { by: 'sam', of: 'janet', also: ['access-activated'] }, (w) =>
    w.sam.post(accessOf(w, 'janet', 'counter'), { activate: 'yes' }),
  ),
  line('access-mailed', 'POST /:clinic/invitations/again', { by: 'sam', of: 'oliver', detail: { again: true } }, (w) =>
    w.sam.post('/riverside/invitations/again', { patients: w.ids.oliver }),
  ),
  line(
    'mail-settled',
    'POST /:clinic/invitations/:id/settlement',
    { by: 'sam', of: 'oliver', detail: { kind: 'access-link' }, first: giveMailUp },
    async (w) => {
      const id = await env.DB.prepare("SELECT id FROM mail WHERE state = 'abandoned'").first('id')
      return w.sam.post(`/riverside/invitations/${id}/settlement`)
    },
  ),
  line(
    'counter-cancelled',
    `${desk}/counter/:link/cancellation`,
    { by: 'sam', of: 'oliver', first: (w) => w.sam.post(accessOf(w, 'oliver', 'counter')) },
    async (w) => w.sam.post(accessOf(w, 'oliver', `counter/${await newestLinkId()}/cancellation`)),
  ),
  line(
    'counter-cancelled',
    `${desk}/counter`,
    { by: 'sam', of: 'oliver', also: ['counter-opened'], first: (w) => w.sam.post(accessOf(w, 'oliver', 'counter')) },
    (w) => w.sam.post(accessOf(w, 'oliver', 'counter')),
  ),
  line('counter-stopped', 'POST /:clinic/password/new/:token', { of: 'oliver', first: showCodeAndGuess }, async (w) =>
    w.somebody.post(await codeOf(w), { ...born, dob_day: '4', new_password: newPassword }),
  ),
  line(
    'password-set-at-counter',
    'POST /:clinic/password/new/:token',
    { by: 'oliver', of: 'oliver', first: (w) => w.sam.post(accessOf(w, 'oliver', 'counter')) },
    async (w) => w.somebody.post(await codeOf(w), { ...born, new_password: newPassword }),
  ),
]

const staff: Line[] = [
  line('staff-added', 'POST /:clinic/staff/new', { by: 'maya', of: 'new staff', detail: { role: 'reception' } }, (w) =>
    w.maya.post('/riverside/staff/new', mia),
  ),
  line(
    'staff-changed',
    'POST /:clinic/staff/:id/edit',
    { by: 'maya', of: 'tom', detail: { fields: 'name email' } },
    (w) => w.maya.post(member(w, 'tom', 'edit'), { name: 'Tom Baker', role: 'practitioner', email: '' }),
  ),
  line('staff-deactivated', 'POST /:clinic/staff/:id/deactivation', { by: 'maya', of: 'tom' }, (w) =>
    w.maya.post(member(w, 'tom', 'deactivation')),
  ),
  line(
    'staff-activated',
    'POST /:clinic/staff/:id/activation',
    { by: 'maya', of: 'tom', first: (w) => w.maya.post(member(w, 'tom', 'deactivation')) },
    (w) => w.maya.post(member(w, 'tom', 'activation')),
  ),
  line('staff-sessions-ended', 'POST /:clinic/staff/:id/sessions/ending', { by: 'maya', of: 'sam' }, (w) =>
    w.maya.post(member(w, 'sam', 'sessions/ending')),
  ),
  line('staff-password-generated', 'POST /:clinic/staff/:id/password', { by: 'maya', of: 'tom' }, (w) =>
    w.maya.post(member(w, 'tom', 'password')),
  ),
  line('staff-mailed', 'POST /:clinic/staff/:id/email', { by: 'maya', of: 'tom' }, (w) =>
    w.maya.post(member(w, 'tom', 'email')),
  ),
]

const clinic: Line[] = [
  line(
    'registration-settings-changed',
    'POST /:clinic/settings/registration',
    { by: 'maya', detail: { allowExisting: true, allowNew: false } },
    (w) => w.maya.post('/riverside/settings/registration', { allow_existing: 'on' }),
  ),
  line('clinic-details-changed', 'POST /:clinic/settings/clinic', { by: 'maya', detail: { fields: 'phone' } }, (w) =>
    w.maya.post('/riverside/settings/clinic', { ...riversides, phone: '01632 960 009' }),
  ),
  line(
    'public-words-changed',
    'POST /:clinic/settings/texts',
    { by: 'maya', detail: { fields: 'openingWords' } },
    (w) => w.maya.post('/riverside/settings/texts', { opening_words: 'Open on Saturdays' }),
  ),
  line(
    'public-words-changed',
    'POST /:clinic/settings/texts/standard',
    { by: 'maya', first: (w) => w.maya.post('/riverside/settings/texts', { new_words: 'Welcome' }) },
    (w) => w.maya.post('/riverside/settings/texts/standard'),
  ),
  line('colour-changed', 'POST /:clinic/settings/look/colour', { by: 'maya', detail: { to: '#0b2b5f' } }, (w) =>
    w.maya.post('/riverside/settings/look/colour', { colour: '#0b2b5f' }),
  ),
  line('logo-changed', 'POST /:clinic/settings/look/logo', { by: 'maya' }, sendLogo),
  line('logo-removed', 'POST /:clinic/settings/look/logo/removal', { by: 'maya', first: sendLogo }, (w) =>
    w.maya.post('/riverside/settings/look/logo/removal'),
  ),
  line('audit-exported', 'POST /:clinic/audit/csv', { by: 'maya', detail: { rows: 0 } }, (w) =>
    w.maya.post('/riverside/audit/csv', { current_password: goodPassword }),
  ),
  line('clinic-created', 'the operator', { detail: { by: 'operator' }, also: ['staff-added'] }, () =>
    run(setUp(harbour, { username: 'niamh', name: 'Niamh', email: 'niamh@example.com' }, Date.now()).sql),
  ),
  line('clinic-closed', 'the operator', { detail: { by: 'operator' } }, () => run(closing('riverside', Date.now()))),
]

const writeNotice = (w: World) => w.maya.post('/riverside/settings/privacy/draft', { body: 'We keep your name.' })
const notices: Line[] = [
  line('privacy-draft-changed', 'POST /:clinic/settings/privacy/draft', { by: 'maya' }, writeNotice),
  line(
    'privacy-draft-changed',
    'POST /:clinic/settings/privacy/draft/removal',
    { by: 'maya', detail: { removed: true }, first: writeNotice },
    (w) => w.maya.post('/riverside/settings/privacy/draft/removal'),
  ),
  line(
    'privacy-notice-published',
    'POST /:clinic/settings/privacy/publication',
    { by: 'maya', detail: { version: 2 }, first: writeNotice },
    (w) => w.maya.post('/riverside/settings/privacy/publication'),
  ),
]

const diary: Line[] = [
  line(
    'practitioner-feed-changed',
    'POST /:clinic/calendar-feed',
    { by: 'sam', of: 'sam', detail: { feed: 'on' }, first: samSeesPatients },
    (w) => w.sam.post('/riverside/calendar-feed'),
  ),
  line(
    'practitioner-feed-changed',
    'POST /:clinic/calendar-feed/ending',
    { by: 'sam', of: 'sam', detail: { feed: 'off' }, first: samHasFeed },
    (w) => w.sam.post('/riverside/calendar-feed/ending'),
  ),
]

const mails: Line[] = [
  line(
    'mail-sent',
    'the outbox',
    { of: 'oliver', detail: { kind: 'access-link' }, first: queueMail, later: true },
    (w) => deliverDue(w.environment, Date.now() + 1000),
  ),
  line(
    'mail-abandoned',
    'the outbox',
    { of: 'oliver', detail: { kind: 'access-link' }, first: queueUnreadableMail, later: true },
    (w) => deliverDue(w.environment, Date.now() + 1000),
  ),
]

/** Oliver books with Sam, who sees patients all day long; `at` is the day after tomorrow. */
async function samIsBooked(world: World): Promise<void> {
  const { clinicId, ids } = world
  await samSeesPatients(world)
  const rows = [
    `INTO appointment_type (clinic_id, id, name, minutes, added_at) VALUES ('${clinicId}', 'type', 'Follow-up', 30, 1)`,
    `INTO practitioner_type (clinic_id, staff_id, type_id) VALUES ('${clinicId}', '${ids.sam}', 'type')`,
    `INTO working_hours (clinic_id, staff_id, weekday, from_minute, until_minute, valid_from)
     SELECT '${clinicId}', '${ids.sam}', value, 0, 1440, '2020-01-01' FROM json_each('[1,2,3,4,5,6,7]')`,
  ]
  await env.DB.batch(rows.map((row) => env.DB.prepare(`INSERT ${row}`)))
  await env.DB.prepare('UPDATE booking_rules SET is_online = 1').run()
}
const inTwoDays = (): number => Math.ceil(Date.now() / 3_600_000 + 48) * 3_600_000
const bookWithSam = ({ oliver, ids }: World) =>
  oliver.post('/riverside/book', { type: 'type', with: ids.sam, at: inTwoDays().toString() })
async function oliverHasBooked(world: World): Promise<void> {
  await samIsBooked(world)
  await bookWithSam(world)
}
const appointmentAct = async ({ oliver }: World, act: string, fields: Record<string, string> = {}) => {
  const id = await env.DB.prepare('SELECT id FROM appointment').first<string>('id')
  return oliver.post(`/riverside/appointments/${id}/${act}`, fields)
}

const own = { by: 'oliver', of: 'oliver', detail: { appointment: expect.any(String) } } as const
const ownAppointments: Line[] = [
  line('appointment-booked', 'POST /:clinic/book', { ...own, first: samIsBooked }, bookWithSam),
  line('appointment-moved', 'POST /:clinic/appointments/:id/move', { ...own, first: oliverHasBooked }, (w) =>
    appointmentAct(w, 'move', { with: w.ids.sam, at: (inTwoDays() + 3_600_000).toString(), version: '1' }),
  ),
  line(
    'appointment-cancelled',
    'POST /:clinic/appointments/:id/cancellation',
    { ...own, first: oliverHasBooked },
    (w) => appointmentAct(w, 'cancellation'),
  ),
]

const olives = 'olive.grant@example.com'
const askForAddress = ({ oliver }: World, email: string) =>
  oliver.post('/riverside/details/email', { email, current_password: goodPassword })
const ownDetails: Line[] = [
  line(
    'patient-changed',
    'POST /:clinic/details/contact',
    { by: 'oliver', of: 'oliver', detail: { fields: 'mobile' } },
    (w) => w.oliver.post('/riverside/details/contact', { mobile: '07700 900 982', version: '1' }),
  ),
  line(
    'email-change-asked',
    'POST /:clinic/details/email',
    { by: 'oliver', of: 'oliver', detail: { outcome: 'link' } },
    (w) => askForAddress(w, olives),
  ),
  line(
    'email-change-asked',
    'POST /:clinic/details/email',
    { by: 'oliver', of: 'oliver', detail: { outcome: 'taken' } },
    (w) => askForAddress(w, janets),
  ),
  line(
    'patient-changed',
    'POST /:clinic/email/:token',
    { by: 'oliver', of: 'oliver', detail: { fields: 'email' }, first: (w) => askForAddress(w, olives) },
    async (w) => w.somebody.post(await newestLink()),
  ),
]

export const lines: Line[] = [
  ...frontDoor,
  ...secondFactor,
  ...passkeys,
  ...registration,
  ...patients,
  ...acting,
  ...counter,
  ...staff,
  ...clinic,
  ...notices,
  ...diary,
  ...ownAppointments,
  ...appointmentLines,
  ...ownDetails,
  ...timeLines,
  ...mails,
]

/** Rooms that write nothing the audit would tell, each with its reason. */
export const unaudited: Record<string, string> = {
  'POST /:clinic/settings/texts/preview': 'draws what is being typed',
  'POST /:clinic/appearance': 'a cookie in this browser',
  'POST /:clinic/settings/privacy/draft/preview': 'a part of the page, drawn again',
  'POST /:clinic/second-factor/app': 'the key waits in this browser for its first code',
  'POST /:clinic/logon/passkey/challenge': 'a question that waits for its answer',
  'POST /:clinic/logon/second-factor/passkey/challenge': 'a question that waits for its answer',
  'POST /:clinic/passkeys/new': 'a question that waits for its answer',
  'POST /:clinic/passkeys/offer/refusal': 'a wish about one’s own home page',
}

/** What the operator's command sends: one transaction, as D1 takes a file. */
const run = (sql: string) =>
  env.DB.batch(
    sql
      .split(';\n')
      .filter((text) => text.trim())
      .map((text) => env.DB.prepare(text)),
  )

const riversides = { name: 'Riverside Clinic', timezone: 'Europe/London', address: '', email: '', website: '' }

function sendLogo({ maya }: World) {
  const body = new FormData()
  body.set('logo', new File([aPng(320, 80)], 'logo.png'))
  return maya.send('/riverside/settings/look/logo', { method: 'POST', body, headers: ownForm })
}
const ownForm = { origin, 'sec-fetch-site': 'same-origin' }

async function samHasFeed(world: World): Promise<void> {
  await samSeesPatients(world)
  await world.sam.post('/riverside/calendar-feed')
}

let passkey: Awaited<ReturnType<typeof aPasskey>> | undefined

async function oliversPasskey({ clinicId, ids }: World): Promise<void> {
  passkey = await aPasskey({ clinicId, patientId: ids.oliver })
}

async function oliverIsAsked(world: World): Promise<void> {
  await oliversPasskey(world)
  await world.somebody.post('/riverside/logon/passkey/challenge')
}

async function samsPasskeyAndPassword({ clinicId, ids, somebody }: World): Promise<void> {
  passkey = await aPasskey({ clinicId, staffId: ids.sam })
  await logOn(somebody, 'sam')
  await somebody.post(`${step}/passkey/challenge`)
}

async function beginPasskey({ sam }: World): Promise<void> {
  await sam.post('/riverside/passkeys/new', { current_password: goodPassword })
}

let app: App | undefined
let firstCode = ''

async function samsApp({ clinicId, ids }: World): Promise<void> {
  app = await anApp({ clinicId, staffId: ids.sam })
}

const samsCode = () => app!.code()

async function samHalfway(world: World): Promise<void> {
  await samsApp(world)
  await logOn(world.somebody, 'sam')
}

async function oliverMayActForJanet({ clinicId, ids }: World): Promise<void> {
  await aGrant({ clinicId, holderId: ids.oliver, patientId: ids.janet, by: ids.sam })
}

async function samsKey({ sam }: World): Promise<void> {
  firstCode = (await withKey({ base: '/riverside' }, sam)).code!
}

async function lockTom({ somebody }: World): Promise<void> {
  for (let tries = 0; tries < 5; tries++) await logOn(somebody, 'tom', 'a wild guess')
}

async function inviteAndClose(world: World): Promise<void> {
  await ask(world, 'existing', janets)
  await env.DB.prepare('UPDATE clinic SET allow_existing = 0').run()
}

async function queueMail({ clinicId, ids }: World): Promise<void> {
  await queue({ clinicId, patientId: ids.oliver }, Date.now())
}

async function queueUnreadableMail(world: World): Promise<void> {
  await queueMail(world)
  await env.DB.prepare("UPDATE mail SET sealed = 'of.another secret'").run()
}

async function giveMailUp(world: World): Promise<void> {
  await queueUnreadableMail(world)
  await deliverDue(world.environment, Date.now() + 1000)
}

const newestLinkId = () =>
  env.DB.prepare('SELECT id FROM one_time_link ORDER BY created_at DESC, rowid DESC').first('id')

/** The way that stands below the code on Sam's screen. */
async function codeOf(world: World): Promise<string> {
  const { body } = await world.sam.get(accessOf(world, 'oliver', `counter/${await newestLinkId()}`))
  return /https:\/\/diary\.test(\/riverside\/password\/new\/[\w-]+)/.exec(body)![1]!
}

async function showCodeAndGuess(world: World): Promise<void> {
  await world.sam.post(accessOf(world, 'oliver', 'counter'))
  const link = await codeOf(world)
  for (let tries = 1; tries < 5; tries++) {
    await world.somebody.post(link, { ...born, dob_day: '4', new_password: newPassword })
  }
}
