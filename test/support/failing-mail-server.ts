/**
 * A mail service that fails in every way a mail service can: a real HTTP server in Node, started before the tests.
 *
 * The address says how it behaves: at `/500,500,ok/name/tx/v1/send` the first two requests get 500, every later one is
 * accepted; `name` keeps the tests apart. What was accepted under a name is read with GET `/accepted/name`, how many
 * hanging requests were left by their sender with GET `/left/name`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the failing mail service listens: 'http://127.0.0.1:40123' */
    failingMailServer: string
  }
}

/** A request that the service took, as it came: somebody would have got this mail. */
export interface Accepted {
  headers: Record<string, string>
  body: string
}

export default async function startFailingMailServer({ provide }: TestProject) {
  const answer = failingMailService()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  provide('failingMailServer', `http://127.0.0.1:${server.address().port}`)
  return async () => {
    server.closeAllConnections() // some of them hang, as they should
    await new Promise<void>((closed) => server.close(closed))
  }
}

type Answer = (response: ServerResponse) => void

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

const result = (status: string) => ({ request_id: 'r', results: [{ index: 0, message_id: '<m@example>', status }] })

/** The mail is taken, whatever the sender hears of it. */
const taking: Record<string, Answer> = {
  ok: json(202, result('sent')),
  empty: (response) => response.writeHead(202).end(),
  /** The connection breaks after the mail was accepted. */
  drop: (response) => response.destroy(),
}

/** The mail is not taken. Any other word is a status: '500'. */
const failing: Record<string, Answer> = {
  hang: () => undefined,
  moved: json(302, {}, { location: '/ok/moved/tx/v1/send' }),
  failed: json(202, result('failed')),
}

function failingMailService() {
  const accepted = new Map<string, Accepted[]>()
  const left = new Map<string, number>()
  const asked = new Map<string, number>()
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [behaviour = '', name = ''] = (request.url ?? '').slice(1).split('/')
    const took = accepted.get(name) ?? []
    if (behaviour === 'accepted') return json(200, took)(response)
    if (behaviour === 'left') return json(200, left.get(name) ?? 0)(response)
    const body = await textOf(request)
    const place = `${behaviour}/${name}`
    const turn = asked.get(place) ?? 0
    asked.set(place, turn + 1)
    const turns = behaviour.split(',')
    const word = turns[Math.min(turn, turns.length - 1)]!
    if (taking[word]) accepted.set(name, [...took, { headers: request.headers, body }])
    if (word === 'hang') response.on('close', () => left.set(name, (left.get(name) ?? 0) + 1))
    const answer = taking[word] ?? failing[word] ?? json(Number(word), { errors: ['No.'] })
    answer(response)
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of request) text += decoder.decode(part, { stream: true })
  return text
}
