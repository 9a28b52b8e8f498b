/** Who did what. A row is written in the same batch as the change it tells of: no audit, no change. */
import { type SQL, sql } from 'drizzle-orm'
import { audit } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { minute } from '../web/durations.ts'

/** The closed list of acts. A new act is a new word here, its words in audit-words.ts, and a line in test/audit/act-lines.ts. */
export const acts = [
  'logged-on',
  'logon-refused',
  'logged-off',
  'second-factor-asked',
  'second-factor-refused',
  'second-factor-added',
  'second-factor-removed',
  'recovery-codes-made',
  'recovery-code-used',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'staff-second-factor-removed',
  'second-factor-settings-changed',
  'password-changed',
  'password-forgotten',
  'password-set-by-link',
  'password-set-at-counter',
  'patient-added',
  'patient-changed',
  'email-change-asked',
  'patient-archived',
  'patient-restored',
  'patients-merged',
  'registration-invited',
  'registration-refused',
  'registration-completed',
  'registration-settled',
  'access-activated',
  'access-deactivated',
  'access-password-generated',
  'access-mailed',
  'acting-granted',
  'acting-ended',
  'counter-opened',
  'counter-cancelled',
  'counter-stopped',
  'mail-settled',
  'sessions-ended',
  'acting-switched',
  'staff-added',
  'staff-changed',
  'staff-deactivated',
  'staff-activated',
  'staff-sessions-ended',
  'staff-password-generated',
  'staff-mailed',
  'registration-settings-changed',
  'appointment-booked',
  'appointment-moved',
  'appointment-cancelled',
  'appointment-arrived',
  'appointment-fulfilled',
  'appointment-noshow',
  'appointment-status-undone',
  'appointment-note-changed',
  'practitioner-added',
  'practitioner-changed',
  'practitioner-ended',
  'practitioner-feed-changed',
  'working-hours-changed',
  'absence-added',
  'absence-removed',
  'closed-day-added',
  'closed-day-removed',
  'appointment-type-added',
  'appointment-type-changed',
  'appointment-type-retired',
  'booking-rules-changed',
  'clinic-details-changed',
  'public-words-changed',
  'colour-changed',
  'logo-changed',
  'logo-removed',
  'privacy-draft-changed',
  'privacy-notice-published',
  'clinic-closed',
  'clinic-created',
  'page-refused',
  'password-refused',
  'audit-exported',
  'mail-sent',
  'mail-abandoned',
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

/** How many refusals of one kind are written down at most, so that nobody can flood the audit. */
export interface Bound {
  most: number
  /** ms */
  within: number
}

/** Of one person: enough to see that they try, too few to hide anything among them. */
export const refusalsOfOne: Bound = { most: 20, within: 10 * minute }

/**
 * A refusal, written down unless there were enough of them lately: of the person who is named in it, or of the whole
 * clinic when it names nobody. Looks at the newest few rows of an index, however long the audit is.
 */
export function boundedEntry(db: Database, entry: Entry, { most, within }: Bound): Statement {
  const { clinicId, act, at, byStaff = null, byPatient = null, ofStaff = null, ofPatient = null, detail } = entry
  const lately = newestOf(clinicId, { act, byStaff, byPatient }, most)
  return db.run(sql`
    insert into "audit" (clinic_id, at, act, by_staff, by_patient, of_staff, of_patient, detail)
    SELECT ${clinicId}, ${at}, ${act}, ${byStaff}, ${byPatient}, ${ofStaff}, ${ofPatient}, ${JSON.stringify(detail ?? {})}
    WHERE (SELECT count(*) FROM (${lately}) WHERE act = ${act} AND at > ${at - within}) < ${most}`)
}

function newestOf(clinicId: string, of: Pick<Entry, 'act' | 'byStaff' | 'byPatient'>, count: number): SQL {
  const whose = of.byStaff
    ? sql`by_staff = ${of.byStaff}`
    : of.byPatient
      ? sql`by_patient = ${of.byPatient}`
      : sql`act = ${of.act}`
  return sql`SELECT act, at FROM audit WHERE clinic_id = ${clinicId} AND ${whose} ORDER BY id DESC LIMIT ${2 * count}`
}
