/** Everybody sees where they are logged on, and ends what they do not know (security.md E11, ASVS 7.5.2). */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserInWords } from '../../../src/front-door/sessions/browser-in-words.ts'
import { watched } from '../../support/counting.ts'
import { anAccess, aPatient, aStaffMember, loggedOn, Visitor, visitor } from '../../support/world.ts'
import { all, day, hour, janetsEmail, logOn, minute, riverside, start, wait } from '../people.ts'

const iPhone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

let clinicId: string
let janet: { id: string }
let sam: { id: string }
let hers: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet, sam } = await riverside())
  hers = await onDevice(windows)
})
afterEach(() => {
  vi.useRealTimers()
})

async function onDevice(userAgent: string, identifier = janetsEmail): Promise<Visitor> {
  const browser = new Visitor()
  browser.headers = { 'user-agent': userAgent }
  expect((await logOn(browser, identifier)).status).toBe(303)
  return browser
}

const sessionsPage = async (who = hers) => (await who.get('/riverside/sessions')).body
const mainOf = (html: string) => (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '').replace(/<[^>]+>/g, ' ')
const words = async (who = hers) => mainOf(await sessionsPage(who)).replace(/\s+/g, ' ')
const namesOn = async (who = hers) =>
  [...(await sessionsPage(who)).matchAll(/name="session" value="(\w+)"/g)].map(([, name]) => name!)
const end = async (who = hers, fields: Record<string, string> = {}) =>
  (await who.post('/riverside/sessions/ending', fields)).location
const isIn = async (who: Visitor, path = '/riverside/home') => (await who.get(path)).status === 200

describe('my sessions', () => {
  it('say where, since when and when last, this one first', async () => {
    wait(2 * hour)
    const phone = await onDevice(iPhone)
    wait(10 * minute)
    expect(await words()).toMatch(
      /Firefox on a Windows computer This one Logged on since 23 November 2026 at 9:00am .*Safari on an iPhone Logged on since 23 November 2026 at 11:00am. Last seen 10 minutes ago/,
    )
    expect(await words(phone)).toMatch(/Safari on an iPhone This one .*Firefox on a Windows computer/)
  })

  it('say so when there is only this one', async () => {
    expect(await words()).toContain('Here, and nowhere else.')
    expect(await sessionsPage()).not.toContain('sessions/ending')
  })

  it('are mine alone, and only those that still work', async () => {
    const ada = await aPatient({ clinicId, firstName: 'Ada', email: 'ada@example.com' })
    await anAccess(ada)
    await loggedOn({ clinicId, patientId: ada.id })
    await onDevice(iPhone)
    wait(19 * hour)
    expect(await namesOn()).toHaveLength(1)
    wait(2 * hour)
    expect(await namesOn()).toHaveLength(0) // the phone was idle for 21 hours
    wait(day)
    expect((await hers.get('/riverside/sessions')).status).toBe(303)
  })

  it('are for staff as for patients, and in the menu of both', async () => {
    const his = await onDevice(iPhone, 'sam')
    expect(await words(his)).toContain('Safari on an iPhone')
    for (const [who, path] of [
      [his, '/riverside/patients'],
      [hers, '/riverside/home'],
    ] as const)
      expect((await who.get(path)).body).toContain('<a href="/riverside/sessions">Where I am logged on</a>')
  })

  it('show nothing that a session is proven with', async () => {
    await onDevice(iPhone)
    const kept = await all<{ token_hash: string }>('SELECT token_hash FROM session')
    const page = await sessionsPage()
    for (const { token_hash } of kept) expect(page).not.toContain(token_hash.slice(0, 16))
  })

  it('wait until a temporary password was changed', async () => {
    await env.DB.prepare(
      "UPDATE online_access SET password_kind = 'temporary', temporary_expires_at = ?, temporary_used_at = ?",
    )
      .bind(start + day, start)
      .run()
    expect((await hers.get('/riverside/sessions')).location).toBe('/riverside/password')
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    expect(await end(hers)).toBe('/riverside/password')
    expect((await hers.get('/riverside/password')).body).not.toContain('Where I am logged on')
    expect((await phone.get('/riverside/password')).status).toBe(200)
  })
})

describe('ending the others', () => {
  it('works at once, everywhere but here', async () => {
    const others = [await onDevice(iPhone), await onDevice(windows)]
    expect(await end()).toBe('/riverside/sessions?done=others')
    for (const one of others) expect(await isIn(one)).toBe(false)
    expect(await isIn(hers)).toBe(true)
    expect((await hers.get('/riverside/sessions?done=others')).body).toContain('You are logged off everywhere else.')
  })

  it('works although KV still knows them, and although KV does not answer', async () => {
    const phone = await onDevice(iPhone)
    const kept = await Promise.all(
      (await env.SESSIONS.list()).keys.map(async ({ name }) => [name, await env.SESSIONS.get(name)] as const),
    )
    const { env: withoutKv } = watched({ kv: true })
    const again = new Visitor(withoutKv)
    for (const [name, value] of hers.cookies) again.cookies.set(name, value)
    expect(await end(again)).toBe('/riverside/sessions?done=others')
    for (const [name, value] of kept) await env.SESSIONS.put(name, value!)
    expect(await isIn(phone)).toBe(false)
    expect(await isIn(hers)).toBe(true)
  })

  it('ends nobody else’s', async () => {
    const his = await loggedOn({ clinicId, staffId: sam.id })
    const ada = await aPatient({ clinicId, firstName: 'Ada', email: 'ada@example.com' })
    await anAccess(ada)
    const adas = await loggedOn({ clinicId, patientId: ada.id })
    await end()
    expect([await isIn(his, '/riverside/patients'), await isIn(adas)]).toEqual([true, true])
  })

  it('is written down, and twice is harmless', async () => {
    await onDevice(iPhone)
    await end()
    expect(await end()).toBe('/riverside/sessions?done=none')
    expect(await all("SELECT by_patient, by_staff, detail FROM audit WHERE act = 'sessions-ended'")).toEqual([
      { by_patient: janet.id, by_staff: null, detail: '{"which":"others"}' },
    ])
  })

  it('works for staff too', async () => {
    const [one, other] = [await onDevice(windows, 'sam'), await onDevice(iPhone, 'sam')]
    await end(one)
    expect([await isIn(one, '/riverside/patients'), await isIn(other, '/riverside/patients')]).toEqual([true, false])
  })

  it('needs a session', async () => {
    expect(await end(visitor())).toMatch(/^\/riverside/)
    expect(await isIn(hers)).toBe(true)
  })
})

describe('ending one', () => {
  it('ends that one and no other', async () => {
    const phone = await onDevice(iPhone)
    const [name] = await namesOn()
    wait(minute)
    const library = await onDevice(windows)
    expect(await end(hers, { session: name! })).toBe('/riverside/sessions?done=one')
    expect([await isIn(phone), await isIn(library), await isIn(hers)]).toEqual([false, true, true])
  })

  it('ends nothing by a name that is not there, nor the one that asks, nor one of somebody else', async () => {
    const nora = await aStaffMember({ clinicId, username: 'nora' })
    const noras = [await loggedOn({ clinicId, staffId: nora.id }), await loggedOn({ clinicId, staffId: nora.id })]
    const [foreign] = await namesOn(noras[0])
    const phone = await onDevice(iPhone)
    const [own] = await namesOn(phone) // what hers is called
    for (const session of ['nothing', own!, foreign!])
      expect(await end(hers, { session })).toBe('/riverside/sessions?done=none')
    expect([await isIn(hers), await isIn(phone), await isIn(noras[1]!, '/riverside/patients')]).toEqual([
      true,
      true,
      true,
    ])
  })
})

describe('a browser in words', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0'
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
  it.each([
    [windows, 'Firefox on a Windows computer'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, 'Chrome on a Windows computer'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/141.0.0.0`, 'Edge on a Windows computer'],
    [`Mozilla/5.0 (X11; Linux x86_64) ${chrome} Safari/537.36 OPR/120.0.0.0`, 'Opera on a Linux computer'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, 'Chrome on an Android phone'],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36`,
      'Samsung Internet on an Android tablet',
    ],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome} Safari/537.36`, 'Chrome on a Chromebook'],
    [iPhone, 'Safari on an iPhone'],
    [iPhone.replace('Version/17.5', 'CriOS/141.0'), 'Chrome on an iPhone'],
    [
      `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15`,
      'Safari on a Mac or an iPad', // an iPad says it is a Mac
    ],
    [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141 Version/11.1.1 Safari/605.1.15`, 'Chrome on an iPad'],
    [`${mac} ${chrome} Safari/537.36`, 'Chrome on a Mac'],
    ['', 'An unknown browser'],
    ['curl/8.0', 'An unknown browser'],
    ['<script>alert(1)</script>', 'An unknown browser'],
    ['Mozilla/5.0 (Windows NT 10.0)', 'A browser on a Windows computer'],
  ])('%s', (userAgent, inWords) => {
    expect(browserInWords(userAgent)).toBe(inWords)
  })
})
