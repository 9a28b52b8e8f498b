/**
 * A secret of which the server keeps a hash only, on its way from the page that made it to the page that shows it: it
 * travels in the sealed cookie of the person who made it, and only their session can open it.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { seal, unseal } from '../../web/secret.ts'

const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const

/** A temporary password just generated, the code on the screen at the counter, the address of a calendar feed. */
type Name = 'temporary' | 'counter' | 'feed'

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
