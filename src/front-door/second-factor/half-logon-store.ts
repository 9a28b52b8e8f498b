/**
 * Half logons: the password was right, the second factor is still to come. The database ends them with the password and
 * with the account (trigger `half_logon_ends`); the first right proof uses one up.
 */
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { halfLogon } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { minute } from '../../web/durations.ts'
import { hashToken, newToken } from '../../web/random.ts'

export const halfLogonLifetime = 10 * minute

/** What the page after the password needs to know. */
export interface HalfLogon {
  tokenHash: string
  staffId: string
  next: string
  /** Of the authenticator app; null when there is none. */
  sealedKey: string | null
  lastStep: number | null
  passkeys: number
  codesLeft: number
}

export function newHalfLogon(db: Database, of: { clinicId: string; staffId: string; next: string }, now: number) {
  const token = newToken()
  const row = { ...of, tokenHash: hashToken(token), expiresAt: now + halfLogonLifetime }
  return { token, statement: db.insert(halfLogon).values(row) as Statement }
}

/** At most one row. */
export const halfLogonByToken = (db: Database, clinicId: string, token: string, now: number) =>
  db.all<HalfLogon>(sql`
    SELECT h.token_hash AS tokenHash, h.staff_id AS staffId, h.next, a.sealed_key AS sealedKey, a.last_step AS lastStep,
      (SELECT count(*) FROM passkey k WHERE k.clinic_id = h.clinic_id AND k.staff_id = h.staff_id) AS passkeys,
      (SELECT count(*) FROM recovery_code r WHERE r.clinic_id = h.clinic_id AND r.staff_id = h.staff_id
        AND r.used_at IS NULL) AS codesLeft
    FROM half_logon h
    LEFT JOIN authenticator_app a ON a.clinic_id = h.clinic_id AND a.staff_id = h.staff_id
    WHERE h.token_hash = ${hashToken(token)} AND h.clinic_id = ${clinicId} AND h.expires_at > ${now}`)

/** Changes no row when it was used, ended or is too old. */
export const useHalfLogon = (db: Database, clinicId: string, tokenHash: string, now: number): Statement =>
  db
    .delete(halfLogon)
    .where(and(eq(halfLogon.clinicId, clinicId), eq(halfLogon.tokenHash, tokenHash), gt(halfLogon.expiresAt, now)))

export const endHalfLogonsOf = (db: Database, clinicId: string, staffId: string): Statement =>
  db.delete(halfLogon).where(and(eq(halfLogon.clinicId, clinicId), eq(halfLogon.staffId, staffId)))

export const sweepHalfLogons = (db: Database, now: number): Statement =>
  db.delete(halfLogon).where(lt(halfLogon.expiresAt, now))
