/** A record goes to the archive and comes back: each one conditional statement, so that repeating it is harmless. */
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { patient, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { kept } from '../../web/kept.ts'

type Of = { clinicId: string; id: string }
const isThis = ({ clinicId, id }: Of) => and(eq(patient.clinicId, clinicId), eq(patient.id, id))

/** Changes no row when it is archived already. */
export const archivePatient = (db: Database, of: Of, byStaff: string, now: number): Statement =>
  db
    .update(patient)
    .set({ archivedAt: now, archivedBy: byStaff })
    .where(and(isThis(of), isNull(patient.archivedAt)))

/** Changes no row when it is not archived, or was merged into another one. Who had archived it stays in the audit. */
export const restorePatient = (db: Database, of: Of): Statement =>
  db
    .update(patient)
    .set({ archivedAt: null, archivedBy: null })
    .where(and(isThis(of), isNotNull(patient.archivedAt), isNull(patient.mergedInto)))

/** Who archived the record: one row while it is archived, else none. */
export const archiverOf = (db: Database, clinicId: string, id: string) => archiver(db, { clinicId, id })
const archiver = kept(['clinicId', 'id'], (db, { clinicId, id }) =>
  db
    .select({ name: staff.name })
    .from(patient)
    .innerJoin(staff, and(eq(staff.clinicId, patient.clinicId), eq(staff.id, patient.archivedBy)))
    .where(and(eq(patient.clinicId, clinicId), eq(patient.id, id))),
)
