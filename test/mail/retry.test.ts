/** When a mail that could not be delivered is tried again (J01). */
import { describe, expect, it } from 'vitest'
import { deliveryInWords } from '../../src/mail/mail-state.ts'
import { nextAttempt } from '../../src/mail/retry.ts'

const minute = 60_000
const hour = 60 * minute
const written = Date.UTC(2026, 10, 24, 9, 0)

describe('after a failed try, the next one comes', () => {
  it.each([
    ['first', 1, 1],
    ['second', 2, 5],
    ['third', 3, 15],
    ['fourth', 4, 60],
    ['fifth', 5, 120],
    ['sixth', 6, 240],
    ['seventh', 7, 480],
    ['eighth', 8, 480],
    ['fiftieth', 50, 480],
  ])('after the %s (%i in all), in %i minutes', (_word, attempts, wait) => {
    const now = written + 10 * minute
    expect(nextAttempt(attempts, written, now)).toBe(now + wait * minute)
  })
})

describe('24 hours after it was written', () => {
  it('a mail is given up: a try may come at that instant, and none after it', () => {
    expect(nextAttempt(1, written, written + 24 * hour - minute)).toBe(written + 24 * hour)
    expect(nextAttempt(1, written, written + 24 * hour - minute + 1)).toBeNull()
    expect(nextAttempt(7, written, written + 24 * hour)).toBeNull()
    expect(nextAttempt(7, written, written + 400 * hour)).toBeNull()
  })

  it('a service that never answers was asked nine times', () => {
    const tries = [written]
    for (let next: number | null = written; next !== null; ) {
      next = nextAttempt(tries.length, written, next)
      if (next !== null) tries.push(next)
    }
    expect(tries.map((at) => (at - written) / minute)).toEqual([0, 1, 6, 21, 81, 201, 441, 921, 1401])
  })
})

describe('staff read of a mail', () => {
  const now = written + 3 * minute
  const mail = {
    state: 'queued' as const,
    createdAt: written,
    sentAt: null,
    nextAttemptAt: written,
    failure: null,
  }
  it.each([
    ['Waiting to be sent', mail],
    ['Sent 2 minutes ago', { ...mail, state: 'sent' as const, sentAt: written + minute }],
    [
      'Not sent yet: the mail service did not answer. The next try is in 5 minutes',
      { ...mail, failure: 'no-answer', nextAttemptAt: now + 5 * minute },
    ],
    [
      'Not sent yet: the mail service did not answer. The next try is due now',
      { ...mail, failure: 'no-answer', nextAttemptAt: now },
    ],
    [
      'Not sent, and given up: the mail service refused this address',
      { ...mail, state: 'abandoned' as const, failure: 'refused' },
    ],
    [
      'Not sent, and given up: the mail could not be read any more',
      { ...mail, state: 'abandoned' as const, failure: 'unreadable' },
    ],
  ])('“%s”', (words, delivery) => {
    expect(deliveryInWords(delivery, now)).toBe(words)
  })
})
