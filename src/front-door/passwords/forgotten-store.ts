/** Who has forgotten a password: the request as it was written down, and what became of it. */
import { and, asc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { clinic, forgottenPassword } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { wholeDay } from '../../web/durations.ts'
import { newId } from '../../web/random.ts'
import { mailRates, networkMailRates } from '../lockout/lockout.ts'

const keptFor = 30 * wholeDay

/** Writes the request down: one statement, whoever asks. @returns its id */
export async function askForNewPassword(
  db: Database,
  asked: { clinicId: string; identifier: string; network: string },
  now: number,
): Promise<string> {
  const id = newId()
  await db.insert(forgottenPassword).values({ id, ...asked, askedAt: now })
  return id
}

/** What was written down and not worked on yet, oldest first, of all clinics; with the clinic as its mails name it. @param id this one only */
export const undecidedForgotten = (db: Database, id?: string) =>
  db
    .select({ asked: forgottenPassword, clinic })
    .from(forgottenPassword)
    .innerJoin(clinic, eq(clinic.id, forgottenPassword.clinicId))
    .where(and(isNull(forgottenPassword.decidedAt), id ? eq(forgottenPassword.id, id) : undefined))
    .orderBy(asc(forgottenPassword.askedAt))
    .limit(100)

/** Takes the request for mailing; changes no row when it was decided meanwhile, or there were enough mails. */
export const takeForMail = (db: Database, asked: Asked, now: number) =>
  db
    .update(forgottenPassword)
    .set({ decidedAt: now, mailedAt: now })
    .where(
      and(
        eq(forgottenPassword.clinicId, asked.clinicId),
        eq(forgottenPassword.id, asked.id),
        isNull(forgottenPassword.decidedAt),
        ...mailRates.map(({ limit, window }) => sql`${mailedTo(asked, now - window)} < ${limit}`),
        ...networkMailRates.map(({ limit, window }) => sql`${mailedFor(asked.network, now - window)} < ${limit}`),
      ),
    )

type Asked = { id: string; clinicId: string; identifier: string; network: string }

const mailedTo = (asked: Asked, since: number): SQL => sql`(
  SELECT count(*) FROM forgotten_password f
  WHERE f.clinic_id = ${asked.clinicId} AND f.identifier = ${asked.identifier} AND f.mailed_at > ${since})`

const mailedFor = (network: string, since: number): SQL => sql`(
  SELECT count(*) FROM forgotten_password f WHERE f.network = ${network} AND f.mailed_at > ${since})`

export const markDecided = (db: Database, asked: { id: string; clinicId: string }, now: number): Statement =>
  db
    .update(forgottenPassword)
    .set({ decidedAt: now })
    .where(
      and(
        eq(forgottenPassword.clinicId, asked.clinicId),
        eq(forgottenPassword.id, asked.id),
        isNull(forgottenPassword.decidedAt),
      ),
    )

export const sweepForgotten = (db: Database, now: number): Statement =>
  db.delete(forgottenPassword).where(lt(forgottenPassword.askedAt, now - keptFor))
