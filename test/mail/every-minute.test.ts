/** The cron: what was written down is worked on although its request is long over, and each step stands alone. */
import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { everyMinute } from '../../src/every-minute.ts'
import { askForNewPassword } from '../../src/front-door/passwords/forgotten-store.ts'
import worker from '../../src/index.ts'
import { claimDue } from '../../src/mail/mail-store.ts'
import { askToRegister } from '../../src/registration/registration-store.ts'
import { lockout } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { inFrontOf } from '../support/unsteady-database.ts'
import { aClinic, anAccess, aPatient, linkIn, mailbox, visitor } from '../support/world.ts'
import { hour, minute, onlyMail, outbox, queue } from './outbox.ts'

const day = 24 * hour
const now = Date.now()
const db = database(env)
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const cron = (at = now, environment: Bindings = env) =>
  worker.scheduled(createScheduledController({ scheduledTime: at, cron: '* * * * *' }), environment)
const count = (table: string) => env.DB.prepare(`SELECT count(*) AS c FROM ${table}`).first<number>('c')
const subjects = async () => (await mailbox()).map(({ to, subject }) => `${to}: ${subject}`).sort()

/** Written down by a request that ended before it was worked on. */
const asked = (email: string, at = now) =>
  askToRegister(db, { clinicId, link: 'existing', email, network: 'network' }, at)
const forgotten = (identifier: string, at = now) =>
  askForNewPassword(db, { clinicId, identifier, network: 'network' }, at)

describe('what was written down and not worked on', () => {
  it('a registration: is decided, and its mail leaves in the same minute', async () => {
    await aPatient({ clinicId, email: 'oliver.grant@example.com' })
    await asked('oliver.grant@example.com')
    await cron()
    expect(await subjects()).toEqual(['oliver.grant@example.com: Set up your online access – Riverside Clinic'])
    const state = await env.DB.prepare('SELECT state FROM online_access').first('state')
    expect(state).toBe('invited')
    expect((await visitor().get(linkIn((await mailbox())[0]))).status).toBe(200)
  })

  it('a refusal: reaches the mailbox and the registration desk', async () => {
    await asked('nobody@example.com')
    await cron()
    expect(await subjects()).toEqual(['nobody@example.com: Please call Riverside Clinic'])
    const row = await env.DB.prepare('SELECT because, desk_since AS since FROM registration').first()
    expect(row).toEqual({ because: 'unknown', since: now })
  })

  it('a forgotten password: the link is mailed; nobody else hears of it', async () => {
    await anAccess(await aPatient({ clinicId, email: 'janet.hall@example.com' }))
    await forgotten('janet.hall@example.com')
    await forgotten('nobody@example.com')
    await cron()
    expect((await mailbox()).map(({ to }) => to)).toEqual(['janet.hall@example.com'])
    expect((await visitor().get(linkIn((await mailbox())[0]))).status).toBe(200)
  })

  it('a mail: is delivered, also one whose delivery was cut off', async () => {
    await queue({ clinicId, to: 'a@example.com' }, now)
    await claimDue(db, now, 6)
    await queue({ clinicId, to: 'b@example.com' }, now)
    await cron()
    expect((await mailbox()).map(({ to }) => to)).toEqual(['b@example.com'])
    await cron(now + 2 * minute)
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual(['a@example.com', 'b@example.com'])
  })

  it('is worked on once, although the cron runs many times, also at the same time', async () => {
    await aPatient({ clinicId, email: 'oliver.grant@example.com' })
    await asked('oliver.grant@example.com')
    await Promise.all([cron(), cron(), cron(), cron(), cron()])
    await cron(now + minute)
    await cron(now + 5 * minute)
    expect((await outbox()).map(({ kind, state, attempts }) => [kind, state, attempts])).toEqual([
      ['registration-link', 'sent', 1],
    ])
    expect(await mailbox()).toHaveLength(1)
  })

  it('is told the time of the cron, not of the clock', async () => {
    await queue({ clinicId }, now)
    await cron(now + hour)
    expect(await onlyMail()).toMatchObject({ sentAt: now + hour })
  })
})

describe('a step that fails', () => {
  const told: string[] = []
  beforeEach(() => {
    told.length = 0
    vi.spyOn(console, 'error').mockImplementation((line: string) => void told.push(line))
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  /** Each step, and the trip to D1 by which it is known. */
  const steps: [name: string, sql: RegExp][] = [
    ['registrations', /^select .* from "registration"/],
    ['forgotten passwords', /^select .* from "forgotten_password"/],
    ['mail', /^update "mail" set "state" = \?.* returning/],
    ['broom', /^batch of the broom$/],
  ]

  /** D1 that fails for one step. The broom's batch is the only one that deletes. */
  function failingFor(step: RegExp): Bindings {
    let isSweeping = false
    const watched = inFrontOf(env.DB, async (sql) => {
      if (step.test(sql === 'batch' && isSweeping ? 'batch of the broom' : sql)) throw new Error('D1_ERROR: overloaded')
    })
    const prepare = (sql: string) => {
      if (sql.startsWith('delete from "session"')) isSweeping = true
      return watched.prepare(sql)
    }
    return { ...env, DB: { prepare, batch: watched.batch } as unknown as D1Database }
  }

  it.each(steps)('%s: the others go on, and the next minute makes up for it', async (name, sql) => {
    await asked('registering@example.com')
    await anAccess(await aPatient({ clinicId, email: 'forgetting@example.com' }))
    await forgotten('forgetting@example.com')
    await queue({ clinicId, to: 'waiting@example.com' }, now)
    await db.insert(lockout).values({ key: 'old', tries: 1, triedAt: now - 31 * day, monthSince: now - 31 * day })

    await cron(now, failingFor(sql))
    expect(await done()).toEqual({
      registrations: name !== 'registrations',
      'forgotten passwords': name !== 'forgotten passwords',
      mail: name !== 'mail',
      broom: name !== 'broom',
    })
    expect(told).toEqual([`{"trouble":"every minute: ${name}","because":"Error: D1_ERROR: overloaded"}`])
    await cron(now + minute)
    expect(Object.values(await done())).toEqual([true, true, true, true])
    expect(await mailbox()).toHaveLength(3)
  })

  const done = async () => ({
    registrations: (await count('registration WHERE decided_at IS NULL')) === 0,
    'forgotten passwords': (await count('forgotten_password WHERE decided_at IS NULL')) === 0,
    mail: (await mailbox()).some(({ to }) => to === 'waiting@example.com'),
    broom: (await count('lockout')) === 0,
  })

  it('one registration that cannot be decided does not hold up the next', async () => {
    await asked('first@example.com', now - 1)
    await asked('second@example.com', now)
    const DB = inFrontOf(env.DB, async (sql) => {
      if (/from "patient"/.test(sql) && ++holders === 1) throw new Error('D1_ERROR: overloaded')
    })
    let holders = 0
    await cron(now, { ...env, DB })
    expect(await subjects()).toEqual(['second@example.com: Please call Riverside Clinic'])
    expect(told.join()).not.toContain('example.com')
    await cron(now + minute)
    expect(await mailbox()).toHaveLength(2)
  })

  it('never throws: the platform would only count it', async () => {
    const DB = inFrontOf(env.DB, async () => {
      throw new Error('D1_ERROR: overloaded')
    })
    await expect(everyMinute({ ...env, DB }, now)).resolves.toBeUndefined()
    expect(told).toHaveLength(7)
  })
})
