/** What travels in the person's own browser and may be read by nobody: sealed, for one purpose, for a while. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../ask.ts'
import { hostCookie } from './host-cookie.ts'
import { seal, unseal } from './secret.ts'

/** @param lifetime seconds */
export async function keepSealed(c: Ask, name: string, purpose: string, text: string, lifetime: number): Promise<void> {
  const until = c.var.now + lifetime * 1000
  setCookie(c, name, await seal(c.env, purpose, JSON.stringify({ text, until })), { ...hostCookie, maxAge: lifetime })
}

/** The text, or null when it is not there, too old, or was sealed for another purpose. */
export async function keptSealed(c: Ask, name: string, purpose: string): Promise<string | null> {
  const sealed = getCookie(c, name, 'host')
  const opened = sealed ? await unseal(c.env, purpose, sealed) : null
  const { text, until } = JSON.parse(opened ?? '{}') as { text?: string; until?: number }
  return text !== undefined && (until ?? 0) > c.var.now ? text : null
}

export const forgetSealed = (c: Ask, name: string): void => {
  deleteCookie(c, name, hostCookie)
}
