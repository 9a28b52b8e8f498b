/** D20: what a deployment knows before anybody has set anything up. */
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { contents } from '../support/contents.ts'
import { aClinic, anAccess, aPatient, visitor } from '../support/world.ts'

vi.setConfig({ testTimeout: 30_000 })

it('D20 a fresh deployment holds no row about anybody, and every clinic’s address is not found', async () => {
  const filled = Object.entries(await contents()).filter(([name, rows]) => rows.length > 0 && name !== 'd1_migrations')
  expect(filled).toEqual([])
  for (const path of ['/riverside', '/demo', '/admin']) {
    expect((await visitor().get(path)).status).toBe(404)
    expect((await visitor().post(`${path}/logon`, { identifier: 'admin', password: 'admin' })).status).toBe(404)
  }
})

it('D20 a fresh clinic lets nobody in by a name and a password that everybody knows', async () => {
  const { id } = await aClinic({ slug: 'brand-new' })
  await anAccess(await aPatient({ clinicId: id, email: 'first@example.com' }))
  const names = ['admin', 'root', 'test', 'demo', 'manager', 'maya', 'sam', 'first@example.com']
  for (const identifier of names) {
    for (const password of ['admin', 'password', identifier]) {
      const { status } = await visitor().post('/brand-new/logon', { identifier, password })
      expect(status, `${identifier} ${password}`).toBe(422)
    }
  }
  expect(await env.DB.prepare('SELECT count(*) AS n FROM session').first('n')).toBe(0)
})
