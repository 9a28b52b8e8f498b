/** The codes of an authenticator app (TOTP, RFC 6238): six digits, thirty seconds, SHA-1, which every app understands. */
import { encodeBase32NoPadding } from '@oslojs/encoding'
import { generateHOTP, verifyHOTP } from '@oslojs/otp'

const digits = 6
const stepLength = 30_000 // ms
const drift = 1 // steps that a clock may be slow or fast

/** The step of time in which this instant lies. */
export const stepAt = (now: number): number => Math.floor(now / stepLength)

export const codeAt = (key: Uint8Array, step: number, length = digits): string =>
  generateHOTP(key, BigInt(step), length)

/** The code without the spaces that apps show inside it, or null when it cannot be one. */
export function typedCode(text: string): string | null {
  const code = text.normalize('NFKC').replace(/\s/g, '')
  return /^[0-9]{6}$/.test(code) ? code : null
}

/**
 * The step whose code this is: the present one, the one before or the one after. Null when it is none of them, or not
 * newer than the last that was taken (RFC 6238 §5.2).
 */
export function stepOf(key: Uint8Array, code: string, now: number, lastStep: number): number | null {
  const present = stepAt(now)
  const steps = [present, present - drift, present + drift]
  const fitting = steps.filter((step) => verifyHOTP(key, BigInt(step), digits, code)) // all three, whichever fits
  return fitting.find((step) => step > lastStep) ?? null
}

/** What the QR code says. Spaces as %20: some apps show a plus. */
export function keyAddress(key: Uint8Array, clinic: string, username: string): string {
  const [issuer, name] = [encodeURIComponent(clinic), encodeURIComponent(username)]
  const secret = encodeBase32NoPadding(key)
  return `otpauth://totp/${issuer}:${name}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=${digits}&period=${stepLength / 1000}`
}

/** The key to type, in groups of four. */
export const keyInGroups = (key: Uint8Array): string => encodeBase32NoPadding(key).replace(/.{4}(?=.)/g, '$& ')

/** For what a key is sealed at rest: it opens for nobody else's account. */
export const keyOf = (staffId: string): string => `authenticator app of ${staffId}`
