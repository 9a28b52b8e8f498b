/** One-time links: only the hash of the token is kept, a newer link ends the older, one UPDATE uses it up. */
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { type OneTimeLink, oneTimeLink } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { wholeDay } from '../../web/durations.ts'
import { hashToken, newId, newToken } from '../../web/random.ts'
import { linkLifetimes, mostTries } from './one-time-link.ts'

/** Whose link it is. A new patient has only a registration yet. */
export type LinkOwner = { staffId: string } | { patientId: string } | { registrationId: string }

export interface NewLink {
  id: string
  /** Stands in the mail, or on the screen at the counter, and nowhere else. */
  token: string
  expiresAt: number
  /** Ends the owner's older links and keeps the new one. */
  statements: Statement[]
}

export function newLink(
  db: Database,
  link: {
    clinicId: string
    purpose: OneTimeLink['purpose']
    owner: LinkOwner
    registrationId?: string
    byStaff?: string
    /** Of purpose 'email': the address that it proves. */
    email?: string
  },
  now: number,
): NewLink {
  const { clinicId, purpose, owner, registrationId, byStaff, email } = link
  const id = newId()
  const token = newToken()
  const expiresAt = now + linkLifetimes[purpose]
  const row = {
    id,
    clinicId,
    purpose,
    tokenHash: hashToken(token),
    createdAt: now,
    expiresAt,
    registrationId,
    byStaff,
    email,
    ...owner,
  }
  return {
    id,
    token,
    expiresAt,
    statements: [endLinksOf(db, clinicId, owner, now), db.insert(oneTimeLink).values(row)],
  }
}

/** Every link of this owner that could still be used, whatever it was for. */
export const endLinksOf = (db: Database, clinicId: string, owner: LinkOwner, now: number): Statement =>
  db
    .update(oneTimeLink)
    .set({ endedAt: now })
    .where(
      and(eq(oneTimeLink.clinicId, clinicId), ownedBy(owner), isNull(oneTimeLink.usedAt), isNull(oneTimeLink.endedAt)),
    )

/** The link with this token in this clinic, whatever its state: at most one row. */
export const linkByToken = (db: Database, clinicId: string, token: string) =>
  db
    .select()
    .from(oneTimeLink)
    .where(and(eq(oneTimeLink.clinicId, clinicId), eq(oneTimeLink.tokenHash, hashToken(token))))

/** Uses the link up, if it is still open. Stands first in its batch, with `onlyIfChanged` behind it. */
export const useLink = (db: Database, clinicId: string, token: string, now: number): Statement =>
  db
    .update(oneTimeLink)
    .set({ usedAt: now })
    .where(and(eq(oneTimeLink.clinicId, clinicId), eq(oneTimeLink.tokenHash, hashToken(token)), isUnused(now)))

/** Counts one try, if there is one left: answers the link when there was, no row when it is dead. */
export const countLinkTry = (db: Database, clinicId: string, token: string, now: number) =>
  db
    .update(oneTimeLink)
    .set({ tries: sql`${oneTimeLink.tries} + 1` })
    .where(
      and(
        eq(oneTimeLink.clinicId, clinicId),
        eq(oneTimeLink.tokenHash, hashToken(token)),
        isUnused(now),
        lt(oneTimeLink.tries, mostTries),
      ),
    )
    .returning()

/** Stands behind `countLinkTry` in its batch where the try is wrong: that it was the last one is written down, once. */
export const auditStopped = (db: Database, clinicId: string, token: string, now: number): Statement =>
  db.run(sql`
    INSERT INTO audit (clinic_id, at, act, of_patient, detail)
    SELECT clinic_id, ${now}, 'counter-stopped', patient_id, json_object('link', id) FROM one_time_link
    WHERE changes() > 0 AND clinic_id = ${clinicId} AND token_hash = ${hashToken(token)} AND tries = ${mostTries}`)

/** The trouble was ours: the try does not count. */
export const giveLinkTryBack = (db: Database, clinicId: string, token: string): Statement =>
  db
    .update(oneTimeLink)
    .set({ tries: sql`max(0, ${oneTimeLink.tries} - 1)` })
    .where(and(eq(oneTimeLink.clinicId, clinicId), eq(oneTimeLink.tokenHash, hashToken(token))))

const keptFor = 30 * wholeDay // staff see for so long which invitations ran out

/** Links that ended long ago. */
export const sweepLinks = (db: Database, now: number): Statement =>
  db.delete(oneTimeLink).where(lt(oneTimeLink.expiresAt, now - keptFor))

const isUnused = (now: number) =>
  and(isNull(oneTimeLink.usedAt), isNull(oneTimeLink.endedAt), gt(oneTimeLink.expiresAt, now))

const ownedBy = (owner: LinkOwner) => {
  if ('staffId' in owner) return eq(oneTimeLink.staffId, owner.staffId)
  if ('patientId' in owner) return eq(oneTimeLink.patientId, owner.patientId)
  return eq(oneTimeLink.registrationId, owner.registrationId)
}
