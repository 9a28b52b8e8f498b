/**
 * While an authenticator app is being added, its key travels in the person's own browser: nothing is kept before the
 * first code was right. New recovery codes travel the same way to the one page that shows them.
 */
import { decodeBase64, encodeBase64 } from '@oslojs/encoding'
import type { Ask } from '../../ask.ts'
import { newKey } from '../../web/random.ts'
import { forgetSealed, keepSealed, keptSealed } from '../../web/sealed-cookie.ts'

const lifetime = 15 * 60 // seconds

const forSession = (c: Ask, what: string): string => `${what} ${c.var.visit.claim.tokenHash}`

export const beginEnrolment = (c: Ask): Promise<void> =>
  keepSealed(c, 'enrolment', forSession(c, 'enrolment'), encodeBase64(newKey()), lifetime)

/** The key that waits for its first code, if one does. */
export async function pendingKey(c: Ask): Promise<Uint8Array | null> {
  const key = await keptSealed(c, 'enrolment', forSession(c, 'enrolment'))
  return key ? decodeBase64(key) : null
}

export const endEnrolment = (c: Ask): void => forgetSealed(c, 'enrolment')

export const keepCodes = (c: Ask, codes: string[]): Promise<void> =>
  keepSealed(c, 'recovery', forSession(c, 'recovery codes'), codes.join('\n'), lifetime)

/** The codes that were made a moment ago, for the page that shows them: once. */
export async function codesOnce(c: Ask): Promise<string[] | null> {
  const codes = await keptSealed(c, 'recovery', forSession(c, 'recovery codes'))
  if (codes) forgetSealed(c, 'recovery')
  return codes?.split('\n') ?? null
}
