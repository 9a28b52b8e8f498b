/** Fifty people press the button at once, and D1 answers late and in any order: one registration comes of it. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { inFrontOf, slowDatabase } from '../support/unsteady-database.ts'
import { aClinic, aPatient, aStaffMember, goodPassword, linkIn, loggedOn, mailbox, Visitor } from '../support/world.ts'

const many = 50
const email = 'oliver.grant@example.com'
const slow: Bindings = { ...env, DB: slowDatabase(env.DB) }
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

/** Somebody with their own network, so that the limits of a network are not what stops them. */
function somebody(index: number): Visitor {
  const visitor = new Visitor(slow)
  visitor.headers = { 'cf-connecting-ip': `198.51.100.${index}` }
  return visitor
}
const atOnce = <T>(act: (who: Visitor, index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: many }, (_each, index) => act(somebody(index), index)))
const count = async (table: string) =>
  (await env.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first<{ count: number }>())!.count
const newcomer = {
  first_name: 'Oliver',
  last_name: 'Grant',
  dob_day: '27',
  dob_month: '3',
  dob_year: '1984',
  phone: '07700 900 123',
  privacy_notice: 'on',
}

describe('fifty registrations of one address at once', () => {
  it.each(['existing', 'new'] as const)(
    'B02 by the link for %s patients: fifty equal answers, of which one invites, by one mail',
    { timeout: 60_000 },
    async (link) => {
      if (link === 'existing') await aPatient({ clinicId, email })
      const answers = await atOnce((who) => who.post(`/riverside/register/${link}`, { email }))
      expect(new Set(answers.map(({ status, location, body }) => `${status} ${location} ${body}`))).toEqual(
        new Set(['303 /riverside/register/sent ']),
      )
      expect(await mailbox()).toHaveLength(1)
      expect(await count("registration WHERE outcome = 'invited'")).toBe(1)
      expect(await count('registration WHERE decided_at IS NULL')).toBe(0)
      expect(await count('one_time_link WHERE ended_at IS NULL')).toBe(1)
    },
  )
})

describe('one link used fifty times at once', () => {
  it('registers a new patient once; each loser gets the phone number and the reference', {
    timeout: 60_000,
  }, async () => {
    await somebody(200).post('/riverside/register/new', { email })
    const link = linkIn((await mailbox())[0])
    const answers = await atOnce((who, index) =>
      who.post(link, { ...newcomer, new_password: `phrase number ${index} of fifty` }),
    )
    const won = answers.filter(({ status }) => status === 303)
    const lost = answers.filter(({ status }) => status !== 303)
    expect(won).toHaveLength(1)
    for (const { status, body } of lost) {
      expect([404, 409]).toContain(status)
      expect(body).toContain('01632 960 001')
    }
    expect([await count('patient'), await count("online_access WHERE state = 'active'")]).toEqual([1, 1])
    expect(await count("registration WHERE outcome = 'registered'")).toBe(1)
  })

  it('sets one password for an existing patient', { timeout: 60_000 }, async () => {
    await aPatient({ clinicId, email, dateOfBirth: null })
    await somebody(200).post('/riverside/register/existing', { email })
    const link = linkIn((await mailbox())[0])
    const answers = await atOnce((who, index) => who.post(link, { new_password: `phrase number ${index} of fifty` }))
    const winner = answers.findIndex(({ status }) => status === 303)
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    const logOn = (password: string) => somebody(201).post('/riverside/logon', { identifier: email, password })
    expect((await logOn(`phrase number ${winner} of fifty`)).status).toBe(303)
    expect((await logOn(`phrase number ${(winner + 1) % many} of fifty`)).status).toBe(422)
  })
})

describe('in the moment between the rules and the writing', () => {
  const changes = {
    'the switch is turned off': 'UPDATE clinic SET allow_existing = 0, allow_new = 0',
    'staff set the access to inactive': "UPDATE online_access SET state = 'inactive', email = NULL",
    'the link is ended': 'UPDATE one_time_link SET ended_at = 1',
  }
  it.each(Object.entries(changes))('%s: nobody is registered', async (_words, change) => {
    await aPatient({ clinicId, email, dateOfBirth: null })
    await somebody(1).post('/riverside/register/existing', { email })
    const link = linkIn((await mailbox())[0])
    let batches = 0 // the first reads what the rules need, the second writes
    const changing = inFrontOf(env.DB, async (query) => {
      if (query === 'batch' && ++batches === 2) await env.DB.prepare(change).run()
    })
    const answer = await new Visitor({ ...env, DB: changing }).post(link, { new_password: goodPassword })
    expect(answer.status).toBe(409)
    expect(await count("online_access WHERE state = 'active'")).toBe(0)
    expect(await count("registration WHERE outcome = 'registered'")).toBe(0)
  })
})

describe('staff and a new patient at once', () => {
  it('never leave one address on two records of which one logs on with it', { timeout: 60_000 }, async () => {
    const sam = await aStaffMember({ clinicId })
    for (let round = 0; round < 8; round++) {
      const address = `oliver${round}@example.com`
      await somebody(round).post('/riverside/register/new', { email: address })
      const link = linkIn((await mailbox()).find(({ to }) => to === address))
      const reception = await loggedOn({ clinicId, staffId: sam.id }, slow)
      const fields = { first_name: 'Ada', last_name: `Grant${round}`, email: address, form_id: `form${round}` }
      await Promise.all([
        somebody(round).post(link, { ...newcomer, new_password: goodPassword }),
        reception.post('/riverside/patients/new', fields),
      ])
    }
    const { results } = await env.DB.prepare(
      `SELECT oa.email, (SELECT count(*) FROM patient p WHERE p.email_canonical = oa.email) AS records
       FROM online_access oa WHERE oa.state IN ('invited', 'active')`,
    ).all<{ email: string; records: number }>()
    // Staff may put a taken address on another record as contact; then nobody new may get access with it.
    for (const { email: address, records } of results) {
      const again = await somebody(99).post('/riverside/register/existing', { email: address })
      expect([address, records >= 1, again.status]).toEqual([address, true, 303])
    }
    expect(results.every(({ records }) => records >= 1)).toBe(true)
  })
})
