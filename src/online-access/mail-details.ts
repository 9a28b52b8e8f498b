/** *Send email*: the details when a password was just generated, otherwise a one-time set-up link (72 hours). */
import type { Ask } from '../ask.ts'
import { publicOrigin } from '../environment.ts'
import { newLink } from '../front-door/links/one-time-link-store.ts'
import { queueMail } from '../mail/outbox.ts'
import { supersedeLinks } from '../mail/waiting-store.ts'
import type { Patient } from '../schema.ts'
import { onlyIfChanged, type Statement } from '../web/database.ts'
import { accessLink, accessPassword } from './emails.tsx'
import { settleMailsOf } from './invitations/invitations-store.ts'
import { touchActive } from './online-access-store.ts'

type Addressee = Pick<Patient, 'id' | 'emailCanonical'>

/**
 * Refused as 'nothing-changed' when the access is not active, as 'mail.id' when this form has sent its mail already.
 * @param password just generated, or null for a link
 */
export async function mailDetails(
  c: Ask,
  patient: Addressee,
  { password, formId }: { password: string | null; formId: string },
): Promise<Statement[]> {
  const { db, clinicId } = c.var.visit
  const guard = [touchActive(db, { clinicId, patientId: patient.id }), onlyIfChanged(db)]
  return [...guard, ...(await (password ? mailPassword(c, patient, password, formId) : mailLink(c, patient, formId)))]
}

async function mailPassword(c: Ask, patient: Addressee, password: string, formId: string): Promise<Statement[]> {
  const { clinic, now, visit, frame } = c.var
  const mail = { ...mailTo(c, patient), formId }
  const letter = accessPassword(clinic, publicOrigin(c.env) + frame.base, mail.to, password)
  const { db, clinicId, staffId } = visit
  return [
    settleMailsOf(db, { clinicId, patientId: patient.id }, staffId, now),
    ...(await queueMail(c.env, db, { ...mail, kind: 'access-password', letter }, now)),
  ]
}

/** The older links are dead with it: mails with them that still wait do not go out, and what was given up is dealt with. */
export async function mailLink(c: Ask, patient: Addressee, formId = ''): Promise<Statement[]> {
  const { clinic, now, visit, frame } = c.var
  const { db, clinicId, staffId } = visit
  const of = { clinicId, patientId: patient.id }
  const mail = { ...mailTo(c, patient), formId }
  const owner = { patientId: patient.id }
  const link = newLink(db, { clinicId, purpose: 'set-up', owner, byStaff: staffId }, now)
  const letter = accessLink(clinic, mail.to, `${publicOrigin(c.env)}${frame.base}/password/new/${link.token}`)
  return [
    ...supersedeLinks(db, of, staffId, now),
    settleMailsOf(db, of, staffId, now),
    ...link.statements,
    ...(await queueMail(c.env, db, { ...mail, kind: 'access-link', letter }, now)),
  ]
}

function mailTo(c: Ask, { id, emailCanonical }: Addressee) {
  const { clinicId, staffId } = c.var.visit
  return { clinicId, to: emailCanonical ?? '', patientId: id, byStaff: staffId }
}
