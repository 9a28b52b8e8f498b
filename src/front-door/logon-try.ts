/** One try to prove who one is: counted before the password is looked at, the same work for every name. */
import type { Ask } from '../ask.ts'
import { type Database, database } from '../web/database.ts'
import { type Account, accountByLogonName, isGood } from './account-store.ts'
import { deviceKnowing } from './lockout/device-cookie.ts'
import { accountSeries, deviceSeries, logonRate, networkOf, type Series } from './lockout/lockout.ts'
import { counterKey, countInWindow, countTry, giveTryBack, onDevice } from './lockout/lockout-store.ts'
import { forgivingTrouble } from './own-trouble.ts'
import { verifyPassword } from './passwords/password.ts'

export interface Try {
  db: Database
  /** The counter of the name, whatever the device. */
  accountKey: string
  /** The counter this try was counted on. */
  seriesKey: string
  networkKey: string
}

export type Verdict =
  | { ok: true; account: Account; isStale: boolean; tried: Try }
  | { ok: false; because: 'too-many' | 'wrong'; account?: Account; tried: Try }

export const networkKey = (c: Ask, purpose: string): Promise<string> =>
  counterKey(c.env, 'network', purpose, networkOf(c.req.header('cf-connecting-ip') ?? ''))

/** The counter of a name at a clinic. */
export const accountKeyOf = (c: Ask, name: string): Promise<string> =>
  counterKey(c.env, 'account', c.var.clinic.id, name)

/** What a try is counted on: the name's counter, or its own one on a device from which it logged on before. */
export async function seriesOf(
  c: Ask,
  name: string,
): Promise<Pick<Try, 'accountKey' | 'seriesKey'> & { series: Series }> {
  const accountKey = await accountKeyOf(c, name)
  const device = await deviceKnowing(c, accountKey)
  return device
    ? { accountKey, seriesKey: onDevice(accountKey, device), series: deviceSeries }
    : { accountKey, seriesKey: accountKey, series: accountSeries }
}

/** Counts, looks up and compares. When our own trouble cuts it short, the try does not count. */
export async function tryPassword(c: Ask, name: string, password: string): Promise<Verdict> {
  const { now, clinic } = c.var
  const { series, ...keys } = await seriesOf(c, name)
  const tried: Try = { db: database(c.env), ...keys, networkKey: await networkKey(c, 'logon') }
  const [[counted], [network], [account]] = await tried.db.batch([
    countTry(tried.db, tried.seriesKey, series, now),
    countInWindow(tried.db, tried.networkKey, logonRate, now),
    accountByLogonName(tried.db, clinic.id, name),
  ])
  if (counted?.refused || network?.refused) return { ok: false, because: 'too-many', account, tried }
  return forgivingTrouble(
    c,
    (db) => giveTryBack(db, tried.seriesKey),
    async () => {
      const { ok, stale } = await verifyPassword(c.env, password, account?.passwordHash ?? null)
      return ok && account && isGood(account, now)
        ? { ok: true, account, isStale: stale, tried }
        : { ok: false, because: 'wrong', account, tried }
    },
  )
}
