/** The code at the counter is a one-time link that no mail carries: how it is read, ended, and its end written down. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { oneTimeLink } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'

interface Named {
  clinicId: string
  patientId: string
  id: string
}

const isThis = ({ clinicId, patientId, id }: Named) =>
  and(
    eq(oneTimeLink.clinicId, clinicId),
    eq(oneTimeLink.id, id),
    eq(oneTimeLink.patientId, patientId),
    eq(oneTimeLink.purpose, 'counter'),
  )

/** At most one row, whatever its state. */
export const counterLink = (db: Database, of: Named) => db.select().from(oneTimeLink).where(isThis(of))

/** Changes no row when it was used or ended already. */
export const cancelCounter = (db: Database, of: Named, now: number): Statement =>
  db
    .update(oneTimeLink)
    .set({ endedAt: now })
    .where(and(isThis(of), isNull(oneTimeLink.usedAt), isNull(oneTimeLink.endedAt)))

/** In words that the database takes for the condition of its index. */
const isOpenCounter = sql`purpose = 'counter' AND used_at IS NULL AND ended_at IS NULL`

/** Reception shows one code at a time: whatever this person shows to other patients is over. */
export const endCountersOf = (db: Database, clinicId: string, byStaff: string, now: number): Statement =>
  db
    .update(oneTimeLink)
    .set({ endedAt: now })
    .where(and(eq(oneTimeLink.clinicId, clinicId), eq(oneTimeLink.byStaff, byStaff), isOpenCounter))

/** Writes down which codes a new one ends: those of this person, and of this patient. Stands before what ends them. */
export const auditEndedCounters = (
  db: Database,
  { clinicId, patientId }: { clinicId: string; patientId: string },
  byStaff: string,
  now: number,
): Statement =>
  db.run(sql`
    INSERT INTO audit (clinic_id, at, act, by_staff, of_patient, detail)
    SELECT clinic_id, ${now}, 'counter-cancelled', ${byStaff}, patient_id, json_object('link', id) FROM one_time_link
    WHERE clinic_id = ${clinicId} AND ${isOpenCounter} AND expires_at > ${now}
      AND (by_staff = ${byStaff} OR patient_id = ${patientId})`)
