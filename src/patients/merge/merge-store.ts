/** What merging two records reads of them, and how they become one: statements of one batch. */
import { and, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, passkey, patient, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { patientNames } from '../patient.ts'
import type { PatientRecord } from '../patient-record.ts'
import { accessMark, type Pair, type Side } from './merge.ts'

/**
 * Records that may be of the same person: called the same first, then born on the same day; archived ones too. Each of the two is
 * found by its own index, not all the clinic's patients by either.
 */
export const alikeOf = (db: Database, clinicId: string, id: string) => {
  const own = (column: 'sort_name' | 'date_of_birth') =>
    sql`(SELECT ${sql.raw(column)} FROM patient own WHERE own.clinic_id = ${clinicId} AND own.id = ${id})`
  const withSame = (column: 'sort_name' | 'date_of_birth') =>
    sql`SELECT id FROM patient WHERE clinic_id = ${clinicId} AND ${sql.raw(column)} = ${own(column)}`
  return db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      dateOfBirth: patient.dateOfBirth,
      email: patient.email,
      archivedAt: patient.archivedAt,
    })
    .from(patient)
    .where(
      and(
        sql`+${patient.clinicId} = ${clinicId}`, // not by the index of the whole clinic
        sql`${patient.id} IN (${withSame('sort_name')} UNION ALL ${withSame('date_of_birth')})`,
        ne(patient.id, id),
        isNull(patient.mergedInto),
      ),
    )
    .orderBy(desc(sql`${patient.sortName} = ${own('sort_name')}`), patient.createdAt)
    .limit(20)
}

/** How much hangs on the record: one row. Each of the two indexes of grants is asked for itself. */
export const hangingOn = (db: Database, clinicId: string, id: string) => {
  const living = sql`FROM acting_grant g WHERE g.clinic_id = ${clinicId} AND g.ended_at IS NULL`
  return db
    .select({
      appointments: sql<number>`(SELECT count(*) FROM appointment a INDEXED BY appointment_of_patient
        WHERE a.clinic_id = ${clinicId} AND a.patient_id = ${id})`.as('appointments'),
      grants: sql<number>`(SELECT count(*) ${living} AND g.holder_id = ${id})
        + (SELECT count(*) ${living} AND g.patient_id = ${id})`.as('grants'),
    })
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.id, id)))
}

/** What was merged into this record, newest first. */
export const mergedInto = (db: Database, clinicId: string, id: string) =>
  db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      at: patient.archivedAt,
      by: staff.name,
    })
    .from(patient)
    .leftJoin(staff, and(eq(staff.clinicId, patient.clinicId), eq(staff.id, patient.archivedBy)))
    .where(and(eq(patient.clinicId, clinicId), eq(patient.mergedInto, id)))
    .orderBy(desc(patient.archivedAt))
export type Merged = Awaited<ReturnType<typeof mergedInto>>[number]

type InClinic = { clinicId: string; id: string }
const isThis = ({ clinicId, id }: InClinic) => and(eq(patient.clinicId, clinicId), eq(patient.id, id))

/** Changes nothing; `onlyIfChanged` behind it stops the batch when one of the two is not as it was, or merged already. */
export const touchBoth = (db: Database, { stays, goes }: Pair): Statement =>
  db
    .update(patient)
    .set({ version: stays.patient.version })
    .where(
      and(
        isThis(stays.patient),
        eq(patient.version, stays.patient.version),
        isNull(patient.archivedAt),
        hasAccess(stays),
        hasAccess(goes),
        sql`EXISTS (SELECT 1 FROM patient g WHERE g.clinic_id = ${goes.patient.clinicId} AND g.id = ${goes.patient.id}
          AND g.version = ${goes.patient.version} AND g.merged_into IS NULL)`,
      ),
    )

const hasAccess = (side: Side): SQL => sql`coalesce((SELECT oa.state || oa.since FROM online_access oa
  WHERE oa.clinic_id = ${side.patient.clinicId} AND oa.patient_id = ${side.patient.id}), '') = ${accessMark(side)}`

/** The record that stays, as it was put together. What was read of the privacy notice last counts. */
export const keepRecord = (db: Database, { stays, goes }: Pair, record: PatientRecord): Statement => {
  const [newest] = [stays.patient, goes.patient].sort(
    (a, b) => (b.privacyAcknowledgedAt ?? 0) - (a.privacyAcknowledgedAt ?? 0),
  )
  const { privacyNoticeVersion, privacyAcknowledgedAt } = newest!
  return db
    .update(patient)
    .set({
      ...record,
      ...patientNames(record),
      privacyNoticeVersion,
      privacyAcknowledgedAt,
      version: stays.patient.version + 1,
    })
    .where(isThis(stays.patient))
}

/** The record that goes: in the archive for good, without an address. What had gone into it before leads to the other one too. */
export const letRecordGo = (db: Database, { stays, goes }: Pair, byStaff: string, now: number): Statement[] => {
  const { patient: gone } = goes
  const into = { mergedInto: stays.patient.id }
  const without = { email: '', emailCanonical: null }
  const names = patientNames({ ...gone, email: '' })
  const archived = { archivedAt: now, archivedBy: byStaff, version: gone.version + 1 }
  return [
    db
      .update(patient)
      .set({ ...without, ...names, ...archived, ...into })
      .where(isThis(gone)),
    db
      .update(patient)
      .set(into)
      .where(and(eq(patient.clinicId, gone.clinicId), eq(patient.mergedInto, gone.id))),
  ]
}

type AccessOf = { clinicId: string; patientId: string }
const isOf = ({ clinicId, patientId }: AccessOf) =>
  and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, patientId))

/** Nothing of a password is left where nobody can log on any more. */
export const endAccess = (db: Database, of: AccessOf): Statement => db.delete(onlineAccess).where(isOf(of))

/** With its state, its password, and who gave it. */
export const moveAccess = (db: Database, of: AccessOf, to: string): Statement =>
  db.update(onlineAccess).set({ patientId: to }).where(isOf(of))

/** The logon name is the address that is kept; the database refuses one that another record has ('email_shared'). */
export const readdressAccess = (db: Database, of: AccessOf, email: string): Statement =>
  db.update(onlineAccess).set({ email }).where(isOf(of))

export const movePasskeys = (db: Database, { clinicId, patientId }: AccessOf, to: string): Statement =>
  db
    .update(passkey)
    .set({ patientId: to })
    .where(and(eq(passkey.clinicId, clinicId), eq(passkey.patientId, patientId)))
