/** The logon name of a patient is another one from now on: the old address and the new one are told. */
import type { Ask } from '../../ask.ts'
import { publicOrigin } from '../../environment.ts'
import { queueMail } from '../../mail/outbox.ts'
import type { Statement } from '../../web/database.ts'
import { emailChangedNew, emailChangedOld } from './emails.tsx'

interface LogonMoves {
  patientId: string
  /** Canonical, both. */
  from: string
  to: string
  /** Of their own, so that they can go on with it. */
  hasPassword: boolean
}

export async function tellBothAddresses(
  c: Ask,
  { patientId, from, to, hasPassword }: LogonMoves,
): Promise<Statement[]> {
  const { visit, clinic, frame, now } = c.var
  const mail = { clinicId: visit.clinicId, patientId }
  const toNew = emailChangedNew(clinic, publicOrigin(c.env) + frame.base, hasPassword)
  const mails = await Promise.all([
    queueMail(c.env, visit.db, { ...mail, kind: 'email-changed-old', to: from, letter: emailChangedOld(clinic) }, now),
    queueMail(c.env, visit.db, { ...mail, kind: 'email-changed-new', to, letter: toNew }, now),
  ])
  return mails.flat()
}
