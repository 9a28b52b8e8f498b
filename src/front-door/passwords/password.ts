/** Passwords are kept as argon2id hashes (OWASP: 19 MiB, 2 passes, 1 lane; security.md decision 3). */
import { decodeBase64IgnorePadding, encodeBase64NoPadding } from '@oslojs/encoding'
import argon2 from '@phi-ag/argon2/argon2.wasm'
import type { Bindings } from '../../environment.ts'
import { argon2idOf, type Cost } from './argon2.ts'

const cost: Cost = { memory: 19_456, passes: 2, lanes: 1 }
const saltBytes = 16
const leastMemory = 8 // KiB, RFC 9106 §3.1

const argon2id = argon2idOf(argon2)
const utf8 = new TextEncoder()

/** The hash as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export async function hashPassword(env: Bindings, password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes))
  const hash = argon2id(await secretOf(env, password), salt, cost)
  const { memory, passes, lanes } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}$${encodeBase64NoPadding(salt)}$${encodeBase64NoPadding(hash)}`
}

/**
 * Whether this is the password, and whether its hash should be made anew because the cost has changed.
 * Without a hash there is nobody to compare with: the same work is done, and the answer is no.
 */
export async function verifyPassword(
  env: Bindings,
  password: string,
  hash: string | null,
): Promise<{ ok: boolean; stale: boolean }> {
  const kept = parse(hash ?? '') ?? nobody
  const computed = argon2id(await secretOf(env, password), kept.salt, kept.cost, kept.hash.length)
  makeUpFor(kept.cost)
  const ok = crypto.subtle.timingSafeEqual(computed, kept.hash) && kept !== nobody
  const { memory, passes, lanes } = kept.cost
  return { ok, stale: memory !== cost.memory || passes !== cost.passes || lanes !== cost.lanes }
}

/** A hash that was cheaper is made up for, so that its owner is not known by a faster answer (security.md A04). */
function makeUpFor(kept: Cost): void {
  const missing = workOf(cost) - workOf(kept)
  const passes = Math.ceil(missing / workOf({ ...cost, passes: 1 }))
  const memory = memoryFor(missing / passes)
  if (memory >= leastMemory) argon2id(new Uint8Array(), nobody.salt, { memory, passes, lanes: 1 })
}

/**
 * What a hash takes, in KiB. A pass over more memory takes longer for each of them, because less of it is in the caches:
 * 0.44 µs at 8 MiB and 0.51 µs at 19 MiB were measured. `npm run bench:timing` asks whether this makes up for it.
 */
const workOf = ({ memory, passes }: Cost): number => passes * memory * (1 + memory / twiceAsSlow)
const twiceAsSlow = 60_000 // KiB

/** How much memory makes one pass of that work: `workOf` the other way round. */
const memoryFor = (work: number): number =>
  work > 0 ? Math.floor((Math.sqrt(1 + (4 * work) / twiceAsSlow) - 1) * (twiceAsSlow / 2)) : 0

interface Parsed {
  cost: Cost
  salt: Uint8Array
  hash: Uint8Array
}

/** The password of nobody. */
const nobody: Parsed = { cost, salt: new Uint8Array(saltBytes), hash: new Uint8Array(32) }

function parse(phc: string): Parsed | null {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc)
  if (!parts) return null
  const [memory, passes, lanes] = parts.slice(1, 4).map(Number) as [number, number, number]
  return {
    cost: { memory, passes, lanes },
    salt: decodeBase64IgnorePadding(parts[4]!),
    hash: decodeBase64IgnorePadding(parts[5]!),
  }
}

/** What is hashed: the password in NFC, mixed with the pepper when the deployment has one. */
async function secretOf(env: Bindings, password: string): Promise<Uint8Array> {
  const bytes = utf8.encode(password.normalize('NFC'))
  if (!env.PASSWORD_PEPPER) return bytes
  const key = await crypto.subtle.importKey(
    'raw',
    utf8.encode(env.PASSWORD_PEPPER),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes))
}
