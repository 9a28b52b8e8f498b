/** Two clinics with everybody in them: what the acceptance tests act on. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { newLink } from '../../src/front-door/links/one-time-link-store.ts'
import { newHalfLogon } from '../../src/front-door/second-factor/half-logon-store.ts'
import {
  absence,
  appointment,
  appointmentType,
  bookingRules,
  closedDay,
  mail,
  type patient,
  practitioner,
  practitionerType,
  registration,
  type Staff,
  workingHours,
} from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'
import { aType } from '../diary/diary-world.ts'
import { aPasskey } from '../front-door/passkeys/passkeys.ts'
import { anApp } from '../front-door/second-factor/factors.ts'
import { emptyWorld } from '../support/empty-world.ts'
import {
  aClinic,
  aGrant,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  type Visitor,
  visitor,
} from '../support/world.ts'

const hour = 3_600_000 // ms
const day = 24 * hour

export const people = ['nobody', 'patient', 'practitioner', 'reception', 'manager'] as const
export type Person = (typeof people)[number]

export type Town = Awaited<ReturnType<typeof aTown>>

/** One clinic with staff of each role, patients in each state of online access, open links and an entry on the desk. */
export async function aTown(slug = 'riverside', name = 'Riverside Clinic') {
  const clinic = await aClinic({ slug, name, phone: slug === 'riverside' ? '01632 960 001' : '01632 960 002' })
  const clinicId = clinic.id
  const at = `${slug}.example.com`
  const member = (username: string, more: Partial<Parameters<typeof aStaffMember>[0]> = {}) =>
    aStaffMember({ clinicId, username, name: `${username} of ${name}`, email: `${username}@${at}`, ...more })
  const someone = (firstName: string, more: Partial<typeof patient.$inferInsert> = {}) =>
    aPatient({ clinicId, firstName, lastName: `of ${name}`, email: `${firstName.toLowerCase()}@${at}`, ...more })
  const staff = {
    manager: await member('maya', { role: 'manager', password: goodPassword }),
    reception: await member('sam', { password: goodPassword }),
    practitioner: await member('priya', { role: 'practitioner', password: goodPassword }),
    without: await member('tom', { role: 'practitioner' }),
    gone: await member('nora', { password: goodPassword, deactivatedAt: Date.now() - day }),
  }
  const patients = {
    active: await someone('Janet'),
    without: await someone('Oliver'),
    invited: await someone('Amara'),
    inactive: await someone('George'),
    archived: await someone('Arlo', { archivedAt: Date.now() - day }),
  }
  await anAccess(patients.active, { password: goodPassword })
  await anAccess(patients.invited, { state: 'invited' })
  await anAccess(patients.inactive, { state: 'inactive', password: goodPassword })
  const may = { clinicId, holderId: patients.active.id, patientId: patients.without.id, by: staff.reception.id }
  await aGrant(may)
  const asked = {
    existing: await aRegistration(clinicId, 'existing', `amara@${at}`),
    new: await aRegistration(clinicId, 'new', `newcomer@${at}`),
    refused: await aRegistration(clinicId, 'existing', `stranger@${at}`, {
      outcome: 'refused',
      because: 'unknown',
      deskSince: Date.now(),
    }),
  }
  const links = {
    reset: await aLink(clinicId, 'reset', { patientId: patients.active.id }),
    existing: await aLink(clinicId, 'registration', { patientId: patients.invited.id }, asked.existing),
    new: await aLink(clinicId, 'registration', { registrationId: asked.new }),
    email: await anEmailLink(clinicId, patients.active.id, `jane@${at}`),
  }
  const counter = await aCounterLink(clinicId, patients.inactive.id, staff.reception.id)
  const givenUp = await aMailGivenUp(clinicId, patients.active.id)
  const diary = {
    ...(await aDiary(clinicId, staff.practitioner.id, patients.active.id)),
    ...(await moreTime(clinicId, staff)),
  }
  const apps = {
    manager: await anApp({ clinicId, staffId: staff.manager.id }),
    practitioner: await anApp({ clinicId, staffId: staff.practitioner.id }),
  }
  const half = await aHalfLogon(clinicId, staff.practitioner.id)
  const passkeys = {
    patient: await aPasskey({ clinicId, patientId: patients.active.id }),
    practitioner: await aPasskey({ clinicId, staffId: staff.practitioner.id }),
  }
  const other = { holderId: patients.without.id, patientId: patients.inactive.id }
  const { id: grant } = await aGrant({ ...may, ...other })
  const shown = { grant, links, counter, givenUp, apps, half, passkeys, diary }
  return { clinic, slug, base: `/${slug}`, at, staff, patients, asked, ...shown }
}

/** Priya sees patients at every hour; Janet has booked the day after tomorrow, and may book online. */
async function aDiary(clinicId: string, practitionerId: string, patientId: string) {
  const db = database(env)
  const typeId = newId()
  await db.insert(practitioner).values({ clinicId, staffId: practitionerId, mayChangeOwnHours: true, addedAt: 1 })
  await db.insert(appointmentType).values({ clinicId, id: typeId, name: 'Follow-up', minutes: 30, addedAt: 1 })
  await db.insert(practitionerType).values({ clinicId, staffId: practitionerId, typeId })
  const allDay = { clinicId, staffId: practitionerId, fromMinute: 0, untilMinute: 1440, validFrom: '2020-01-01' }
  await db.insert(workingHours).values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ ...allDay, weekday })))
  await db.update(bookingRules).set({ isOnline: true }).where(eq(bookingRules.clinicId, clinicId))
  const startAt = Math.ceil(Date.now() / hour + 48) * hour
  const endAt = startAt + hour / 2
  const booked = { id: newId(), clinicId, practitionerId, patientId, typeId, startAt, endAt, bufferUntil: endAt }
  await db.insert(appointment).values({ ...booked, statusSince: Date.now(), bookedAt: Date.now() })
  return { typeId, practitionerId, appointmentId: booked.id, later: (startAt + 3 * hour).toString() }
}

/** The same town as on the first day. */
export async function aNewTown(slug?: string, name?: string): Promise<Town> {
  await emptyWorld()
  return aTown(slug, name)
}

async function aRegistration(
  clinicId: string,
  link: 'existing' | 'new',
  email: string,
  more: Partial<typeof registration.$inferInsert> = {},
): Promise<string> {
  const askedAt = Date.now() - 5 * 60_000
  const row = { id: newId(), clinicId, link, email, network: 'x', reference: 'R7K2', askedAt, decidedAt: askedAt }
  await database(env)
    .insert(registration)
    .values({ ...row, outcome: 'invited', ...more })
  return row.id
}

/** Besides: the manager sees patients too, with nothing booked; the practitioner is away one day, and one day is closed. */
async function moreTime(clinicId: string, { practitioner: priya, manager }: Record<'practitioner' | 'manager', Staff>) {
  const db = database(env)
  await db.insert(practitioner).values({ clinicId, staffId: manager.id, addedAt: 1 })
  const type = await aType({ clinicId, name: 'Health check', position: 1 })
  const fromAt = Date.now() + 30 * day
  const away = { id: newId(), fromAt, untilAt: fromAt + day, addedAt: 1 }
  await db.insert(absence).values({ clinicId, staffId: priya.id, ...away })
  await db.insert(closedDay).values({ clinicId, date: '2099-12-24', name: 'Moving house', addedAt: 1 })
  return { type: type.id, absence: away.id, closed: '2099-12-24' }
}

type Link = Parameters<typeof newLink>[1]
async function aLink(clinicId: string, purpose: Link['purpose'], owner: Link['owner'], registrationId?: string) {
  const db = database(env)
  const link = newLink(db, { clinicId, purpose, owner, registrationId }, Date.now())
  await db.batch(link.statements as never)
  return link.token
}

/** Beside her other links, which a real one would end. */
async function anEmailLink(clinicId: string, patientId: string, email: string) {
  const db = database(env)
  const link = newLink(db, { clinicId, purpose: 'email', owner: { patientId }, email }, Date.now())
  await db.batch([link.statements.at(-1)] as never)
  return link.token
}

/** @returns its id */
async function aMailGivenUp(clinicId: string, patientId: string): Promise<string> {
  const createdAt = Date.now() - day
  const row = { id: newId(), clinicId, patientId, kind: 'password-changed', toAddress: 'x@example.com', createdAt }
  await database(env)
    .insert(mail)
    .values({ ...row, nextAttemptAt: createdAt, state: 'abandoned', failure: 'refused', attempts: 1 })
  return row.id
}

/** A code that reception shows. @returns its id, by which its screen is found */
async function aCounterLink(clinicId: string, patientId: string, byStaff: string): Promise<string> {
  const db = database(env)
  const link = newLink(db, { clinicId, purpose: 'counter', owner: { patientId }, byStaff }, Date.now())
  await db.batch(link.statements as never)
  return link.id
}

/** The practitioner's password was right. @returns what is in that browser */
async function aHalfLogon(clinicId: string, staffId: string): Promise<string> {
  const half = newHalfLogon(database(env), { clinicId, staffId, next: '' }, Date.now())
  await database(env).batch([half.statement] as never)
  return half.token
}

/** Somebody of this town with a browser in which they are logged on. */
export function entering({ clinic, staff, patients }: Town, as: Person): Promise<Visitor> {
  const clinicId = clinic.id
  if (as === 'nobody') return Promise.resolve(visitor())
  return loggedOn(as === 'patient' ? { clinicId, patientId: patients.active.id } : { clinicId, staffId: staff[as].id })
}
