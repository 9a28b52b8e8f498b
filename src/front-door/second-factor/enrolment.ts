/**
 * While an authenticator app is being added, all that its first right code will keep travels in the person's own
 * browser: nothing is kept before. New recovery codes travel the same way to the one page that shows them.
 */
import { decodeBase64, encodeBase64 } from '@oslojs/encoding'
import type { Ask } from '../../ask.ts'
import { newKey } from '../../web/random.ts'
import { forgetSealed, keepSealed, keptSealed } from '../../web/sealed-cookie.ts'
import { seal, unseal } from '../../web/secret.ts'
import { keyOf } from './one-time-code.ts'
import { newRecoveryCodes } from './recovery-code.ts'

const lifetime = 15 * 60 // seconds

const forSession = (c: Ask, what: string): string => `${what} ${c.var.visit.claim.tokenHash}`

/** What waits for its first code. All of it is made when it is begun, so that each confirmation is about the same. */
export interface Enrolment {
  key: Uint8Array
  /** The key as it will be kept: sealed once, so that no other enrolment is the same text. */
  sealedKey: string
  /** Recovery codes that come with it, for whoever has none. */
  codes: string[]
}

export async function beginEnrolment(c: Ask, withCodes: boolean): Promise<void> {
  const sealedKey = await seal(c.env, keyOf(c.var.visit.staffId), encodeBase64(newKey()))
  const lines = [sealedKey, ...(withCodes ? newRecoveryCodes() : [])]
  await keepSealed(c, 'enrolment', forSession(c, 'app to add'), lines.join('\n'), lifetime)
}

export async function pendingEnrolment(c: Ask): Promise<Enrolment | null> {
  const text = await keptSealed(c, 'enrolment', forSession(c, 'app to add'))
  const [sealedKey = '', ...codes] = text?.split('\n') ?? []
  const key = await unseal(c.env, keyOf(c.var.visit.staffId), sealedKey)
  return key ? { key: decodeBase64(key), sealedKey, codes } : null
}

/** The key goes, and where its confirmation led stays, so that the same form, sent again, leads there too. */
export const endEnrolment = (c: Ask, to: string): Promise<void> =>
  keepSealed(c, 'enrolment', forSession(c, 'app was added'), to, lifetime)

/** Where the confirmation led that ended an enrolment a moment ago, if one did. */
export const whereItLed = (c: Ask): Promise<string | null> => keptSealed(c, 'enrolment', forSession(c, 'app was added'))

export const keepCodes = (c: Ask, codes: string[]): Promise<void> =>
  keepSealed(c, 'recovery', forSession(c, 'recovery codes'), codes.join('\n'), lifetime)

/** The codes that were made a moment ago, for the page that shows them: once. */
export async function codesOnce(c: Ask): Promise<string[] | null> {
  const codes = await keptSealed(c, 'recovery', forSession(c, 'recovery codes'))
  if (codes) forgetSealed(c, 'recovery')
  return codes?.split('\n') ?? null
}
