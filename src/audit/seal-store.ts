/** Seals the audit's new rows each minute, and reads what a check needs. */
import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm'
import { audit, auditSeal } from '../schema.ts'
import { type Database, writeAll } from '../web/database.ts'
import { sealOf } from './seal.ts'

const mostAtOnce = 500 // rows under one seal

/** Clinics with rows that no seal holds yet. */
const clinicsToSeal = (db: Database) =>
  db.all<{ clinicId: string }>(sql`
    SELECT c.id AS clinicId FROM clinic c WHERE EXISTS (
      SELECT 1 FROM audit a WHERE a.clinic_id = c.id AND a.id > coalesce(
        (SELECT max(s.up_to_id) FROM audit_seal s WHERE s.clinic_id = c.id), 0))`)

const newestSeal = (db: Database, clinicId: string) =>
  db.select().from(auditSeal).where(eq(auditSeal.clinicId, clinicId)).orderBy(desc(auditSeal.n)).limit(1)

/** All clinics. Two that seal at once: the second is refused by the key, and its rows are sealed already. */
export async function sealAudit(db: Database, now: number): Promise<void> {
  for (const { clinicId } of await clinicsToSeal(db)) {
    const [older] = await newestSeal(db, clinicId)
    const rows = await db
      .select()
      .from(audit)
      .where(and(eq(audit.clinicId, clinicId), gt(audit.id, older?.upToId ?? 0)))
      .orderBy(asc(audit.id))
      .limit(mostAtOnce)
    const last = rows.at(-1)
    if (!last) continue
    const seal = { clinicId, n: (older?.n ?? 0) + 1, upToId: last.id, count: rows.length, sealedAt: now }
    await writeAll(db, [db.insert(auditSeal).values({ ...seal, hash: sealOf(rows, older?.hash ?? null) })])
  }
}

/** Everything a check reads, oldest first. @param upTo the id of the newest row to look at */
export const rowsToCheck = (db: Database, clinicId: string, upTo = Number.MAX_SAFE_INTEGER) =>
  db
    .select()
    .from(audit)
    .where(and(eq(audit.clinicId, clinicId), lte(audit.id, upTo)))
    .orderBy(asc(audit.id))

export const sealsOf = (db: Database, clinicId: string) =>
  db.select().from(auditSeal).where(eq(auditSeal.clinicId, clinicId)).orderBy(asc(auditSeal.n))
