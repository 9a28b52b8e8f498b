/** Local development: a mail is "sent" into the MAILBOX namespace and read at /dev/mailbox. */
import type { Transport } from '../envelope.ts'
import type { Attachment } from '../letter.ts'

const keptFor = 7 * 24 * 60 * 60 // seconds
const farAway = 9_999_999_999_999 // ms: subtracting the time makes the newest come first in KV's order of keys
/** Of the same millisecond, what is delivered last comes first; what is delivered once more stays where it is. */
const places = new Map<string, number>()

export interface KeptMail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  attachments?: Attachment[]
  /** ISO 8601 */
  createdAt: string
}

export const mailboxTransport: Transport = async (env, { id, to, createdAt, letter }) => {
  if (!env.MAILBOX) throw new Error('MAIL_TRANSPORT is "mailbox", and there is no MAILBOX namespace')
  const mail: KeptMail = { id, to, ...letter, createdAt: new Date(createdAt).toISOString() }
  const place = places.get(id) ?? 999_999 - places.size
  places.set(id, place)
  const key = `${String(farAway - createdAt).padStart(13, '0')} ${String(place).padStart(6, '0')} ${id}`
  await env.MAILBOX.put(key, JSON.stringify(mail), { expirationTtl: keptFor })
  return { ok: true }
}

/** The newest mails first, at most 100. */
export async function keptMails(mailbox: KVNamespace): Promise<KeptMail[]> {
  const { keys } = await mailbox.list({ limit: 100 })
  const mails = await Promise.all(keys.map(({ name }) => mailbox.get<KeptMail>(name, 'json')))
  return mails.filter((mail) => mail !== null)
}
