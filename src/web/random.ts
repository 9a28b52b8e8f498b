/** Random names and secrets, and the hash under which a secret is kept. */
import { sha256 } from '@oslojs/crypto/sha2'
import { encodeBase32LowerCaseNoPadding, encodeBase64urlNoPadding, encodeHexLowerCase } from '@oslojs/encoding'

const bytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))

/** Names a row: 80 bits, 16 characters. Not a secret. */
export const newId = (): string => encodeBase32LowerCaseNoPadding(bytes(10))

/** A secret that proves something: 256 bits, 43 characters (ASVS 11.5.1). Only `hashToken` of it is stored. */
export const newToken = (): string => encodeBase64urlNoPadding(bytes(32))

/** A key for one-time codes: 160 bits (RFC 4226 §4). */
export const newKey = (): Uint8Array => bytes(20)

/** SHA-256 in hex. Enough for a secret of 256 random bits; passwords need front-door/passwords/password.ts. */
export const hashToken = (token: string): string => encodeHexLowerCase(sha256(new TextEncoder().encode(token)))

/** Letters and figures that are not mistaken for each other on the phone: no 0/O, 1/I/L, 2/Z, 5/S, 8/B. */
const clearLetters = 'ACDEFGHJKMNPQRTUVWXY34679'

/** Four characters to say on the phone, like R7K2. Names a request to the desk; proves nothing. */
export const newReference = (): string => randomLetters(4)

/** Clear letters and figures, 4.6 bits each. */
export const randomLetters = (count: number): string =>
  Array.from({ length: count }, () => clearLetters[randomBelow(clearLetters.length)]).join('')

/** A whole number from 0 to `limit` − 1 without bias. @param limit 1 to 256 */
export function randomBelow(limit: number): number {
  const fair = 256 - (256 % limit)
  for (;;) {
    const [byte] = bytes(1)
    if (byte! < fair) return byte! % limit
  }
}
