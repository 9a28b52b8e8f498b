/** *Send email*: the details when a password was just generated, otherwise a one-time set-up link (72 hours). */
import type { Ask } from '../ask.ts'
import { publicOrigin } from '../environment.ts'
import { newLink } from '../front-door/links/one-time-link-store.ts'
import { queueMail } from '../mail/outbox.ts'
import type { Patient } from '../schema.ts'
import { onlyIfChanged, type Statement } from '../web/database.ts'
import { accessLink, accessPassword } from './emails.tsx'
import { touchActive } from './online-access-store.ts'

/** Refused as 'nothing-changed' when the access is not active. @param password just generated, or null for a link */
export async function mailDetails(c: Ask, patient: Patient, password: string | null): Promise<Statement[]> {
  const { clinic, now, visit, frame } = c.var
  const { db, clinicId } = visit
  const clinicUrl = publicOrigin(c.env) + frame.base
  const to = patient.emailCanonical ?? ''
  const mail = { clinicId, to, patientId: patient.id }
  const guard = [touchActive(db, { clinicId, patientId: patient.id }), onlyIfChanged(db)]
  if (password) {
    const letter = accessPassword(clinic, clinicUrl, to, password)
    return [...guard, ...(await queueMail(c.env, db, { ...mail, kind: 'access-password', letter }, now))]
  }
  const link = newLink(db, { clinicId, purpose: 'set-up', owner: { patientId: patient.id } }, now)
  const letter = accessLink(clinic, to, `${clinicUrl}/password/new/${link.token}`)
  return [...guard, ...link.statements, ...(await queueMail(c.env, db, { ...mail, kind: 'access-link', letter }, now))]
}
