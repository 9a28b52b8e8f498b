/** The outbox as tests fill it and look into it. */
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../src/environment.ts'
import { letter } from '../../src/mail/letter.ts'
import { type Outgoing, queueMail } from '../../src/mail/outbox.ts'
import type { Mail } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'

export const minute = 60_000
export const hour = 60 * minute
export const link = 'https://diary.test/riverside/password/new/canary-token-Zq7xK2'

const clinic = { name: 'Riverside Clinic', phone: '01632 960 001' }
export const aLetter = letter({
  clinic,
  subject: 'canary subject',
  paragraphs: ['canary paragraph'],
  facts: [{ term: 'Temporary password', value: 'canary-apple-river' }],
  action: { label: 'Log on', href: link },
})

/** Writes a mail into the outbox, due at once. */
export async function queue(given: Partial<Outgoing> & { clinicId: string }, now: number, environment: Bindings = env) {
  const mail = { kind: 'access-link' as const, to: 'janet.hall@example.com', letter: aLetter, ...given }
  const db = database(environment)
  await db.batch(await queueMail(environment, db, mail, now))
}

type Row = Omit<Mail, 'clinicId' | 'patientId' | 'staffId'>

/** Every mail in the outbox, as it stands in D1, in the order of their addresses. */
export const outbox = async () =>
  (
    await env.DB.prepare(`
      SELECT id, kind, to_address AS toAddress, sealed, state, created_at AS createdAt, attempts,
        next_attempt_at AS nextAttemptAt, sent_at AS sentAt, failure
      FROM mail ORDER BY to_address, id`).all<Row>()
  ).results

export async function onlyMail() {
  const [mail, ...more] = await outbox()
  if (!mail || more.length > 0) throw new Error(`there are ${more.length + (mail ? 1 : 0)} mails in the outbox`)
  return mail
}

export { everythingInD1 } from '../support/contents.ts'
