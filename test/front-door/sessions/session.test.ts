/** Sessions: KV says who asks, the row in D1 has the last word (security.md decision 4). The clock is moved by hand. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllClinics } from '../../../src/clinic/clinic-store.ts'
import type { Bindings } from '../../../src/environment.ts'
import { everyMinute } from '../../../src/every-minute.ts'
import { hashToken } from '../../../src/web/random.ts'
import { watched } from '../../support/counting.ts'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  Visitor,
  visitor,
} from '../../support/world.ts'
import { all, change, day, hour, janetsEmail, logOn, minute, riverside, second, start } from '../people.ts'

let clinicId: string
let janet: { id: string }
let sam: { id: string }
let hers: Visitor
let his: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet, sam } = await riverside())
  hers = await loggedOn({ clinicId, patientId: janet.id })
  his = await loggedOn({ clinicId, staffId: sam.id })
})
afterEach(() => {
  vi.useRealTimers()
})

const where = ({ status, location }: Answer) => [status, location]
const goHome = async (who = hers) => where(await who.get('/riverside/home'))
const toLogon = [303, '/riverside?next=%2Friverside%2Fhome']
const isIn = [200, null]
const seePatients = async (who = his) => where(await who.get('/riverside/patients'))
const toLogonFromPatients = [303, '/riverside?next=%2Friverside%2Fpatients']
const another = (like: Visitor, environment: Bindings = env) => {
  const browser = new Visitor(environment)
  for (const [name, value] of like.cookies) browser.cookies.set(name, value)
  return browser
}

describe('logging off', () => {
  it('ends the session at once, although KV may still have it (E02, ASVS 7.4.1)', async () => {
    const replay = another(hers)
    const kept = (await env.SESSIONS.list()).keys.map(({ name }) => name)
    const values = await Promise.all(kept.map((name) => env.SESSIONS.get(name)))
    expect(where(await hers.post('/riverside/logoff'))).toEqual([303, '/riverside?notice=logged-off'])
    await Promise.all(kept.map((name, index) => env.SESSIONS.put(name, values[index]!))) // KV is a minute behind
    expect(await goHome(replay)).toEqual(toLogon)
  })

  it('takes the cookie and has the browser forget what it kept (ASVS 14.3.1)', async () => {
    const { headers } = await hers.post('/riverside/logoff')
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(headers.getSetCookie()).toEqual(['__Host-session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax'])
    expect(hers.cookies.has('__Host-session')).toBe(false)
  })

  it('is tidied up in KV too, and written down', async () => {
    const token = hers.cookies.get('__Host-session')!
    await hers.post('/riverside/logoff')
    expect(await env.SESSIONS.get(`session:${hashToken(token)}`)).toBe(null)
    expect(await all("SELECT by_patient, by_staff FROM audit WHERE act = 'logged-off'")).toEqual([
      { by_patient: janet.id, by_staff: null },
    ])
  })

  it('ends this session and no other', async () => {
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    await hers.post('/riverside/logoff')
    expect(await goHome(phone)).toEqual(isIn)
  })

  it('is harmless for somebody who is not logged on', async () => {
    expect(where(await visitor().post('/riverside/logoff'))).toEqual([303, '/riverside?notice=logged-off'])
    expect(await all("SELECT 1 FROM audit WHERE act = 'logged-off'")).toEqual([])
  })

  it('is a button, never an address to follow (E02)', async () => {
    expect((await hers.get('/riverside/logoff')).status).toBe(405)
    expect(await goHome()).toEqual(isIn)
  })
})

describe('what changes about a person holds from their next request on, in every browser (E05, E06)', () => {
  it('online access set to inactive', async () => {
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    await his.post(`/riverside/patients/${janet.id}/online-access/deactivation`)
    expect(await goHome()).toEqual(toLogon)
    expect(await goHome(phone)).toEqual(toLogon)
  })

  it.each([
    ['online access that is inactive, whoever set it', "UPDATE online_access SET state = 'inactive', email = NULL"],
    ['a record that was archived', 'UPDATE patient SET archived_at = 1'],
    ['a session whose row is gone', 'DELETE FROM session'],
  ])('E05 %s', async (_words, sql) => {
    expect(await goHome()).toEqual(isIn)
    await change(sql)
    expect(await goHome()).toEqual(toLogon)
  })

  it('a fragment is told to go to the logon page as a whole (E05)', async () => {
    await change('DELETE FROM session')
    const { status, headers, body } = await his.get('/riverside/patients', { 'hx-request': 'true' })
    expect([status, headers.get('hx-redirect'), body]).toEqual([401, toLogonFromPatients[1], ''])
  })

  it('an address too long to come back to leads to the logon page all the same', async () => {
    await change('DELETE FROM session')
    expect(where(await hers.get(`/riverside/home?a=${'b'.repeat(8000)}`))).toEqual([303, '/riverside'])
  })

  it('a form that was open meanwhile: its sender is told that nothing may be saved, and comes back to it', async () => {
    await change('DELETE FROM session')
    const answer = await hers.post('/riverside/details/contact', { mobile: '07700 900 111' })
    expect(where(answer)).toEqual([303, '/riverside?next=%2Friverside%2Fdetails%2Fcontact&notice=not-saved'])
    const page = await hers.get(answer.location!)
    expect(page.body).toContain('What you sent last may not have been saved')
    expect(page.body).toContain('name="next" value="/riverside/details/contact"')
  })

  it('E05 staff who were deactivated', async () => {
    await change('UPDATE staff SET deactivated_at = 1')
    expect(await seePatients()).toEqual(toLogonFromPatients)
  })

  it('a role that was lowered', async () => {
    const maya = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    const hers = await loggedOn({ clinicId, staffId: maya.id })
    expect((await hers.get('/riverside/staff')).status).toBe(200)
    await change("UPDATE staff SET role = 'reception' WHERE id = ?", maya.id)
    expect((await hers.get('/riverside/staff')).status).toBe(403)
    expect((await hers.post(`/riverside/staff/${sam.id}/password`)).status).toBe(403)
  })

  it('a temporary password that staff have generated', async () => {
    await his.post(`/riverside/patients/${janet.id}/online-access/password`)
    expect(await goHome()).toEqual(toLogon)
  })

  it('a clinic that has closed', async () => {
    await change('UPDATE clinic SET closed_at = 1')
    forgetAllClinics()
    expect((await hers.get('/riverside/home')).status).toBe(404)
  })

  it('a clinic that has closed, where the closing is not known yet', async () => {
    expect(await goHome()).toEqual(isIn)
    await change('UPDATE clinic SET closed_at = 1')
    expect(await goHome()).toEqual(toLogon)
  })

  it('and what KV still says lets nobody past the logon page either', async () => {
    await change('DELETE FROM session')
    expect((await hers.get('/riverside')).status).toBe(200)
  })
})

describe('when KV', () => {
  it('has lost everything, sessions go on (E12)', async () => {
    for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name)
    expect(await goHome()).toEqual(isIn)
    expect(await seePatients()).toEqual(isIn)
  })

  it('does not answer, everything works: log on, look, change, log off (J02)', async () => {
    const { env: withoutKv } = watched({ kv: true })
    const browser = new Visitor(withoutKv)
    expect(where(await logOn(browser, janetsEmail))).toEqual([303, '/riverside/home'])
    expect(where(await browser.get('/riverside'))).toEqual([303, '/riverside/home'])
    expect(await goHome(browser)).toEqual(isIn)
    const fields = { current_password: goodPassword, new_password: 'seven small hedgehogs' }
    expect(where(await browser.post('/riverside/password', fields))).toEqual([303, '/riverside/password?done=changed'])
    expect(await goHome(browser)).toEqual(isIn)
    const replay = another(browser)
    expect(where(await browser.post('/riverside/logoff'))).toEqual([303, '/riverside?notice=logged-off'])
    expect(await goHome(replay)).toEqual(toLogon)
    expect(where(await visitor().get('/riverside/home'))).toEqual(toLogon)
  })

  it('says somebody is logged on and D1 does not know them, D1 is right', async () => {
    const token = 'a'.repeat(43)
    const claim = { tokenHash: hashToken(token), clinicId, staffId: sam.id, patientId: null }
    await env.SESSIONS.put(`session:${claim.tokenHash}`, JSON.stringify(claim))
    const impostor = visitor()
    impostor.cookies.set('__Host-session', token)
    expect(await seePatients(impostor)).toEqual(toLogonFromPatients)
    expect((await impostor.get('/riverside')).status).toBe(200)
  })

  it('knows who asks, a page costs one trip to D1 besides the clinic’s own', async () => {
    const { env: seen, work } = watched()
    const browser = another(hers, seen)
    await browser.get('/riverside/home')
    work.trips.length = 0
    await browser.get('/riverside/home')
    expect(work.trips).toHaveLength(1)
    expect(work.trips[0]![0]).toContain('FROM session s')
  })

  it('has said once whose the token is, it is not asked again; D1 is, each time', async () => {
    const { env: seen, work } = watched()
    const browser = another(hers, seen)
    await goHome(browser)
    expect(await goHome(browser)).toEqual(isIn)
    expect(work.kv).toEqual(['get'])
    await change('DELETE FROM session')
    expect(await goHome(browser)).toEqual(toLogon)
    expect(work.kv).toEqual(['get'])
  })
})

describe('when D1 does not answer', () => {
  it('nobody is let in: the page says that the trouble is ours (ASVS 16.5.3)', async () => {
    const { env: broken } = watched({ d1: (_trip, sql) => sql.some((text) => text.includes('FROM session')) })
    for (const path of ['/riverside/home', '/riverside/details', '/riverside/password']) {
      const { status, body } = await another(hers, broken).get(path)
      expect([status, body.includes('Janet')], path).toEqual([503, false])
    }
  })
})

describe('how long a session lasts (E03)', () => {
  const idle = async (ms: number) => vi.setSystemTime(Date.now() + ms)

  it('a patient’s, 20 hours without a request', async () => {
    await idle(20 * hour - second)
    expect(await goHome()).toEqual(isIn) // and now another 20 hours
    await idle(20 * hour - second)
    expect(await goHome()).toEqual(isIn)
    await idle(20 * hour + second)
    expect(await goHome()).toEqual(toLogon)
  })

  it('a patient’s, 30 days in all, however busy', async () => {
    for (let days = 0; days < 30 * day - 18 * hour; days += 18 * hour) {
      await idle(18 * hour)
      expect(await goHome()).toEqual(isIn)
    }
    vi.setSystemTime(start + 30 * day - second)
    expect(await goHome()).toEqual(isIn)
    vi.setSystemTime(start + 30 * day + second)
    expect(await goHome()).toEqual(toLogon)
  })

  it('one of the staff, 12 hours in all, however busy', async () => {
    for (let hours = 1; hours < 12; hours++) {
      await idle(hour)
      expect(await seePatients()).toEqual(isIn)
    }
    await idle(hour - second)
    expect(await seePatients()).toEqual(isIn)
    await idle(2 * second)
    expect(await seePatients()).toEqual(toLogonFromPatients)
  })

  it('is not made longer by looking at the logon page, nor by asking for what is not there', async () => {
    await idle(19 * hour)
    await hers.get('/riverside')
    await hers.get('/riverside/no-such-room')
    await idle(hour + second)
    expect(await goHome()).toEqual(toLogon)
  })

  it('writes down that it was used at most every five minutes', async () => {
    const seenAt = async () =>
      (await all<{ at: number }>('SELECT last_seen_at AS at FROM session WHERE patient_id IS NOT NULL'))[0]
    await idle(5 * minute)
    await goHome()
    expect(await seenAt()).toEqual({ at: start })
    await idle(second)
    await goHome()
    expect(await seenAt()).toEqual({ at: start + 5 * minute + second })
  })

  it('and then its row is swept away', async () => {
    await idle(12 * hour + second)
    await everyMinute(env, Date.now())
    expect(await all('SELECT staff_id FROM session')).toEqual([{ staff_id: null }])
    await idle(30 * day)
    await everyMinute(env, Date.now())
    expect(await all('SELECT 1 FROM session')).toEqual([])
  })
})

describe('the cookie', () => {
  it('of one clinic is nothing at another (E09)', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    expect(where(await hers.get('/hillside/home'))).toEqual([303, '/hillside?next=%2Fhillside%2Fhome'])
    expect(where(await his.get('/hillside/patients'))).toEqual([303, '/hillside?next=%2Fhillside%2Fpatients'])
    const { status, body } = await hers.get('/hillside')
    expect([status, body.includes('Janet'), body.includes('Riverside')]).toEqual([200, false, false])
    expect(await goHome()).toEqual(isIn)
  })

  it('of one clinic is nothing at another when only D1 can be asked (E09)', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const { env: withoutKv } = watched({ kv: true })
    expect(where(await another(his, withoutKv).get('/hillside/patients'))[0]).toBe(303)
  })

  it('is worth nothing when one character of it is changed (ASVS 7.2.1)', async () => {
    const token = hers.cookies.get('__Host-session')!
    for (const changed of [
      token.slice(1),
      `${token}a`,
      token.slice(0, -1),
      token.toUpperCase(),
      '',
      hashToken(token),
    ]) {
      hers.cookies.set('__Host-session', changed)
      expect(await goHome(), changed).toEqual(toLogon)
    }
  })

  it('of a patient opens no room of the staff, and the reverse (E10)', async () => {
    for (const path of [
      '/riverside/diary/2026-11-23',
      '/riverside/patients',
      '/riverside/staff',
      '/riverside/settings',
    ]) {
      expect((await hers.get(path)).status, path).toBe(403)
    }
    for (const path of ['/riverside/home', '/riverside/details']) expect((await his.get(path)).status, path).toBe(403)
  })

  it('of one patient shows nothing of another', async () => {
    const ada = await aPatient({ clinicId, firstName: 'Ada', lastName: 'Nwosu', email: 'ada@example.com' })
    await anAccess(ada)
    const { body } = await (await loggedOn({ clinicId, patientId: ada.id })).get('/riverside/home')
    expect([body.includes('Ada'), body.includes('Janet')]).toEqual([true, false])
  })
})
