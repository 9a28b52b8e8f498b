/** What somebody of the staff has besides the password: an authenticator app, passkeys, recovery codes. */
import { and, asc, eq, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { authenticatorApp, clinic, passkey, recoveryCode, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { recoveryCodeHash } from './recovery-code.ts'

interface Named {
  clinicId: string
  staffId: string
}

/** A condition: this person has a second factor. Recovery codes alone are none. */
export const hasFactor = (clinicId: SQL | string, staffId: SQL | string): SQL => sql`(
  EXISTS (SELECT 1 FROM authenticator_app f WHERE f.clinic_id = ${clinicId} AND f.staff_id = ${staffId})
  OR EXISTS (SELECT 1 FROM passkey f WHERE f.clinic_id = ${clinicId} AND f.staff_id = ${staffId}))`

/** What one person has, for the person and the manager to see. */
export interface Factors {
  appSince: number | null
  passkeys: number
  codesLeft: number
  codesSince: number | null
}

/** One row. */
export const factorsOf = (db: Database, { clinicId, staffId }: Named) =>
  db.all<Factors>(sql`
    SELECT (SELECT added_at FROM authenticator_app WHERE clinic_id = ${clinicId} AND staff_id = ${staffId}) AS appSince,
      (SELECT count(*) FROM passkey WHERE clinic_id = ${clinicId} AND staff_id = ${staffId}) AS passkeys,
      count(*) FILTER (WHERE used_at IS NULL) AS codesLeft, max(made_at) AS codesSince
    FROM recovery_code WHERE clinic_id = ${clinicId} AND staff_id = ${staffId}`)

export const hasAny = ({ appSince, passkeys }: Factors): boolean => appSince !== null || passkeys > 0

/** Everybody who can be let in, and whether they have a second factor. */
export const staffAndFactors = (db: Database, clinicId: string) =>
  db
    .select({
      id: staff.id,
      name: staff.name,
      hasFactor: sql<0 | 1>`${hasFactor(sql`${staff.clinicId}`, sql`${staff.id}`)}`,
    })
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), isNull(staff.deactivatedAt)))
    .orderBy(asc(staff.name), asc(staff.id))

/** The app whose first code was right takes the place of any other; no row changes when it is this one already. */
export const putApp = (db: Database, of: Named, app: { sealedKey: string; lastStep: number }, now: number): Statement =>
  db
    .insert(authenticatorApp)
    .values({ ...of, ...app, addedAt: now })
    .onConflictDoUpdate({
      target: [authenticatorApp.clinicId, authenticatorApp.staffId],
      set: { ...app, addedAt: now },
      setWhere: ne(authenticatorApp.sealedKey, app.sealedKey),
    })

/** Takes a step of time, if no code of it or of a later one was taken: of fifty at once, one changes a row. */
export const takeStep = (db: Database, { clinicId, staffId }: Named, sealedKey: string, step: number): Statement =>
  db
    .update(authenticatorApp)
    .set({ lastStep: step })
    .where(
      and(
        eq(authenticatorApp.clinicId, clinicId),
        eq(authenticatorApp.staffId, staffId),
        eq(authenticatorApp.sealedKey, sealedKey),
        lt(authenticatorApp.lastStep, step),
      ),
    )

export const removeApp = (db: Database, { clinicId, staffId }: Named): Statement =>
  db.delete(authenticatorApp).where(and(eq(authenticatorApp.clinicId, clinicId), eq(authenticatorApp.staffId, staffId)))

/** New codes end all older ones, used or not. */
export const putRecoveryCodes = (db: Database, of: Named, codes: string[], now: number): [Statement, Statement] => [
  removeRecoveryCodes(db, of),
  db.insert(recoveryCode).values(
    codes.map((code) => ({
      clinicId: of.clinicId,
      staffId: of.staffId,
      codeHash: recoveryCodeHash(code),
      madeAt: now,
    })),
  ),
]

/** Changes no row when this is no code of theirs, or was used. */
export const takeRecoveryCode = (db: Database, { clinicId, staffId }: Named, typed: string, now: number): Statement =>
  db
    .update(recoveryCode)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCode.clinicId, clinicId),
        eq(recoveryCode.staffId, staffId),
        eq(recoveryCode.codeHash, recoveryCodeHash(typed)),
        isNull(recoveryCode.usedAt),
      ),
    )

export const removeRecoveryCodes = (db: Database, { clinicId, staffId }: Named): Statement =>
  db.delete(recoveryCode).where(and(eq(recoveryCode.clinicId, clinicId), eq(recoveryCode.staffId, staffId)))

/** Changes nothing; `onlyIfChanged` behind it stops the batch when somebody took the factor away a moment ago. */
export const touchIfFactor = (db: Database, { clinicId, staffId }: Named): Statement =>
  db
    .update(staff)
    .set({ deactivatedAt: null })
    .where(
      and(
        eq(staff.clinicId, clinicId),
        eq(staff.id, staffId),
        isNull(staff.deactivatedAt),
        hasFactor(clinicId, staffId),
      ),
    )

/** Recovery codes recover nothing when there is no factor left. Stands behind the removal of one. */
export const removeIdleCodes = (db: Database, { clinicId, staffId }: Named): Statement =>
  db
    .delete(recoveryCode)
    .where(
      and(
        eq(recoveryCode.clinicId, clinicId),
        eq(recoveryCode.staffId, staffId),
        sql`NOT ${hasFactor(clinicId, staffId)}`,
      ),
    )

export const removePasskeysOfStaff = (db: Database, { clinicId, staffId }: Named): Statement =>
  db.delete(passkey).where(and(eq(passkey.clinicId, clinicId), eq(passkey.staffId, staffId)))

/** Changes no row when it was so already, or when the manager who asks has no second factor: nobody is locked out. */
export const requireFactor = (db: Database, { clinicId, staffId }: Named, isRequired: boolean): Statement =>
  db
    .update(clinic)
    .set({ staffNeedSecondFactor: isRequired })
    .where(
      and(
        eq(clinic.id, clinicId),
        eq(clinic.staffNeedSecondFactor, !isRequired),
        isRequired ? hasFactor(clinicId, staffId) : undefined,
      ),
    )

/** Whether the clinic asks its staff for one: one row. */
export const requirementOf = (db: Database, clinicId: string) =>
  db.select({ isRequired: clinic.staffNeedSecondFactor }).from(clinic).where(eq(clinic.id, clinicId))
