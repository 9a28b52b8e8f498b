/** The pages that the page checks look at, as each person finds them: full, empty, refused and not there. */
import type { APIRequestContext } from '@playwright/test'
import { aFamily, anAccess, aPatient, loggedOn, recordOf, sent, theRecord } from './given.ts'

export interface Place {
  /** What the page shows, where its address alone does not say it. */
  is: string
  address: string
  status?: number
  /** Its title may stand on another page of the list: the same room in another state. */
  sameRoom?: boolean
}

const place = (is: string, address: string, more: Partial<Place> = {}): Place => ({ is, address, ...more })

export const publicPlaces: Place[] = [
  place('what this is', '/'),
  place('logon', '/riverside'),
  place('logon, just logged off', '/riverside?notice=logged-off', { sameRoom: true }),
  place('logon, both links off', '/hillside'),
  place('forgotten password', '/riverside/password/forgotten'),
  place('link sent', '/riverside/password/sent'),
  place('existing patient', '/riverside/register/existing'),
  place('new patient', '/riverside/register/new'),
  place('asked', '/riverside/register/sent', { sameRoom: true }),
  place('registration closed', '/hillside/register/new', { status: 404 }),
  place('privacy', '/riverside/privacy'),
  place('dead link', '/riverside/registration/no-such-token', { status: 404 }),
  place('page not found', '/riverside/no-such-page', { status: 404 }),
  place('clinic not found', '/no-such-clinic', { status: 404 }),
]

export const patientPlaces: Place[] = [
  place('home', '/riverside/home'),
  place('details', '/riverside/details'),
  place('change my password', '/riverside/password'),
  place('password changed', '/riverside/password?done=changed'),
  place('my sessions', '/riverside/sessions'),
  place('a page for staff', '/riverside/patients', { status: 403 }),
]

/** The records that reception's pages are about, by who they are. */
export type Records = Record<'janet' | 'shared' | 'george' | 'amara' | 'margaret' | 'without' | 'longest', string>

export const receptionPlaces = (of: Records): Place[] => [
  place('today', '/riverside/diary', { sameRoom: true }),
  place('another day', '/riverside/diary/2026-01-05'),
  place('no such day', '/riverside/diary/2026-02-30', { status: 404 }),
  place('patients', '/riverside/patients'),
  place('patients, none found', '/riverside/patients?q=zzzz', { sameRoom: true }),
  place('patients, too short', '/riverside/patients?q=a', { sameRoom: true }),
  place('patients, filtered', '/riverside/patients?access=active', { sameRoom: true }),
  place('add a patient', '/riverside/patients/new'),
  place('a record', of.janet),
  place('a record with a shared address', of.shared),
  place('a record with little in it', of.margaret),
  place('a record with long words', of.longest),
  place('a record, saved', `${of.janet}?done=saved`, { sameRoom: true }),
  place('edit', `${of.janet}/edit`),
  place('access active', `${of.janet}/online-access`),
  place('access shared', `${of.shared}/online-access`),
  place('access inactive', `${of.george}/online-access`),
  place('access invited', `${of.amara}/online-access`),
  place('access without an address', `${of.margaret}/online-access`),
  place('access without a password', `${of.without}/online-access?done=activated`),
  place('set to inactive?', `${of.janet}/online-access/deactivation`),
  place('no such patient', '/riverside/patients/no-such-patient', { status: 404, sameRoom: true }),
  place('the desk', '/riverside/registrations'),
  place('the desk, nothing found', '/riverside/registrations?q=zzzz', { sameRoom: true }),
  place('a page for the manager', '/riverside/settings', { status: 403 }),
]

export const managerPlaces: Place[] = [
  place('staff', '/riverside/staff'),
  place('add staff', '/riverside/staff/new'),
  place('my sessions', '/riverside/sessions'),
  place('settings', '/riverside/settings'),
  place('links', '/riverside/settings/links'),
  place('poster', '/riverside/settings/links/poster'),
  place('audit', '/riverside/audit'),
  place('audit, nothing found', '/riverside/audit?whose=zzzz', { sameRoom: true }),
  place('audit, checked', '/riverside/audit/check'),
  place('registration settings', '/riverside/settings/registration'),
  place('registration settings, saved', '/riverside/settings/registration?saved=yes', { sameRoom: true }),
]

/** A clinic in which nothing has happened yet. */
export const emptyPlaces: Place[] = [
  place('today', '/hillside/diary'),
  place('no patients', '/hillside/patients'),
  place('an empty desk', '/hillside/registrations'),
]

/** Finds the seeded people and adds the extreme ones, once. */
export async function recordsAt(origin: string): Promise<Records> {
  const desk = await loggedOn(origin)
  const records = {
    janet: await theRecord(desk, 'Janet Hall'),
    shared: await aFamily(desk),
    george: await theRecord(desk, 'George Whitfield'),
    amara: await theRecord(desk, 'Amara Nwosu'),
    margaret: await theRecord(desk, 'Margaret Ellis'),
    without: (await recordOf(desk, 'Wanda')) ?? (await aPatient(desk, wanda)),
    longest: (await recordOf(desk, wolfe.last)) ?? (await aPatient(desk, wolfe)),
  }
  await anAccess(desk, records.without)
  await deskEntries(desk)
  await desk.dispose()
  return records
}

const wanda = { first: 'Wanda', last: 'Without', email: 'wanda@example.com' }
const wolfe = {
  first: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren',
  last: 'Keihanaikukauakahihuliheekahaunaele-Featherstonehaugh',
  email: `${'a.very.long.mailbox'.repeat(3)}@a-very-long-subdomain.of-a-long-domain.example.com`,
}

/** Entries with a record beside them, and one with none. */
async function deskEntries(desk: APIRequestContext): Promise<void> {
  await sent(desk, '/riverside/register/existing', { email: 'somebody.unknown@example.com' })
  await sent(desk, '/riverside/register/existing', { email: 'janet.hall@example.com' })
  await sent(desk, '/riverside/register/new', { email: 'raj.patel@example.com' })
}
