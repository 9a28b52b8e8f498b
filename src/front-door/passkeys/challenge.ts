/** A challenge in the browser that asked for it: only there can its answer be given. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { hostCookie } from '../../web/host-cookie.ts'
import { type Asked, challengeLifetime, newChallenge } from './passkey-store.ts'

/** Writes a challenge down, and hands it to the browser. */
export async function askPasskey(c: Ask, asked: Asked): Promise<void> {
  const db = database(c.env)
  const { challenge, statement } = newChallenge(db, asked, c.var.now)
  await db.batch([statement])
  setCookie(c, 'challenge', challenge, { ...hostCookie, maxAge: challengeLifetime / 1000 })
}

export const challengeOf = (c: Ask): string => getCookie(c, 'challenge', 'host') ?? ''

export const forgetChallenge = (c: Ask): void => {
  deleteCookie(c, 'challenge', hostCookie)
}

/** At the logon page nobody is known yet. */
export const atTheDoor = (c: Ask): Asked => ({ clinicId: c.var.clinic.id, purpose: 'logon', boundTo: '' })

/** Of whoever is logged on, in this session. */
export const inThisSession = (c: Ask): Asked => ({
  clinicId: c.var.clinic.id,
  purpose: 'adding',
  boundTo: c.var.visit.claim.tokenHash,
})

/** Of whoever has typed the right password. */
export const afterThePassword = (c: Ask, tokenHash: string): Asked => ({
  clinicId: c.var.clinic.id,
  purpose: 'second-factor',
  boundTo: tokenHash,
})
