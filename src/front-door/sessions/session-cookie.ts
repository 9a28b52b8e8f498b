/** The cookie that carries a session. `__Host-`: this host only, the whole site, HTTPS only (RFC 6265bis). */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'

const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

export const sessionToken = (c: Ask): string | undefined => getCookie(c, 'session', 'host')

/** Without an age: the browser forgets it when it closes, and D1 ends it when its time is over. */
export const giveSession = (c: Ask, token: string): void =>
  setCookie(c, 'session', token, { ...options, prefix: 'host' })

export const takeSession = (c: Ask): void => {
  deleteCookie(c, 'session', { ...options, prefix: 'host' })
}
