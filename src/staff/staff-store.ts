/** Who runs the clinic, and how each of them logs on. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'

export const staffOfClinic = (db: Database, clinicId: string) =>
  db
    .select()
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), isNull(staff.deactivatedAt)))
    .orderBy(asc(staff.name))

/** At most one row; nobody who was deactivated. */
export const staffById = (db: Database, clinicId: string, id: string) =>
  db
    .select()
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), eq(staff.id, id), isNull(staff.deactivatedAt)))

/** Changes no row when the account was deactivated meanwhile. */
export const setTemporaryPassword = (
  db: Database,
  of: { clinicId: string; id: string },
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
    .where(and(eq(staff.clinicId, of.clinicId), eq(staff.id, of.id), isNull(staff.deactivatedAt)))
