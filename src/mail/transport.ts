/** The ways a mail can leave. Which one is configuration; each tells what happened as a value. */
import type { Bindings } from '../environment.ts'
import type { Letter } from './letter.ts'
import type { Failure } from './mail-kind.ts'
import { cloudflareTransport } from './transports/cloudflare.ts'
import { mailboxTransport } from './transports/mailbox.ts'
import { mailchannelsTransport } from './transports/mailchannels.ts'

export interface Envelope {
  /** The same for every try of one mail, so that a provider can tell a repetition. */
  id: string
  to: string
  /** Stands as the sender's name. */
  clinicName: string
  createdAt: number
  letter: Letter
}

export type Sent = { ok: true } | { ok: false; because: Failure; isFinal: boolean }
/** @param hasLeft tells that nobody waits for the answer any more */
export type Transport = (env: Bindings, envelope: Envelope, hasLeft: AbortSignal) => Promise<Sent>

const transports: Record<Bindings['MAIL_TRANSPORT'], Transport> = {
  mailbox: mailboxTransport,
  mailchannels: mailchannelsTransport,
  cloudflare: cloudflareTransport,
}

const longestPatience = 10_000 // ms

/**
 * Sends one mail. Never throws: a transport that throws or hangs has not answered, and is asked again later.
 * @param patience ms
 */
export async function send(env: Bindings, envelope: Envelope, patience = longestPatience): Promise<Sent> {
  const noAnswer: Sent = { ok: false, because: 'no-answer', isFinal: false }
  const leaving = new AbortController() // a connection left open would be one fewer for the other mails
  const { promise: tooLong, resolve: giveUp } = Promise.withResolvers<Sent>()
  const timer = setTimeout(() => {
    giveUp(noAnswer)
    leaving.abort()
  }, patience)
  const asking = async () => transports[env.MAIL_TRANSPORT](env, envelope, leaving.signal)
  try {
    return await Promise.race([asking().catch(() => noAnswer), tooLong]) // retried, then shown to staff
  } finally {
    clearTimeout(timer)
  }
}
