/** Who may act for whom, as the database knows it. */
import { and, asc, eq, isNull, type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { actingGrant, onlineAccess, patient, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import type { Terms } from './grant-form.ts'

/** Of a grant `g`: nobody has ended it, and its time has not run out. Whether both records are in use is asked beside it. */
export const isLive = (now: number | Placeholder | SQLWrapper): SQL =>
  sql`g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > ${now})`

const g = alias(actingGrant, 'g')
const other = alias(patient, 'other')
const approver = alias(staff, 'approver')

/** A grant with whoever else it is about, oldest first; those too whose time has run out and that nobody has ended or renewed. */
const grants = (db: Database, clinicId: Placeholder, id: Placeholder, of: 'patient' | 'holder') =>
  db
    .select({
      id: g.id,
      relation: g.relation,
      approvedOn: g.approvedOn,
      endsAt: g.endsAt,
      reviewAt: g.reviewAt,
      approvedBy: sql<string>`${approver.name}`.as('approved_by_name'),
      otherId: sql<string>`${other.id}`.as('other_id'),
      firstName: other.firstName,
      lastName: other.lastName,
      dateOfBirth: other.dateOfBirth,
      email: other.email,
      archivedAt: other.archivedAt,
      access: sql<'invited' | 'active' | 'inactive' | null>`${onlineAccess.state}`.as('access'),
    })
    .from(g)
    .innerJoin(other, and(eq(other.clinicId, g.clinicId), eq(other.id, of === 'patient' ? g.holderId : g.patientId)))
    .innerJoin(approver, and(eq(approver.clinicId, g.clinicId), eq(approver.id, g.approvedBy)))
    .leftJoin(onlineAccess, and(eq(onlineAccess.clinicId, other.clinicId), eq(onlineAccess.patientId, other.id)))
    .where(and(eq(g.clinicId, clinicId), eq(of === 'patient' ? g.patientId : g.holderId, id), isNull(g.endedAt)))
    .orderBy(asc(g.grantedAt), asc(g.id))

/** Who may act for this patient. */
export const holdersFor = (db: Database, clinicId: string, id: string) => keptHolders(db, { clinicId, id })
const keptHolders = kept(['clinicId', 'id'], (db, { clinicId, id }) => grants(db, clinicId, id, 'patient'))

/** For whom this patient may act. */
export const actedForBy = (db: Database, clinicId: string, id: string) => keptActedFor(db, { clinicId, id })
const keptActedFor = kept(['clinicId', 'id'], (db, { clinicId, id }) => grants(db, clinicId, id, 'holder'))

export type GrantLine = Awaited<ReturnType<typeof holdersFor>>[number]

/** A grant of this patient, ended or not: at most one row. */
export const grantById = (db: Database, of: { clinicId: string; patientId: string; id: string }) =>
  db
    .select()
    .from(actingGrant)
    .where(
      and(eq(actingGrant.clinicId, of.clinicId), eq(actingGrant.patientId, of.patientId), eq(actingGrant.id, of.id)),
    )

/** Who may be named as the one who approved it. */
export const activeStaff = (db: Database, clinicId: string) =>
  db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), isNull(staff.deactivatedAt)))
    .orderBy(asc(staff.name), asc(staff.id))

interface Pair {
  clinicId: string
  patientId: string
  holderId: string
}
export type NewGrant = Pair &
  Omit<Terms, 'ending' | 'on'> & { id: string; grantedBy: string; endsAt: number | null; reviewAt: number | null } & {
    /** Canonical, as they were read: what becomes of the address was decided on them. */
    patientEmail: string | null
    holderEmail: string
  }

/**
 * Behind it `onlyIfChanged`: adds no row when a record was archived or has another address meanwhile, when whoever approved it
 * has left, or when the patient has come to need the address that goes to the holder. A second grant of the same two is refused
 * by an index; one whose time has run out makes room first.
 */
export function insertGrant(db: Database, of: NewGrant, now: number): [Statement, Statement] {
  const { clinicId, patientId, holderId } = of
  return [
    db.run(sql`UPDATE acting_grant SET ended_at = ends_at WHERE clinic_id = ${clinicId} AND holder_id = ${holderId}
      AND patient_id = ${patientId} AND ended_at IS NULL AND ends_at <= ${now}`),
    db.run(sql`INSERT INTO acting_grant (id, clinic_id, holder_id, patient_id, relation, approved_by, approved_on, granted_by,
        granted_at, ends_at, review_at)
      SELECT ${of.id}, p.clinic_id, h.id, p.id, ${of.relation}, s.id, ${of.approvedOn}, ${of.grantedBy}, ${now}, ${of.endsAt},
        ${of.reviewAt}
      FROM patient p
      JOIN patient h ON h.clinic_id = p.clinic_id AND h.id = ${holderId} AND h.archived_at IS NULL
        AND h.email_canonical = ${of.holderEmail}
      JOIN staff s ON s.clinic_id = p.clinic_id AND s.id = ${of.approvedBy} AND s.deactivated_at IS NULL
      WHERE p.clinic_id = ${clinicId} AND p.id = ${patientId} AND p.archived_at IS NULL
        AND p.email_canonical IS ${of.patientEmail}
        AND (p.email_canonical IS NOT h.email_canonical OR NOT EXISTS (SELECT 1 FROM online_access o
            WHERE o.clinic_id = p.clinic_id AND o.patient_id = p.id AND o.email IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM acting_grant g
            WHERE g.clinic_id = p.clinic_id AND g.holder_id = p.id AND ${isLive(now)}))`),
  ]
}

/** Changes no row when it has ended already, by somebody or by its time. */
export const endGrant = (
  db: Database,
  of: { clinicId: string; patientId: string; id: string },
  byStaff: string,
  now: number,
): Statement =>
  db.run(sql`UPDATE acting_grant AS g SET ended_at = ${now}, ended_by = ${byStaff}
    WHERE g.clinic_id = ${of.clinicId} AND g.patient_id = ${of.patientId} AND g.id = ${of.id} AND ${isLive(now)}`)
