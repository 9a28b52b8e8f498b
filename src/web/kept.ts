/**
 * Selects of the pages that are asked for most. To build one (which columns, which joins, as SQL) takes several times as long
 * as to give it its values and send it: so it is built once for each database, and given its values each time.
 */
import { is, Param, Placeholder, sql } from 'drizzle-orm'
import { type Built, builtOf, type Database, type Statement, valuesOf } from './database.ts'

/** Goes into a batch, or is awaited alone. Nothing can be added to it any more. */
type Kept<Query extends Statement> = Omit<Statement, '_'> &
  PromiseLike<Query['_']['result']> & { _: Query['_']; toSQL(): { sql: string; params: unknown[] } }

/** A statement by what its answer is. */
export type Answering<Answer> = Omit<Statement, '_'> &
  PromiseLike<Answer> & { _: { dialect: 'sqlite'; result: Answer }; toSQL(): { sql: string; params: unknown[] } }

type Values<Name extends string = string> = Record<Name, unknown>

/**
 * @param names of the values that the statement is given each time
 * @param build makes the statement with a placeholder for each of them; it must depend on nothing else
 */
export function kept<const Name extends string, Query extends Statement>(
  names: readonly Name[],
  build: (db: Database, of: Record<Name, Placeholder>) => Query,
): (db: Database, values: Values<Name>) => Kept<Query> {
  const placeholders: Record<string, Placeholder> = Object.fromEntries(
    names.map((name) => [name, sql.placeholder(name)]),
  )
  const of: Record<Name, Placeholder> = placeholders
  const known = new WeakMap<Database, (values: Values) => Kept<Query>>()
  return (db, values) => {
    const found = known.get(db) ?? keeping(db, build(db, of))
    known.set(db, found)
    return found(values)
  }
}

function keeping<Query extends Statement>(db: Database, query: Query): (values: Values) => Kept<Query> {
  const built = builtOf(query)
  const { sql, params } = built.getQuery()
  const givers = params.map(giverOf)
  const { fields } = built
  const mapResult: Built['mapResult'] = (result) => built.mapResult(result, true)
  return (values) => {
    const filled = { sql, params: givers.map((give) => give(values)) }
    const statement = {
      _: query._,
      _prepare: () => ({ fields, mapResult, getQuery: () => filled }),
      toSQL: () => filled,
    }
    const ask = async () => (await db.batch([statement as unknown as Statement]))[0]
    const then: PromiseLike<unknown>['then'] = (done, failed) => ask().then(done, failed)
    return Object.assign(statement, { then }) as unknown as Kept<Query>
  }
}

/** What stands in the place of a parameter: the value of this time, as its column writes it; or what is always the same. */
function giverOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return (values) => given(values, param.name)
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { value, encoder } = param
  return (values) => encoder.mapToDriverValue(given(values, value.name))
}

function given(values: Values, name: string): unknown {
  if (!(name in values)) throw new Error(`no value for "${name}"`)
  return values[name]
}

/** The same statement, and more made of what it answers. */
export function readAs<Query extends Statement, Answer>(
  statement: Kept<Query>,
  as: (answer: Query['_']['result']) => Answer,
): Answering<Answer> {
  const built = builtOf(statement as unknown as Statement)
  const mapResult: Built['mapResult'] = (result) => as(valuesOf(built, result) as Query['_']['result'])
  const then: PromiseLike<Answer>['then'] = (done, failed) => statement.then(as).then(done, failed)
  const { toSQL } = statement
  const read = { toSQL, _prepare: () => ({ getQuery: () => built.getQuery(), mapResult }) }
  return Object.assign(read, { then }) as unknown as Answering<Answer>
}
