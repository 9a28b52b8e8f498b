/** The diary itself, telling what it asks of D1 and KV for one request: from this the limit Worker is prepared. */
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'

interface Asked {
  sql: string
  params: unknown[]
  rowsRead?: number
}

export default {
  /** Answers as JSON: status, headers and body of the diary's answer, and the calls in their order. */
  async fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    const calls: Call[] = []
    const answer = await app.fetch(
      request,
      { ...env, DB: watchedD1(env.DB, calls), SESSIONS: watchedKv(env.SESSIONS, calls) },
      context,
    )
    return Response.json({ status: answer.status, headers: [...answer.headers], body: await answer.text(), calls })
  },
} satisfies ExportedHandler<Bindings>

/** One trip: a read of KV, or a batch of D1 with the rows that it read and wrote. */
export type Call = { kv: string } | { d1: Asked[]; rowsWritten: number }

const asked = new WeakMap<object, { asked: Asked; real: D1PreparedStatement }>()

function watchedD1(real: D1Database, calls: Call[]): D1Database {
  const write = (d1: Asked[], results: D1Result[]) => {
    const told = d1.map((each, index) => ({ ...each, rowsRead: results[index]!.meta.rows_read }))
    calls.push({ d1: told, rowsWritten: results.reduce((sum, { meta }) => sum + meta.rows_written, 0) })
  }
  const watched = (statement: D1PreparedStatement, of: Asked): D1PreparedStatement => {
    const all = async () => {
      const result = await statement.all()
      write([of], [result])
      return result
    }
    const raw = async () => (await all()).results.map((row) => Object.values(row as object))
    const bind = (...params: unknown[]) => watched(statement.bind(...params), { ...of, params })
    const itself = { bind, all, run: all, raw } as unknown as D1PreparedStatement
    asked.set(itself, { asked: of, real: statement })
    return itself
  }
  const batch = async (statements: D1PreparedStatement[]) => {
    const known = statements.map((statement) => asked.get(statement)!)
    const results = await real.batch(known.map((statement) => statement.real))
    write(
      known.map((statement) => statement.asked),
      results,
    )
    return results
  }
  return { prepare: (sql: string) => watched(real.prepare(sql), { sql, params: [] }), batch } as unknown as D1Database
}

function watchedKv(real: KVNamespace, calls: Call[]): KVNamespace {
  const get = async (key: string, type: 'json') => {
    calls.push({ kv: key })
    return real.get(key, type)
  }
  return { get, put: real.put.bind(real), delete: real.delete.bind(real) } as unknown as KVNamespace
}
