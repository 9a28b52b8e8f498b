/** What every change of somebody's own factors brings with it: others are logged off, the owner is told, it is written down. */
import type { Ask } from '../../ask.ts'
import { type AuditedAct, auditEntry } from '../../audit/audit-store.ts'
import type { Letter } from '../../mail/letter.ts'
import type { MailKind } from '../../mail/mail-kind.ts'
import { queueMail } from '../../mail/outbox.ts'
import type { Statement } from '../../web/database.ts'
import { type Account, ownerOf } from '../account-store.ts'
import { endSessionsOf } from '../sessions/session-store.ts'

interface FactorChange {
  act: AuditedAct
  detail?: Record<string, string | number>
  kind: MailKind
  letter: Letter
}

export async function factorChange(c: Ask, account: Account, change: FactorChange): Promise<Statement[]> {
  const { visit } = c.var
  return [
    endSessionsOf(visit.db, visit.clinicId, ownerOf(account), visit.claim.tokenHash),
    ...(await toldAndWrittenDown(c, account, change)),
  ]
}

/** Where nobody need be logged off. */
export async function toldAndWrittenDown(c: Ask, account: Account, change: FactorChange): Promise<Statement[]> {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  const { act, detail, kind, letter } = change
  const mail = { clinicId, ...ownerOf(account), kind, to: account.email ?? '', letter }
  const { staffId: byStaff, patientId: byPatient } = account
  return [
    ...(account.email ? await queueMail(c.env, db, mail, now) : []),
    auditEntry(db, { clinicId, act, at: now, byStaff, byPatient, ofStaff: byStaff, ofPatient: byPatient, detail }),
  ]
}
