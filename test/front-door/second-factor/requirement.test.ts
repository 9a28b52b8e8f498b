/** The manager asks staff for a second factor: nobody is locked out, and nothing else is open before it is set up. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Staff } from '../../../src/schema.ts'
import { addressOf, rooms } from '../../support/site-map.ts'
import { aStaffMember, goodPassword, loggedOn, type Visitor, visitor } from '../../support/world.ts'
import { all, change, janetsEmail, logOn, one, riverside } from '../people.ts'
import { anApp, halfway, typeCode } from './factors.ts'

const setting = '/riverside/settings/second-factor'
let clinicId: string
let sam: { id: string }
let janet: { id: string }
let maya: Staff
let browser: Visitor

beforeEach(async () => {
  ;({ clinicId, sam, janet } = await riverside())
  maya = await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager', password: goodPassword })
  browser = await loggedOn({ clinicId, staffId: maya.id })
})

const isOn = async () => (await one<{ on: number }>('SELECT staff_need_second_factor AS "on" FROM clinic'))?.on === 1
const require = (required = true) => browser.post(setting, required ? { required: 'on' } : {})
const written = async () =>
  (await all<{ detail: string }>("SELECT detail FROM audit WHERE act = 'second-factor-settings-changed'")).map(
    ({ detail }) => JSON.parse(detail),
  )

describe('the manager’s switch', () => {
  it('cannot be turned on by a manager who has none', async () => {
    expect((await browser.get(setting)).body).toContain('Set up your own')
    const { status, body } = await require()
    expect([status, body.includes('Set up a second factor of your own first')]).toEqual([422, true])
    expect([await isOn(), await written()]).toEqual([false, []])
  })

  it('is turned on by a manager who has one, and off again; each is written down once', async () => {
    await anApp({ clinicId, staffId: maya.id })
    expect((await require()).location).toBe(`${setting}?saved=yes`)
    expect((await require()).location).toBe(`${setting}?saved=yes`)
    expect([await isOn(), await written()]).toEqual([true, [{ required: true }]])
    await require(false)
    await require(false)
    expect([await isOn(), await written()]).toEqual([false, [{ required: true }, { required: false }]])
  })

  it('shows who has one and who has none', async () => {
    await anApp({ clinicId, staffId: maya.id })
    const text = (await browser.get(setting)).body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(text).toMatch(/Has one Maya Rossi .*None yet Sam Okoro/)
  })

  it('is in the settings', async () => {
    expect((await browser.get('/riverside/settings')).body).toContain(`href="${setting}"`)
  })
})

describe('staff without one, where it is asked for', () => {
  beforeEach(async () => {
    await anApp({ clinicId, staffId: maya.id })
    await require()
  })

  const open = ['/second-factor', '/second-factor/app', '/passkeys']
  const isStaffRoom = (path: string) =>
    path.startsWith('/:clinic/') &&
    !/^\/:clinic\/(logon|logoff|appearance|register|registration\/|privacy|password\/|:file|calendar\/|email\/)/.test(
      path,
    )

  it('are led to it by every room, at the next request, and no form does anything', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    const before = await everything()
    const led: string[] = []
    for (const { method, path } of rooms().filter((room) => isStaffRoom(room.path))) {
      const address = addressOf(path, { clinic: 'riverside', id: sam.id, date: '2026-11-23' })
      const answer = method === 'GET' ? await his.get(address) : await his.post(address)
      if (answer.location === '/riverside/second-factor') led.push(path)
      else
        expect(
          open.some((part) => path.startsWith(`/:clinic${part}`)),
          `${method} ${path}`,
        ).toBe(true)
    }
    expect(led.length).toBeGreaterThan(30)
    expect(await everything()).toEqual(before)
  })

  it('set one up and go on', async () => {
    const his = visitor()
    expect((await logOn(his, 'sam')).status).toBe(303)
    const { body } = await his.get('/riverside/second-factor')
    expect(body).toContain('Riverside Clinic asks its staff for a second factor')
    expect(body).not.toContain('href="/riverside/patients"')
    await anApp({ clinicId, staffId: sam.id })
    expect((await his.get('/riverside/patients')).status).toBe(200)
  })

  it('change a temporary password first', async () => {
    await change("UPDATE staff SET password_kind = 'temporary', temporary_expires_at = 9e15 WHERE id = ?", sam.id)
    const his = visitor()
    expect((await logOn(his, 'sam')).location).toBe('/riverside/password')
    expect((await his.get('/riverside/second-factor')).location).toBe('/riverside/password')
    const change_ = { current_password: goodPassword, new_password: 'seven small hedgehogs' }
    expect((await his.post('/riverside/password', change_)).status).toBe(303)
    expect((await his.get('/riverside/password?done=changed')).location).toBe('/riverside/second-factor')
  })

  it('who have one notice nothing', async () => {
    const app = await anApp({ clinicId, staffId: sam.id })
    const his = await halfway()
    expect((await typeCode(his, app.code())).location).toBe('/riverside/diary')
    expect((await his.get('/riverside/patients')).status).toBe(200)
  })

  it('patients are never asked', async () => {
    const hers = visitor()
    expect((await logOn(hers, janetsEmail)).location).toBe('/riverside/home')
    expect((await hers.get('/riverside/home')).status).toBe(200)
    expect((await (await loggedOn({ clinicId, patientId: janet.id })).get('/riverside/details')).status).toBe(200)
  })
})

/** What a room could have changed. */
const everything = async () => {
  const tables = ['staff', 'patient', 'online_access', 'clinic', 'audit', 'mail', 'one_time_link', 'passkey']
  return JSON.stringify(
    await Promise.all(tables.map(async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results)),
  )
}
