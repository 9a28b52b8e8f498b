/**
 * Remembers that a name has logged on from this device, so that strangers who try that name elsewhere cannot lock its
 * owner out. It lets nobody in: it only chooses which counter a try is counted on.
 */
import { getCookie, setCookie } from 'hono/cookie'
import type { Ask } from '../../ask.ts'
import { hostCookie } from '../../web/host-cookie.ts'
import { newId } from '../../web/random.ts'
import { seal, unseal } from '../../web/secret.ts'

const halfAYear = 180 * 24 * 60 * 60 // seconds
const mostNames = 6 // on a family's tablet or the desk's computer

interface Device {
  id: string
  /** Counter keys of the names that have logged on here: keyed hashes, no names. */
  known: string[]
}

async function read(c: Ask): Promise<Device | null> {
  const sealed = getCookie(c, 'device', 'host')
  const text = sealed ? await unseal(c.env, 'device', sealed) : null
  return text ? (JSON.parse(text) as Device) : null
}

/** The device's id when this name has logged on from it before. */
export async function deviceKnowing(c: Ask, accountKey: string): Promise<string | null> {
  const device = await read(c)
  return device?.known.includes(accountKey) ? device.id : null
}

/** Only for a name that has just logged on. */
export async function rememberDevice(c: Ask, accountKey: string): Promise<void> {
  const device = (await read(c)) ?? { id: newId(), known: [] }
  const known = [accountKey, ...device.known.filter((key) => key !== accountKey)].slice(0, mostNames)
  const sealed = await seal(c.env, 'device', JSON.stringify({ id: device.id, known }))
  setCookie(c, 'device', sealed, { ...hostCookie, maxAge: halfAYear })
}
