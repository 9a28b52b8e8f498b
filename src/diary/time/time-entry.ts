/** The audit's entry for a change of the clinic's time: it stands in the batch of its change. */
import type { Ask } from '../../ask.ts'
import { type AuditedAct, auditEntry } from '../../audit/audit-store.ts'

type Told = { ofStaff?: string; detail?: Record<string, string | number | boolean> }

export function timeEntry(c: Ask, act: AuditedAct, told: Told = {}) {
  const { db, clinicId, staffId } = c.var.visit
  return auditEntry(db, { clinicId, act, at: c.var.now, byStaff: staffId, ...told })
}
