/**
 * Stands between the product and its platform, and watches: what is asked of D1 and KV, how many mails leave. It can
 * also make a trip to D1 or KV fail, as a fault would.
 */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'
import { origin } from './world.ts'

/** Everything that was asked so far. */
export interface Work {
  /** Each trip to D1: the SQL texts of its batch. */
  trips: string[][]
  /** Each call of KV: `get`, `put`, `delete`, `list`. */
  kv: string[]
  /** Rows that D1 wrote, entries of indexes too. */
  written: number
  /** Mails handed to the transport. */
  mails: number
}

export interface Faults {
  /** Asked before each trip to D1, counted from 1: true makes the trip fail, with nothing written. */
  d1?: (trip: number, sql: string[]) => boolean
  kv?: boolean
}

export function watched(faults: Faults = {}, environment: Bindings = env): { env: Bindings; work: Work } {
  const work: Work = { trips: [], kv: [], written: 0, mails: 0 }
  const travel = (sql: string[]) => {
    work.trips.push(sql)
    if (faults.d1?.(work.trips.length, sql)) throw new Error('D1_ERROR: D1 DB is overloaded')
  }
  const wrote = (result: Partial<D1Result> | null | undefined) => {
    work.written += result?.meta?.rows_written ?? 0
  }
  const SESSIONS = watchedKv(environment.SESSIONS, (call) => {
    work.kv.push(call)
    if (faults.kv) throw new Error('KV does not answer')
  })
  const MAILBOX = watchedKv(environment.MAILBOX!, (call) => {
    if (call === 'put') work.mails++
  })
  return { env: { ...environment, DB: watchedD1(environment.DB, travel, wrote), SESSIONS, MAILBOX }, work }
}

/** What had been asked when the answer went out, before the work that comes after it. */
export async function workOfPost(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const { env: environment, work } = watched()
  const request = new Request(`${origin}${path}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': '203.0.113.7', ...headers },
  })
  const context = createExecutionContext()
  const answer = await app.fetch(request, environment, context)
  const whenAnswered: Work = structuredClone(work)
  const body = await answer.text()
  await waitOnExecutionContext(context)
  return { status: answer.status, location: answer.headers.get('location'), body, work: whenAnswered, inAll: work }
}

const sqlOf = new WeakMap<object, { sql: string; real: D1PreparedStatement }>()

type Wrote = (result: Partial<D1Result> | null | undefined) => void

function watchedD1(real: D1Database, travel: (sql: string[]) => void, wrote: Wrote): D1Database {
  const prepare = (sql: string) => watchedStatement(real.prepare(sql), sql, travel, wrote)
  const batch = async (statements: D1PreparedStatement[]) => {
    const known = statements.map((statement) => sqlOf.get(statement)!)
    travel(known.map(({ sql }) => sql))
    const results = await real.batch(known.map((statement) => statement.real))
    for (const result of results) wrote(result)
    return results
  }
  return { prepare, batch } as unknown as D1Database
}

function watchedStatement(real: D1PreparedStatement, sql: string, travel: (sql: string[]) => void, wrote: Wrote) {
  const trip =
    (name: 'first' | 'all' | 'run' | 'raw') =>
    async (...given: unknown[]) => {
      travel([sql])
      const result = await (real[name] as (...given: unknown[]) => Promise<unknown>)(...given)
      wrote(result as Partial<D1Result> | null)
      return result
    }
  const statement = {
    bind: (...values: unknown[]) => watchedStatement(real.bind(...values), sql, travel, wrote),
    first: trip('first'),
    all: trip('all'),
    run: trip('run'),
    raw: trip('raw'),
  } as unknown as D1PreparedStatement
  sqlOf.set(statement, { sql, real })
  return statement
}

const watchedKv = (real: KVNamespace, seen: (call: string) => void): KVNamespace =>
  new Proxy(real, {
    get:
      (target, name) =>
      async (...given: unknown[]) => {
        seen(String(name))
        return (target[name as 'get'] as unknown as (...given: unknown[]) => Promise<unknown>).call(target, ...given)
      },
  })
