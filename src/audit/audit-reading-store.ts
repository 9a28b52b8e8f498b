/** The audit as it is read: newest first, with the names of today. */
import { and, desc, eq, gt, gte, lt, type SQL, sql } from 'drizzle-orm'
import { type AnySQLiteColumn, alias } from 'drizzle-orm/sqlite-core'
import { audit, patient, staff } from '../schema.ts'
import type { Database } from '../web/database.ts'
import { hour } from '../web/durations.ts'
import type { AuditFilter } from './audit-filter.ts'

export const pageLength = 50 // rows
export const mostInFile = 10_000 // rows of one CSV file

const byStaff = alias(staff, 'by_staff')
const ofStaff = alias(staff, 'of_staff')
const byPatient = alias(patient, 'by_patient')
const ofPatient = alias(patient, 'of_patient')
/** Each column by a name of its own: a batch of D1 answers with objects, in which two columns called `name` are one. */
const named = (column: SQL | AnySQLiteColumn, name: string) => sql<string | null>`${column}`.as(name)
const fullName = (of: typeof byPatient | typeof ofPatient) => sql`${of.firstName} || ' ' || ${of.lastName}`

/** One row more than `limit` when there are more. */
export const auditRows = (db: Database, clinicId: string, filter: AuditFilter, limit: number) =>
  db
    .select({
      id: audit.id,
      at: audit.at,
      act: audit.act,
      detail: audit.detail,
      byStaff: named(byStaff.name, 'by_staff_name'),
      byPatient: named(fullName(byPatient), 'by_patient_name'),
      ofStaff: named(ofStaff.name, 'of_staff_name'),
      ofPatient: named(fullName(ofPatient), 'of_patient_name'),
      ofPatientId: audit.ofPatient,
      actedFor: named(
        sql`CASE WHEN ${audit.byPatient} <> ${audit.ofPatient} THEN ${fullName(ofPatient)} END`,
        'acted_for_name',
      ),
    })
    .from(audit)
    .leftJoin(byStaff, and(eq(byStaff.clinicId, audit.clinicId), eq(byStaff.id, audit.byStaff)))
    .leftJoin(byPatient, and(eq(byPatient.clinicId, audit.clinicId), eq(byPatient.id, audit.byPatient)))
    .leftJoin(ofStaff, and(eq(ofStaff.clinicId, audit.clinicId), eq(ofStaff.id, audit.ofStaff)))
    .leftJoin(ofPatient, and(eq(ofPatient.clinicId, audit.clinicId), eq(ofPatient.id, audit.ofPatient)))
    .where(and(eq(audit.clinicId, clinicId), ...conditions(clinicId, filter)))
    .orderBy(desc(audit.id))
    .limit(limit + 1)

export type AuditLine = Awaited<ReturnType<typeof auditRows>>[number]

/** Each way to read has its index (migration 0007), so that a page reads what it shows and little more. */
function conditions(clinicId: string, { who, what, of, from, until, before }: AuditFilter): (SQL | undefined)[] {
  return [
    who === 'patients' ? sql`${audit.byPatient} IS NOT NULL` : who ? eq(audit.byStaff, who) : undefined,
    what ? eq(audit.act, what) : undefined,
    of === null ? undefined : eq(of.kind === 'patient' ? audit.ofPatient : audit.ofStaff, of.id),
    from === null ? undefined : and(gte(audit.at, from), gt(audit.id, lastBefore(clinicId, from))),
    until === null ? undefined : and(lt(audit.at, until), lt(audit.id, firstAfter(clinicId, until))),
    before === null ? undefined : lt(audit.id, before),
  ]
}

/** Rows are numbered as they are written, which is when they happened but for what a request takes, or the cron. */
const slack = hour

const lastBefore = (clinicId: string, instant: number): SQL => sql`coalesce(
  (SELECT a.id FROM audit a WHERE a.clinic_id = ${clinicId} AND a.at < ${instant - slack} ORDER BY a.at DESC, a.id DESC LIMIT 1),
  ${sql.raw(String(Number.MIN_SAFE_INTEGER))})`
const firstAfter = (clinicId: string, instant: number): SQL => sql`coalesce(
  (SELECT a.id FROM audit a WHERE a.clinic_id = ${clinicId} AND a.at >= ${instant + slack} ORDER BY a.at, a.id LIMIT 1),
  ${sql.raw(String(Number.MAX_SAFE_INTEGER))})`

/** Everybody who ever did something here, for the choice. */
export const everyStaff = (db: Database, clinicId: string) =>
  db.select({ id: staff.id, name: staff.name }).from(staff).where(eq(staff.clinicId, clinicId)).orderBy(staff.name)
