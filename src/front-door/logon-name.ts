/** What is typed to log on: staff a username, patients their email address. An `@` decides which (rule M2). */
import { emailAddress } from '../registration/email-address.ts'

/** The one form under which it is looked up and counted. What fits neither form is kept, and belongs to nobody. */
export function logonName(typed: string): string {
  const text = typed.trim().normalize('NFKC').toLowerCase().slice(0, 320)
  return text.includes('@') ? (emailAddress(typed)?.canonical ?? text) : text
}

/** A username, as security.md decision 7 has it. */
export const isUsername = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{1,31}$/.test(text)
