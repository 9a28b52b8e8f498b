/** The end of a registration: one batch that the database guards. A loser of a race learns no reason. */
import type { Ask } from '../ask.ts'
import { auditEntry } from '../audit/audit-store.ts'
import { useLink } from '../front-door/links/one-time-link-store.ts'
import { forgetTries } from '../front-door/lockout/lockout-store.ts'
import { accountKeyOf } from '../front-door/logon-try.ts'
import { hashPassword } from '../front-door/passwords/password.ts'
import type { PatientRecord } from '../patients/patient-record.ts'
import { insertPatient } from '../patients/patient-store.ts'
import type { Registration } from '../schema.ts'
import { type Database, onlyIfChanged, type Statement, writeAll } from '../web/database.ts'
import { newId } from '../web/random.ts'
import { activateInvited, type Details, type HolderRow, insertActive, markRegistered } from './registration-store.ts'

/** An open link and the registration it belongs to. */
export interface OpenLink {
  db: Database
  token: string
  asked: Registration
}

/** @returns null when it is done, else the reason for the desk */
export async function completeExisting(c: Ask, behind: OpenLink, holder: HolderRow, password: string) {
  const { db, asked } = behind
  const hash = await hashPassword(c.env, password)
  const who = { clinicId: asked.clinicId, patientId: holder.id, email: asked.email }
  return finish(c, behind, holder.id, null, [activateInvited(db, who, hash, c.var.now), onlyIfChanged(db)])
}

/** @param behind.clinic as D1 had it when the form was read: the version that was acknowledged. @returns as above */
export async function completeNew(
  c: Ask,
  behind: OpenLink & { clinic: { privacyNoticeVersion: number } },
  record: PatientRecord,
  password: string,
) {
  const { db, asked, clinic } = behind
  const { now } = c.var
  const hash = await hashPassword(c.env, password)
  const id = newId()
  const { firstName, lastName, dateOfBirth, phone } = record
  const row = {
    ...record,
    id,
    clinicId: asked.clinicId,
    formId: null,
    createdBy: null,
    privacyNoticeVersion: clinic.privacyNoticeVersion,
    privacyAcknowledgedAt: now,
  }
  const who = { clinicId: asked.clinicId, patientId: id, email: asked.email }
  const details = { firstName, lastName, dateOfBirth, phone }
  return finish(c, behind, id, details, [insertPatient(db, row, now), insertActive(db, who, hash, now)])
}

/** The link is used up first; each condition that does not hold undoes everything. */
async function finish(
  c: Ask,
  { db, token, asked }: OpenLink,
  patientId: string,
  details: Details | null,
  change: Statement[],
) {
  const { now } = c.var
  const { clinicId } = asked
  const written = await writeAll(db, [
    useLink(db, clinicId, token, now),
    onlyIfChanged(db),
    ...change,
    markRegistered(db, asked, { patientId, details }, now),
    onlyIfChanged(db),
    forgetTries(db, [await accountKeyOf(c, asked.email)]),
    auditEntry(db, {
      clinicId,
      act: 'registration-completed',
      at: now,
      byPatient: patientId,
      ofPatient: patientId,
      detail: { registration: asked.id, link: asked.link },
    }),
  ])
  if (written.ok) return null
  return written.because === 'email_shared' ? 'shared' : 'too-late'
}
