/** One page for staff and patients: who is let in, where they land, and what the others are told (M2, M3, M4). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import { hashToken } from '../../src/web/random.ts'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  visitor,
} from '../support/world.ts'
import { all, change, day, janetsEmail, logOn, one, refusals, riverside, wrong } from './people.ts'

let clinicId: string
let janet: { id: string }

beforeEach(async () => {
  ;({ clinicId, janet } = await riverside())
})

const where = ({ status, location }: Answer) => [status, location]
/** What an answer says to whoever typed this name. */
const said = ({ status, body, headers }: Answer, typed: string) => ({
  status,
  cookies: headers.getSetCookie(),
  body: body.replaceAll(`value="${typed}"`, 'value="what was typed"'),
})

describe('the clinic URL', () => {
  it.each([
    ['/Riverside', '/riverside'],
    ['/RIVERSIDE/register/new?a=B', '/riverside/register/new?a=B'],
    ['/RiverSide/registration/AbC', '/riverside/registration/AbC'],
  ])('typed in capitals, %s, leads to the one in small letters', async (typed, right) => {
    const answer = await visitor().get(typed)
    expect([answer.status, answer.location]).toEqual([301, right])
  })

  it('is nothing in capitals to a form, or where there is no clinic', async () => {
    expect((await visitor().post('/RIVERSIDE/logon', { identifier: 'maya', password: goodPassword })).status).toBe(404)
    expect((await visitor().get('/NOBODY')).location).toBe('/nobody')
    expect((await visitor().get('/nobody')).status).toBe(404)
  })
})

describe('the logon page', () => {
  it('lets staff in with their username, to the diary, and patients with their email address, to their home (M3)', async () => {
    expect(where(await logOn(visitor(), 'sam'))).toEqual([303, '/riverside/diary'])
    expect(where(await logOn(visitor(), janetsEmail))).toEqual([303, '/riverside/home'])
  })

  it('is one form for both: two fields and one button (M2)', async () => {
    const { body } = await visitor().get('/riverside')
    const [form] = /<form[^>]*action="\/riverside\/logon"[\s\S]*?<\/form>/.exec(body)!
    expect([...form.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'identifier',
      'password',
    ])
    expect(form.match(/<button class="button">/g)).toHaveLength(1)
  })

  it('carries where somebody wanted to go through the form', async () => {
    const { body } = await visitor().get('/riverside?next=/riverside/details')
    expect(body).toContain('<input type="hidden" name="next" value="/riverside/details"')
  })

  it('sends somebody who is logged on straight to their own side', async () => {
    const browser = visitor()
    await logOn(browser, janetsEmail)
    expect(where(await browser.get('/riverside'))).toEqual([303, '/riverside/home'])
  })

  it('takes the name in any case, with spaces around it', async () => {
    expect((await logOn(visitor(), '  SAM ')).status).toBe(303)
    expect((await logOn(visitor(), ' Janet.Hall@EXAMPLE.com ')).status).toBe(303)
  })

  it('writes down that they logged on, and when', async () => {
    await logOn(visitor(), janetsEmail)
    expect(await one("SELECT by_patient FROM audit WHERE act = 'logged-on'")).toEqual({ by_patient: janet.id })
    expect(await one('SELECT last_logon_at > 0 AS isKnown FROM online_access')).toEqual({ isKnown: 1 })
  })

  it('D18 lets in whoever chose their password five years ago', async () => {
    await change('UPDATE online_access SET password_set_at = ?', Date.now() - 5 * 365 * day)
    expect((await logOn(visitor(), janetsEmail)).status).toBe(303)
  })

  it('asks for what was left empty', async () => {
    const both = await logOn(visitor(), '', '')
    expect(both.status).toBe(422)
    expect(both.body).toContain('<title>Error: Log on – Riverside Clinic</title>')
    expect(both.body).toContain('Enter your email address or username')
    expect(both.body).toContain('Enter your password')
    const noPassword = await logOn(visitor(), 'sam', '')
    expect([noPassword.status, noPassword.body.includes('Enter your email')]).toEqual([422, false])
    expect(await refusals()).toEqual([])
  })

  it('keeps the name that was typed, and never shows a password again', async () => {
    const { status, body } = await logOn(visitor(), 'Sam "the man"', 'my very secret words')
    expect(status).toBe(422)
    expect(body).toContain('value="Sam &quot;the man&quot;"')
    expect(body).not.toContain('my very secret words')
  })

  it('is not there when the clinic has closed', async () => {
    await change('UPDATE clinic SET closed_at = 1')
    forgetAllClinics()
    expect((await logOn(visitor(), 'sam')).status).toBe(404)
    expect((await visitor().get('/riverside')).status).toBe(404)
  })
})

/** Each knows the password `goodPassword`, or has none; none of them may come in. */
const notLetIn: [words: string, typed: string, world: () => Promise<unknown>][] = [
  ['staff without a password (M4)', 'tom', () => aStaffMember({ clinicId, username: 'tom' })],
  [
    'staff who was deactivated',
    'tom',
    () => aStaffMember({ clinicId, username: 'tom', password: goodPassword, deactivatedAt: 1 }),
  ],
  [
    'staff of another clinic',
    'tom',
    async () => aStaffMember({ clinicId: await hillside(), username: 'tom', password: goodPassword }),
  ],
  ['a patient without online access', 'a@example.com', () => aPatient({ clinicId, email: 'a@example.com' })],
  ['a patient without a password', 'a@example.com', () => another({})],
  ['a patient who is only invited (A03)', 'a@example.com', () => another({ state: 'invited', password: goodPassword })],
  [
    'a patient whose access was stopped (A03)',
    'a@example.com',
    () => another({ state: 'inactive', password: goodPassword }),
  ],
  [
    'a patient whose record is archived',
    'a@example.com',
    async () => {
      await another({ password: goodPassword })
      await change("UPDATE patient SET archived_at = 1 WHERE email = 'a@example.com'")
    },
  ],
  [
    'a patient of another clinic',
    'a@example.com',
    async () =>
      anAccess(await aPatient({ clinicId: await hillside(), email: 'a@example.com' }), { password: goodPassword }),
  ],
  [
    'a temporary password that has expired (D10)',
    'a@example.com',
    () => another({ password: goodPassword, passwordKind: 'temporary', temporaryExpiresAt: Date.now() - 1 }),
  ],
  [
    'a temporary password that was used',
    'a@example.com',
    () =>
      another({
        password: goodPassword,
        passwordKind: 'temporary',
        temporaryExpiresAt: Date.now() + day,
        temporaryUsedAt: Date.now() - 1,
      }),
  ],
  [
    'a temporary password of staff that has expired',
    'tom',
    () =>
      aStaffMember({
        clinicId,
        username: 'tom',
        password: goodPassword,
        passwordKind: 'temporary',
        temporaryExpiresAt: Date.now() - 1,
      }),
  ],
  [
    'a password that is wrong (A01)',
    janetsEmail,
    () => change("UPDATE online_access SET password_hash = '$argon2id$'"),
  ],
]
const hillside = async () => (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
const another = async (given: Parameters<typeof anAccess>[1]) =>
  anAccess(await aPatient({ clinicId, firstName: 'Ada', email: 'a@example.com' }), given)

describe('who is not let in', () => {
  it.each(notLetIn)('A01 A02 A03 %s: told the same as a stranger, byte for byte', async (_words, typed, world) => {
    await world()
    const refused = await logOn(visitor(), typed)
    const unknown = await logOn(visitor(), 'nobody')
    expect(refused.status).toBe(422)
    expect(refused.body).toContain(wrong)
    expect(said(refused, typed)).toEqual(said(unknown, 'nobody'))
    expect(await all('SELECT 1 FROM session')).toEqual([])
    expect(await refusals()).toEqual(['wrong', 'wrong'])
  })

  it('is said in the words of the page, about no field in particular (ux.md 1.3)', async () => {
    const { body } = await logOn(visitor(), 'nobody')
    expect(body).toContain('There is a problem')
    expect(body.split(wrong)).toHaveLength(3) // in the summary and at the field
  })

  it('somebody with a name of every kind of nonsense', async () => {
    for (const typed of ["' OR 1=1 --", '@', 'a@b@c', '\u0000', '__proto__', 'x'.repeat(10_000), 'jan%@example.com']) {
      expect((await logOn(visitor(), typed, 'anything at all')).status, typed.slice(0, 20)).toBe(422)
    }
  })
})

describe('a temporary password', () => {
  const temporary = { password: goodPassword, passwordKind: 'temporary' as const }

  it('lets in once, and leads to choosing one’s own (D08)', async () => {
    await another({ ...temporary, temporaryExpiresAt: Date.now() + day })
    expect(where(await logOn(visitor(), 'a@example.com', goodPassword, { next: '/riverside/details' }))).toEqual([
      303,
      '/riverside/password',
    ])
    expect((await logOn(visitor(), 'a@example.com')).status).toBe(422)
  })

  it('lets in one of four who use it at the same moment', async () => {
    await another({ ...temporary, temporaryExpiresAt: Date.now() + day })
    const answers = await Promise.all(Array.from({ length: 4 }, () => logOn(visitor(), 'a@example.com')))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
    expect(await all('SELECT 1 FROM session')).toHaveLength(1)
  })
})

describe('where they land (F04)', () => {
  const bases: Record<string, string> = { sam: '/riverside/diary', [janetsEmail]: '/riverside/home' }
  it.each([
    ['sam', '/riverside/diary/2026-11-23', true],
    ['sam', '/riverside/patients?q=hall', true],
    ['sam', '/riverside/password', true],
    [janetsEmail, '/riverside/details', true],
    [janetsEmail, '/riverside/password', true],
    // rooms of the other side
    ['sam', '/riverside/home', false],
    ['sam', '/riverside/details', false],
    ['sam', '/riverside/book', false],
    ['sam', '/riverside/appointments', false],
    [janetsEmail, '/riverside/diary', false],
    [janetsEmail, '/riverside/patients', false],
    [janetsEmail, '/riverside/staff', false],
    // not rooms at all
    ['sam', '/riverside', false],
    ['sam', '/riverside/', false],
    ['sam', '/riverside/logoff', false],
    ['sam', '/riverside/register/new', false],
    ['sam', '/riverside/password/new/a-link-of-somebody-else', false],
    [janetsEmail, '/riverside/password/new/a-link-of-somebody-else', false],
    [janetsEmail, '/riverside/password/forgotten', false],
    // another clinic, another site, and everything that browsers take for one
    ['sam', '/hillside/diary', false],
    ['sam', '/riverside-two/diary', false],
    ['sam', '//evil.example/riverside/diary', false],
    ['sam', '///evil.example', false],
    ['sam', '/\\evil.example', false],
    ['sam', '\\\\evil.example', false],
    ['sam', 'https:evil.example', false],
    ['sam', 'https://evil.example/riverside/diary', false],
    ['sam', 'http://diary.test@evil.example/', false],
    ['sam', 'https://diary.test/riverside/patients', false],
    ['sam', 'javascript:alert(1)', false],
    ['sam', 'data:text/html,hello', false],
    ['sam', '/%2f%2fevil.example', false],
    ['sam', '/%5cevil.example', false],
    ['sam', '/..//evil.example', false],
    ['sam', '/riverside/..//evil.example', false],
    ['sam', '/riverside//evil.example', false],
    ['sam', '/riverside/patients\r\nSet-Cookie: a=b', false],
    ['sam', '/riverside/patients\nevil', false],
    ['sam', '/riverside/patients#fragment', false],
    ['sam', ' /riverside/patients x', false],
    ['sam', `/riverside/${'a'.repeat(10_000)}`, false],
    ['sam', '', false],
  ])('%s, who wanted to go to %j', async (name, next, isTaken) => {
    const answer = await logOn(visitor(), name, goodPassword, { next })
    expect(where(answer)).toEqual([303, isTaken ? next : bases[name]])
  })

  it('is nowhere when two places come at once', async () => {
    const body = new URLSearchParams(
      `identifier=sam&password=${goodPassword}&next=/riverside/diary&next=//evil.example`,
    )
    const headers = { origin: 'https://diary.test', 'sec-fetch-site': 'same-origin' }
    expect((await visitor().send('/riverside/logon', { method: 'POST', body, headers })).status).toBe(400)
  })
})

describe('the cookie of a session (E08)', () => {
  it('E08 is for this host, over HTTPS, out of reach of scripts, and gone when the browser closes', async () => {
    const { headers } = await logOn(visitor(), 'sam')
    const [cookie] = headers.getSetCookie().filter((text) => text.startsWith('__Host-session='))
    const [pair = '', ...attributes] = cookie!.split('; ')
    expect(pair).toMatch(/^__Host-session=[A-Za-z0-9_-]{43}$/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'])
  })

  it('E08 is kept as a hash only', async () => {
    const browser = visitor()
    await logOn(browser, 'sam')
    const token = browser.cookies.get('__Host-session')!
    expect(await all('SELECT token_hash FROM session')).toEqual([{ token_hash: hashToken(token) }])
    const { keys } = await env.SESSIONS.list()
    const kept = await Promise.all(keys.map(({ name }) => env.SESSIONS.get(name)))
    expect(JSON.stringify([keys, kept, await all('SELECT * FROM session')])).not.toContain(token)
  })

  it('E01 is another one each time, and the session that was in this browser before has ended', async () => {
    const browser = await loggedOn({ clinicId, patientId: janet.id })
    const before = browser.cookies.get('__Host-session')!
    await logOn(browser, janetsEmail)
    expect(browser.cookies.get('__Host-session')).not.toBe(before)

    const old = visitor()
    old.cookies.set('__Host-session', before)
    expect(where(await old.get('/riverside/home'))).toEqual([303, '/riverside?next=%2Friverside%2Fhome'])
    expect((await browser.get('/riverside/home')).status).toBe(200)
  })

  it('E01 never is what somebody else put into the browser', async () => {
    const browser = visitor()
    browser.cookies.set('__Host-session', 'a'.repeat(43))
    await logOn(browser, 'sam')
    expect(browser.cookies.get('__Host-session')).not.toBe('a'.repeat(43))
    expect(await one('SELECT count(*) AS n FROM session WHERE token_hash = ?', hashToken('a'.repeat(43)))).toEqual({
      n: 0,
    })
  })

  it('is not given when the password was wrong', async () => {
    expect((await logOn(visitor(), 'sam', 'not the right one')).headers.getSetCookie()).toEqual([])
  })
})
