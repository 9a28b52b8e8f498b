/** An invitation: a patient was given a way in. Who may be invited again, and what the way in is worth now. */
import type { OnlineAccess } from '../../schema.ts'
import { distanceInWords } from '../../web/dates.ts'

export const pageLength = 25 // lines
export const mostAtOnce = pageLength // invitations: what one page can tick

/** Which mails are listed; 'failed' waits for its next try, 'abandoned' does not. */
export const mailFilters = ['queued', 'failed', 'sent', 'abandoned'] as const
export type MailFilter = (typeof mailFilters)[number]

export const neverFilters = ['active', 'invited'] as const
export type NeverFilter = (typeof neverFilters)[number]

type Verdict = { ok: true } | { ok: false; because: Because }

export const refusals = {
  archived: 'the record is archived',
  'not-open': 'online access is not active',
  shared: 'another record has the same email address',
} as const
type Because = keyof typeof refusals

/** @param of.state null: not registered @param of.sharers how many other records have the address */
function invitationVerdict(of: { isArchived: boolean; state: OnlineAccess['state'] | null; sharers: number }): Verdict {
  if (of.isArchived) return { ok: false, because: 'archived' }
  if (of.state !== 'active' && of.state !== 'invited') return { ok: false, because: 'not-open' }
  return of.sharers > 0 ? { ok: false, because: 'shared' } : { ok: true }
}

interface Person {
  archivedAt: number | null
  state: OnlineAccess['state'] | null
  sharers: number
  /** As many mails were sent to them lately as one address gets. */
  hasEnough: 0 | 1
}

export const verdictOn = (of: Person): Verdict => invitationVerdict({ ...of, isArchived: of.archivedAt !== null })

/** Who gets a mail; who counts as invited and gets no further one; who cannot be invited. */
export function sorted<Of extends Person>(people: Of[]): { willing: Of[]; limited: Of[]; refused: Of[] } {
  const fit = people.filter((of) => verdictOn(of).ok)
  return {
    willing: fit.filter(({ hasEnough }) => !hasEnough),
    limited: fit.filter(({ hasEnough }) => hasEnough),
    refused: people.filter((of) => !verdictOn(of).ok),
  }
}

interface WayIn {
  passwordKind: OnlineAccess['passwordKind']
  temporaryExpiresAt: number | null
  /** Until when the newest link works that was neither used nor ended; null: there is none. */
  linkUntil: number | null
}

/** "Link expires in 22 hours" · "Link expired 3 days ago" · "Has chosen a password" · "No way to log on yet" */
export function wayInWords({ passwordKind, temporaryExpiresAt, linkUntil }: WayIn, now: number): string {
  if (passwordKind === 'own') return 'Has chosen a password'
  if (linkUntil !== null && linkUntil > now) return `Link expires ${distanceInWords(linkUntil, now)}`
  if (passwordKind === 'temporary') return temporaryInWords(temporaryExpiresAt ?? 0, now)
  return linkUntil === null ? 'No way to log on yet' : `Link expired ${distanceInWords(linkUntil, now)}`
}

const temporaryInWords = (until: number, now: number): string =>
  `Temporary password ${until > now ? 'expires' : 'expired'} ${distanceInWords(until, now)}`
