/** The real D1 with trouble in front of it: answers that come late and in any order, or not at all. */

type Step = (sql: string) => Promise<void>

/** Every round trip waits up to `most` milliseconds, so that requests at once overlap in every way. */
export const slowDatabase = (db: D1Database, most = 15): D1Database =>
  inFrontOf(db, () => new Promise((resolve) => setTimeout(resolve, Math.random() * most)))

interface Breaking {
  db: D1Database
  /** How many round trips were asked for. */
  count: () => number
}

/** The k-th round trip fails, as D1 does when it loses its connection; all others work. */
export function breakingDatabase(db: D1Database, k: number): Breaking {
  let trips = 0
  const step: Step = async () => {
    trips += 1
    if (trips === k) throw new Error('D1_ERROR: Network connection lost.')
  }
  return { db: inFrontOf(db, step), count: () => trips }
}

/**
 * The k-th statement fails: alone, or in the middle of its batch, which D1 then undoes. All others work.
 */
export function failingStatement(db: D1Database, k: number): Breaking {
  let seen = 0
  const step: Step = async () => {
    seen += 1
    if (seen === k) throw new Error('D1_ERROR: D1 DB is overloaded')
  }
  const spoil: Spoil = (statements) => {
    const at = k - seen - 1
    seen += statements.length
    return at >= 0 && at < statements.length ? statements.toSpliced(at, 0, db.prepare(integerOverflow)) : statements
  }
  return { db: inFrontOf(db, step, spoil), count: () => seen }
}

/** An error of SQLite that is no rule of ours. */
const integerOverflow = 'SELECT abs(-9223372036854775808)'

/** Changes a batch on its way. */
type Spoil = (statements: D1PreparedStatement[]) => D1PreparedStatement[]

/** Calls `step` before each round trip: a batch is one, and so is each single statement. */
export function inFrontOf(db: D1Database, step: Step, spoil?: Spoil): D1Database {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (query: string) => statement(target.prepare(query), query, step)
      if (name === 'batch') {
        return async (statements: D1PreparedStatement[]) => {
          if (!spoil) await step('batch')
          const known = statements.map((each) => real.get(each) ?? each)
          return target.batch(spoil ? spoil(known) : known)
        }
      }
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The statement behind each proxy: a batch takes only real ones. */
const real = new WeakMap<object, D1PreparedStatement>()

function statement(inner: D1PreparedStatement, query: string, step: Step): D1PreparedStatement {
  const proxy = new Proxy(inner, {
    get(target, name) {
      if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values), query, step)
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...given: unknown[]) => {
        await step(query)
        return value.apply(target, given)
      }
    },
  })
  real.set(proxy, inner)
  return proxy
}
