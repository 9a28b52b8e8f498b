/** What the cron sweeps away, and when: nothing is kept longer than it is needed. */
import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import worker from '../../src/index.ts'
import { claimDue } from '../../src/mail/mail-store.ts'
import { forgottenPassword, lockout, mail, oneTimeLink, registration, session } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'
import { aClinic, aPatient, aStaffMember } from '../support/world.ts'
import { hour, onlyMail, queue } from './outbox.ts'

const day = 24 * hour
const now = Date.now()
const db = database(env)
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const cron = (at = now) => worker.scheduled(createScheduledController({ scheduledTime: at, cron: '* * * * *' }), env)

describe('the broom', () => {
  const limit = 30 * day

  it('takes registrations 30 days after they were asked, settled or not, with their links', async () => {
    for (const [id, askedAt] of [
      ['old', now - limit - 1],
      ['young', now - limit],
    ] as const) {
      const decided = { decidedAt: askedAt, outcome: 'refused' as const, because: 'unknown', deskSince: askedAt }
      const row = { id, clinicId, link: 'new' as const, email: `${id}@example.com`, reference: 'R7K2', askedAt }
      await db.insert(registration).values({ ...row, ...decided, network: 'network' })
      await aLink({ registrationId: id, expiresAt: now })
    }
    await cron()
    expect(await ids('registration', 'id')).toEqual(['young'])
    expect(await ids('one_time_link', 'registration_id')).toEqual(['young'])
  })

  it('takes requests for a new password after 30 days', async () => {
    for (const [id, askedAt] of [
      ['old', now - limit - 1],
      ['young', now - limit],
    ] as const) {
      const row = { id, clinicId, identifier: 'sam', askedAt, decidedAt: askedAt, network: 'network' }
      await db.insert(forgottenPassword).values(row)
    }
    await cron()
    expect(await ids('forgotten_password', 'id')).toEqual(['young'])
  })

  it('takes mails after 30 days, once they were sent or given up', async () => {
    for (const state of ['sent', 'abandoned'] as const) {
      for (const [age, createdAt] of [
        ['old', now - limit - 1],
        ['young', now - limit],
      ] as const) {
        const row = { clinicId, kind: 'reset-link', toAddress: 'a@example.com', createdAt, nextAttemptAt: createdAt }
        await db.insert(mail).values({ ...row, id: `${age} ${state}`, state })
      }
    }
    await cron()
    expect(await ids('mail', 'id')).toEqual(['young abandoned', 'young sent'])
  })

  it('gives up a mail whose delivery was cut off at every try for two days, and wipes it', async () => {
    await queue({ clinicId }, now)
    await claimDue(db, now + 2 * day, 6) // once more somebody tries, and will be cut off
    await cron(now + 2 * day)
    expect(await onlyMail()).toMatchObject({ state: 'sending' })
    await cron(now + 2 * day + 1)
    expect(await onlyMail()).toMatchObject({ state: 'abandoned', failure: 'no-answer', sealed: null })
  })

  it('leaves a mail that waited for two days while nothing ran: it is sent first', async () => {
    await queue({ clinicId }, now)
    await cron(now + 3 * day)
    expect(await onlyMail()).toMatchObject({ state: 'sent', sentAt: now + 3 * day })
  })

  it('takes sessions past their limit: staff after 12 hours, patients after 30 days', async () => {
    const { id: staffId } = await aStaffMember({ clinicId })
    const { id: patientId } = await aPatient({ clinicId })
    const rows = [
      ['staff old', { staffId }, now - 12 * hour - 1],
      ['staff young', { staffId }, now - 12 * hour],
      ['patient old', { patientId }, now - 30 * day - 1],
      ['patient young', { patientId }, now - 30 * day],
    ] as const
    for (const [tokenHash, who, createdAt] of rows) {
      await db.insert(session).values({ tokenHash, clinicId, ...who, createdAt, lastSeenAt: now })
    }
    await cron()
    expect(await ids('session', 'token_hash')).toEqual(['patient young', 'staff young'])
  })

  it('takes links 30 days after they expired, used or not: until then staff see which invitations ran out', async () => {
    const { id: staffId } = await aStaffMember({ clinicId })
    await aLink({ id: 'old', staffId, expiresAt: now - 30 * day - 1 })
    await aLink({ id: 'young', staffId, expiresAt: now - 30 * day, usedAt: now - 30 * day })
    await aLink({ id: 'open', staffId, expiresAt: now + hour })
    await cron()
    expect(await ids('one_time_link', 'id')).toEqual(['open', 'young'])
  })

  it('takes counters that nobody has touched for 30 days', async () => {
    for (const [key, triedAt] of [
      ['old', now - limit - 1],
      ['young', now - limit],
    ] as const) {
      await db.insert(lockout).values({ key, tries: 7, triedAt, monthSince: triedAt })
    }
    await cron()
    expect(await ids('lockout', 'key')).toEqual(['young'])
  })

  const aLink = (given: Partial<typeof oneTimeLink.$inferInsert> & { expiresAt: number }) =>
    db.insert(oneTimeLink).values({
      id: newId(),
      clinicId,
      purpose: 'registration',
      tokenHash: newId(),
      createdAt: now - 40 * day,
      ...given,
    })

  const ids = async (table: string, column: string) => {
    const rows = await env.DB.prepare(`SELECT ${column} AS id FROM ${table} ORDER BY 1`).all<{ id: string }>()
    return rows.results.map(({ id }) => id)
  }
})
