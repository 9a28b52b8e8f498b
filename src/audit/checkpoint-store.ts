/**
 * The second copy (security.md "Audit log"): each hour the newest seal of a clinic is written to KV, where nobody comes
 * with the rights of the database alone. Opaque ids and hashes only. A copy that the seals no longer agree with is
 * kept as it is: it is the evidence.
 */
import { eq, sql } from 'drizzle-orm'
import { type Bindings, reportTrouble } from '../environment.ts'
import { auditCheckpoint } from '../schema.ts'
import { type Database, database } from '../web/database.ts'
import { hour } from '../web/durations.ts'
import { newestSeal, sealNumbered } from './seal-store.ts'
import { type Checkpoint, verdictOnCheckpoint } from './seal-verdict.ts'

const every = hour
const mostClinics = 100 // in one minute

const keyOf = (clinicId: string): string => `audit-checkpoint:${clinicId}`

/** What KV holds of a clinic; null when it holds nothing, or does not answer. */
export async function checkpointOf(env: Bindings, clinicId: string): Promise<Checkpoint | null> {
  try {
    return await env.SESSIONS.get<Checkpoint>(keyOf(clinicId), 'json')
  } catch {
    return null // the page then says that there is nothing to compare with
  }
}

/** Clinics whose copy is an hour old, with other seals since: newer ones, or fewer. */
const clinicsToCopy = (db: Database, now: number) =>
  db.all<{ clinicId: string }>(sql`
    SELECT c.id AS clinicId FROM clinic c LEFT JOIN audit_checkpoint k ON k.clinic_id = c.id
    WHERE coalesce(k.written_at, 0) <= ${now - every}
      AND coalesce((SELECT max(n) FROM audit_seal s WHERE s.clinic_id = c.id), 0) <> coalesce(k.n, 0)
    ORDER BY coalesce(k.written_at, 0) LIMIT ${mostClinics}`)

/** What KV does not take now is tried again by the next minute. */
export async function copySeals(env: Bindings, now: number): Promise<void> {
  for (const { clinicId } of await clinicsToCopy(database(env), now)) {
    await copyOne(env, clinicId, now).catch((error) => reportTrouble('audit checkpoint', error))
  }
}

async function copyOne(env: Bindings, clinicId: string, now: number): Promise<void> {
  const db = database(env)
  const older = await env.SESSIONS.get<Checkpoint>(keyOf(clinicId), 'json')
  const [[newest], [copied]] = await db.batch([newestSeal(db, clinicId), sealNumbered(db, clinicId, older?.n ?? 0)])
  if (!newest) return
  if (verdictOnCheckpoint(older, copied)) throw new Error(`the seals of ${clinicId} no longer agree with their copy`)
  const checkpoint: Checkpoint = { n: newest.n, hash: newest.hash, at: now }
  await env.SESSIONS.put(keyOf(clinicId), JSON.stringify(checkpoint))
  await markCopied(db, { clinicId, n: newest.n }, now)
}

const markCopied = (db: Database, { clinicId, n }: { clinicId: string; n: number }, now: number) =>
  db
    .insert(auditCheckpoint)
    .values({ clinicId, n, writtenAt: now })
    .onConflictDoUpdate({
      target: auditCheckpoint.clinicId,
      set: { n, writtenAt: now },
      setWhere: eq(auditCheckpoint.clinicId, clinicId),
    })
