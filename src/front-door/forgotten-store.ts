/** Who has forgotten a password: the request as it was written down, and what became of it. */
import { and, asc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { clinic, forgottenPassword } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { newId } from '../web/random.ts'
import { askingRates, mailRates } from './lockout.ts'
import { anyRefused, countInWindow } from './lockout-store.ts'

const keptFor = 30 * 24 * 60 * 60_000 // ms

/** Writes the request down: the same statements whoever asks, and whether or not the network asked too often. */
export async function askForNewPassword(
  db: Database,
  asked: { clinicId: string; identifier: string; network: string },
  now: number,
): Promise<void> {
  const { network, ...row } = asked
  const keys = askingRates.map((_rate, index) => `${network} ${index}`)
  const [minute, hour] = askingRates.map((rate, index) => countInWindow(db, keys[index]!, rate, now))
  const written = db.insert(forgottenPassword).values({ id: newId(), ...row, askedAt: now, tooMany: anyRefused(keys) })
  await db.batch([minute!, hour!, written])
}

/** What was written down and not worked on yet, oldest first, of all clinics; with the clinic as its mails name it. */
export const undecidedForgotten = (db: Database) =>
  db
    .select({ asked: forgottenPassword, clinic })
    .from(forgottenPassword)
    .innerJoin(clinic, eq(clinic.id, forgottenPassword.clinicId))
    .where(isNull(forgottenPassword.decidedAt))
    .orderBy(asc(forgottenPassword.askedAt))
    .limit(20)

/** Takes the request for mailing; changes no row when it was decided meanwhile or this address had enough mails. */
export const takeForMail = (db: Database, asked: { id: string; clinicId: string; identifier: string }, now: number) =>
  db
    .update(forgottenPassword)
    .set({ decidedAt: now, mailedAt: now })
    .where(
      and(
        eq(forgottenPassword.clinicId, asked.clinicId),
        eq(forgottenPassword.id, asked.id),
        isNull(forgottenPassword.decidedAt),
        ...mailRates.map(({ limit, window }) => sql`${mailedSince(asked, now - window)} < ${limit}`),
      ),
    )

const mailedSince = (asked: { clinicId: string; identifier: string }, since: number): SQL => sql`(
  SELECT count(*) FROM forgotten_password f
  WHERE f.clinic_id = ${asked.clinicId} AND f.identifier = ${asked.identifier} AND f.mailed_at > ${since})`

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
