/** What changing a record reads and writes. */
import type { Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { endLinksOf } from '../../front-door/links/one-time-link-store.ts'
import { readdressMails } from '../../mail/waiting-store.ts'
import { expireTemporaryPassword } from '../../online-access/online-access-store.ts'
import { settleByCorrection } from '../../registration/desk/desk-store.ts'
import type { Patient } from '../../schema.ts'
import { onlyIfChanged, type Statement } from '../../web/database.ts'
import type { Problems } from '../../web/form.ts'
import { NotFound } from '../../web/trouble.ts'
import { changedFields, type PatientRecord } from '../patient-record.ts'
import {
  type AccessLine,
  accessOf,
  changesSince,
  type Holder,
  holdersOfEmail,
  patientById,
  updatePatient,
} from '../patient-store.ts'
import { emailChange } from './email-change.ts'
import { tellBothAddresses } from './telling.ts'

interface Asked {
  id: string
  typed: Record<string, string>
  record: PatientRecord
  problems: Problems
}

/** What the change is decided on. */
export interface Edit extends Asked {
  patient: Patient
  access?: AccessLine
  /** Others with the address that was typed. */
  others: Holder[]
  changes: { by: string | null; at: number; fields: string }[]
}

/** The version of the record that the form was opened with. */
export const versionOf = (typed: Record<string, string>): number =>
  Number(/^\d{1,9}$/.exec(typed.version ?? '')?.[0] ?? 0)

export async function loadEdit(c: Ask, asked: Asked): Promise<Edit> {
  const { db, clinicId } = c.var.visit
  const { id, record, typed } = asked
  const [[patient], [access], holders, changes] = await c.var.visit.read(
    patientById(db, clinicId, id),
    accessOf(db, clinicId, id),
    holdersOfEmail(db, clinicId, record.emailCanonical ?? ''),
    changesSince(db, clinicId, id, versionOf(typed)),
  )
  if (!patient) throw new NotFound()
  return { ...asked, patient, access, changes, others: holders.filter((holder) => holder.id !== id) }
}

export const moveOf = ({ patient, record, access, others }: Edit) =>
  emailChange({
    before: patient.emailCanonical,
    after: record.emailCanonical,
    access: access?.state,
    others: others.length,
  })

/** The change, its audit row and its mails: one transaction, and only if nobody changed the record meanwhile. */
export async function changeStatements(c: Ask, edit: Edit): Promise<Statement[]> {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  const { patient, record } = edit
  const fields = changedFields(patient, record).join(' ')
  const detail = { fields, version: patient.version + 1 }
  const move = moveOf(edit)
  return [
    updatePatient(db, patient, record),
    onlyIfChanged(db),
    entryByStaff(c, 'patient-changed', { ofPatient: patient.id, detail }),
    ...(patient.emailCanonical === record.emailCanonical
      ? []
      : [
          endLinksOf(db, clinicId, { patientId: patient.id }, now),
          expireTemporaryPassword(db, { clinicId, patientId: patient.id }, now),
          ...readdressMails(db, { clinicId, patientId: patient.id }, now),
          settleByCorrection(db, { clinicId, id: c.req.query('registration') ?? '' }, staffId, now),
        ]),
    ...(move.ok && move.movesLogon ? await mailsFor(c, edit) : []),
  ]
}

async function mailsFor(c: Ask, { patient, record, access }: Edit): Promise<Statement[]> {
  const hasPassword = access?.state === 'active' && access.hasPassword === 1
  const [from, to] = [patient.emailCanonical!, record.emailCanonical!]
  return tellBothAddresses(c, { patientId: patient.id, from, to, hasPassword })
}
