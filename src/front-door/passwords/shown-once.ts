/**
 * A temporary password between *Generate password* and *Send email*: it is stored as a hash only, so it travels in the
 * sealed cookie of the person who generated it, for a quarter of an hour, and a page shows it once.
 */
import type { Ask } from '../../ask.ts'
import { forgetSecret, keepSecret, keptSecret } from '../sessions/own-secret.ts'

const lifetime = 15 * 60 // seconds

interface Generated {
  /** The patient or staff member it is for. */
  ofId: string
  password: string
  generatedAt: number
  wasShown: boolean
}

export const keepGenerated = (c: Ask, generated: Generated): Promise<void> =>
  keepSecret(c, 'temporary', generated, lifetime)

/** What this session generated for this person in the last quarter of an hour, or null. */
export async function generatedFor(c: Ask, ofId: string): Promise<Generated | null> {
  const generated = await keptSecret<Generated>(c, 'temporary')
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

export const forgetGenerated = (c: Ask): void => forgetSecret(c, 'temporary')
