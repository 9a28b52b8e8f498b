/** Who runs the clinic, and how each of them logs on. */
import { and, asc, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Staff, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { type AccountFields, losesManager } from './account.ts'

type Named = { clinicId: string; id: string }
const isMember = ({ clinicId, id }: Named) => and(eq(staff.clinicId, clinicId), eq(staff.id, id))
const isActive = (of: Named) => and(isMember(of), isNull(staff.deactivatedAt))

/** Everybody, those who were deactivated too. */
export const staffOfClinic = (db: Database, clinicId: string) =>
  db.select().from(staff).where(eq(staff.clinicId, clinicId)).orderBy(asc(staff.name), asc(staff.id))

/** At most one row, deactivated or not. */
export const staffById = (db: Database, clinicId: string, id: string) =>
  db.select().from(staff).where(isMember({ clinicId, id }))

export const staffByUsername = (db: Database, clinicId: string, username: string) =>
  db
    .select()
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), eq(staff.username, username)))

/** A new account without a password: it cannot log on yet (rule M4). A username that is taken refuses the batch. */
export const insertStaff = (
  db: Database,
  account: AccountFields & { id: string; clinicId: string; username: string },
  now: number,
): Statement => db.insert(staff).values({ ...account, createdAt: now })

/**
 * Changes no row when somebody else changed the account meanwhile, or when it takes away the last manager. SQLite runs
 * one statement after the other, so of many who try this at once the last one finds nobody left, and is refused.
 */
export const updateStaff = (db: Database, before: Staff, after: AccountFields): Statement =>
  db
    .update(staff)
    .set({ name: after.name, role: after.role, email: after.email })
    .where(
      and(
        isActive(before),
        eq(staff.name, before.name),
        eq(staff.role, before.role),
        sql`${staff.email} IS ${before.email}`,
        losesManager(before, after) ? anotherManagerThan(before) : undefined,
      ),
    )

/** Nobody logs on with it any more. A temporary password is gone, their own one waits for a restoration. */
export const deactivateStaff = (db: Database, of: Named, byStaff: string, now: number): Statement => {
  const unlessTemporary = <T>(column: T) => sql`CASE WHEN ${staff.passwordKind} = 'own' THEN ${column} END`
  return db
    .update(staff)
    .set({
      deactivatedAt: now,
      deactivatedBy: byStaff,
      passwordHash: unlessTemporary(staff.passwordHash),
      passwordKind: unlessTemporary(staff.passwordKind),
      temporaryExpiresAt: null,
      temporaryUsedAt: null,
    })
    .where(and(isActive(of), isNoLoss(of)))
}

export const activateStaff = (db: Database, of: Named): Statement =>
  db
    .update(staff)
    .set({ deactivatedAt: null, deactivatedBy: null })
    .where(and(isMember(of), isNotNull(staff.deactivatedAt)))

/** Changes nothing; `onlyIfChanged` behind it stops the batch when the account was deactivated meanwhile. */
export const touchActive = (db: Database, of: Named): Statement =>
  db.update(staff).set({ deactivatedAt: null }).where(isActive(of))

/** Changes no row when the account was deactivated or got another password meanwhile, or of two managers each resets the other. */
export const setTemporaryPassword = (
  db: Database,
  of: Named & { passwordSetAt: number | null },
  hash: string,
  expiresAt: number,
  now: number,
): Statement =>
  db
    .update(staff)
    .set({
      passwordHash: hash,
      passwordKind: 'temporary',
      passwordSetAt: now,
      temporaryExpiresAt: expiresAt,
      temporaryUsedAt: null,
    })
    .where(and(isActive(of), isNoLoss(of), sql`${staff.passwordSetAt} IS ${of.passwordSetAt}`))

const isNoLoss = (of: Named) => or(ne(staff.role, 'manager'), anotherManagerThan(of))

/** Somebody else is left who can run the clinic: a manager who has chosen a password. */
const anotherManagerThan = ({ clinicId, id }: Named): SQL => sql`EXISTS (
  SELECT 1 FROM staff other WHERE other.clinic_id = ${clinicId} AND other.id <> ${id}
    AND other.role = 'manager' AND other.password_kind = 'own' AND other.deactivated_at IS NULL)`
