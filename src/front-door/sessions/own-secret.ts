/**
 * What the server does not keep, on its way from one page to the next, such as a secret of which it has a hash only: it
 * travels in the sealed cookie of the person who made it, and only their session can open it.
 */
import type { Ask } from '../../ask.ts'
import { forgetSealed, keepSealed, keptSealed } from '../../web/sealed-cookie.ts'

/** A temporary password just generated, the code on the screen at the counter, the address of a calendar feed; a note. */
type Name = 'temporary' | 'counter' | 'feed' | 'note'

const purpose = (c: Ask, name: Name): string => `${name} of ${c.var.visit.claim.tokenHash}`

/** @param lifetime seconds */
export const keepSecret = (c: Ask, name: Name, value: object, lifetime: number): Promise<void> =>
  keepSealed(c, name, purpose(c, name), JSON.stringify(value), lifetime)

/** What this session kept under this name, or null. */
export async function keptSecret<Value>(c: Ask, name: Name): Promise<Value | null> {
  const text = await keptSealed(c, name, purpose(c, name))
  return text === null ? null : (JSON.parse(text) as Value)
}

export const forgetSecret = (c: Ask, name: Name): void => forgetSealed(c, name)
