/** The email address is the identity (rule M9): one canonical form, used by forms, import and logon alike. */
import { hasHiddenCharacters } from '../web/typed-text.ts'

export interface EmailAddress {
  /** As typed, without spaces around it. */
  typed: string
  /** NFC, all lower case, the domain in ASCII (IDNA). Two addresses are the same person when these are equal. */
  canonical: string
}

const longest = 254 // characters, RFC 5321 §4.5.3.1.3 less the brackets

/**
 * Letters of any script, figures and RFC 5322's atext with dots between; no quoted local parts, no comments. The letters
 * of all scripts are many: an isolate reads them when it first needs them, not when it starts.
 */
const isLocalPart = (text: string): boolean =>
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u.test(text)
const asciiDomain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** The address, or null when it has no correct form. Plus tags and dots are kept: they may be other people. */
export function emailAddress(text: string): EmailAddress | null {
  const typed = text.trim()
  if (typed.length > longest || hasHiddenCharacters(typed)) return null
  const parts = typed.normalize('NFC').toLowerCase().split('@')
  const [local, domain] = parts
  if (parts.length !== 2 || !local || !domain || !isLocalPart(local)) return null
  const ascii = asciiOf(domain)
  if (!ascii || !asciiDomain.test(ascii) || local.length + 1 + ascii.length > longest) return null
  return { typed, canonical: `${local}@${ascii}` }
}

/** The platform's own IDNA: what stands in a URL's host. Anything that is more than a host name is refused. */
function asciiOf(domain: string): string | null {
  if (/[\s/?#:\\%@[\]]/.test(domain)) return null
  return URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`).hostname : null
}

export const emailProblem = (typed: string): string =>
  typed.trim() === ''
    ? 'Enter your email address'
    : 'Enter an email address in the correct format, like name@example.com'
