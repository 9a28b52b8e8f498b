/**
 * How the diary writes to a patient: to the address on their own record, else to whoever acts for them, by the oldest grant. The
 * address of a family stands on the holder's record only.
 */
import { and, eq, type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { patient } from '../schema.ts'
import type { Database } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { isLive } from './grant-store.ts'

/** A patient as the statement around it knows them. */
interface Reached {
  clinicId: SQLWrapper
  id: SQLWrapper
  /** Canonical; null: none of their own. */
  email: SQLWrapper
}
type Now = number | Placeholder | SQL

const ofPatient: Reached = { clinicId: patient.clinicId, id: patient.id, email: patient.emailCanonical }
/** The patient under another name of the statement. */
export const patientNamed = (name: 'p'): Reached => ({
  clinicId: sql.raw(`${name}.clinic_id`),
  id: sql.raw(`${name}.id`),
  email: sql.raw(`${name}.email_canonical`),
})

/** Asks for nothing more where there is an address of their own. */
export const contactEmail = (now: Now, of = ofPatient): SQL<string | null> =>
  sql<string | null>`coalesce(${of.email}, (SELECT h.email_canonical ${holderOf(of, now)}))`

/** Whoever reads those mails can log on: the patient, or the holder whom they go to. */
export const readerHasAccess = (now: Now, of = ofPatient): SQL => sql`(${hasActive(of, of.id)}
  OR ${of.email} IS NULL AND ${hasActive(of, sql`(SELECT h.id ${holderOf(of, now)})`)})`

const hasActive = ({ clinicId }: Reached, id: SQLWrapper): SQL => sql`EXISTS (SELECT 1 FROM online_access o
  WHERE o.clinic_id = ${clinicId} AND o.patient_id = ${id} AND o.state = 'active')`

const holderOf = ({ clinicId, id }: Reached, now: Now): SQL => sql`FROM acting_grant g
  JOIN patient h ON h.clinic_id = g.clinic_id AND h.id = g.holder_id AND h.archived_at IS NULL AND h.email_canonical IS NOT NULL
  WHERE g.clinic_id = ${clinicId} AND g.patient_id = ${id} AND ${isLive(now)} ORDER BY g.granted_at, g.id LIMIT 1`

/** One row; none for nobody. */
export const contactOf = (db: Database, clinicId: string, patientId: string, now: number) =>
  contact(db, { clinicId, patientId, now })
const contact = kept(['clinicId', 'patientId', 'now'], (db, { clinicId, patientId, now }) =>
  db
    .select({
      contact: contactEmail(now).as('contact'),
      hasAccess: readerHasAccess(now).mapWith(Boolean).as('has_access'),
    })
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.id, patientId))),
)
