/** Those who may log on, staff and patients alike: found by what they type, or by whose link it is. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import type { LinkOwner } from './links/one-time-link-store.ts'

/** One account, with what is needed to let its person in. */
export interface Account {
  staffId: string | null
  patientId: string | null
  /** Username or email address. */
  logonName: string
  /** Every name of its person, for the rules of a new password. */
  names: string
  /** Where notices go; null when none is known. */
  email: string | null
  /** 'YYYY-MM-DD' of a patient, where the record has one. */
  dateOfBirth: string | null
  passwordHash: string | null
  passwordKind: 'own' | 'temporary' | null
  temporaryExpiresAt: number | null
  temporaryUsedAt: number | null
}

export type AccountOwner = { staffId: string } | { patientId: string }

export const ownerOf = (account: Pick<Account, 'staffId' | 'patientId'>): AccountOwner =>
  account.staffId ? { staffId: account.staffId } : { patientId: account.patientId ?? '' }

/** The account behind a logon name: at most one row. One statement, whoever it is. */
export const accountByLogonName = (db: Database, clinicId: string, name: string) =>
  db.all<Account>(
    accounts(clinicId, { staff: sql`s.username = ${name}`, patient: sql`oa.email = ${name} AND oa.state = 'active'` }),
  )

/** The account of one person, also of a patient who is invited and has no password yet: at most one row. */
export const accountOf = (db: Database, clinicId: string, owner: LinkOwner) =>
  db.all<Account>(
    accounts(clinicId, {
      staff: sql`s.id = ${'staffId' in owner ? owner.staffId : ''}`,
      patient: sql`oa.patient_id = ${'patientId' in owner ? owner.patientId : ''} AND oa.state IN ('active', 'invited')`,
    }),
  )

const accounts = (clinicId: string, which: { staff: SQL; patient: SQL }): SQL => sql`
  SELECT s.id AS staffId, NULL AS patientId, s.username AS logonName, s.name AS names, s.email AS email,
    NULL AS dateOfBirth, s.password_hash AS passwordHash, s.password_kind AS passwordKind,
    s.temporary_expires_at AS temporaryExpiresAt, s.temporary_used_at AS temporaryUsedAt
  FROM staff s WHERE s.clinic_id = ${clinicId} AND s.deactivated_at IS NULL AND ${which.staff}
  UNION ALL
  SELECT NULL, oa.patient_id, oa.email, p.first_name || ' ' || p.last_name || ' ' || p.preferred_name, oa.email,
    p.date_of_birth, oa.password_hash, oa.password_kind, oa.temporary_expires_at, oa.temporary_used_at
  FROM online_access oa JOIN patient p ON p.clinic_id = oa.clinic_id AND p.id = oa.patient_id
  WHERE oa.clinic_id = ${clinicId} AND p.archived_at IS NULL AND ${which.patient}`

/** A password that is right may still be no longer good: a temporary one works once, and for a while. */
export const isGood = (account: Account, now: number): boolean =>
  account.passwordKind === 'own' || (account.temporaryUsedAt === null && (account.temporaryExpiresAt ?? 0) > now)

/**
 * Lets the person in if nothing has changed since the password was compared: changes no row when the account was
 * stopped, its password replaced, or the temporary one used meanwhile.
 * @param rehashed the hash made anew, when the cost has changed
 */
export function markLoggedOn(
  db: Database,
  clinicId: string,
  account: Account,
  now: number,
  rehashed?: string,
): Statement {
  const isTemporary = account.passwordKind === 'temporary'
  const change = {
    lastLogonAt: now,
    ...(isTemporary && { temporaryUsedAt: now }),
    ...(rehashed && { passwordHash: rehashed }),
  }
  const sameHash = account.passwordHash ?? ''
  if (account.staffId) {
    const isHers = and(eq(staff.clinicId, clinicId), eq(staff.id, account.staffId), isNull(staff.deactivatedAt))
    const isUnused = isTemporary ? isNull(staff.temporaryUsedAt) : undefined
    return db
      .update(staff)
      .set(change)
      .where(and(isHers, eq(staff.passwordHash, sameHash), isUnused))
  }
  const isHers = and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, account.patientId ?? ''))
  const isUnused = isTemporary ? isNull(onlineAccess.temporaryUsedAt) : undefined
  return db
    .update(onlineAccess)
    .set(change)
    .where(and(isHers, eq(onlineAccess.state, 'active'), eq(onlineAccess.passwordHash, sameHash), isUnused))
}

/** The person's own new password. An invited patient is active with it. Changes no row when the account was stopped. */
export function setOwnPassword(
  db: Database,
  clinicId: string,
  owner: AccountOwner,
  hash: string,
  now: number,
): Statement {
  const change = {
    passwordHash: hash,
    passwordKind: 'own',
    passwordSetAt: now,
    temporaryExpiresAt: null,
    temporaryUsedAt: null,
  } as const
  if ('staffId' in owner) {
    const isHers = and(eq(staff.clinicId, clinicId), eq(staff.id, owner.staffId), isNull(staff.deactivatedAt))
    return db.update(staff).set(change).where(isHers)
  }
  const since = sql`CASE ${onlineAccess.state} WHEN 'active' THEN ${onlineAccess.since} ELSE ${now} END`
  return db
    .update(onlineAccess)
    .set({ ...change, state: 'active', since })
    .where(
      and(
        eq(onlineAccess.clinicId, clinicId),
        eq(onlineAccess.patientId, owner.patientId),
        inArray(onlineAccess.state, ['active', 'invited']),
      ),
    )
}
