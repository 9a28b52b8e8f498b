/** What D1 says of a session, asked with every page: it has the last word (security.md decision 4). */
import { sql } from 'drizzle-orm'
import { liveGrant } from '../../acting-for/live-grant-store.ts'
import type { Role } from '../../staff/role.ts'
import type { Database } from '../../web/database.ts'
import { kept } from '../../web/kept.ts'
import { hasFactor } from '../second-factor/factor-store.ts'
import { type Claim, sessionLimits } from './session-store.ts'

/** Who it is, as D1 knows now. */
export interface SessionRow extends Claim {
  createdAt: number
  lastSeenAt: number
  /** What to call them. */
  person: string
  /** The patient acted for, by their whole name, and what to call them; null where they act for themselves, or no longer may. */
  actedFor: string | null
  actedForCalled: string | null
  /** They acted for somebody, and it has ended: nothing is open but going on as themselves. */
  mayNotActNow: 0 | 1
  /** There is somebody for whom they may act. */
  mayAct: 0 | 1
  /** null for a patient */
  role: Role | null
  /** A temporary password was used: nothing but changing it is open. */
  mustChangePassword: 0 | 1
  /** The clinic asks its staff for a second factor, and this person has none: nothing but setting one up is open. */
  mustAddFactor: 0 | 1
  /** A practitioner: has hours and a calendar of their own. */
  seesPatients: 0 | 1
  /** Registrations waiting on the desk, for the staff's navigation. */
  waiting: number
  /** Mails that were given up and that nobody has dealt with, for the staff's navigation. */
  undelivered: number
}

/** The live session with this token, at most one row: not ended, not too old, its person still allowed in. */
export const liveSession = (db: Database, tokenHash: string, clinicId: string, now: number) =>
  sessionNow(db, { tokenHash, clinicId, now })

const sessionNow = kept(['tokenHash', 'clinicId', 'now'], (db, { tokenHash, clinicId, now }) =>
  db.all<SessionRow>(sql`
    SELECT s.token_hash AS tokenHash, s.clinic_id AS clinicId, s.staff_id AS staffId, s.patient_id AS patientId,
      s.acting_for AS actingFor, s.acting_for IS NOT NULL AND ap.id IS NULL AS mayNotActNow,
      CASE ap.last_name WHEN '-' THEN ap.first_name ELSE ap.first_name || ' ' || ap.last_name END AS actedFor,
      coalesce(nullif(ap.preferred_name, ''), ap.first_name) AS actedForCalled,
      EXISTS (${liveGrant({ clinicId: sql`s.clinic_id`, holderId: sql`s.patient_id` }, now)}) AS mayAct,
      s.created_at AS createdAt, s.last_seen_at AS lastSeenAt,
      coalesce(st.name, nullif(p.preferred_name, ''), p.first_name) AS person, st.role AS role,
      coalesce(st.password_kind, oa.password_kind) IS 'temporary' AND s.by_passkey IS NULL AS mustChangePassword,
      CASE WHEN st.id IS NULL OR c.staff_need_second_factor = 0 THEN 0
        ELSE NOT ${hasFactor(sql`st.clinic_id`, sql`st.id`)} END AS mustAddFactor,
      EXISTS (SELECT 1 FROM practitioner pr WHERE pr.clinic_id = s.clinic_id AND pr.staff_id = s.staff_id
        AND pr.ended_at IS NULL) AS seesPatients,
      CASE WHEN st.id IS NULL THEN 0 ELSE (SELECT count(*) FROM registration r
        WHERE r.clinic_id = s.clinic_id AND r.desk_since IS NOT NULL AND r.settled_at IS NULL) END AS waiting,
      CASE WHEN st.id IS NULL THEN 0 ELSE (SELECT count(*) FROM mail m
        WHERE m.clinic_id = s.clinic_id AND m.state = 'abandoned' AND m.settled_at IS NULL) END AS undelivered
    FROM session s
    JOIN clinic c ON c.id = s.clinic_id AND c.closed_at IS NULL
    LEFT JOIN staff st ON st.clinic_id = s.clinic_id AND st.id = s.staff_id AND st.deactivated_at IS NULL
    LEFT JOIN online_access oa ON oa.clinic_id = s.clinic_id AND oa.patient_id = s.patient_id AND oa.state = 'active'
    LEFT JOIN patient p ON p.clinic_id = oa.clinic_id AND p.id = oa.patient_id AND p.archived_at IS NULL
    LEFT JOIN patient ap ON ap.clinic_id = s.clinic_id AND ap.id = s.acting_for AND EXISTS (${liveGrant(
      { clinicId: sql`s.clinic_id`, holderId: sql`s.patient_id`, patientId: sql`s.acting_for` },
      now,
    )})
    WHERE s.token_hash = ${tokenHash} AND s.clinic_id = ${clinicId}
      AND (st.id IS NOT NULL OR p.id IS NOT NULL)
      AND s.created_at > ${now} - CASE WHEN s.staff_id IS NULL
        THEN ${sessionLimits.patient.absolute} ELSE ${sessionLimits.staff.absolute} END
      AND s.last_seen_at > ${now} - CASE WHEN s.staff_id IS NULL
        THEN ${sessionLimits.patient.idle} ELSE ${sessionLimits.staff.idle} END`),
)
