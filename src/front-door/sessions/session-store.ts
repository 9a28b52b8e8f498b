/** Sessions: KV says at once who asks, the row in D1 has the last word (security.md decision 4). */
import { and, desc, eq, gt, isNotNull, lt, ne, or } from 'drizzle-orm'
import type { Bindings } from '../../environment.ts'
import { session } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { hour, wholeDay } from '../../web/durations.ts'
import { hashToken, newToken } from '../../web/random.ts'

/** Patients: 20 hours idle, 30 days in all. Staff: 12 hours in all. */
export const sessionLimits = {
  patient: { idle: 20 * hour, absolute: 30 * wholeDay },
  staff: { idle: 12 * hour, absolute: 12 * hour },
} as const

/** Who a session says it is: opaque ids only, for KV. */
export interface Claim {
  tokenHash: string
  clinicId: string
  staffId: string | null
  /** The account holder, who logged on. */
  patientId: string | null
  /** The patient for whom they act, whose pages these are; null: for themselves. Claims from before there was such a thing have none. */
  actingFor?: string | null
}

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
    actingFor: null,
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
