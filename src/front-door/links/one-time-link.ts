/** A link in a mail or on the screen at the counter: how long it works, and whether it still does. */
import type { OneTimeLink } from '../../schema.ts'
import { hour, minute } from '../../web/durations.ts'

export const linkLifetimes = {
  /** Staff gave access, or a staff account its first password (ASVS 6.4.1). */
  'set-up': 72 * hour,
  /** Somebody forgot a password. */
  reset: 1 * hour,
  /** Somebody asked for online access. */
  registration: 24 * hour,
  /** Reception shows it to a patient who stands at the counter. */
  counter: 10 * minute,
  /** A patient proves a new email address. */
  email: 24 * hour,
} as const satisfies Record<OneTimeLink['purpose'], number>

/** Wrong dates of birth behind one link, then it is dead. */
export const mostTries = 5

export const isOpen = (link: OneTimeLink, now: number): boolean =>
  link.usedAt === null && link.endedAt === null && link.expiresAt > now && link.tries < mostTries
