/** Turning to another patient: for whom a session acts never changes, so it ends and another one takes its place. */
import { sql } from 'drizzle-orm'
import type { Claim } from '../front-door/sessions/session-store.ts'
import { endSession } from '../front-door/sessions/session-store.ts'
import { type Database, onlyIfChanged, type Statement } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { hashToken, newToken } from '../web/random.ts'
import { liveGrant } from './live-grant-store.ts'

/** Somebody for whom the holder may act now. */
export interface ActedFor {
  id: string
  firstName: string
  lastName: string
}

/** By name; none is read of whoever may act for nobody. */
export const patientsToActFor = (db: Database, clinicId: string, holderId: string, now: number) =>
  namesOf(db, { clinicId, holderId, now })
const namesOf = kept(['clinicId', 'holderId', 'now'], (db, { clinicId, holderId, now }) =>
  db.all<ActedFor>(
    sql`${liveGrant(
      { clinicId, holderId },
      now,
      sql`gp.id, gp.first_name AS firstName, gp.last_name AS lastName`,
    )} ORDER BY gp.first_name, gp.last_name, gp.id`,
  ),
)

interface Switched {
  token: string
  claim: Claim
  statements: Statement[]
}

/**
 * As long as the old one would have lasted: who has logged on once does not stay for ever by turning to and fro. Changes nothing
 * ('nothing-changed') for somebody whom the holder may not act for.
 * @param actingFor null: for themselves
 */
export function switched(db: Database, old: Claim, actingFor: string | null, now: number): Switched {
  const token = newToken()
  const claim: Claim = { ...old, tokenHash: hashToken(token), actingFor }
  const of = { clinicId: sql`s.clinic_id`, holderId: sql`s.patient_id`, patientId: actingFor ?? '' }
  const isGranted = actingFor === null ? sql`1` : sql`EXISTS (${liveGrant(of, now)})`
  const statements = [
    db.run(sql`INSERT INTO session (token_hash, clinic_id, patient_id, created_at, last_seen_at, user_agent, by_passkey, acting_for)
      SELECT ${claim.tokenHash}, s.clinic_id, s.patient_id, s.created_at, ${now}, s.user_agent, s.by_passkey, ${actingFor}
      FROM session s WHERE s.token_hash = ${old.tokenHash} AND s.clinic_id = ${old.clinicId} AND ${isGranted}`),
    onlyIfChanged(db),
    endSession(db, old.tokenHash),
  ]
  return { token, claim, statements }
}
