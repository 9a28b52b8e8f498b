/** The page that somebody asked for who must set up a second factor first: it waits in their own browser until they have one. */
import type { Ask } from '../../ask.ts'
import { forgetSealed, keepSealed, keptSealed } from '../../web/sealed-cookie.ts'
import { landingFor } from '../landing.ts'

const lifetime = 60 * 60 // seconds: an app has to be found and installed

const purpose = (c: Ask): string => `page wanted ${c.var.visit.claim.tokenHash}`

export const keepWanted = (c: Ask, path: string): Promise<void> => keepSealed(c, 'wanted', purpose(c), path, lifetime)

/** Where to go on, once there is a second factor: the page that was asked for last, or the diary. */
export async function goOnTo(c: Ask): Promise<string> {
  const wanted = await keptSealed(c, 'wanted', purpose(c))
  if (wanted !== null) forgetSealed(c, 'wanted')
  return landingFor(c.var.frame.base, { role: 'staff', mustChangePassword: false }, wanted ?? '')
}
