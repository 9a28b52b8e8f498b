/** The cookie that carries a session. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { hostCookie } from '../../web/host-cookie.ts'

export const sessionToken = (c: Ask): string | undefined => getCookie(c, 'session', 'host')

/** Without an age: the browser forgets it when it closes, and D1 ends it when its time is over. */
export const giveSession = (c: Ask, token: string): void => setCookie(c, 'session', token, hostCookie)

export const takeSession = (c: Ask): void => {
  deleteCookie(c, 'session', hostCookie)
}
