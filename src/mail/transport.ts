/** The ways a mail can leave. Which one is configuration; each tells what happened as a value. */
import type { Bindings } from '../environment.ts'
import type { Envelope, Sent, Transport } from './envelope.ts'
import { cloudflareTransport } from './transports/cloudflare.ts'
import { mailboxTransport } from './transports/mailbox.ts'
import { mailchannelsTransport } from './transports/mailchannels.ts'

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
