/** Refusals are written down up to a measure (ASVS 16.3.2): nobody can fill the audit, and nothing hides among them. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type AuditRow, auditRows, logOn, riverside, type World } from './act-world.ts'

vi.setConfig({ testTimeout: 60_000 }) // hundreds of requests

let world: World
beforeEach(async () => {
  world = await riverside()
})

const refused = async (act: string): Promise<AuditRow[]> => (await auditRows()).filter((row) => row.act === act)

describe('somebody who is logged on', () => {
  it('is written down twenty times in ten minutes, however often they try', async () => {
    for (let tries = 0; tries < 25; tries++) expect((await world.sam.get('/riverside/staff')).status).toBe(403)
    expect(await refused('page-refused')).toHaveLength(20)
    expect((await world.oliver.get('/riverside/staff')).status).toBe(403)
    const others = (await refused('page-refused')).filter(({ by_patient }) => by_patient === world.ids.oliver)
    expect(others).toHaveLength(1) // each for themselves
  })

  it('is written down again when the ten minutes are over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    for (let tries = 0; tries < 21; tries++) await world.sam.get('/riverside/staff')
    vi.setSystemTime(Date.now() + 10 * 60_000 + 1)
    await world.sam.get('/riverside/staff')
    vi.useRealTimers()
    expect(await refused('page-refused')).toHaveLength(21)
  })

  it('leaves what they did meanwhile as it was: acts are never left out', async () => {
    for (let tries = 0; tries < 21; tries++) await world.sam.get('/riverside/staff')
    await world.sam.post(`/riverside/patients/${world.ids.janet}/online-access/activation`)
    expect(await refused('access-activated')).toHaveLength(1)
  })
})

describe('a stranger', () => {
  it('who posts from another site leaves one line in the log and no row', async () => {
    const log = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await world.somebody.post('/riverside/logon', { identifier: 'sam' }, foreign)).status).toBe(403)
    expect(log.mock.calls).toEqual([['{"refused":"POST /:clinic/logon","because":"foreign-form"}']])
    expect(await auditRows()).toEqual([])
    log.mockRestore()
  })

  it('whose session has ended is a stranger', async () => {
    await world.maya.post(`/riverside/staff/${world.ids.sam}/sessions/ending`)
    await world.sam.post('/riverside/sessions/ending', {}, { origin: 'https://evil.example' })
    expect(await refused('page-refused')).toEqual([])
  })

  it('who hammers at the door is written down three hundred times in ten minutes', async () => {
    for (let tries = 0; tries < 5; tries++) await logOn(world.somebody, 'tom', 'a wild guess')
    for (let round = 0; round < 31; round++)
      await Promise.all(Array.from({ length: 10 }, () => logOn(world.somebody, 'tom', 'a wild guess')))
    expect(await refused('logon-refused')).toHaveLength(300)
    expect((await logOn(world.somebody, 'sam')).status).toBe(429) // one network; from another one she is let in
    world.somebody.headers = { 'cf-connecting-ip': '198.51.100.9' }
    expect((await logOn(world.somebody, 'sam')).status).toBe(303)
    expect(await refused('logged-on')).toHaveLength(1)
  })
})
