/** Sessions: KV says at once who asks, the row in D1 has the last word (security.md decision 4). */
import { and, desc, eq, gt, isNotNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Bindings } from '../../environment.ts'
import { session } from '../../schema.ts'
import type { Role } from '../../staff/role.ts'
import type { Database, Statement } from '../../web/database.ts'
import { hour, wholeDay } from '../../web/durations.ts'
import { kept } from '../../web/kept.ts'
import { hashToken, newToken } from '../../web/random.ts'
import { hasFactor } from '../second-factor/factor-store.ts'

/** Patients: 20 hours idle, 30 days in all. Staff: 12 hours in all. */
const sessionLimits = {
  patient: { idle: 20 * hour, absolute: 30 * wholeDay },
  staff: { idle: 12 * hour, absolute: 12 * hour },
} as const

/** Who a session says it is: opaque ids only, for KV. */
export interface Claim {
  tokenHash: string
  clinicId: string
  staffId: string | null
  patientId: string | null
}

/** Who it is, as D1 knows now. */
export interface SessionRow extends Claim {
  createdAt: number
  lastSeenAt: number
  /** What to call them. */
  person: string
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
    WHERE s.token_hash = ${tokenHash} AND s.clinic_id = ${clinicId}
      AND (st.id IS NOT NULL OR p.id IS NOT NULL)
      AND s.created_at > ${now} - CASE WHEN s.staff_id IS NULL
        THEN ${sessionLimits.patient.absolute} ELSE ${sessionLimits.staff.absolute} END
      AND s.last_seen_at > ${now} - CASE WHEN s.staff_id IS NULL
        THEN ${sessionLimits.patient.idle} ELSE ${sessionLimits.staff.idle} END`),
)

interface NewSession {
  token: string
  claim: Claim
  /** To be written in the batch that lets the person in. */
  statement: Statement
}

/** A session that begins when its statement is written. Remember it in KV afterwards with `rememberClaim`. */
export function newSession(
  db: Database,
  who: { clinicId: string; staffId?: string; patientId?: string; userAgent: string; byPasskey?: string },
  now: number,
): NewSession {
  const token = newToken()
  const claim: Claim = {
    tokenHash: hashToken(token),
    clinicId: who.clinicId,
    staffId: who.staffId ?? null,
    patientId: who.patientId ?? null,
  }
  const row = {
    ...claim,
    createdAt: now,
    lastSeenAt: now,
    userAgent: who.userAgent.slice(0, 200),
    byPasskey: who.byPasskey,
  }
  return { token, claim, statement: db.insert(session).values(row) }
}

const kvKey = (tokenHash: string) => `session:${tokenHash}`

/** KV only makes the next page faster: when it fails, D1 answers instead. */
export async function rememberClaim(env: Bindings, claim: Claim): Promise<void> {
  const limit = claim.staffId ? sessionLimits.staff : sessionLimits.patient
  await env.SESSIONS.put(kvKey(claim.tokenHash), JSON.stringify(claim), { expirationTtl: limit.absolute / 1000 })
}

/** Whose a token is never changes, so an isolate asks KV once. Whether the session has ended D1 says, every time. */
const known = new Map<string, Claim>()
const mostKnown = 1_000

/** What is known of this token; null when KV knows nothing, or does not answer: then D1 is asked. */
export async function knownClaim(env: Bindings, tokenHash: string): Promise<Claim | null> {
  const before = known.get(tokenHash)
  if (before) return before
  try {
    const claim = await env.SESSIONS.get<Claim>(kvKey(tokenHash), 'json')
    if (claim) keepClaim(claim)
    return claim
  } catch {
    return null // KV down must not lock anyone out (fault contract, J02)
  }
}

/** As in a new isolate. */
export const forgetAllClaims = (): void => known.clear()

function keepClaim(claim: Claim): void {
  if (known.size >= mostKnown) known.clear()
  known.set(claim.tokenHash, claim)
}

/** Forgetting is for tidiness; the row in D1 is what ends a session. */
export async function forgetClaim(env: Bindings, tokenHash: string): Promise<void> {
  known.delete(tokenHash)
  await env.SESSIONS.delete(kvKey(tokenHash))
}

/** Of whichever clinic: who holds the token may end its session, and a browser holds one session for all clinics. */
export const endSession = (db: Database, tokenHash: string): Statement =>
  db.delete(session).where(eq(session.tokenHash, tokenHash))

/** Whose sessions: one person of one clinic. */
export type SessionOwner = { staffId?: string; patientId?: string }
const isTheirs = (clinicId: string, who: SessionOwner) =>
  and(
    eq(session.clinicId, clinicId),
    who.staffId ? eq(session.staffId, who.staffId) : eq(session.patientId, who.patientId ?? ''),
  )

/** Where one person is logged on now, the latest seen first. */
export const sessionsOf = (db: Database, clinicId: string, who: SessionOwner, now: number) => {
  const limit = who.staffId ? sessionLimits.staff : sessionLimits.patient
  return db
    .select({
      tokenHash: session.tokenHash,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      userAgent: session.userAgent,
    })
    .from(session)
    .where(
      and(
        isTheirs(clinicId, who),
        gt(session.createdAt, now - limit.absolute),
        gt(session.lastSeenAt, now - limit.idle),
      ),
    )
    .orderBy(desc(session.lastSeenAt), desc(session.createdAt))
}

/** Ends every session of one person, but for the one to keep. */
export const endSessionsOf = (db: Database, clinicId: string, who: SessionOwner, keep = ''): Statement =>
  db.delete(session).where(and(isTheirs(clinicId, who), ne(session.tokenHash, keep)))

/** Ends one session, if it is theirs. */
export const endOneOf = (db: Database, clinicId: string, who: SessionOwner, tokenHash: string): Statement =>
  db.delete(session).where(and(isTheirs(clinicId, who), eq(session.tokenHash, tokenHash)))

export const markSeen = (db: Database, clinicId: string, tokenHash: string, now: number): Statement =>
  db
    .update(session)
    .set({ lastSeenAt: now })
    .where(and(eq(session.clinicId, clinicId), eq(session.tokenHash, tokenHash)))

/** Sessions past their limits, in all clinics. */
export const sweepSessions = (db: Database, now: number): Statement =>
  db
    .delete(session)
    .where(
      or(
        lt(session.createdAt, now - sessionLimits.patient.absolute),
        and(isNotNull(session.staffId), lt(session.createdAt, now - sessionLimits.staff.absolute)),
      ),
    )
