/**
 * Everything somebody can do, one act for each form of the product: who does it, where, with which fields, and where it
 * leads. The acceptance tests do all of them: with faults, twice, with foreign marks, without the right to.
 */
import { markedIn } from '../patients/merge/merge-world.ts'
import { goodPassword, type Visitor } from '../support/world.ts'
import { appointmentActs } from './appointment-acts.ts'
import { another } from './doing.ts'
import { afterThePassword, answerOf, newPasskey, withKey } from './factor-acts.ts'
import type { Person, Town } from './riverside.ts'
import { timeActs } from './time-acts.ts'

export interface Act {
  /** In words: 'a patient logs on' */
  is: string
  /** What the same person has done just before. */
  first?: Act
  as: Person
  /** The address as the router knows it: '/:clinic/logon' */
  room: string
  /** What the address holds besides the clinic. */
  given?: (town: Town) => Record<string, string>
  fields?: (town: Town) => Record<string, string>
  /** The name of a field that takes a picture. */
  picture?: string
  /** What is in the browser before, and what is typed because of it. */
  prepare?: (town: Town, browser: Visitor) => Promise<Record<string, string>>
  /** Where it leads: the end of the address, from the clinic on; or the file that it gives. */
  to: string | RegExp | { file: string }
}

const born = { dob_day: '3', dob_month: '5', dob_year: '1951' }
const newPassword = 'seven small hedgehogs'
const ofPatient = (who: keyof Town['patients']) => (town: Town) => ({ id: town.patients[who].id })
const ofStaff = (who: keyof Town['staff']) => (town: Town) => ({ id: town.staff[who].id })

/** How long somebody acts for a patient, and who approved it. */
const terms = (approvedBy: string) => ({
  ...{ relation: 'carer', approved_by: approvedBy, approved_on: '2026-11-20', ending: 'review', on: 'year' },
})

const atTheDoor: Act[] = [
  {
    is: 'a patient logs on',
    as: 'nobody',
    room: '/:clinic/logon',
    fields: ({ at }) => ({ identifier: `janet@${at}`, password: goodPassword }),
    to: '/home',
  },
  {
    is: 'staff log on',
    as: 'nobody',
    room: '/:clinic/logon',
    fields: () => ({ identifier: 'sam', password: goodPassword }),
    to: '/diary',
  },
  {
    is: 'somebody has forgotten a password',
    as: 'nobody',
    room: '/:clinic/password/forgotten',
    fields: ({ at }) => ({ identifier: `janet@${at}` }),
    to: '/password/sent',
  },
  {
    is: 'a password is set by link',
    as: 'nobody',
    room: '/:clinic/password/new/:token',
    given: ({ links }) => ({ token: links.reset }),
    fields: () => ({ new_password: newPassword }),
    to: '?notice=password-set',
  },
  {
    is: 'an existing patient asks to register',
    as: 'nobody',
    room: '/:clinic/register/existing',
    fields: ({ at }) => ({ email: `oliver@${at}` }),
    to: '/register/sent',
  },
  {
    is: 'an existing patient asks and must call',
    as: 'nobody',
    room: '/:clinic/register/existing',
    fields: ({ at }) => ({ email: `janet@${at}` }),
    to: '/register/sent',
  },
  {
    is: 'a new patient asks to register',
    as: 'nobody',
    room: '/:clinic/register/new',
    fields: ({ at }) => ({ email: `fresh@${at}` }),
    to: '/register/sent',
  },
  {
    is: 'an existing patient registers',
    as: 'nobody',
    room: '/:clinic/registration/:token',
    given: ({ links }) => ({ token: links.existing }),
    fields: () => ({ ...born, new_password: newPassword }),
    to: '?notice=registered',
  },
  {
    is: 'a new patient registers',
    as: 'nobody',
    room: '/:clinic/registration/:token',
    given: ({ links }) => ({ token: links.new }),
    fields: () => ({
      ...{ first_name: 'Nell', last_name: 'Newcomer', ...born, phone: '07700 900 123' },
      ...{ privacy_notice: 'on', new_password: newPassword },
    }),
    to: '?notice=registered',
  },
  {
    is: 'somebody chooses dark',
    as: 'nobody',
    room: '/:clinic/appearance',
    fields: () => ({ appearance: 'dark' }),
    to: '',
  },
]

const secondFactor: Act[] = [
  {
    is: 'staff log on with a code',
    as: 'nobody',
    room: '/:clinic/logon/second-factor',
    fields: ({ apps }) => ({ code: apps.practitioner.code() }),
    prepare: afterThePassword,
    to: '/diary',
  },
  {
    is: 'staff log on with a recovery code',
    as: 'nobody',
    room: '/:clinic/logon/second-factor/recovery',
    fields: ({ apps }) => ({ recovery_code: apps.practitioner.recoveryCodes[0]! }),
    prepare: afterThePassword,
    to: '/diary',
  },
  {
    is: 'an authenticator app is begun',
    as: 'reception',
    room: '/:clinic/second-factor/app',
    fields: () => ({ current_password: goodPassword }),
    to: '/second-factor/app',
  },
  {
    is: 'an authenticator app is added',
    as: 'reception',
    room: '/:clinic/second-factor/app/confirmation',
    prepare: withKey,
    to: '/second-factor/recovery-codes',
  },
  {
    is: 'an authenticator app is removed',
    as: 'practitioner',
    room: '/:clinic/second-factor/app/removal',
    fields: () => ({ current_password: goodPassword }),
    to: '/second-factor?done=app-removed',
  },
  {
    is: 'new recovery codes are made',
    as: 'practitioner',
    room: '/:clinic/second-factor/recovery-codes',
    fields: () => ({ current_password: goodPassword }),
    to: '/second-factor/recovery-codes',
  },
  {
    is: 'a lost second factor is removed',
    as: 'manager',
    room: '/:clinic/staff/:id/second-factor/removal',
    given: ofStaff('practitioner'),
    fields: () => ({ known: 'on' }),
    to: /\?done=factor-removed$/,
  },
  {
    is: 'staff are asked for a second factor',
    as: 'manager',
    room: '/:clinic/settings/second-factor',
    fields: () => ({ required: 'on' }),
    to: '/settings/second-factor?saved=yes',
  },
]

const beginning = { is: 'a passkey is begun', room: '/:clinic/passkeys/new', to: '/passkeys/new' } as const
const withPassword = { fields: () => ({ current_password: goodPassword }) }
const atTheLogonPage: Act = {
  is: 'a passkey is asked for',
  as: 'nobody',
  room: '/:clinic/logon/passkey/challenge',
  to: '/logon/passkey',
}
const afterTheLogonPage: Act = {
  is: 'a passkey is asked for after the password',
  as: 'nobody',
  room: '/:clinic/logon/second-factor/passkey/challenge',
  prepare: afterThePassword,
  to: '/logon/second-factor/passkey',
}
const passkeys: Act[] = [
  atTheLogonPage,
  {
    is: 'a patient logs on with a passkey',
    first: atTheLogonPage,
    as: 'nobody',
    room: '/:clinic/logon/passkey',
    prepare: ({ passkeys }, browser) => answerOf(passkeys.patient.authenticator, browser),
    to: '/home',
  },
  afterTheLogonPage,
  {
    is: 'staff log on with a passkey after the password',
    first: afterTheLogonPage,
    as: 'nobody',
    room: '/:clinic/logon/second-factor/passkey',
    prepare: ({ passkeys }, browser) => answerOf(passkeys.practitioner.authenticator, browser),
    to: '/diary',
  },
  { ...beginning, ...withPassword, as: 'patient' },
  {
    is: 'a passkey is added',
    first: { ...beginning, ...withPassword, as: 'practitioner' },
    as: 'practitioner',
    room: '/:clinic/passkeys',
    prepare: ({ staff }, browser) => newPasskey(staff.practitioner.id, browser),
    to: '/passkeys?done=added',
  },
  {
    is: 'a passkey gets another name',
    as: 'patient',
    room: '/:clinic/passkeys/:id/name',
    given: ({ passkeys }) => ({ id: passkeys.patient.id }),
    fields: () => ({ name: 'Kitchen tablet' }),
    to: '/passkeys?done=renamed',
  },
  {
    is: 'a passkey is removed',
    as: 'patient',
    room: '/:clinic/passkeys/:id/removal',
    given: ({ passkeys }) => ({ id: passkeys.patient.id }),
    ...withPassword,
    to: '/passkeys?done=removed',
  },
  { is: 'a passkey is not wanted', as: 'patient', room: '/:clinic/passkeys/offer/refusal', to: '/home' },
]

const ofOneself: Act[] = [
  { is: 'a patient logs off', as: 'patient', room: '/:clinic/logoff', to: '?notice=logged-off' },
  {
    is: 'a patient changes the password',
    as: 'patient',
    room: '/:clinic/password',
    fields: () => ({ current_password: goodPassword, new_password: newPassword }),
    to: '/password?done=changed',
  },
  {
    is: 'staff change the password',
    as: 'reception',
    room: '/:clinic/password',
    fields: () => ({ current_password: goodPassword, new_password: newPassword }),
    to: '/password?done=changed',
  },
  { is: 'somebody ends the other sessions', as: 'patient', room: '/:clinic/sessions/ending', to: /\/sessions\?done=/ },
]

const turning: Act = {
  is: 'a patient turns to somebody for whom they may act',
  as: 'patient',
  room: '/:clinic/acting-for',
  fields: ({ patients }) => ({ patient: patients.without.id }),
  to: '/home',
}
const ofAppointment = ({ diary }: Town) => ({ id: diary.appointmentId })
const atLaterTime = ({ diary }: Town) => ({ with: diary.practitionerId, at: diary.later })
const ofTheDiary: Act[] = [
  turning,
  {
    is: 'an appointment is booked for somebody else',
    first: turning,
    as: 'patient',
    room: '/:clinic/book',
    fields: (town) => ({
      ...{ type: town.diary.typeId, ...atLaterTime(town), form_id: 'abcdefghijklmnop' },
      patient: town.patients.without.id,
    }),
    to: /\/appointments\/[a-z2-7]{16}\?done=booked$/,
  },
  {
    is: 'a patient books an appointment',
    as: 'patient',
    room: '/:clinic/book',
    fields: (town) => ({ type: town.diary.typeId, ...atLaterTime(town), form_id: 'abcdefghijklmnop' }),
    to: /\/appointments\/[a-z2-7]{16}\?done=booked$/,
  },
  {
    is: 'a patient moves an appointment',
    as: 'patient',
    room: '/:clinic/appointments/:id/move',
    given: ofAppointment,
    fields: (town) => ({ ...atLaterTime(town), version: '1' }),
    to: /\?done=moved$/,
  },
  {
    is: 'a patient cancels an appointment',
    as: 'patient',
    room: '/:clinic/appointments/:id/cancellation',
    given: ofAppointment,
    fields: () => ({ reason: 'I am away', version: '1' }),
    to: /\?done=cancelled$/,
  },
]

const askingForAddress: Act = {
  is: 'a patient asks for another email address',
  as: 'patient',
  room: '/:clinic/details/email',
  fields: ({ at }) => ({ email: `jan@${at}`, current_password: goodPassword }),
  to: '/details/email?done=sent',
}
const ofOnesDetails: Act[] = [
  {
    is: 'a patient changes the phone number',
    as: 'patient',
    room: '/:clinic/details/contact',
    fields: () => ({ mobile: '07700 900 982', version: '1' }),
    to: '/details?done=saved',
  },
  askingForAddress,
  {
    ...askingForAddress,
    is: 'a patient asks for an address that is taken',
    fields: ({ at }) => ({ email: `oliver@${at}`, current_password: goodPassword }),
  },
  {
    is: 'a new email address is proven',
    as: 'nobody',
    room: '/:clinic/email/:token',
    given: ({ links }) => ({ token: links.email }),
    to: '?notice=email-changed',
  },
]

const access = '/:clinic/patients/:id/online-access'
const generating: Act = {
  is: 'a temporary password is generated',
  as: 'reception',
  room: `${access}/password`,
  given: ofPatient('active'),
  to: /\/online-access$/,
}
const ofReception: Act[] = [
  {
    is: 'a patient is added',
    as: 'reception',
    room: '/:clinic/patients/new',
    fields: ({ at }) => ({
      ...{ first_name: 'Ada', last_name: 'Added', ...born, email: `ada@${at}`, form_id: 'a-form' },
    }),
    to: /\/patients\/[a-z2-7]{16}\?done=added$/,
  },
  {
    is: 'a patient gets another address',
    as: 'reception',
    room: '/:clinic/patients/:id/edit',
    given: ofPatient('active'),
    fields: ({ at, clinic }) => ({
      ...{ first_name: 'Janet', last_name: `of ${clinic.name}`, ...born, email: `moved@${at}`, version: '1' },
    }),
    to: /\?done=saved$/,
  },
  {
    is: 'a record is archived',
    as: 'reception',
    room: '/:clinic/patients/:id/archiving',
    given: ofPatient('active'),
    to: /\?done=archived$/,
  },
  {
    is: 'a record is restored',
    as: 'reception',
    room: '/:clinic/patients/:id/restoring',
    given: ofPatient('archived'),
    to: /\?done=restored$/,
  },
  {
    is: 'two records are merged',
    as: 'reception',
    room: '/:clinic/patients/:id/merging/:other',
    given: ({ patients }) => ({ id: patients.without.id, other: patients.active.id }),
    fields: ({ patients }) => ({ stays: patients.without.id, sure: 'on' }),
    prepare: async ({ base, patients }, browser) => {
      const { without, active } = patients
      const { body } = await another(browser).get(
        `${base}/patients/${without.id}/merging/${active.id}?stays=${without.id}`,
      )
      return { mark: markedIn(body).mark }
    },
    to: /\?done=merged$/,
  },
  {
    is: 'online access is set to active',
    as: 'reception',
    room: `${access}/activation`,
    given: ofPatient('without'),
    to: /\?done=activated$/,
  },
  {
    is: 'online access is set to inactive',
    as: 'reception',
    room: `${access}/deactivation`,
    given: ofPatient('active'),
    to: /\?done=inactive$/,
  },
  generating,
  {
    is: 'the temporary password is mailed',
    first: generating,
    as: 'reception',
    room: `${access}/email`,
    given: ofPatient('active'),
    to: /\?done=password-sent$/,
  },
  {
    is: 'a set-up link is mailed',
    as: 'reception',
    room: `${access}/email`,
    given: ofPatient('active'),
    fields: () => ({ instead: 'link' }),
    to: /\?done=link-sent$/,
  },
  {
    is: 'a patient is invited again',
    as: 'reception',
    room: '/:clinic/invitations/again',
    fields: ({ patients }) => ({ patients: patients.active.id }),
    to: '/invitations?invited=1',
  },
  {
    is: 'a mail that was given up is dealt with',
    as: 'reception',
    room: '/:clinic/invitations/:id/settlement',
    given: ({ givenUp }) => ({ id: givenUp }),
    to: '/invitations?state=abandoned&settled=yes',
  },
  {
    is: 'a code is shown at the counter',
    as: 'reception',
    room: `${access}/counter`,
    given: ofPatient('active'),
    to: /\/online-access\/counter\/[a-z2-7]{16}$/,
  },
  {
    is: 'a code at the counter sets the access to active',
    as: 'reception',
    room: `${access}/counter`,
    given: ofPatient('without'),
    fields: () => ({ activate: 'yes' }),
    to: /\/online-access\/counter\/[a-z2-7]{16}$/,
  },
  {
    is: 'the code at the counter is cancelled',
    as: 'reception',
    room: `${access}/counter/:link/cancellation`,
    given: ({ patients, counter }) => ({ id: patients.inactive.id, link: counter }),
    to: /\?done=counter-cancelled$/,
  },
  {
    is: 'somebody is let act for a patient',
    as: 'reception',
    room: '/:clinic/patients/:id/acting-for',
    given: ofPatient('invited'),
    fields: ({ patients, staff }) => ({ ...terms(staff.manager.id), holder: patients.active.id, form_id: 'a-form' }),
    to: /\?done=acting-granted$/,
  },
  {
    is: 'acting for a patient is renewed',
    as: 'reception',
    room: '/:clinic/patients/:id/acting-for/:grant/renewal',
    given: ({ patients, grant }) => ({ id: patients.inactive.id, grant }),
    fields: ({ staff }) => ({ ...terms(staff.manager.id), form_id: 'a-form' }),
    to: /\?done=acting-granted$/,
  },
  {
    is: 'acting for a patient is ended',
    as: 'reception',
    room: '/:clinic/patients/:id/acting-for/:grant/ending',
    given: ({ patients, grant }) => ({ id: patients.inactive.id, grant }),
    to: /\?done=acting-ended$/,
  },
  {
    is: 'a refused registration is settled',
    as: 'reception',
    room: '/:clinic/registrations/:id/dismissal',
    given: ({ asked }) => ({ id: asked.refused }),
    fields: () => ({ reason: 'called, not a patient of ours' }),
    to: '/registrations?done=dismissed',
  },
]

const choosingLogo: Act = {
  is: 'a logo is chosen',
  as: 'manager',
  room: '/:clinic/settings/look/logo',
  picture: 'logo',
  to: /\/settings\/look\?done=logo$/,
}
const ofTheSettings: Act[] = [
  {
    is: 'registration is switched off',
    as: 'manager',
    room: '/:clinic/settings/registration',
    fields: () => ({ allow_existing: 'on' }),
    to: '/settings/registration?saved=yes',
  },
  {
    is: 'the clinic gets another phone number',
    as: 'manager',
    room: '/:clinic/settings/clinic',
    fields: ({ clinic }) => ({ name: clinic.name, phone: '01632 960 009', timezone: 'Europe/London' }),
    to: '/settings/clinic?saved=yes',
  },
  {
    is: 'opening words are set',
    as: 'manager',
    room: '/:clinic/settings/texts',
    fields: () => ({ opening_words: 'We are closed on Monday.' }),
    to: '/settings/texts?done=saved',
  },
  {
    is: 'words are looked at before they are saved',
    as: 'manager',
    room: '/:clinic/settings/texts/preview',
    fields: () => ({ opening_words: 'We are closed on Monday.' }),
    to: '/settings/texts',
  },
  {
    is: 'our own words come back',
    as: 'manager',
    room: '/:clinic/settings/texts/standard',
    to: '/settings/texts?done=standard',
  },
  {
    is: 'a colour is chosen',
    as: 'manager',
    room: '/:clinic/settings/look/colour',
    fields: () => ({ colour: '#0b6b60' }),
    to: /\/settings\/look\?done=colour$/,
  },
  choosingLogo,
  {
    is: 'the logo goes',
    first: choosingLogo,
    as: 'manager',
    room: '/:clinic/settings/look/logo/removal',
    to: /\/settings\/look\?done=removed$/,
  },
]

const writingNotice: Act = {
  is: 'the next privacy notice is written',
  as: 'manager',
  room: '/:clinic/settings/privacy/draft',
  fields: () => ({ body: '# What we keep\n\nYour name.', go: 'draft' }),
  to: '/settings/privacy/draft?saved=yes',
}
const ofThePrivacyNotice: Act[] = [
  writingNotice,
  {
    is: 'the notice is looked at before it is saved',
    as: 'manager',
    room: '/:clinic/settings/privacy/draft/preview',
    fields: () => ({ body: 'We keep your name.' }),
    to: '/settings/privacy/draft',
  },
  {
    is: 'the draft is thrown away',
    first: writingNotice,
    as: 'manager',
    room: '/:clinic/settings/privacy/draft/removal',
    to: '/settings/privacy',
  },
  {
    is: 'a privacy notice is published',
    first: writingNotice,
    as: 'manager',
    room: '/:clinic/settings/privacy/publication',
    to: '/settings/privacy?done=published',
  },
]

const ofTheManager: Act[] = [
  {
    is: 'a staff account is added',
    as: 'manager',
    room: '/:clinic/staff/new',
    fields: ({ at }) => ({ name: 'Nia Newman', username: 'nia', role: 'reception', email: `nia@${at}` }),
    to: /\/staff\/[a-z2-7]{16}\?done=added$/,
  },
  {
    is: 'a staff account is changed',
    as: 'manager',
    room: '/:clinic/staff/:id/edit',
    given: ofStaff('reception'),
    fields: ({ at }) => ({ name: 'Sam Okoro', role: 'practitioner', email: `sam.new@${at}` }),
    to: /\?done=saved$/,
  },
  {
    is: 'a staff account is deactivated',
    as: 'manager',
    room: '/:clinic/staff/:id/deactivation',
    given: ofStaff('reception'),
    to: /\?done=deactivated$/,
  },
  {
    is: 'a staff account is restored',
    as: 'manager',
    room: '/:clinic/staff/:id/activation',
    given: ofStaff('gone'),
    to: /\?done=activated$/,
  },
  {
    is: 'staff are logged off everywhere',
    as: 'manager',
    room: '/:clinic/staff/:id/sessions/ending',
    given: ofStaff('reception'),
    to: /\?done=logged-off$/,
  },
  {
    is: 'staff get a temporary password',
    as: 'manager',
    room: '/:clinic/staff/:id/password',
    given: ofStaff('without'),
    to: /\/staff\?generated=/,
  },
  {
    is: 'staff get a set-up link',
    as: 'manager',
    room: '/:clinic/staff/:id/email',
    given: ofStaff('without'),
    to: /\/staff\?sent=/,
  },
  {
    is: 'the audit is downloaded',
    as: 'manager',
    room: '/:clinic/audit/csv',
    fields: () => ({ current_password: goodPassword }),
    to: { file: 'audit.csv' },
  },
]

export const acts: Act[] = [
  ...atTheDoor,
  ...secondFactor,
  ...passkeys,
  ...ofOneself,
  ...ofTheDiary,
  ...ofOnesDetails,
  ...ofReception,
  ...ofTheManager,
  ...ofTheSettings,
  ...ofThePrivacyNotice,
  ...appointmentActs,
  ...timeActs,
]
