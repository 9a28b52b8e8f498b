/** Counter mode: a code on reception's screen for a patient who stands there. What became of it, and how long it works. */
import { mostTries } from '../../front-door/links/one-time-link.ts'
import type { OneTimeLink } from '../../schema.ts'
import { minute } from '../../web/durations.ts'

export type CounterState = 'waiting' | 'done' | 'stopped' | 'cancelled' | 'expired'

type Link = Pick<OneTimeLink, 'usedAt' | 'endedAt' | 'tries' | 'expiresAt'>

export function counterState({ usedAt, endedAt, tries, expiresAt }: Link, now: number): CounterState {
  if (usedAt !== null) return 'done'
  if (tries >= mostTries) return 'stopped'
  if (endedAt !== null) return 'cancelled'
  return expiresAt > now ? 'waiting' : 'expired'
}

/** "About 9 minutes are left" */
export function timeLeftInWords(expiresAt: number, now: number): string {
  const minutes = Math.round((expiresAt - now) / minute)
  if (minutes < 1) return 'Less than a minute is left'
  return minutes === 1 ? 'About 1 minute is left' : `About ${minutes} minutes are left`
}
