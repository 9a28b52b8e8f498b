/** A mail that did not leave at the first try: tried again by the table, repeated at most once, given up in the end (J01). */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimDue } from '../../src/mail/mail-store.ts'
import { deliverDue } from '../../src/mail/outbox.ts'
import { database } from '../../src/web/database.ts'
import { inFrontOf } from '../support/unsteady-database.ts'
import { aClinic, linkIn, mailbox } from '../support/world.ts'
import { mailService, withMailchannels } from './failing-mail.ts'
import { hour, minute, onlyMail, outbox, queue } from './outbox.ts'

const t0 = Date.UTC(2026, 10, 24, 9, 0)
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

describe('a service that fails three times', () => {
  it('J01 is asked again after 1, 5 and 15 minutes, and the mail leaves once', async () => {
    const service = mailService('500,500,500,ok')
    const tables = [
      [1, 'queued', 'no-answer', 1],
      [2, 'queued', 'no-answer', 5],
      [3, 'queued', 'no-answer', 15],
    ] as const
    await queue({ clinicId }, t0)
    let now = t0
    for (const [attempts, state, failure, wait] of tables) {
      await deliverDue(withMailchannels(service), now)
      const next = now + wait * minute
      expect(await onlyMail()).toMatchObject({ attempts, state, failure, nextAttemptAt: next, sentAt: null })
      await deliverDue(withMailchannels(service), next - 1) // a moment too early: nothing happens
      expect(await onlyMail()).toMatchObject({ attempts, nextAttemptAt: next })
      now = next
    }
    await deliverDue(withMailchannels(service), now)
    expect(await onlyMail()).toMatchObject({ attempts: 4, state: 'sent', failure: null, sealed: null, sentAt: now })
    for (let later = 1; later < 30; later++) await deliverDue(withMailchannels(service), now + later * hour)
    expect(await service.accepted()).toHaveLength(1)
  })
})

describe('a service that never answers', () => {
  it('J01 is asked nine times in 24 hours, then the mail is given up', async () => {
    const service = mailService('500')
    await queue({ clinicId }, t0)
    for (let mail = await onlyMail(); mail.state !== 'abandoned'; mail = await onlyMail()) {
      expect(mail.nextAttemptAt).toBeLessThanOrEqual(t0 + 24 * hour)
      await deliverDue(withMailchannels(service), mail.nextAttemptAt)
    }
    expect(await onlyMail()).toMatchObject({ state: 'abandoned', failure: 'no-answer', attempts: 9, sealed: null })
    await deliverDue(env, t0 + 48 * hour)
    expect(await mailbox()).toEqual([])
  })

  it('is asked once more when the last try was cut off, and then no more', async () => {
    await queue({ clinicId }, t0)
    await claimDue(database(env), t0 + 24 * hour, 6)
    await deliverDue(withMailchannels(mailService('500')), t0 + 24 * hour + 2 * minute)
    expect(await onlyMail()).toMatchObject({ state: 'abandoned', failure: 'no-answer' })
  })
})

describe('a delivery that was cut off', () => {
  const told: string[] = []
  beforeEach(() => {
    told.length = 0
    vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is left alone while it may still be under way, then taken up again with the same id', async () => {
    await queue({ clinicId }, t0)
    const [taken] = await claimDue(database(env), t0, 6)
    expect(await onlyMail()).toMatchObject({ id: taken!.id, state: 'sending' })
    await deliverDue(env, t0 + 2 * minute - 1)
    expect(await mailbox()).toEqual([])
    await deliverDue(env, t0 + 2 * minute)
    expect((await mailbox()).map(({ id }) => id)).toEqual([taken!.id])
    expect(await onlyMail()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('before its success was written down is repeated once, with the same id and the same link', async () => {
    const service = mailService('ok')
    await queue({ clinicId }, t0)
    const cutOff = inFrontOf(env.DB, async (sql) => {
      if (sql === 'batch') throw new Error('D1_ERROR: Network connection lost.')
    })
    await deliverDue({ ...withMailchannels(service), DB: cutOff }, t0)
    expect(await onlyMail()).toMatchObject({ state: 'sending' })
    expect(told).toEqual(['{"trouble":"delivery","because":"Error: D1_ERROR: Network connection lost."}'])
    for (let passed = 0; passed < 10; passed++) await deliverDue(withMailchannels(service), t0 + passed * minute)
    expect(await onlyMail()).toMatchObject({ state: 'sent' })
    await expectOneDuplicate(service)
  })

  it('J01 after the mail was accepted is repeated once, with the same id and the same link', async () => {
    const service = mailService('drop,ok')
    await queue({ clinicId }, t0)
    for (let passed = 0; passed < 10; passed++) await deliverDue(withMailchannels(service), t0 + passed * minute)
    expect(await onlyMail()).toMatchObject({ state: 'sent', attempts: 2, sentAt: t0 + minute })
    await expectOneDuplicate(service)
  })

  async function expectOneDuplicate(service: ReturnType<typeof mailService>) {
    const { id } = await onlyMail()
    const bodies = (await service.accepted()).map(({ body }) => body)
    expect(bodies.map(({ headers }) => headers['X-Entity-Ref-ID'])).toEqual([id, id])
    const links = bodies.map(({ content }) => linkIn({ text: content[0]!.value }))
    expect(links[0]).toMatch(/canary-token-Zq7xK2$/)
    expect(links[1]).toBe(links[0])
  }

  it('does not hold up the others', async () => {
    await queue({ clinicId, to: 'a@example.com' }, t0)
    await queue({ clinicId, to: 'b@example.com' }, t0)
    let batches = 0
    const cutOffOnce = inFrontOf(env.DB, async (sql) => {
      if (sql === 'batch' && ++batches === 1) throw new Error('D1_ERROR: Network connection lost.')
    })
    await deliverDue({ ...env, DB: cutOffOnce }, t0)
    expect((await outbox()).map(({ state }) => state).sort()).toEqual(['sending', 'sent'])
  })
})
