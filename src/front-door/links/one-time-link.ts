/** A link in a mail: how long it works, and whether it still does. */
import type { OneTimeLink } from '../../schema.ts'

const hour = 3_600_000 // ms

export const linkLifetimes = {
  /** Staff gave access, or a staff account its first password (ASVS 6.4.1). */
  'set-up': 72 * hour,
  /** Somebody forgot a password. */
  reset: 1 * hour,
  /** Somebody asked for online access. */
  registration: 24 * hour,
} as const satisfies Record<OneTimeLink['purpose'], number>

/** Wrong dates of birth behind one link, then it is dead. */
export const mostTries = 5

export const isOpen = (link: OneTimeLink, now: number): boolean =>
  link.usedAt === null && link.endedAt === null && link.expiresAt > now && link.tries < mostTries
