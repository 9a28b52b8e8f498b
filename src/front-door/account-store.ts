/** Those who may log on, staff and patients alike: found by what they type, or by whose link it is. */
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { hashToken } from '../web/random.ts'
import type { LinkOwner } from './links/one-time-link-store.ts'
import { hasFactor } from './second-factor/factor-store.ts'

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
  /** Staff only: the password alone does not let them in. */
  hasSecondFactor: 0 | 1
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

/** The account of the staff member whose password was right a moment ago: at most one row. */
export const accountOfHalfLogon = (db: Database, clinicId: string, token: string, now: number) =>
  db.all<Account>(
    accounts(clinicId, {
      staff: sql`s.id = (SELECT h.staff_id FROM half_logon h WHERE h.clinic_id = ${clinicId}
        AND h.token_hash = ${hashToken(token)} AND h.expires_at > ${now})`,
      patient: sql`0`,
    }),
  )

/** The account that this passkey belongs to, if its person may come in: at most one row. */
export const accountByCredential = (db: Database, clinicId: string, credentialId: string) => {
  const owner = (column: 'staff_id' | 'patient_id') => sql`(SELECT ${sql.raw(column)} FROM passkey
    WHERE clinic_id = ${clinicId} AND credential_id = ${credentialId})`
  return db.all<Account>(
    accounts(clinicId, {
      staff: sql`s.id = ${owner('staff_id')}`,
      patient: sql`oa.patient_id = ${owner('patient_id')} AND oa.state = 'active'`,
    }),
  )
}

const accounts = (clinicId: string, which: { staff: SQL; patient: SQL }): SQL => sql`
  SELECT s.id AS staffId, NULL AS patientId, s.username AS logonName, s.name AS names, s.email AS email,
    NULL AS dateOfBirth, s.password_hash AS passwordHash, s.password_kind AS passwordKind,
    s.temporary_expires_at AS temporaryExpiresAt, s.temporary_used_at AS temporaryUsedAt,
    ${hasFactor(sql`s.clinic_id`, sql`s.id`)} AS hasSecondFactor
  FROM staff s WHERE s.clinic_id = ${clinicId} AND s.deactivated_at IS NULL AND ${which.staff}
  UNION ALL
  SELECT NULL, oa.patient_id, oa.email, p.first_name || ' ' || p.last_name || ' ' || p.preferred_name, oa.email,
    p.date_of_birth, oa.password_hash, oa.password_kind, oa.temporary_expires_at, oa.temporary_used_at, 0
  FROM online_access oa JOIN patient p ON p.clinic_id = oa.clinic_id AND p.id = oa.patient_id
  WHERE oa.clinic_id = ${clinicId} AND p.archived_at IS NULL AND ${which.patient}`

/** A password that is right may still be no longer good: a temporary one works once, and for a while. */
export const isGood = (account: Account, now: number): boolean =>
  account.passwordKind === 'own' || (account.temporaryUsedAt === null && (account.temporaryExpiresAt ?? 0) > now)

/**
 * Lets the person in if nothing has changed since they proved who they are: changes no row when the account was
 * stopped, its password replaced, or the temporary one used meanwhile. A passkey leaves a temporary password as it is.
 * @param proof.rehashed the hash made anew, when the cost has changed
 */
export function markLoggedOn(
  db: Database,
  clinicId: string,
  account: Account,
  now: number,
  proof: { rehashed?: string; passkeyId?: string },
): Statement {
  const usesTemporary = account.passwordKind === 'temporary' && !proof.passkeyId
  const change = {
    lastLogonAt: now,
    ...(usesTemporary && { temporaryUsedAt: now }),
    ...(proof.rehashed && { passwordHash: proof.rehashed }),
  }
  const sameHash = account.passwordHash ?? ''
  if (account.staffId) {
    const isHers = and(eq(staff.clinicId, clinicId), eq(staff.id, account.staffId), isNull(staff.deactivatedAt))
    const isUnused = usesTemporary ? isNull(staff.temporaryUsedAt) : undefined
    return db
      .update(staff)
      .set(change)
      .where(and(isHers, eq(staff.passwordHash, sameHash), isUnused))
  }
  const isHers = and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, account.patientId ?? ''))
  const isUnused = usesTemporary ? isNull(onlineAccess.temporaryUsedAt) : undefined
  return db
    .update(onlineAccess)
    .set(change)
    .where(and(isHers, eq(onlineAccess.state, 'active'), eq(onlineAccess.passwordHash, sameHash), isUnused))
}

/**
 * The password was right, and that is all: changes no row when the account was stopped, its password replaced, or the
 * temporary one used meanwhile. @param rehashed the hash made anew, when the cost has changed
 */
export const confirmPassword = (db: Database, clinicId: string, account: Account, rehashed?: string): Statement =>
  db
    .update(staff)
    .set({ passwordHash: rehashed ?? account.passwordHash })
    .where(
      and(
        eq(staff.clinicId, clinicId),
        eq(staff.id, account.staffId ?? ''),
        isNull(staff.deactivatedAt),
        eq(staff.passwordHash, account.passwordHash ?? ''),
        account.passwordKind === 'temporary' ? isNull(staff.temporaryUsedAt) : undefined,
      ),
    )

/**
 * The person's own new password. An invited patient is active with it. Changes no row when the account was stopped, or
 * its password is no longer the one that was known: of the same form sent twice at once, one is the change.
 */
export function setOwnPassword(
  db: Database,
  clinicId: string,
  account: Pick<Account, 'staffId' | 'patientId' | 'passwordHash'>,
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
  const owner = ownerOf(account)
  if ('staffId' in owner) {
    const isHers = and(eq(staff.clinicId, clinicId), eq(staff.id, owner.staffId), isNull(staff.deactivatedAt))
    return db
      .update(staff)
      .set(change)
      .where(and(isHers, sql`${staff.passwordHash} IS ${account.passwordHash}`))
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
        sql`${onlineAccess.passwordHash} IS ${account.passwordHash}`,
      ),
    )
}
