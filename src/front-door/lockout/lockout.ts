/**
 * How often one may try (security.md "Throttling"). Tries are counted before the password is looked at, for names that
 * exist and names that do not, so that neither the counters nor the waiting tell who is known.
 */
import { hour, minute, wholeDay } from '../../web/durations.ts'

/** Tries in a row: from the limit on, each wrong one makes the wait longer. */
export interface Series {
  limit: number
  /** A pause of this length before the limit is reached starts the count again. */
  window: number
  /** After the limit: the wait after each further try; the last repeats. */
  waits: number[]
}

/** Every name that is typed to log on. */
export const accountSeries: Series = {
  limit: 5,
  window: 5 * minute,
  waits: [1 * minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute],
}

/** A device from which this name logged on before: what strangers do elsewhere does not lock its owner out. */
export const deviceSeries: Series = { limit: 10, window: 15 * minute, waits: [15 * minute] }

/** After a wait the count starts again when it was quiet for as long as the longest wait. */
export const quietAfterWait = 15 * minute

/** So many wrong tries in 30 days, and only a new password helps. */
export const monthly = { limit: 100, window: 30 * wholeDay }

/** So many in each window of time, whoever it is. */
export interface Rate {
  limit: number
  window: number
}

/** One network (an IPv4 address, an IPv6 /64): a whole clinic may stand behind it. */
export const logonRate: Rate = { limit: 30, window: minute }
/** Links that do not work, tried from one network: a person with an old mail tries twice, a program never stops. */
export const deadLinkRate: Rate = { limit: 30, window: minute }

/** Mails that one network causes, of one kind of asking. */
export const networkMailRates: Rate[] = [
  { limit: 20, window: minute },
  { limit: 60, window: hour },
]

/** Mails to one address, of one kind of asking. */
export const mailRates: Rate[] = [
  { limit: 1, window: minute },
  { limit: 5, window: wholeDay },
]

export const tooManyTries = 'You have tried too many times. Try again in 15 minutes, or set a new password'

/** Whoever has an IPv6 line has 2^64 addresses: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1) // IPv4 written as IPv6
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const missing = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(missing).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}
