/** Seals the audit's new rows each minute, and reads a stretch of rows and seals for a check. */
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import { type Bindings, reportTrouble } from '../environment.ts'
import { audit, auditSeal } from '../schema.ts'
import { type Database, database } from '../web/database.ts'
import { hashToken } from '../web/random.ts'
import { keyedHasher } from '../web/secret.ts'
import { type Hashes, hashesOf, newestFormat } from './seal.ts'

/** In front of every id: whoever puts in rows with negative ones is found too. */
const beforeAll = sql.raw('-9223372036854775808')
const mostAtOnce = 500 // rows under one seal
const mostClinics = 300 // in one minute; those that waited longest come first
/** Of a stretch: what one request can check. */
export const mostRows = 5_000
export const mostSeals = 2_000

/** The hashes of this deployment. What lies in D1 can be read and not made with D1 alone. */
export const hashesBy = async (env: Bindings): Promise<Hashes> => ({
  plain: hashToken,
  keyed: await keyedHasher(env, 'audit seal'),
  contents: await keyedHasher(env, 'audit contents'),
})

/** Clinics with rows that no seal holds yet, with their newest seal. */
const clinicsToSeal = (db: Database) =>
  db.all<{ clinicId: string; n: number; upToId: number; hash: string | null }>(sql`
    SELECT c.id AS clinicId, coalesce(s.n, 0) AS n, coalesce(s.up_to_id, 0) AS upToId, s.hash AS hash
    FROM clinic c LEFT JOIN audit_seal s ON s.clinic_id = c.id
      AND s.n = (SELECT max(n) FROM audit_seal WHERE clinic_id = c.id)
    WHERE EXISTS (SELECT 1 FROM audit a WHERE a.clinic_id = c.id AND a.id > coalesce(s.up_to_id, 0))
    ORDER BY coalesce(s.sealed_at, 0) LIMIT ${mostClinics}`)
type ToSeal = Awaited<ReturnType<typeof clinicsToSeal>>[number]

/** All clinics: one that cannot be sealed now does not hold up the others. */
export async function sealAudit(env: Bindings, now: number): Promise<void> {
  const db = database(env)
  const hashes = await hashesBy(env)
  for (const clinic of await clinicsToSeal(db)) {
    await sealOne(db, clinic, hashes, now).catch((error) => reportTrouble('audit seal', error))
  }
}

async function sealOne(db: Database, older: ToSeal, hashes: Hashes, now: number): Promise<void> {
  const { clinicId } = older
  const rows = await rowsAfter(db, clinicId, older.upToId, mostAtOnce)
  const last = rows.at(-1)
  if (!last) return
  const { n, upToId } = { n: older.n + 1, upToId: last.id }
  const head = { clinicId, n, upToId, count: rows.length, sealedAt: now, format: newestFormat }
  const { hash, contents } = await hashesOf(head, rows, older.hash, hashes)
  // Two that seal at once: the second finds the seal there.
  await db.run(sql`INSERT INTO audit_seal (clinic_id, n, up_to_id, count, hash, sealed_at, format, contents)
    SELECT ${clinicId}, ${n}, ${upToId}, ${head.count}, ${hash}, ${now}, ${head.format}, ${contents}
    WHERE NOT EXISTS (SELECT 1 FROM audit_seal WHERE clinic_id = ${clinicId} AND n = ${n})`)
}

const rowsAfter = (db: Database, clinicId: string, id: number, limit: number) =>
  db
    .select()
    .from(audit)
    .where(and(eq(audit.clinicId, clinicId), gt(audit.id, id)))
    .orderBy(asc(audit.id))
    .limit(limit)

/** At most one row. */
export const sealNumbered = (db: Database, clinicId: string, n: number) =>
  db
    .select()
    .from(auditSeal)
    .where(and(eq(auditSeal.clinicId, clinicId), eq(auditSeal.n, n)))

export const newestSeal = (db: Database, clinicId: string) =>
  db.select().from(auditSeal).where(eq(auditSeal.clinicId, clinicId)).orderBy(desc(auditSeal.n)).limit(1)

/** The seals behind seal n, oldest first; one more than a check takes when there are more. */
export const sealsAfter = (db: Database, clinicId: string, n: number) =>
  db
    .select()
    .from(auditSeal)
    .where(and(eq(auditSeal.clinicId, clinicId), gt(auditSeal.n, n)))
    .orderBy(asc(auditSeal.n))
    .limit(mostSeals + 1)

/** The rows behind seal n, oldest first; one more than a check takes when there are more. */
export const rowsAfterSeal = (db: Database, clinicId: string, n: number) =>
  db
    .select()
    .from(audit)
    .where(
      and(
        eq(audit.clinicId, clinicId),
        sql`${audit.id} > coalesce((SELECT up_to_id FROM audit_seal WHERE clinic_id = ${clinicId} AND n = ${n}), ${beforeAll})`,
      ),
    )
    .orderBy(asc(audit.id))
    .limit(mostRows + 1)
