/** Patients of one clinic, as the database knows them. */
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { audit, onlineAccess, type Patient, patient, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { patientNames } from './patient.ts'
import type { PatientRecord } from './patient-record.ts'

/** At most one row, archived or not. */
export const patientById = (db: Database, clinicId: string, id: string) => byId(db, { clinicId, id })
const byId = kept(['clinicId', 'id'], (db, { clinicId, id }) =>
  db
    .select()
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.id, id))),
)

/** Who holds an email address, as staff are told. */
const holder = {
  id: patient.id,
  firstName: patient.firstName,
  lastName: patient.lastName,
  dateOfBirth: patient.dateOfBirth,
  archivedAt: patient.archivedAt,
}
export type Holder = Pick<Patient, keyof typeof holder>

/** Every patient with this address, archived ones too. @param canonical of emailAddress(); '' finds nobody */
export const holdersOfEmail = (db: Database, clinicId: string, canonical: string) =>
  db
    .select(holder)
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.emailCanonical, canonical)))
    .orderBy(patient.createdAt)

/** The other patients with the address of this one. */
export const sharersOfEmail = (db: Database, clinicId: string, id: string) => sharers(db, { clinicId, id })
const sharers = kept(['clinicId', 'id'], (db, { clinicId, id }) => {
  const own = alias(patient, 'own')
  const ownAddress = db
    .select({ email: own.emailCanonical })
    .from(own)
    .where(and(eq(own.clinicId, clinicId), eq(own.id, id)))
  return db
    .select(holder)
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), sql`${patient.emailCanonical} = (${ownAddress})`, ne(patient.id, id)))
    .orderBy(patient.createdAt)
})

/** Patients called the same, who may be the same person; not what was merged into one of them. @param sortName of patientNames() */
export const patientsNamed = (db: Database, clinicId: string, sortName: string) =>
  db
    .select(holder)
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.sortName, sortName), isNull(patient.mergedInto)))
    .limit(20)

/** The patient whom this form has added already. */
export const patientByFormId = (db: Database, clinicId: string, formId: string) =>
  db
    .select({ id: patient.id })
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.formId, formId)))

/** The state of the patient's online access, for one line of the record; no row: not registered. */
export const accessOf = (db: Database, clinicId: string, patientId: string) => access(db, { clinicId, patientId })
const access = kept(['clinicId', 'patientId'], (db, { clinicId, patientId }) =>
  db
    .select({
      state: onlineAccess.state,
      since: onlineAccess.since,
      lastLogonAt: onlineAccess.lastLogonAt,
      hasPassword: sql<0 | 1>`${onlineAccess.passwordHash} IS NOT NULL`,
      by: staff.name,
    })
    .from(onlineAccess)
    .leftJoin(staff, and(eq(staff.clinicId, onlineAccess.clinicId), eq(staff.id, onlineAccess.byStaff)))
    .where(and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, patientId))),
)
export type AccessLine = Awaited<ReturnType<typeof accessOf>>[number]

/** Who changed the record after this version of it, and which fields (codes): oldest first. */
export const changesSince = (db: Database, clinicId: string, patientId: string, version: number) =>
  db
    .select({ by: staff.name, at: audit.at, fields: sql<string>`json_extract(${audit.detail}, '$.fields')` })
    .from(audit)
    .leftJoin(staff, and(eq(staff.clinicId, audit.clinicId), eq(staff.id, audit.byStaff)))
    .where(
      and(
        eq(audit.clinicId, clinicId),
        eq(audit.ofPatient, patientId),
        eq(audit.act, 'patient-changed'),
        gt(sql`json_extract(${audit.detail}, '$.version')`, version),
      ),
    )
    .orderBy(audit.id)

type NewPatient = PatientRecord &
  Pick<Patient, 'id' | 'clinicId' | 'formId' | 'createdBy'> &
  Partial<Pick<Patient, 'privacyNoticeVersion' | 'privacyAcknowledgedAt'>>

/** @param row.createdBy null when the patient registered themselves */
export const insertPatient = (db: Database, row: NewPatient, now: number): Statement =>
  db.insert(patient).values({ ...row, ...patientNames(row), createdAt: now })

/**
 * Changes the record if nobody else has meanwhile: with `onlyIfChanged` behind it. The logon name follows the email
 * address; the database refuses an address that is on another record too ('email_shared').
 */
export const updatePatient = (
  db: Database,
  of: { clinicId: string; id: string; version: number },
  record: PatientRecord,
): Statement =>
  db
    .update(patient)
    .set({ ...record, ...patientNames(record), version: of.version + 1 })
    .where(
      and(
        eq(patient.clinicId, of.clinicId),
        eq(patient.id, of.id),
        eq(patient.version, of.version),
        isNull(patient.archivedAt),
      ),
    )
