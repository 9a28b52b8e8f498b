/** Between the right password and the second factor: a token in the person's browser, and nothing else is open to it. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { database, onlyIfChanged, writeAll } from '../../web/database.ts'
import { hostCookie } from '../../web/host-cookie.ts'
import { type Account, accountOfHalfLogon, confirmPassword } from '../account-store.ts'
import { forgetTries, giveTryBack } from '../lockout/lockout-store.ts'
import type { Try } from '../logon-try.ts'
import { type HalfLogon, halfLogonByToken, halfLogonLifetime, newHalfLogon } from './half-logon-store.ts'

/** @returns where the second factor is asked for, or null: something has changed since the password was compared */
export async function beginHalfLogon(
  c: Ask,
  tried: Try,
  account: Account,
  rehashed: string | undefined,
  next: string,
): Promise<string | null> {
  const { clinic, now, frame } = c.var
  const { db } = tried
  const half = newHalfLogon(db, { clinicId: clinic.id, staffId: account.staffId ?? '', next: next.slice(0, 500) }, now)
  const written = await writeAll(db, [
    confirmPassword(db, clinic.id, account, rehashed),
    onlyIfChanged(db),
    half.statement,
    forgetTries(db, [tried.accountKey, tried.seriesKey]),
    giveTryBack(db, tried.networkKey),
    auditEntry(db, { clinicId: clinic.id, act: 'second-factor-asked', at: now, ofStaff: account.staffId }),
  ])
  if (!written.ok) return null
  setCookie(c, 'half-logon', half.token, { ...hostCookie, maxAge: halfLogonLifetime / 1000 })
  return `${frame.base}/logon/second-factor`
}

export type Halfway = HalfLogon & { account: Account }

/** Who stands at the page after the password, in this browser: null when nobody does, or it took too long. */
export async function halfLogonOf(c: Ask): Promise<Halfway | null> {
  const token = getCookie(c, 'half-logon', 'host')
  if (!token) return null
  const { clinic, now } = c.var
  const db = database(c.env)
  const [[half], [account]] = await db.batch([
    halfLogonByToken(db, clinic.id, token, now),
    accountOfHalfLogon(db, clinic.id, token, now),
  ])
  return half && account ? { ...half, account } : null
}

/** Nobody stands here any more: the password comes first again. */
export const startAgain = (c: Ask) => c.redirect(`${c.var.frame.base}?notice=start-again`, 303)

export const forgetHalfLogon = (c: Ask): void => {
  deleteCookie(c, 'half-logon', hostCookie)
}
