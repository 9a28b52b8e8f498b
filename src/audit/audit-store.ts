/** Who did what. A row is written in the same batch as the change it tells of: no audit, no change. */
import { audit } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'

/** The closed list of acts. A new act is a new word here. */
export const acts = [
  'logged-on',
  'logon-refused',
  'logged-off',
  'password-changed',
  'password-forgotten',
  'password-set-by-link',
  'patient-added',
  'patient-changed',
  'registration-invited',
  'registration-refused',
  'registration-completed',
  'registration-settled',
  'access-activated',
  'access-deactivated',
  'access-password-generated',
  'access-mailed',
  'sessions-ended',
  'staff-added',
  'staff-changed',
  'staff-deactivated',
  'staff-activated',
  'staff-sessions-ended',
  'staff-password-generated',
  'staff-mailed',
  'registration-settings-changed',
  'clinic-closed',
  'clinic-created',
] as const
export type AuditedAct = (typeof acts)[number]

export interface Entry {
  clinicId: string
  act: AuditedAct
  at: number
  byStaff?: string | null
  byPatient?: string | null
  ofStaff?: string | null
  ofPatient?: string | null
  /** Codes and ids only: never a name, an address or a secret. */
  detail?: Record<string, string | number | boolean>
}

export const auditEntry = (db: Database, { detail, ...entry }: Entry): Statement =>
  db.insert(audit).values({ ...entry, detail: JSON.stringify(detail ?? {}) })
