/** Counters of tries, each one atomic statement: fifty tries at once are counted fifty times. */
import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Bindings } from '../../environment.ts'
import { lockout } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { keyedHash } from '../../web/secret.ts'
import { monthly, quietAfterWait, type Rate, type Series } from './lockout.ts'

/** Names a counter without telling whom it counts. */
export const counterKey = (env: Bindings, ...parts: string[]): Promise<string> =>
  keyedHash(env, 'lockout', JSON.stringify(parts))

/** Counts one try of a series. Answers one row: whether it is refused unseen. */
export function countTry(db: Database, key: string, series: Series, now: number) {
  const { limit, window, waits } = series
  const isRefused = sql`(wait_until > ${now} OR (month_tries >= ${monthly.limit} AND month_since > ${now - monthly.window}))`
  const isQuiet = sql`(CASE WHEN tries < ${limit} THEN tried_at < ${now - window} ELSE wait_until < ${now - quietAfterWait} END)`
  const tries = sql`(CASE WHEN ${isQuiet} THEN 1 ELSE tries + 1 END)`
  const isNewMonth = sql`(month_since <= ${now - monthly.window})`
  const steps = waits.map((wait, step) => sql`WHEN ${limit + step} THEN ${now + wait}`)
  const waitUntil = sql`(CASE WHEN ${tries} < ${limit} THEN 0 ELSE CASE ${tries} ${sql.join(steps, sql` `)} ELSE ${now + waits.at(-1)!} END END)`
  return db.all<{ refused: 0 | 1 }>(sql`
    INSERT INTO lockout (key, tries, tried_at, month_tries, month_since) VALUES (${key}, 1, ${now}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      refused = ${isRefused},
      tries = CASE WHEN ${isRefused} THEN tries ELSE ${tries} END,
      tried_at = CASE WHEN ${isRefused} THEN tried_at ELSE ${now} END,
      wait_until = CASE WHEN ${isRefused} THEN wait_until ELSE ${waitUntil} END,
      month_tries = CASE WHEN ${isRefused} THEN month_tries WHEN ${isNewMonth} THEN 1 ELSE month_tries + 1 END,
      month_since = CASE WHEN ${isNewMonth} THEN ${now} ELSE month_since END
    RETURNING refused`)
}

/** Counts one in its window of time. Answers one row: whether it is one too many. */
export function countInWindow(db: Database, key: string, { limit, window }: Rate, now: number) {
  const isOver = sql`(tried_at <= ${now - window})`
  return db.all<{ refused: 0 | 1 }>(sql`
    INSERT INTO lockout (key, tries, tried_at, month_since) VALUES (${key}, 1, ${now}, ${now})
    ON CONFLICT (key) DO UPDATE SET
      refused = CASE WHEN ${isOver} THEN 0 ELSE tries >= ${limit} END,
      tries = CASE WHEN ${isOver} THEN 1 ELSE tries + 1 END,
      tried_at = CASE WHEN ${isOver} THEN ${now} ELSE tried_at END
    RETURNING refused`)
}

/** The counter of a name on one device that knows it: lies beside the name's own, so that both can be forgotten at once. */
export const onDevice = (accountKey: string, device: string): string => `${accountKey} ${device}`

/** A new password: the name may be tried afresh, on every device. */
export const forgetTriesEverywhere = (db: Database, accountKey: string): Statement =>
  db.delete(lockout).where(and(gte(lockout.key, accountKey), lt(lockout.key, `${accountKey}!`)))

/** The person was let in: their own count starts again. */
export const forgetTries = (db: Database, keys: string[]): Statement =>
  db.delete(lockout).where(inArray(lockout.key, keys))

/** The try was not a wrong one: the trouble was ours, or the password was right. */
export const giveTryBack = (db: Database, key: string): Statement =>
  db
    .update(lockout)
    .set({
      tries: sql`max(0, ${lockout.tries} - 1)`,
      monthTries: sql`max(0, ${lockout.monthTries} - 1)`,
      waitUntil: 0,
    })
    .where(eq(lockout.key, key))

/** Counters that have nothing left to say. */
export const sweepLockouts = (db: Database, now: number): Statement =>
  db.delete(lockout).where(lt(lockout.triedAt, now - monthly.window))
