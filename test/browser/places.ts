/**
 * The pages that the page checks look at and that are pictured, as each person finds them: full, empty, refused and not
 * there. test/places.test.ts holds the list to the router: a page that is in neither this list nor its own fails.
 */
export interface Place {
  /** What the page shows, where its address alone does not say it. */
  is: string
  address: string
  status?: number
  /** Its title may stand on another page of the list: the same room in another state. */
  sameRoom?: boolean
}

const place = (is: string, address: string, more: Partial<Place> = {}): Place => ({ is, address, ...more })

const publicPlaces: Place[] = [
  place('what this is', '/'),
  place('logon', '/riverside'),
  place('logon, just logged off', '/riverside?notice=logged-off', { sameRoom: true }),
  place('logon, to start again', '/riverside?notice=start-again', { sameRoom: true }),
  place('logon, a form was not saved', '/riverside?next=%2Friverside%2Fdetails%2Fcontact&notice=not-saved', {
    sameRoom: true,
  }),
  place('logon, both links off', '/hillside'),
  place('forgotten password', '/riverside/password/forgotten'),
  place('link sent', '/riverside/password/sent'),
  place('existing patient', '/riverside/register/existing'),
  place('new patient', '/riverside/register/new'),
  place('asked', '/riverside/register/sent'),
  place('registration closed', '/hillside/register/new', { status: 404 }),
  place('privacy', '/riverside/privacy'),
  place('privacy, by its version', '/riverside/privacy/1', { sameRoom: true }),
  place('dead link of a registration', '/riverside/registration/no-such-token', { status: 404 }),
  place('dead link of a new password', '/riverside/password/new/no-such-token', { status: 404, sameRoom: true }),
  place('page not found', '/riverside/no-such-page', { status: 404 }),
  place('no such version', '/riverside/privacy/99', { status: 404, sameRoom: true }),
  place('clinic not found', '/no-such-clinic', { status: 404 }),
]

const patientPlaces: Place[] = [
  place('home', '/riverside/home'),
  place('book: what for', '/riverside/book'),
  place('my appointments', '/riverside/appointments'),
  place('no such appointment', '/riverside/appointments/no-such-appointment', { status: 404, sameRoom: true }),
  place('details', '/riverside/details'),
  place('details, saved', '/riverside/details?done=saved', { sameRoom: true }),
  place('change my phone or address', '/riverside/details/contact'),
  place('change my email address', '/riverside/details/email'),
  place('a link is on its way to the new address', '/riverside/details/email?done=sent', { sameRoom: true }),
  place('who am I acting for, nobody else', '/riverside/acting-for'),
  place('change my password', '/riverside/password'),
  place('password changed', '/riverside/password?done=changed'),
  place('my sessions', '/riverside/sessions'),
  place('my passkeys', '/riverside/passkeys'),
  place('my passkeys, one removed', '/riverside/passkeys?done=removed', { sameRoom: true }),
  place('add a passkey', '/riverside/passkeys/new'),
  place('a page for staff', '/riverside/patients', { status: 403 }),
]

/** The records and staff accounts that pages are about, by who they are. */
export type Records = Record<
  | 'janet'
  | 'shared'
  | 'child'
  | 'george'
  | 'amara'
  | 'margaret'
  | 'without'
  | 'longest'
  | 'archived'
  | 'tom'
  | 'sam'
  | 'type',
  string
>

const receptionPlaces = (of: Records): Place[] => [
  place('today', '/riverside/diary', { sameRoom: true }),
  place('today with what was cancelled', '/riverside/diary?cancelled=yes', { sameRoom: true }),
  place('a Monday long ago', '/riverside/diary/2026-01-05'),
  place('a Sunday without work', '/riverside/diary/2026-01-04'),
  place('the week, as counts', '/riverside/diary?view=week'),
  place('a week long ago', '/riverside/diary/2026-01-05/week'),
  place('the day on paper', '/riverside/diary/2026-01-05/print'),
  place('the day on paper, initials', '/riverside/diary/2026-01-05/print?initials=yes', { sameRoom: true }),
  place('no such day', '/riverside/diary/2026-02-30', { status: 404 }),
  place('patients', '/riverside/patients'),
  place('patients, none found', '/riverside/patients?q=zzzz', { sameRoom: true }),
  place('patients, too short', '/riverside/patients?q=a', { sameRoom: true }),
  place('patients, filtered', '/riverside/patients?access=active', { sameRoom: true }),
  place('patients, archived', '/riverside/patients?access=archived', { sameRoom: true }),
  place('patients, nobody in this list', '/riverside/patients?q=hall&access=archived', { sameRoom: true }),
  place('add a patient', '/riverside/patients/new'),
  place('a record', of.janet),
  place('a record with a shared address', of.shared),
  place('a record with little in it', of.margaret),
  place('a record with long words', of.longest),
  place('a record, saved', `${of.janet}?done=saved`, { sameRoom: true }),
  place('a record, archived', `${of.archived}?done=archived`),
  place('edit', `${of.janet}/edit`),
  place('appointments of a patient', `${of.janet}/appointments`),
  place('appointments of a patient, none', `${of.longest}/appointments`),
  place('book an appointment', '/riverside/diary/book'),
  place('book an appointment for a patient', `/riverside/diary/book?patient=${idOf(of.janet)}`, { sameRoom: true }),
  place('book for an archived record', `/riverside/diary/book?patient=${idOf(of.archived)}`, { sameRoom: true }),
  place('appointments of an archived record', `${of.archived}/appointments`),
  place('why is a time not offered?', '/riverside/diary/why?date=2026-01-05'),
  place('history', `${of.janet}/history`),
  place('history of an archived record', `${of.archived}/history`),
  place('history, nothing older', `${of.janet}/history?before=1`, { sameRoom: true }),
  place('archive the record?', `${of.janet}/archiving`),
  place('merge with another record', `${of.janet}/merging`),
  place('merge with another record, found', `${of.janet}/merging?q=hall`, { sameRoom: true }),
  place('merge with another record, none found', `${of.janet}/merging?q=zzzz`, { sameRoom: true }),
  place('merge two records?', `${of.janet}/merging/${idOf(of.george)}`),
  place('merge two records with long words?', `${of.longest}/merging/${idOf(of.janet)}`, { sameRoom: true }),
  place('access active', `${of.janet}/online-access`),
  place('access shared', `${of.shared}/online-access`),
  place('access of a patient under 16', `${of.child}/online-access`),
  place('access inactive', `${of.george}/online-access`),
  place('access invited', `${of.amara}/online-access`),
  place('access without an address', `${of.margaret}/online-access`),
  place('access of an archived record', `${of.archived}/online-access`),
  place('access without a password', `${of.without}/online-access?done=activated`),
  place('who may act for a patient?', `${of.shared}/acting-for`),
  place('let somebody act for a patient', `${of.child}/acting-for?holder=${idOf(of.janet)}`, { sameRoom: true }),
  place('not under 16', `${of.janet}/acting-for?holder=${idOf(of.child)}`, { sameRoom: true }),
  place('set to inactive?', `${of.janet}/online-access/deactivation`),
  place('set up at the counter', `${of.janet}/online-access/counter`),
  place('set up at the counter, under 16', `${of.child}/online-access/counter`, { sameRoom: true }),
  place('no such patient', '/riverside/patients/no-such-patient', { status: 404, sameRoom: true }),
  place('the desk', '/riverside/registrations'),
  place('the desk, nothing found', '/riverside/registrations?q=zzzz', { sameRoom: true }),
  place('invitations', '/riverside/invitations'),
  place('invitations, on their way', '/riverside/invitations?invited=2&left=1', { sameRoom: true }),
  place('invitations, none given up', '/riverside/invitations?state=abandoned', { sameRoom: true }),
  place('who never logged on', '/riverside/invitations/never'),
  place('expired invitations, none', '/riverside/invitations/expired'),
  place('invite again, nobody ticked', '/riverside/invitations/again'),
  place('invite again', `/riverside/invitations/again?patient=${idOf(of.without)}&patient=${idOf(of.george)}`, {
    sameRoom: true,
  }),
  place('a page for the manager', '/riverside/settings', { status: 403 }),
]

const idOf = (record: string): string => record.split('/').at(-1) ?? ''
const practitionerOf = (account: string): string => `/riverside/settings/practitioners/${idOf(account)}`

const practitionerPlaces: Place[] = [
  place('my day', '/riverside/diary'),
  place('my week', '/riverside/diary?view=week'),
  place('my calendar feed, off', '/riverside/calendar-feed'),
  place('my hours', '/riverside/hours'),
  place('my hours, saved', '/riverside/hours?done=saved', { sameRoom: true }),
  place('change my hours', '/riverside/hours/week'),
  place('add an absence of mine', '/riverside/hours/absence'),
  place('my calendar feed, ended', '/riverside/calendar-feed?done=ended', { sameRoom: true }),
]

const managerPlaces = (of: Records): Place[] => [
  place('staff', '/riverside/staff'),
  place('staff without a password', '/riverside/staff?password=none', { sameRoom: true }),
  place('add staff', '/riverside/staff/new'),
  place('a staff account without a password', of.tom),
  place('a staff account', of.sam),
  place('edit a staff account', `${of.sam}/edit`),
  place('deactivate a staff account?', `${of.sam}/deactivation`),
  place('my sessions', '/riverside/sessions'),
  place('my second factor, none yet', '/riverside/second-factor'),
  place('my passkeys, none yet', '/riverside/passkeys'),
  place('add a passkey', '/riverside/passkeys/new'),
  place('add an authenticator app', '/riverside/second-factor/app'),
  place('settings', '/riverside/settings'),
  place('clinic details', '/riverside/settings/clinic'),
  place('words on public pages', '/riverside/settings/texts'),
  place('look', '/riverside/settings/look'),
  place('privacy notice', '/riverside/settings/privacy'),
  place('the next privacy notice', '/riverside/settings/privacy/draft'),
  place('second factor for staff', '/riverside/settings/second-factor'),
  place('second factor for staff, saved', '/riverside/settings/second-factor?saved=yes', { sameRoom: true }),
  place('practitioners', '/riverside/settings/practitioners'),
  place('practitioners, in another order', '/riverside/settings/practitioners?done=ordered', { sameRoom: true }),
  place('add a practitioner', '/riverside/settings/practitioners/new'),
  place('a practitioner', practitionerOf(of.tom)),
  place('a practitioner, just added', `${practitionerOf(of.tom)}?done=added`, { sameRoom: true }),
  place('somebody who sees no patients', practitionerOf(of.sam), { status: 404, sameRoom: true }),
  place('stop seeing patients?', `${practitionerOf(of.tom)}/ending`),
  place('hours of a practitioner', `${practitionerOf(of.tom)}/hours`),
  place('change the hours', `${practitionerOf(of.tom)}/hours/week`),
  place('add an absence', `${practitionerOf(of.tom)}/hours/absence`),
  place('appointment types', '/riverside/settings/appointment-types'),
  place('add an appointment type', '/riverside/settings/appointment-types/new'),
  place('an appointment type', of.type),
  place('retire an appointment type?', `${of.type}/retirement`),
  place('closed days', '/riverside/settings/closed-days'),
  place('booking rules', '/riverside/settings/booking-rules'),
  place('booking rules, saved', '/riverside/settings/booking-rules?saved=yes', { sameRoom: true }),
  place('links', '/riverside/settings/links'),
  place('poster', '/riverside/settings/links/poster'),
  place('audit', '/riverside/audit'),
  place('audit, nothing found', '/riverside/audit?whose=zzzz', { sameRoom: true }),
  place('audit, whose?', '/riverside/audit?whose=a', { sameRoom: true }),
  place('audit, a date that is none', '/riverside/audit?from=x', { status: 422, sameRoom: true }),
  place('audit as a file', '/riverside/audit/csv'),
  place('audit, checked', '/riverside/audit/check'),
  place('registration settings', '/riverside/settings/registration'),
  place('registration settings, saved', '/riverside/settings/registration?saved=yes', { sameRoom: true }),
]

/** A clinic in which nothing has happened yet. */
const emptyPlaces: Place[] = [
  place('today', '/hillside/diary'),
  place('no patients', '/hillside/patients'),
  place('no archived records', '/hillside/patients?access=archived', { sameRoom: true }),
  place('an empty desk', '/hillside/registrations'),
  place('setting up', '/hillside/settings'),
  place('practitioners, the manager alone', '/hillside/settings/practitioners'),
  place('nobody to add', '/hillside/settings/practitioners/new'),
  place('no invitations', '/hillside/invitations'),
  place('nobody who never logged on', '/hillside/invitations/never'),
]

interface Person {
  is: string
  /** The clinic's address. */
  clinic: string
  /** '' for somebody who is not logged on. */
  logonName: string
  /** Whose pages they are: how large what is pressed must be. */
  side: 'patient' | 'staff'
  places: (of: Records) => Place[]
}

const visitor: Person = {
  is: 'somebody',
  clinic: '/riverside',
  logonName: '',
  side: 'patient',
  places: () => publicPlaces,
}
export const people: Person[] = [
  visitor,
  { ...visitor, is: 'a patient', logonName: 'janet.hall@example.com', places: () => patientPlaces },
  { ...visitor, is: 'the reception', logonName: 'sam', side: 'staff', places: receptionPlaces },
  { ...visitor, is: 'the manager', logonName: 'maya', side: 'staff', places: managerPlaces },
  { ...visitor, is: 'a practitioner', logonName: 'priya', side: 'staff', places: () => practitionerPlaces },
  {
    ...{ is: 'the manager of a new clinic', clinic: '/hillside', logonName: 'maya', side: 'staff' },
    places: () => emptyPlaces,
  },
]
