/** Passkeys: the public keys of staff and patients, and the challenges that they are asked to sign. */
import { and, asc, eq, gt, lt, ne, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, type Passkey, passkey, passkeyChallenge, session } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { minute } from '../../web/durations.ts'
import { kept } from '../../web/kept.ts'
import { hashToken, newToken } from '../../web/random.ts'
import type { AccountOwner } from '../account-store.ts'

const isTheirs = (clinicId: string, owner: AccountOwner): SQL =>
  and(
    eq(passkey.clinicId, clinicId),
    'staffId' in owner ? eq(passkey.staffId, owner.staffId) : eq(passkey.patientId, owner.patientId),
  )!

/** Oldest first. */
export const passkeysOf = (db: Database, clinicId: string, owner: AccountOwner) =>
  db.select().from(passkey).where(isTheirs(clinicId, owner)).orderBy(asc(passkey.addedAt), asc(passkey.id))

/** At most one row, of this clinic. */
export const passkeyByCredential = (db: Database, clinicId: string, credentialId: string) =>
  db
    .select()
    .from(passkey)
    .where(and(eq(passkey.clinicId, clinicId), eq(passkey.credentialId, credentialId)))

/** A credential that somebody has already, at whichever clinic, refuses the batch. */
export const insertPasskey = (db: Database, row: typeof passkey.$inferInsert): Statement =>
  db.insert(passkey).values(row)

/** Changes no row when it was removed, or used by somebody else meanwhile: a copy would count on its own. */
export const takePasskey = (
  db: Database,
  known: Passkey,
  used: { counter: number; isBackedUp: boolean; userAgent: string },
  now: number,
): Statement =>
  db
    .update(passkey)
    .set({
      counter: used.counter,
      isBackedUp: used.isBackedUp,
      usedAt: now,
      usedAgent: used.userAgent.slice(0, 200),
    })
    .where(and(eq(passkey.clinicId, known.clinicId), eq(passkey.id, known.id), eq(passkey.counter, known.counter)))

/** Changes no row when it has this name. */
export const renamePasskey = (
  db: Database,
  clinicId: string,
  owner: AccountOwner,
  id: string,
  name: string,
): Statement =>
  db
    .update(passkey)
    .set({ name })
    .where(and(isTheirs(clinicId, owner), eq(passkey.id, id), ne(passkey.name, name)))

export const removePasskey = (db: Database, clinicId: string, owner: AccountOwner, id: string): Statement =>
  db.delete(passkey).where(and(isTheirs(clinicId, owner), eq(passkey.id, id)))

/** The password was typed in this session: it no longer stands on a passkey alone, and does not end with it. */
export const standOnPassword = (db: Database, clinicId: string, tokenHash: string): Statement =>
  db
    .update(session)
    .set({ byPasskey: null })
    .where(and(eq(session.clinicId, clinicId), eq(session.tokenHash, tokenHash)))

/** The patient does not want to be offered one. */
export const refusePasskeyOffer = (db: Database, clinicId: string, patientId: string, now: number): Statement =>
  db
    .update(onlineAccess)
    .set({ passkeyRefusedAt: now })
    .where(and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, patientId)))

/** Whether to offer this patient a passkey: one row. */
export const passkeyOffer = (db: Database, clinicId: string, patientId: string) => offerTo(db, { clinicId, patientId })
const offerTo = kept(['clinicId', 'patientId'], (db, { clinicId, patientId }) =>
  db.all<{ isOpen: 0 | 1 }>(sql`
    SELECT NOT EXISTS (SELECT 1 FROM passkey k WHERE k.clinic_id = ${clinicId} AND k.patient_id = ${patientId})
      AND NOT EXISTS (SELECT 1 FROM online_access oa WHERE oa.clinic_id = ${clinicId} AND oa.patient_id = ${patientId}
        AND oa.passkey_refused_at IS NOT NULL) AS isOpen`),
)

export const challengeLifetime = 5 * minute

/** Who is asked: hash of the session or half logon, or '' at the logon page. */
export interface Asked {
  clinicId: string
  purpose: 'adding' | 'second-factor' | 'logon'
  boundTo: string
}

export function newChallenge(db: Database, asked: Asked, now: number) {
  const challenge = newToken()
  const row = { ...asked, challengeHash: hashToken(challenge), expiresAt: now + challengeLifetime }
  return { challenge, statement: db.insert(passkeyChallenge).values(row) as Statement }
}

const isOpen = (asked: Asked, challenge: string, now: number) =>
  and(
    eq(passkeyChallenge.clinicId, asked.clinicId),
    eq(passkeyChallenge.challengeHash, hashToken(challenge)),
    eq(passkeyChallenge.purpose, asked.purpose),
    eq(passkeyChallenge.boundTo, asked.boundTo),
    gt(passkeyChallenge.expiresAt, now),
  )

/** One row while it waits for its answer. */
export const openChallenge = (db: Database, asked: Asked, challenge: string, now: number) =>
  db
    .select({ purpose: passkeyChallenge.purpose })
    .from(passkeyChallenge)
    .where(isOpen(asked, challenge, now))

/** Uses it up: changes no row when it was, when it is too old, or when it was asked of somebody else. */
export const takeChallenge = (db: Database, asked: Asked, challenge: string, now: number): Statement =>
  db.delete(passkeyChallenge).where(and(eq(passkeyChallenge.clinicId, asked.clinicId), isOpen(asked, challenge, now)))

export const sweepChallenges = (db: Database, now: number): Statement =>
  db.delete(passkeyChallenge).where(lt(passkeyChallenge.expiresAt, now))
