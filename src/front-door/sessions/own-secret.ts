/**
 * What the server does not keep, on its way from one page to the next, such as a secret of which it has a hash only: it
 * travels in the sealed cookie of the person who made it, and only their session can open it.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { seal, unseal } from '../../web/secret.ts'

const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const

/** A temporary password just generated, the code on the screen at the counter, the address of a calendar feed; a note. */
type Name = 'temporary' | 'counter' | 'feed' | 'note'

const purpose = (c: Ask, name: Name): string => `${name} password ${c.var.visit.claim.tokenHash}`

/** @param lifetime seconds */
export async function keepSecret(c: Ask, name: Name, value: object, lifetime: number): Promise<void> {
  const sealed = await seal(c.env, purpose(c, name), JSON.stringify(value))
  setCookie(c, name, sealed, { ...options, maxAge: lifetime })
}

/** What this session kept under this name, or null. */
export async function keptSecret<Value>(c: Ask, name: Name): Promise<Value | null> {
  const sealed = getCookie(c, name, 'host')
  const text = sealed ? await unseal(c.env, purpose(c, name), sealed) : null
  return text ? (JSON.parse(text) as Value) : null
}

export const forgetSecret = (c: Ask, name: Name): void => {
  deleteCookie(c, name, options)
}
