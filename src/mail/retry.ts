/** When a mail that could not be delivered is tried again (fault contract J01). */
import { minute, wholeDay } from '../web/durations.ts'

const waits = [1, 5, 15, 60, 120, 240, 480] // minutes after each failed try; the last repeats
const giveUpAfter = wholeDay

/**
 * The instant of the next try, or null when the mail is to be given up.
 * @param attempts how many tries have failed, at least 1
 */
export function nextAttempt(attempts: number, createdAt: number, now: number): number | null {
  const wait = waits[Math.min(attempts, waits.length) - 1]! * minute
  return now + wait <= createdAt + giveUpAfter ? now + wait : null
}
