/** What a patient does online, as the audit keeps it: who logged on did it, of the patient whose pages these are. */
import type { Ask } from '../ask.ts'
import type { Statement } from '../web/database.ts'
import { type AuditedAct, auditEntry, type Entry } from './audit-store.ts'

export function entryByPatient(c: Ask, act: AuditedAct, detail: Entry['detail']): Statement {
  const { db, clinicId, holderId, patientId } = c.var.visit
  return auditEntry(db, { clinicId, act, at: c.var.now, byPatient: holderId, ofPatient: patientId, detail })
}
