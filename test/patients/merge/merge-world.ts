/** One person with two records: what the tests of merging begin with. */
import { env } from 'cloudflare:workers'
import { appointment, mail, oneTimeLink, type Patient, registration } from '../../../src/schema.ts'
import { newId } from '../../../src/web/random.ts'
import { aPractitioner, aType, days, db, minutes } from '../../diary/diary-world.ts'
import { aClinic, aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { fieldsOf } from '../reading.ts'

export const older = 'janet.hall@example.com'
export const newer = 'jan@example.com'

/** Staff added Janet years ago; yesterday she registered herself a second time. */
export async function twoJanets() {
  const clinicId = (await aClinic()).id
  const samId = (await aStaffMember({ clinicId, name: 'Sam Okoro' })).id
  const sam = await loggedOn({ clinicId, staffId: samId })
  const added = { createdAt: Date.now() - 900 * days, createdBy: samId }
  const first = await aPatient({ clinicId, email: older, notes: 'Likes tea', ...added })
  const second = await aPatient({ clinicId, email: newer, mobile: '07700 900 982', createdAt: Date.now() - days })
  return { clinicId, samId, sam, first, second }
}
export type World = Awaited<ReturnType<typeof twoJanets>>

type Of = Pick<Patient, 'id'>
export const pageOf = (one: Of, other: Of) => `/riverside/patients/${one.id}/merging/${other.id}`

/** The page is opened, what differs is chosen, and it is sent. */
export async function merge(sam: Visitor, one: Of, other: Of, chosen: Record<string, string> = {}) {
  const address = pageOf(one, other)
  const { body } = await sam.get(chosen.stays ? `${address}?stays=${chosen.stays}` : address)
  return sam.post(address, { ...markedIn(body), sure: 'on', ...chosen })
}

/** What the form holds that nobody chooses: which record stays, and as what the two were seen. */
export function markedIn(body: string): { stays: string; mark: string } {
  const { stays, mark } = fieldsOf(body.slice(body.indexOf('<main')))
  return { stays: stays ?? '', mark: mark ?? '' }
}

let rooms = 0
/** With a practitioner of its own, so that nothing overlaps. @param distance days from now */
export async function appointmentOf(of: Patient, distance: number): Promise<string> {
  const { clinicId, id: patientId } = of
  const practitionerId = await aPractitioner({ clinicId, username: `priya${++rooms}`, name: `Priya Nair ${rooms}` })
  const { id: typeId } = await aType({ clinicId, name: `Visit ${rooms}`, doneBy: [practitionerId] })
  const fiveMinutes = 5 * minutes // appointments begin on them
  const startAt = Math.floor(Date.now() / fiveMinutes) * fiveMinutes + distance * days
  const times = { startAt, endAt: startAt + 30 * minutes, bufferUntil: startAt + 30 * minutes }
  const row = { id: newId(), clinicId, practitionerId, patientId, typeId, ...times }
  await db()
    .insert(appointment)
    .values({ ...row, statusSince: startAt, bookedAt: startAt })
  return row.id
}

/** @returns its id */
export async function aDuplicateOnTheDesk(of: Patient): Promise<string> {
  const now = Date.now()
  const asked = { id: newId(), clinicId: of.clinicId, link: 'new' as const, email: of.email, network: 'x' }
  const done = { reference: 'R7K2', askedAt: now, decidedAt: now, outcome: 'registered' as const, patientId: of.id }
  const details = JSON.stringify({ firstName: of.firstName, lastName: of.lastName, dateOfBirth: of.dateOfBirth })
  await db()
    .insert(registration)
    .values({ ...asked, ...done, details, because: 'possible-duplicate', deskSince: now })
  return asked.id
}

export async function aMailTo(of: Patient, more: Partial<typeof mail.$inferInsert> = {}): Promise<void> {
  const row = { id: newId(), clinicId: of.clinicId, patientId: of.id, kind: 'appointment-booked', toAddress: of.email }
  await db()
    .insert(mail)
    .values({ ...row, state: 'sent', createdAt: Date.now(), nextAttemptAt: Date.now() + days, ...more })
}

export async function aLinkOf(of: Patient): Promise<void> {
  const row = { id: newId(), clinicId: of.clinicId, purpose: 'reset' as const, tokenHash: newId(), patientId: of.id }
  await db()
    .insert(oneTimeLink)
    .values({ ...row, createdAt: Date.now(), expiresAt: Date.now() + days })
}

export const rowsOf = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<T>()
  ).results
