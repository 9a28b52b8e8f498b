/** What the deployment's one secret is used for. Each use has its own key, derived by HKDF (RFC 5869). */
import { decodeBase64, encodeBase64, encodeHexLowerCase } from '@oslojs/encoding'
import type { Bindings } from '../environment.ts'

const utf8 = new TextEncoder()

/** Seals text so that only this deployment can read it again, and only for the same purpose (AES-256-GCM). */
export async function seal(env: Bindings, purpose: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyFor(env, `seal ${purpose}`, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8.encode(text)))
  return `${encodeBase64(iv)}.${encodeBase64(sealed)}`
}

/** The text that was sealed, or null when it was sealed by another secret, for another purpose, or changed. */
export async function unseal(env: Bindings, purpose: string, sealed: string): Promise<string | null> {
  const [iv, body] = sealed.split('.')
  if (!iv || !body) return null
  const key = await keyFor(env, `seal ${purpose}`, { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt'])
  try {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: decodeBase64(iv) }, key, decodeBase64(body))
    return new TextDecoder().decode(text)
  } catch {
    return null // what does not open is not ours: the caller says what that means
  }
}

/** A keyed hash in hex: the same value gives the same name, which tells nobody the value (HMAC-SHA-256). */
export const keyedHash = async (env: Bindings, purpose: string, value: string): Promise<string> =>
  (await keyedHasher(env, purpose))(value)

/** The same for many values: the key is derived once. */
export async function keyedHasher(env: Bindings, purpose: string): Promise<(value: string) => Promise<string>> {
  const key = await keyFor(env, `hash ${purpose}`, { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign'])
  return async (value) => encodeHexLowerCase(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(value))))
}

/** A key never changes, so an isolate derives it once. Some are asked for with every logon, one of each mail only once. */
const derived = new Map<string, CryptoKey>()
const mostKept = 100

async function keyFor(env: Bindings, purpose: string, algorithm: Algorithm, uses: string[]): Promise<CryptoKey> {
  const name = `${env.DIARY_SECRET} ${purpose}`
  const before = derived.get(name)
  if (before) return before
  const key = await derive(env.DIARY_SECRET, purpose, algorithm, uses)
  if (derived.size >= mostKept) derived.clear()
  derived.set(name, key)
  return key
}

interface Algorithm {
  name: string
  length: number
  hash?: string
}

async function derive(secret: string, purpose: string, algorithm: Algorithm, uses: string[]): Promise<CryptoKey> {
  const bytes = decodeBase64(secret)
  if (bytes.length < 32) throw new Error('DIARY_SECRET must hold at least 32 bytes')
  const root = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
  const salt = new Uint8Array(32)
  const info = utf8.encode(`clinic diary: ${purpose}`)
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, root, algorithm, false, uses)
}
