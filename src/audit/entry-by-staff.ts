/** What somebody of the staff does in a room, as the audit keeps it: an entry for the batch of the change. */
import type { Ask } from '../ask.ts'
import type { Statement } from '../web/database.ts'
import { type AuditedAct, auditEntry, type Entry } from './audit-store.ts'

export function entryByStaff(
  c: Ask,
  act: AuditedAct,
  of: Pick<Entry, 'ofPatient' | 'ofStaff' | 'detail'> = {},
): Statement {
  const { db, clinicId, staffId } = c.var.visit
  return auditEntry(db, { clinicId, act, at: c.var.now, byStaff: staffId, ...of })
}
