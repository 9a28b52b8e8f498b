/**
 * What a new password must be (security.md decision 3, NIST 800-63B-4 §3.1.1.2): long enough, not one that many people
 * use, not made of what everybody knows about its owner. No rule about figures or capitals.
 */
import commonPasswords from './common-passwords.txt'

const shortest = 12 // code points
const longest = 256

/** Said beside the field. */
export const passwordHint = `${shortest} characters or more. Three random words work well`

/** The sentence that says what is wrong with a new password, or null. @param known names it must not be made of: the clinic's, the owner's, the owner's address */
export function passwordProblem(password: string, known: string[]): string | null {
  const { length } = [...password.normalize('NFC')]
  if (length === 0) return 'Enter a password'
  if (length < shortest) return `Password must be ${shortest} characters or more`
  if (password.trim() === '') return 'Password must have more than spaces in it'
  if (length > longest) return `Password must be ${longest} characters or fewer`
  if (isCommon(password)) return 'This password is used by many people. Choose a different one'
  if (isMadeOf(password, known)) {
    return 'Password must not be made of the clinic’s name, your name or your email address. Choose a different one'
  }
  return null
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** One on each line. Looked through as it stands: to sort it into a set would be done at each start of the Worker. */
const common = `\n${commonPasswords}`

function isCommon(password: string): boolean {
  const entry = folded(password).trim()
  return !entry.includes('\n') && common.includes(`\n${entry}\n`)
}

const alwaysKnown = ['password', 'clinic', 'diary', 'patient', 'staff', 'welcome']
const leastOfOnesOwn = 4 // letters that must be left when the known words are taken out

/** `riverside-2026`, `janet.hall1951`: known words with figures and marks between them. */
function isMadeOf(password: string, known: string[]): boolean {
  const text = folded(password)
  const words = [...alwaysKnown, ...known.flatMap(wordsOf)].sort((a, b) => b.length - a.length)
  const left = words.reduce((rest, word) => rest.replaceAll(word, ' '), text)
  return left !== text && left.replace(/[^\p{L}\p{M}]/gu, '').length < leastOfOnesOwn
}

const wordsOf = (name: string): string[] =>
  folded(name)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word.length >= 3)
