/** The failing mail service as the tests speak to it, and the three transports set up against it. */
import { env } from 'cloudflare:workers'
import { inject } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { newId } from '../../src/web/random.ts'
import type { Accepted } from '../support/failing-mail-server.ts'

/** What MailChannels was asked to send, as far as the tests look at it. */
interface AskedToSend {
  from: { email: string; name: string }
  personalizations: { to: { email: string }[] }[]
  subject: string
  content: { type: string; value: string }[]
  headers: Record<string, string>
  tracking_settings: unknown
}

interface MailService {
  url: string
  accepted: () => Promise<(Omit<Accepted, 'body'> & { body: AskedToSend })[]>
  /** How many requests that hung were given up by who sent them. */
  left: () => Promise<number>
}

/** @param behaviour as failing-mail-server.ts says: '500,500,ok' */
export function mailService(behaviour: string, name = newId()): MailService {
  const server = inject('failingMailServer')
  const read = async (list: string) => (await fetch(`${server}/${list}/${name}`)).json()
  return {
    url: `${server}/${behaviour}/${name}`,
    accepted: async () =>
      ((await read('accepted')) as Accepted[]).map(({ headers, body }) => ({ headers, body: JSON.parse(body) })),
    left: async () => (await read('left')) as number,
  }
}

export const withMailchannels = (service: { url: string }): Bindings => ({
  ...env,
  MAIL_TRANSPORT: 'mailchannels',
  MAILCHANNELS_URL: service.url,
  MAILCHANNELS_API_KEY: 'the key',
})

/** The EMAIL binding as it behaves: it throws what the service refuses, with a code. */
export function withCloudflare(service: { url: string }, codes: Record<number, string> = {}): Bindings {
  const send = async (message: unknown) => {
    const response = await fetch(service.url, { method: 'POST', body: JSON.stringify(message) })
    const code = codes[response.status] ?? 'E_INTERNAL_SERVER_ERROR'
    if (!response.ok) throw Object.assign(new Error('the mail was not sent'), { code })
    return { messageId: 'm' }
  }
  return { ...env, MAIL_TRANSPORT: 'cloudflare', EMAIL: { send } as unknown as SendEmail }
}

/** The MAILBOX namespace, but for what happens when a mail is put there. */
export function withMailbox(put: (really: () => Promise<void>) => Promise<void>): Bindings {
  const real = env.MAILBOX!
  const MAILBOX = new Proxy(real, {
    get(target, name) {
      if (name === 'put') return (...given: Parameters<KVNamespace['put']>) => put(() => target.put(...given))
      return (target[name as keyof KVNamespace] as () => unknown).bind(target)
    },
  })
  return { ...env, MAIL_TRANSPORT: 'mailbox', MAILBOX }
}

export const hanging = () => new Promise<never>(() => undefined)
