/** Counter mode when many press at once, and when mail, KV or D1 do not answer. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Bindings } from '../../../src/environment.ts'
import type { Patient } from '../../../src/schema.ts'
import { watched } from '../../support/counting.ts'
import { slowDatabase } from '../../support/unsteady-database.ts'
import { loggedOn, mailbox, type Visitor, visitor } from '../../support/world.ts'
import { acts, atTheCounter, choose, chosen, logOn, showCode, stateOf, withoutMailAndKv } from './counter-world.ts'

let clinicId: string
let janet: Patient
let memberId: string
let sam: Visitor
let panel: string

beforeEach(async () => {
  const world = await atTheCounter()
  ;({ clinicId, janet, sam, panel } = world)
  memberId = world.member.id
})

function phoneIn(network: string, environment: Bindings): Visitor {
  const phone = visitor(environment)
  phone.headers = { 'cf-connecting-ip': network }
  return phone
}

const openLinks = () =>
  env.DB.prepare('SELECT count(*) AS c FROM one_time_link WHERE used_at IS NULL AND ended_at IS NULL').first('c')

describe('at once', () => {
  it('fifty phones use one code: one is let through, the others are told that it does not work any more', {
    timeout: 60_000,
  }, async () => {
    const { link } = await showCode(sam, panel)
    const environment = { ...env, DB: slowDatabase(env.DB) }
    const phones = Array.from({ length: 50 }, (_each, index) => ({
      phone: phoneIn(`198.51.100.${index}`, environment), // dead links are counted by network
      password: `seven quiet lighthouses ${index}`,
    }))
    const statuses = await Promise.all(
      phones.map(async ({ phone, password }) => (await choose(link, { new_password: password }, phone)).status),
    )
    // Each of them counts as a try of the date of birth before it is compared, so that guesses at once are bounded.
    expect(statuses.filter((status) => status === 303)).toHaveLength(1)
    expect(statuses.filter((status) => status === 404)).toHaveLength(49)
    const letIn = phones[statuses.indexOf(303)]!
    expect((await logOn(letIn.password)).location).toBe('/riverside/home')
    expect((await acts()).filter((act) => act === 'password-set-at-counter')).toHaveLength(1)
    expect(await mailbox()).toHaveLength(1)
  })

  it('fifty guesses of the date of birth are five', { timeout: 60_000 }, async () => {
    const { link } = await showCode(sam, panel)
    const guesses = Array.from({ length: 50 }, (_each, index) => choose(link, { dob_year: String(1900 + index) }))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(4)
    expect(await env.DB.prepare('SELECT tries FROM one_time_link').first('tries')).toBe(5)
  })

  it('ten codes asked for leave one that works', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sam.post(`${panel}/counter`, { activate: 'yes' })),
    )
    expect(answers.every(({ status }) => status === 303)).toBe(true)
    expect(await openLinks()).toBe(1)
    expect((await acts()).filter((act) => act === 'access-activated')).toHaveLength(1)
  })

  it('left and used at the same moment: one of the two has happened, and the audit says which', async () => {
    const code = await showCode(sam, panel)
    const [used] = await Promise.all([choose(code.link), sam.post(`${code.screen}/cancellation`)])
    const told = (await acts()).slice(2)
    expect(told).toEqual([used.status === 303 ? 'password-set-at-counter' : 'counter-cancelled'])
  })
})

describe('trouble', () => {
  it('of mail and KV stops nobody: the code is shown, used and seen to be used', async () => {
    const lena = await loggedOn({ clinicId, staffId: memberId }, withoutMailAndKv)
    const code = await showCode(lena, panel)
    expect((await choose(code.link, {}, visitor(withoutMailAndKv))).status).toBe(303)
    expect((await stateOf(lena, code)).body).toContain('Done. Janet has chosen a password')
    expect((await logOn(chosen, visitor(withoutMailAndKv))).location).toBe('/riverside/home')
    expect(await env.DB.prepare('SELECT state FROM mail').first('state'), 'the notice waits').toBe('queued')
  })

  it('of D1 while the code is asked for leaves nothing half done', async () => {
    const { env: broken } = watched({
      d1: (_trip, sql) => sql.some((text) => /insert into "one_time_link"/i.test(text)),
    })
    const lena = await loggedOn({ clinicId, staffId: memberId }, broken)
    expect((await lena.post(`${panel}/counter`, { activate: 'yes' })).status).toBe(503)
    expect(await env.DB.prepare('SELECT count(*) AS c FROM online_access').first('c')).toBe(0)
    expect(await acts()).toEqual([])
  })

  it('of D1 while the password is set leaves the code working', async () => {
    const { link } = await showCode(sam, panel)
    const { env: broken } = watched({ d1: (_trip, sql) => sql.length > 4 })
    expect((await choose(link, {}, visitor(broken))).status).toBe(503)
    expect((await choose(link)).status).toBe(303)
  })

  it('of the audit stops the code: no audit, no change', async () => {
    await env.DB.prepare(
      "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END",
    ).run()
    await sam.post(`${panel}/counter`, { activate: 'yes' })
    expect(await openLinks()).toBe(0)
    expect(
      await env.DB.prepare('SELECT count(*) AS c FROM online_access WHERE patient_id = ?').bind(janet.id).first('c'),
    ).toBe(0)
  })
})
