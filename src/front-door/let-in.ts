/** Opens the session of somebody who has proved who they are: one batch with what the proof used up. */
import { type Ask, afterTheAnswer } from '../ask.ts'
import { auditEntry } from '../audit/audit-store.ts'
import { type Database, onlyIfChanged, type Statement, writeAll } from '../web/database.ts'
import { hashToken } from '../web/random.ts'
import { type Account, markLoggedOn } from './account-store.ts'
import { landingFor } from './landing.ts'
import { rememberDevice } from './lockout/device-cookie.ts'
import { forgetTries, giveTryBack } from './lockout/lockout-store.ts'
import { accountKeyOf } from './logon-try.ts'
import { giveSession, sessionToken } from './sessions/session-cookie.ts'
import { endSession, newSession, rememberClaim } from './sessions/session-store.ts'

/** How somebody proved who they are. */
export interface Proof {
  by: 'password' | 'code' | 'recovery-code' | 'passkey'
  /** What it uses up: each of these must change a row, or nobody is let in. */
  uses: Statement[]
  /** What else is written with it. */
  and?: Statement[]
  /** Counters of wrong tries that start again. */
  counters: string[]
  /** Counters of all tries, of which this was a good one. */
  givesBack?: string[]
  /** The password's hash made anew, when the cost has changed. */
  rehashed?: string
  /** The passkey, where no password was typed. */
  passkeyId?: string
}

/** @returns where to go, or null: something has changed since it was proved, and nothing was written */
export async function letIn(
  c: Ask,
  db: Database,
  account: Account,
  proof: Proof,
  next: string,
): Promise<string | null> {
  const { now, clinic, frame } = c.var
  const { staffId, patientId } = account
  const who = { staffId: staffId ?? undefined, patientId: patientId ?? undefined, byPasskey: proof.passkeyId }
  const session = newSession(db, { clinicId: clinic.id, ...who, userAgent: c.req.header('user-agent') ?? '' }, now)
  const accountKey = await accountKeyOf(c, account.logonName)
  const written = await writeAll(db, [
    ...proof.uses.flatMap((use) => [use, onlyIfChanged(db)]),
    markLoggedOn(db, clinic.id, account, now, proof),
    onlyIfChanged(db),
    session.statement,
    ...leaveOldSession(c, db),
    ...(proof.and ?? []),
    forgetTries(db, [accountKey, ...proof.counters]),
    ...(proof.givesBack ?? []).map((key) => giveTryBack(db, key)),
    auditEntry(db, {
      clinicId: clinic.id,
      act: 'logged-on',
      at: now,
      byStaff: staffId,
      byPatient: patientId,
      detail: { by: proof.by },
    }),
  ])
  if (!written.ok) return null
  giveSession(c, session.token)
  await rememberDevice(c, accountKey)
  afterTheAnswer(c, (env) => rememberClaim(env, session.claim))
  const mustChangePassword = account.passwordKind === 'temporary' && !proof.passkeyId
  return landingFor(frame.base, { role: staffId, mustChangePassword }, next)
}

/** A session that was in this browser before ends with the new one (session fixation, E01). */
function leaveOldSession(c: Ask, db: Database): Statement[] {
  const token = sessionToken(c)
  return token ? [endSession(db, hashToken(token))] : []
}
