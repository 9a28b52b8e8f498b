/** What the platform hands to the Worker, where it answers, and what it says in the log. */

export interface Bindings {
  DB: D1Database
  /** Opaque ids only: no name, no address, nothing about health. */
  SESSIONS: KVNamespace
  /** Local development only: the mails of the `mailbox` transport. */
  MAILBOX?: KVNamespace
  EMAIL?: SendEmail
  /** The origins this deployment answers for, separated by a space; the first stands in mails. */
  ORIGINS: string
  MAIL_TRANSPORT: 'mailbox' | 'mailchannels' | 'cloudflare'
  /** The address that mails come from. */
  MAIL_FROM: string
  MAILCHANNELS_API_KEY?: string
  /** Another address for the MailChannels Email API; the tests put a failing server there. */
  MAILCHANNELS_URL?: string
  /** At least 32 random bytes, base64. Seals mails and keys the hashes of names. */
  DIARY_SECRET: string
  /** Optional: mixed into every password before it is hashed. Once set, never change it. */
  PASSWORD_PEPPER?: string
}

export const origins = (env: Bindings): string[] => env.ORIGINS.split(/\s+/).filter(Boolean)
/** The origin that stands in mails: from configuration, never from a request's Host. */
export const publicOrigin = (env: Bindings): string => origins(env)[0] ?? ''

/** One line of JSON in the log: where, and the database's constraint or the error's name; never a parameter. */
export function reportTrouble(where: string, error: unknown, reference?: string): void {
  console.error(JSON.stringify({ trouble: where, because: innermost(error), reference }))
}

/** Drizzle puts every parameter (addresses, hashes) into its message, so only the innermost cause is told. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.cause) return innermost(error.cause)
  return error.message.startsWith('Failed query') ? 'Failed query' : `${error.name}: ${error.message}`.slice(0, 200)
}

/** A refusal of somebody who is not known: one line in the log, and nothing that a stranger could fill the audit with. */
export const reportRefusal = (where: string, because: string): void =>
  console.warn(JSON.stringify({ refused: where, because }))
