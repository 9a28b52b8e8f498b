/** What happened to a record, from the audit, by its index: newest first. */
import { and, desc, eq, lt } from 'drizzle-orm'
import { holderName, isHolder } from '../../audit/holder-store.ts'
import { audit, patient, staff } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { pageLength } from './history-words.ts'

/** One row more than a page when there are more. @param before the id of the last row of the page before */
export const historyOf = (db: Database, clinicId: string, patientId: string, before: number | undefined) =>
  db
    .select({
      id: audit.id,
      at: audit.at,
      act: audit.act,
      detail: audit.detail,
      byStaff: staff.name,
      byPatient: audit.byPatient,
      holder: holderName,
    })
    .from(audit)
    .leftJoin(staff, and(eq(staff.clinicId, audit.clinicId), eq(staff.id, audit.byStaff)))
    .leftJoin(patient, isHolder)
    .where(
      and(
        eq(audit.clinicId, clinicId),
        eq(audit.ofPatient, patientId),
        before === undefined ? undefined : lt(audit.id, before),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(pageLength + 1)

export type HistoryRow = Awaited<ReturnType<typeof historyOf>>[number]
