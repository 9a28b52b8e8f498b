/** For whom an account holder may act now, as part of other statements. */
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database, Statement } from '../web/database.ts'
import { isLive } from './grant-store.ts'

type Value = string | SQLWrapper

/**
 * The holder's grants that hold now: not ended, not run out, and the patient is on the list. One that staff should look at again goes
 * on. As rows of a select: `g` is the grant, `gp` its patient.
 * @param of.patientId left out: for whomever
 */
export const liveGrant = (
  of: { clinicId: Value; holderId: Value; patientId?: Value },
  now: number | SQLWrapper,
  what: SQL = sql`1`,
): SQL => sql`
  SELECT ${what} FROM acting_grant g JOIN patient gp ON gp.clinic_id = g.clinic_id AND gp.id = g.patient_id
  WHERE g.clinic_id = ${of.clinicId} AND g.holder_id = ${of.holderId} AND ${isLive(now)}
    ${of.patientId !== undefined ? sql`AND g.patient_id = ${of.patientId}` : sql``}
    AND gp.archived_at IS NULL`

/** Stands in front of a batch, which is undone when the holder may not act for the patient any more: 'nothing-changed'. */
export const onlyWhileGranted = (
  db: Database,
  of: { clinicId: string; holderId: string; patientId: string },
  now: number,
): Statement => db.run(sql`SELECT CASE WHEN EXISTS (${liveGrant(of, now)}) THEN 1 ELSE json('nothing changed') END`)
