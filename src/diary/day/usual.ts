/** A practitioner sees their own diary first. Whoever chose everybody's finds it so again: kept in their browser. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { hostCookie } from '../../web/host-cookie.ts'

const name = 'everybody'
const year = 365 * 24 * 60 * 60 // seconds

/** The cookie names who chose, since several people may use one browser. */
export const prefersEverybody = (c: Ask, staffId: string): boolean => getCookie(c, name, 'host') === staffId

/** @param who as it stands in the address: 'all', an id, or nothing that was chosen now */
export function rememberWhose(c: Ask, staffId: string, who: string | undefined): void {
  if (who === 'all' && !prefersEverybody(c, staffId)) setCookie(c, name, staffId, { ...hostCookie, maxAge: year })
  if (who === staffId && prefersEverybody(c, staffId)) deleteCookie(c, name, hostCookie)
}
