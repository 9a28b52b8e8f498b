/** Who stands at the front door in these tests, and what they do there. */
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  mailbox,
  Visitor,
} from '../support/world.ts'

vi.setConfig({ testTimeout: 30_000 }) // a hash is slow on purpose, and some of these tests need fifty

export const start = Date.parse('2026-11-23T09:00:00Z')
export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const wrong = 'Check your email address or username, and your password, and try again'
export const tooMany = 'You have tried too many times. Try again in 15 minutes, or set a new password'

export const janetsEmail = 'janet.hall@example.com'

/** Riverside with Janet, a patient, and Sam, of the staff: both know `goodPassword`. */
export async function riverside(given: Parameters<typeof aClinic>[0] = {}) {
  const clinic = await aClinic(given)
  const clinicId = clinic.id
  const janet = await aPatient({ clinicId, email: janetsEmail })
  await anAccess(janet, { password: goodPassword })
  const sam = await aStaffMember({ clinicId, email: 'sam@riverside.example', password: goodPassword })
  return { clinic, clinicId, janet, sam }
}

export const logOn = (
  who: Visitor,
  identifier: string,
  password = goodPassword,
  more: Record<string, string> = {},
): Promise<Answer> => who.post('/riverside/logon', { identifier, password, ...more })

/** From a network of its own, so that only the name is counted. */
export const stranger = (network = '198.51.100.1'): Visitor => {
  const browser = new Visitor()
  browser.headers = { 'cf-connecting-ip': network }
  return browser
}

export const one = async <Row>(sql: string, ...values: unknown[]): Promise<Row | null> =>
  env.DB.prepare(sql)
    .bind(...values)
    .first<Row>()

export const all = async <Row>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<Row>()
  ).results

export const change = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()

/** Why logons were refused, in order. */
export const refusals = async (): Promise<string[]> =>
  (await all<{ detail: string }>("SELECT detail FROM audit WHERE act = 'logon-refused' ORDER BY id")).map(
    ({ detail }) => JSON.parse(detail).because,
  )

/** Moves the clock, which must be a fake one. */
export const wait = (ms: number) => vi.setSystemTime(Date.now() + ms)

export const guess = (identifier: string, who = stranger()): Promise<Answer> => logOn(who, identifier, 'a wild guess')

/** Five wrong tries: from now on the name has to wait. */
export async function lock(identifier: string, who = stranger()): Promise<void> {
  for (let tries = 0; tries < 5; tries++) await guess(identifier, who)
}

/** Whether the right password lets them in. */
export const isIn = async (identifier = janetsEmail, who = stranger()): Promise<boolean> =>
  (await logOn(who, identifier)).status === 303

/** Janet's new password, by the link in her mailbox, in a browser that knows nothing of her. */
export const newPassword = 'seven small hedgehogs'
export async function setNewPassword(): Promise<void> {
  const browser = stranger('192.0.2.99')
  await browser.post('/riverside/password/forgotten', { identifier: janetsEmail })
  const [mail] = await mailbox()
  const answer = await browser.post(linkIn(mail), { new_password: newPassword })
  expect(answer.location).toBe('/riverside?notice=password-set')
}

/** Everything of an answer that a stranger could compare. */
export const visible = ({ status, headers, body }: Answer) => ({ status, headers: [...headers].sort(), body })
