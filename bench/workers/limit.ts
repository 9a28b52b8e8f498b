/**
 * What no diary on this platform can beat: the same calls of KV and D1 in the same order, and an answer that is ready.
 * `PUT /name` prepares it with what the recorder told; `/name` answers. What was written cannot be written again: one row
 * stands for it. `/hash` is one argon2id and nothing else, `/hash-and-writes` the same and two of those rows, one after the other.
 */
import compiled from '@phi-ag/argon2/argon2.wasm'
import type { Bindings } from '../../src/environment.ts'
import { argon2idOf } from '../../src/front-door/passwords/argon2.ts'
import type { Call } from './recorder.ts'

interface Ready {
  status: number
  headers: [string, string][]
  body: string
  calls: Call[]
}

const ready = new Map<string, Ready>()
const argon2id = argon2idOf(compiled)
const cost = { memory: 19_456, passes: 2, lanes: 1 } // as front-door/passwords/password.ts
const [password, salt] = [new TextEncoder().encode('a password of this length'), new Uint8Array(16)]

export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (request.method === 'PUT') {
      ready.set(pathname, await request.json())
      return new Response(null, { status: 204 })
    }
    if (pathname === '/hash') return hashed()
    if (pathname === '/hash-and-writes') {
      for (const call of [oneRow, oneRow]) await repeat(env, call)
      return hashed()
    }
    const answer = ready.get(pathname)
    if (!answer) return new Response('not prepared', { status: 404 })
    for (const call of answer.calls) await repeat(env, call)
    return new Response(answer.body || null, answer)
  },
} satisfies ExportedHandler<Bindings>

const hashed = () => new Response(String(argon2id(password, salt, cost)[0]))
const oneRow: Call = { d1: [], rowsWritten: 1 }

async function repeat(env: Bindings, call: Call): Promise<void> {
  if ('kv' in call) await env.SESSIONS.get(call.kv, 'json')
  else if (call.rowsWritten) await env.DB.prepare('INSERT INTO least (at) VALUES (?)').bind(Date.now()).run()
  else await env.DB.batch(call.d1.map(({ sql, params }) => env.DB.prepare(sql).bind(...params)))
}
