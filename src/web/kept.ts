/**
 * Selects of the pages that are asked for most. To build one (which columns, which joins, as SQL) takes several times as long
 * as to give it its values and send it: so it is built once for each database, and given its values each time.
 */
import { fillPlaceholders, type Placeholder, sql } from 'drizzle-orm'
import type { Database, Statement } from './database.ts'

/** Goes into a batch, or is awaited alone. Nothing can be added to it any more. */
export type Kept<Query extends Statement> = Omit<Statement, '_'> &
  PromiseLike<Query['_']['result']> & { _: Query['_']; toSQL(): { sql: string; params: unknown[] } }

/** What drizzle's batch asks of a statement; drizzle marks it as internal. */
interface Built {
  stmt: D1PreparedStatement
  getQuery(): { sql: string; params: unknown[] }
  mapResult(result: D1Result, isFromBatch: boolean): unknown
}
type Buildable = { _prepare(): Built }

/**
 * @param names of the values that the statement is given each time
 * @param build makes the statement with a placeholder for each of them; it must depend on nothing else
 */
export function kept<const Name extends string, Query extends Statement>(
  names: readonly Name[],
  build: (db: Database, of: Record<Name, Placeholder>) => Query,
): (db: Database, values: Record<Name, unknown>) => Kept<Query> {
  const of = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as unknown as Record<
    Name,
    Placeholder
  >
  const known = new WeakMap<Database, { query: Query; built: Built }>()
  return (db, values) => {
    const found = known.get(db) ?? first(build(db, of))
    known.set(db, found)
    return withValues(found, values)
  }
}

const first = <Query extends Statement>(query: Query) => ({ query, built: (query as unknown as Buildable)._prepare() })

function withValues<Query extends Statement>(
  { query, built }: { query: Query; built: Built },
  values: Record<string, unknown>,
): Kept<Query> {
  const { sql, params } = built.getQuery()
  const filled = { sql, params: fillPlaceholders(params, values) }
  const prepare = () => Object.assign(Object.create(built), { getQuery: () => filled })
  const ask = async () => built.mapResult(await built.stmt.bind(...filled.params).all(), true)
  const then: PromiseLike<unknown>['then'] = (done, failed) => ask().then(done, failed)
  return { _: query._, _prepare: prepare, then, toSQL: () => filled } as unknown as Kept<Query>
}
