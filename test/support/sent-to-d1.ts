/** Stands between the product and D1 and keeps what was really sent: each statement, its values, and the rows it read. */
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../src/environment.ts'

export interface Sent {
  sql: string
  values: unknown[]
  /** Of a batch; 0 for a statement that was sent alone. */
  rowsRead: number
}

type Real = { real: D1PreparedStatement; sent: Omit<Sent, 'rowsRead'> }
const known = new WeakMap<object, Real>()

/** An environment to give to a visitor, and what it has sent so far. */
export function listenedTo(environment: Bindings = env): { env: Bindings; sent: Sent[] } {
  const sent: Sent[] = []
  const prepare = (sql: string) => statement(environment.DB.prepare(sql), { sql, values: [] }, sent)
  const batch = async (statements: D1PreparedStatement[]) => {
    const asked = statements.map((one) => known.get(one)!)
    const answers = await environment.DB.batch(asked.map(({ real }) => real))
    sent.push(...asked.map((one, index) => ({ ...one.sent, rowsRead: answers[index]!.meta.rows_read })))
    return answers
  }
  return { env: { ...environment, DB: { prepare, batch } as unknown as D1Database }, sent }
}

function statement(real: D1PreparedStatement, asked: Real['sent'], sent: Sent[]): D1PreparedStatement {
  const alone =
    (name: 'first' | 'all' | 'run' | 'raw') =>
    (...given: unknown[]) => {
      sent.push({ ...asked, rowsRead: 0 })
      return (real[name] as (...given: unknown[]) => Promise<unknown>)(...given)
    }
  const own = {
    bind: (...values: unknown[]) => statement(real.bind(...values), { ...asked, values }, sent),
    first: alone('first'),
    all: alone('all'),
    run: alone('run'),
    raw: alone('raw'),
  } as unknown as D1PreparedStatement
  known.set(own, { real, sent: asked })
  return own
}
