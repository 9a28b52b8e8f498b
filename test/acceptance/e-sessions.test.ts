/**
 * Area E of the acceptance list: sessions. Everything is shown twice: with KV, and with a KV that does not answer at all
 * (E12), for the row in D1 has the last word.
 */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import type { Bindings } from '../../src/environment.ts'
import { hashToken } from '../../src/web/random.ts'
import { all, change, day, hour, janetsEmail, logOn, riverside, second, start, wait } from '../front-door/people.ts'
import { fieldsOf } from '../patients/reading.ts'
import { watched } from '../support/counting.ts'
import { type Answer, aClinic, aStaffMember, goodPassword, Visitor, visitor } from '../support/world.ts'
import { another } from './doing.ts'

const newPassword = 'seven small hedgehogs'
const session = '__Host-session'
const where = ({ status, location }: Answer) => [status, location]
const toLogon = (path: string) => [303, `/riverside?next=${encodeURIComponent(path)}`]
const isIn = [200, null]

const platforms: [numbers: string, words: string, platform: () => Bindings][] = [
  ['', 'with KV', () => env],
  ['E12 ', 'without KV', () => watched({ kv: true }).env],
]

describe.each(platforms)('%ssessions %s', (also, _words, platform) => {
  let janet: { id: string }
  let sam: { id: string }
  let clinicId: string

  beforeEach(async () => {
    vi.useFakeTimers({ now: start, toFake: ['Date'] })
    ;({ clinicId, janet, sam } = await riverside())
    await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager', password: goodPassword })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** A browser in which somebody has just logged on. */
  async function browserOf(identifier: string): Promise<Visitor> {
    const browser = new Visitor(platform())
    browser.headers = {
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    }
    expect((await logOn(browser, identifier)).status).toBe(303)
    return browser
  }
  const home = (who: Visitor, headers = {}) => who.get('/riverside/home', headers)
  const list = (who: Visitor, headers = {}) => who.get('/riverside/patients', headers)
  const fragment = { 'hx-request': 'true' }

  it(`${also}E01 are new with each logon, whatever cookie was there, and the one of before is dead`, async () => {
    const forged = new Visitor(platform())
    forged.cookies.set(session, 'a'.repeat(43))
    await logOn(forged, janetsEmail)
    expect(forged.cookies.get(session)).not.toBe('a'.repeat(43))
    const planted = another(forged, platform())
    planted.cookies.set(session, 'a'.repeat(43))
    expect(where(await home(planted))).toEqual(toLogon('/riverside/home'))

    const old = another(forged, platform())
    await logOn(forged, janetsEmail)
    expect(forged.cookies.get(session)).not.toBe(old.cookies.get(session))
    expect(where(await home(old))).toEqual(toLogon('/riverside/home'))
    expect(where(await home(forged))).toEqual(isIn)
  })

  it(`${also}E02 end on the server when their owner logs off; a GET does not log off`, async () => {
    const hers = await browserOf(janetsEmail)
    const replay = another(hers, platform())
    expect((await hers.get('/riverside/logoff')).status).toBe(405)
    expect(where(await home(hers))).toEqual(isIn)
    const { headers } = await hers.post('/riverside/logoff')
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(where(await home(replay))).toEqual(toLogon('/riverside/home'))
  })

  const limits: [
    words: string,
    name: string,
    look: (who: Visitor) => Promise<Answer>,
    idle: number,
    most: number,
    pace: number,
  ][] = [
    ['a patient’s: 20 hours idle, 30 days in all', janetsEmail, home, 20 * hour, 30 * day, 19 * hour],
    ['of the staff: 12 hours', 'sam', list, 12 * hour, 12 * hour, 5 * hour],
  ]
  it.each(limits)(`${also}E03 last to the second and no longer: %s`, async (_who, name, look, idle, most, pace) => {
    for (const [pause, status] of [
      [idle - second, 200],
      [idle + second, 303],
    ] as const) {
      const browser = await browserOf(name)
      wait(pause)
      expect((await look(browser)).status).toBe(status)
    }
    const busy = [await browserOf(name), await browserOf(name)] as const
    const begun = Date.now()
    while (Date.now() + pace < begun + most - second) {
      wait(pace)
      for (const browser of busy) expect((await look(browser)).status).toBe(200)
    }
    vi.setSystemTime(begun + most - second)
    expect((await look(busy[0])).status).toBe(200)
    vi.setSystemTime(begun + most + second)
    expect((await look(busy[1])).status).toBe(303)
  })

  it(`${also}E05 of a patient whose access is stopped are refused at the next request, in every browser`, async () => {
    const jars = [await browserOf(janetsEmail), await browserOf(janetsEmail), await browserOf(janetsEmail)]
    for (const jar of jars) expect(where(await home(jar))).toEqual(isIn)
    await (await browserOf('sam')).post(`/riverside/patients/${janet.id}/online-access/deactivation`)
    expect((await home(jars[0]!, fragment)).headers.get('hx-redirect')).toBe('/riverside?next=%2Friverside%2Fhome')
    for (const jar of jars) expect(where(await home(jar))).toEqual(toLogon('/riverside/home'))
  })

  it(`${also}E05 of staff who are deactivated are refused at the next request, in every browser`, async () => {
    const jars = [await browserOf('sam'), await browserOf('sam'), await browserOf('sam')]
    await (await browserOf('maya')).post(`/riverside/staff/${sam.id}/deactivation`)
    const { status, headers, body } = await list(jars[0]!, fragment)
    expect([status, headers.get('hx-redirect'), body]).toEqual([401, '/riverside?next=%2Friverside%2Fpatients', ''])
    for (const jar of jars) expect(where(await list(jar))).toEqual(toLogon('/riverside/patients'))
  })

  it(`${also}E06 know a lowered role and a closed clinic at the next request`, async () => {
    const [his, hers, manager] = [await browserOf('sam'), await browserOf(janetsEmail), await browserOf('maya')]
    expect((await his.get('/riverside/registrations')).status).toBe(200)
    await manager.post(`/riverside/staff/${sam.id}/edit`, { name: 'Sam Okoro', role: 'practitioner', email: '' })
    expect((await his.get('/riverside/registrations')).status).toBe(403)
    expect((await list(his)).status).toBe(200)
    await change('UPDATE clinic SET closed_at = 1') // this isolate may know the clinic as open for five seconds
    for (const [who, look] of [
      [his, list],
      [hers, home],
    ] as const)
      expect((await look(who)).status).toBe(303)
    forgetAllClinics()
    for (const [who, look] of [
      [his, list],
      [hers, home],
    ] as const)
      expect((await look(who)).status).toBe(404)
  })

  it(`${also}E07 end with a new password everywhere else, and here a new one goes on`, async () => {
    const [hers, phone] = [await browserOf(janetsEmail), await browserOf(janetsEmail)]
    const old = another(hers, platform())
    const fields = { current_password: goodPassword, new_password: newPassword }
    expect((await hers.post('/riverside/password', fields)).location).toBe('/riverside/password?done=changed')
    expect(hers.cookies.get(session)).not.toBe(old.cookies.get(session))
    expect(where(await home(hers))).toEqual(isIn)
    for (const other of [phone, old]) expect(where(await home(other))).toEqual(toLogon('/riverside/home'))
  })

  it(`${also}E08 are 256 bits in a cookie with every flag, and a digest in the database`, async () => {
    const { headers } = await logOn(new Visitor(platform()), 'sam')
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ')
      expect(pair).toMatch(/^__Host-/)
      for (const flag of ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']) expect(attributes).toContain(flag)
      expect(cookie).not.toMatch(/domain=/i)
    }
    const token = /__Host-session=([A-Za-z0-9_-]{43});/.exec(headers.getSetCookie().join('\n'))![1]!
    const rows = await all<{ token_hash: string }>('SELECT * FROM session')
    expect(rows.map(({ token_hash }) => token_hash)).toEqual([hashToken(token)])
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it(`${also}E09 of one clinic lead to the logon page of another, which shows nothing of the first`, async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    for (const [name, path] of [
      [janetsEmail, 'home'],
      ['sam', 'patients'],
    ] as const) {
      const browser = await browserOf(name)
      expect(where(await browser.get(`/hillside/${path}`))).toEqual([303, `/hillside?next=%2Fhillside%2F${path}`])
      const { status, body } = await browser.get('/hillside')
      expect(status).toBe(200)
      expect(body).not.toMatch(/Riverside|Janet|Sam/)
    }
  })

  it(`${also}E10 of a patient open no page of the staff, nor the reverse, and the try is written down`, async () => {
    const [hers, his] = [await browserOf(janetsEmail), await browserOf('sam')]
    expect([(await list(hers)).status, (await list(hers, fragment)).status, (await home(his)).status]).toEqual([
      403, 403, 403,
    ])
    const written = await all("SELECT by_patient, by_staff, detail FROM audit WHERE act = 'page-refused' ORDER BY id")
    const room = (path: string) => JSON.stringify({ because: 'role', room: `GET /:clinic/${path}` })
    expect(written).toEqual([
      { by_patient: janet.id, by_staff: null, detail: room('patients') },
      { by_patient: janet.id, by_staff: null, detail: room('patients') },
      { by_patient: null, by_staff: sam.id, detail: room('home') },
    ])
  })

  it(`${also}E11 are listed to their owner, who ends the others at once; a manager ends those of staff`, async () => {
    const [hers, phone] = [await browserOf(janetsEmail), await browserOf(janetsEmail)]
    const page = (await hers.get('/riverside/sessions')).body
    expect(page.match(/Logged on since/g)).toHaveLength(2)
    expect(page).toContain('Firefox on a Windows computer')
    await hers.post('/riverside/sessions/ending')
    expect(where(await home(phone))).toEqual(toLogon('/riverside/home'))
    expect(where(await home(hers))).toEqual(isIn)
    const his = [await browserOf('sam'), await browserOf('sam')]
    await (await browserOf('maya')).post(`/riverside/staff/${sam.id}/sessions/ending`)
    for (const one of his) expect(where(await list(one))).toEqual(toLogon('/riverside/patients'))
  })
})

/** Two instances of the app that share D1 and KV and nothing else: what a deployment is while it goes out. */
describe('two isolates that answer in turn', () => {
  async function anIsolate() {
    vi.resetModules()
    const [{ Visitor: Browser }, { app }] = await Promise.all([
      import('../support/world.ts'),
      import('../../src/app.tsx'),
    ])
    return { Browser, app }
  }

  it('E13 hold one session and finish each other’s forms, from logging on to logging off', async () => {
    await riverside()
    const [one, two] = [await anIsolate(), await anIsolate()]
    expect(one.app).not.toBe(two.app)
    const jar = visitor()
    let turn = 0
    /** The same browser, answered by the other isolate each time. */
    const next = async (act: (who: Visitor) => Promise<Answer>): Promise<Answer> => {
      const who = new (turn++ % 2 ? one : two).Browser()
      for (const [name, value] of jar.cookies) who.cookies.set(name, value)
      const answer = await act(who)
      jar.cookies.clear()
      for (const [name, value] of who.cookies) jar.cookies.set(name, value)
      return answer
    }
    expect((await next((who) => logOn(who, 'sam'))).location).toBe('/riverside/diary')
    for (let times = 0; times < 4; times++)
      expect((await next((who) => who.get('/riverside/patients'))).status).toBe(200)
    const form = fieldsOf((await next((who) => who.get('/riverside/patients/new'))).body)
    const added = await next((who) =>
      who.post('/riverside/patients/new', { ...form, first_name: 'Ada', last_name: 'Moreau' }),
    )
    expect(added.location).toMatch(/\?done=added$/)
    const again = await next((who) =>
      who.post('/riverside/patients/new', { ...form, first_name: 'Ada', last_name: 'Moreau' }),
    )
    expect(again.location).toBe(added.location)
    const id = /patients\/(\w+)/.exec(added.location!)![1]
    const edit = `/riverside/patients/${id}/edit`
    const opened = fieldsOf((await next((who) => who.get(edit))).body)
    expect((await next((who) => who.post(edit, { ...opened, email: 'ada@example.com' }))).location).toMatch(
      /\?done=saved$/,
    )
    const change = { current_password: goodPassword, new_password: newPassword }
    expect((await next((who) => who.post('/riverside/password', change))).location).toBe(
      '/riverside/password?done=changed',
    )
    for (let times = 0; times < 2; times++)
      expect((await next((who) => who.get('/riverside/patients'))).status).toBe(200)
    const replay = new Map(jar.cookies)
    await next((who) => who.post('/riverside/logoff'))
    for (let times = 0; times < 2; times++) {
      for (const [name, value] of replay) jar.cookies.set(name, value)
      expect((await next((who) => who.get('/riverside/patients'))).status).toBe(303)
    }
  })
})
