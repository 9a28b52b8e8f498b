/**
 * A temporary password between *Generate password* and *Send email*: it is stored as a hash only, so it travels in the
 * sealed cookie of the person who generated it, for a quarter of an hour, and a page shows it once.
 */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { seal, unseal } from '../../web/secret.ts'

const lifetime = 15 * 60 // seconds
const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const

export interface Generated {
  /** The patient or staff member it is for. */
  ofId: string
  password: string
  generatedAt: number
  wasShown: boolean
}

export async function keepGenerated(c: Ask, generated: Generated): Promise<void> {
  const sealed = await seal(c.env, `temporary password ${c.var.visit.claim.tokenHash}`, JSON.stringify(generated))
  setCookie(c, 'temporary', sealed, { ...options, maxAge: lifetime })
}

/** What this session generated for this person in the last quarter of an hour, or null. */
export async function generatedFor(c: Ask, ofId: string): Promise<Generated | null> {
  const sealed = getCookie(c, 'temporary', 'host')
  const text = sealed ? await unseal(c.env, `temporary password ${c.var.visit.claim.tokenHash}`, sealed) : null
  const generated = text ? (JSON.parse(text) as Generated) : null
  const isOurs = generated?.ofId === ofId && generated.generatedAt > c.var.now - lifetime * 1000
  return isOurs ? generated : null
}

/** The password to show on this page, if it was not shown yet. From now on it was. */
export async function showOnce(c: Ask, ofId: string): Promise<string | null> {
  const generated = await generatedFor(c, ofId)
  if (!generated || generated.wasShown) return null
  await keepGenerated(c, { ...generated, wasShown: true })
  return generated.password
}

export const forgetGenerated = (c: Ask): void => {
  deleteCookie(c, 'temporary', options)
}
