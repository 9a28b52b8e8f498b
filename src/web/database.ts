/** How we speak to D1: one batch is one round trip and one transaction. */
import { sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'
import { type Row, readerOf, type SelectedColumn } from './rows.ts'

export type Database = DrizzleD1Database
/** A query or a change that has not been sent yet. */
export type Statement = BatchItem<'sqlite'>
export type Written = { ok: true } | { ok: false; because: string }

const known = new WeakMap<D1Database, Database>()

/** One for each binding: it holds nothing of a request. */
export function database({ DB }: { DB: D1Database }): Database {
  const db = known.get(DB) ?? opened(DB)
  known.set(DB, db)
  return db
}

/** What drizzle makes of a statement for a batch; it marks it as internal. */
export interface Built {
  getQuery(): { sql: string; params: unknown[] }
  mapResult(result: D1Result<Row>, isFromBatch: true): unknown
  /** Of a select. */
  fields?: SelectedColumn[]
}
export const builtOf = (statement: Statement): Built => (statement as unknown as { _prepare(): Built })._prepare()

/** With a batch of its own: drizzle's forgets the parameters of raw statements, and is slow to read rows. */
const opened = (DB: D1Database): Database => Object.assign(drizzle(DB), { batch: batchOf(DB) })

/** @returns the values of each statement, in one round trip */
const batchOf = (DB: D1Database) => async (statements: readonly Statement[]) => {
  const built = statements.map(builtOf)
  const bound = built.map((each) => {
    const { sql, params } = each.getQuery()
    return DB.prepare(sql).bind(...params)
  })
  const results = await DB.batch<Row>(bound)
  return results.map((result, index) => valuesOf(built[index]!, result))
}

/** What a select's rows are, or what drizzle makes of anything else. */
export function valuesOf(built: Built, result: D1Result<Row>): unknown {
  const read = built.fields && readerOf(built.fields)
  return read ? read(result.results) : built.mapResult(result, true)
}

/**
 * Stands behind a conditional statement in a batch: when that one changed no row, the whole batch is undone and
 * `writeAll` answers `{ ok: false, because: 'nothing-changed' }`. D1 has no interactive transactions; this is its
 * compare-and-set.
 */
export const onlyIfChanged = (db: Database): Statement =>
  db.run(sql`SELECT CASE WHEN changes() > 0 THEN 1 ELSE json('nothing changed') END`)

/**
 * Sends the statements as one transaction. What the database refuses by its own rules is an answer, not an error:
 * `because` is 'nothing-changed', the word of a trigger ('email_shared'), or the columns of a constraint
 * ('online_access.clinic_id, online_access.email'). Everything else is thrown; so is an audit that takes no row, which is
 * never somebody's mistake (J09).
 */
export async function writeAll(db: Database, statements: Statement[]): Promise<Written> {
  const [first, ...rest] = statements
  if (!first) return { ok: true }
  try {
    await db.batch([first, ...rest])
    return { ok: true }
  } catch (error) {
    const because = refusal(error) // a rule of the database said no: that is expected trouble, a value
    if (because && !because.startsWith('audit')) return { ok: false, because }
    throw error
  }
}

function refusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (error.cause) return refusal(error.cause)
  if (error.message.includes('malformed JSON')) return 'nothing-changed'
  const constraint = /^(?:D1_ERROR: )?(?:UNIQUE constraint failed: |CHECK constraint failed: )?(.+?): SQLITE_CONSTRAINT/
  return constraint.exec(error.message)?.[1] ?? null
}
