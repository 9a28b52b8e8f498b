/** Logging on with a second factor: after the right password, and never instead of it (ASVS 6.3.3, 6.5, 6.6.3). */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everyMinute } from '../../../src/every-minute.ts'
import { hashToken } from '../../../src/web/random.ts'
import { wordsOf } from '../../patients/reading.ts'
import { watched } from '../../support/counting.ts'
import { atEveryTrip } from '../../support/every-trip.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  visitor,
} from '../../support/world.ts'
import {
  all,
  change,
  day,
  logOn,
  minute,
  newPassword,
  one,
  riverside,
  second,
  start,
  stranger,
  wait,
} from '../people.ts'
import { type App, anApp, halfway, isInside, stepPage, typeCode, typeRecovery } from './factors.ts'

let clinicId: string
let sam: { id: string }
let app: App

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, sam } = await riverside())
  app = await anApp({ clinicId, staffId: sam.id })
})
afterEach(() => {
  vi.useRealTimers()
})

const acts = async (like = '%') =>
  (
    await all<{ act: string; detail: string }>(
      "SELECT act, detail FROM audit WHERE act LIKE ? AND act NOT LIKE 'mail-%' ORDER BY id",
      like,
    )
  ).map(({ act, detail }) => [act, JSON.parse(detail)])
const sessions = () => all('SELECT 1 FROM session')
const wrongCode = () => String((Number(app.code()) + 1) % 1_000_000).padStart(6, '0')

describe('after the right password', () => {
  it('there is no session, but a page that asks for the code', async () => {
    const browser = await halfway()
    expect(await sessions()).toEqual([])
    expect(browser.cookies.has('__Host-session')).toBe(false)
    const { status, body } = await browser.get(stepPage)
    expect(status).toBe(200)
    expect(body).toMatch(/<input[^>]*name="code"[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/)
    expect(await isInside(browser)).toBe(false)
  })

  it('the cookie is for this host, out of reach of scripts, for ten minutes, and kept as a hash only', async () => {
    const browser = visitor()
    const { headers } = await logOn(browser, 'sam')
    const [pair = '', ...attributes] = headers.getSetCookie()[0]!.split('; ')
    expect(pair).toMatch(/^__Host-half-logon=[A-Za-z0-9_-]{43}$/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure'])
    const token = browser.cookies.get('__Host-half-logon')!
    expect(await all('SELECT token_hash FROM half_logon')).toEqual([{ token_hash: hashToken(token) }])
  })

  it('the right code lets in, where they wanted to go', async () => {
    const browser = await halfway('sam', visitor(), '/riverside/patients?q=hall')
    const answer = await typeCode(browser, app.code())
    expect([answer.status, answer.location]).toEqual([303, '/riverside/patients?q=hall'])
    expect(await isInside(browser)).toBe(true)
    expect(browser.cookies.has('__Host-half-logon')).toBe(false)
    expect(await all('SELECT 1 FROM half_logon')).toEqual([])
    expect(await acts()).toEqual([
      ['second-factor-asked', {}],
      ['logged-on', { by: 'code' }],
    ])
    expect(await one('SELECT last_logon_at FROM staff')).toEqual({ last_logon_at: start })
  })

  it('a next= that leads elsewhere is not followed', async () => {
    const browser = await halfway('sam', visitor(), '//evil.example')
    expect((await typeCode(browser, app.code())).location).toBe('/riverside/diary')
  })

  it('the code may be typed with a space in the middle', async () => {
    const code = app.code()
    expect((await typeCode(await halfway(), `${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(303)
  })

  it('the session that was in this browser before ends with the new one (E01)', async () => {
    const browser = await loggedOn({ clinicId, staffId: sam.id })
    const before = browser.cookies.get('__Host-session')!
    await typeCode(await halfway('sam', browser), app.code())
    expect(browser.cookies.get('__Host-session')).not.toBe(before)
    expect(await sessions()).toHaveLength(1)
  })

  it('patients and staff without a second factor go straight in', async () => {
    expect((await logOn(visitor(), 'janet.hall@example.com')).location).toBe('/riverside/home')
    await change('DELETE FROM authenticator_app')
    expect((await logOn(visitor(), 'sam')).location).toBe('/riverside/diary')
  })

  it('a temporary password is used up by the code, not before, and must then be changed', async () => {
    await change("UPDATE staff SET password_kind = 'temporary', temporary_expires_at = ?", start + day)
    await halfway()
    const browser = await halfway()
    expect((await typeCode(browser, app.code())).location).toBe('/riverside/password')
    expect((await logOn(visitor(), 'sam')).status).toBe(422)
  })
})

describe('a code', () => {
  it('that is wrong is refused with words, counted and written down', async () => {
    const browser = await halfway()
    const { status, body } = await typeCode(browser, wrongCode())
    expect(status).toBe(422)
    expect(body).toContain('This code does not work')
    expect(body).toContain('There is a problem')
    expect(await isInside(browser)).toBe(false)
    expect(await acts('second-factor-refused')).toEqual([['second-factor-refused', { because: 'wrong', by: 'code' }]])
  })

  it.each(['', '12345', 'abcdef', '1234567'])('%j is none: asked for again, and not counted', async (typed) => {
    const browser = await halfway()
    for (let times = 0; times < 7; times++) expect((await typeCode(browser, typed)).status).toBe(422)
    expect((await typeCode(browser, app.code())).status).toBe(303)
  })

  it('is taken once: not again by somebody who looked over a shoulder (ASVS 6.5.1)', async () => {
    const code = app.code()
    expect((await typeCode(await halfway(), code)).status).toBe(303)
    expect((await typeCode(await halfway(), code)).status).toBe(422)
    wait(30 * second)
    expect((await typeCode(await halfway(), code)).status).toBe(422)
    expect((await typeCode(await halfway(), app.code())).status).toBe(303)
  })

  it('that was taken takes the earlier ones with it', async () => {
    expect((await typeCode(await halfway(), app.code())).status).toBe(303)
    expect((await typeCode(await halfway(), app.code(-1))).status).toBe(422)
  })

  it('opens one session when fifty come at once', async () => {
    const browser = await halfway()
    const token = browser.cookies.get('__Host-half-logon')!
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => {
        const copy = stranger()
        copy.cookies.set('__Host-half-logon', token)
        return typeCode(copy, app.code())
      }),
    )
    expect(answers.filter(({ status, location }) => status === 303 && location === '/riverside/diary')).toHaveLength(1)
    expect(await sessions()).toHaveLength(1)
  })

  it('opens one session when fifty come at once, each after a password of its own', async () => {
    const browsers = await Promise.all(Array.from({ length: 4 }, () => halfway('sam', stranger())))
    const answers = await Promise.all(browsers.map((browser) => typeCode(browser, app.code())))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
    expect(await sessions()).toHaveLength(1)
  })

  it('is refused unseen after five wrong ones, the right one too, with the waits of a password (ASVS 6.6.3)', async () => {
    const browser = await halfway()
    for (let tries = 1; tries <= 5; tries++) expect((await typeCode(browser, wrongCode())).status).toBe(422)
    for (let tries = 6; tries <= 11; tries++) {
      const { status, body } = await typeCode(browser, app.code())
      expect([status, body.includes('You have tried too many times')]).toEqual([429, true])
    }
    expect(await isInside(browser)).toBe(false)
    wait(minute + second)
    expect((await typeCode(browser, app.code())).status).toBe(303)
  })

  it('is counted over all half logons: typing the password again gives no new tries', async () => {
    for (let tries = 1; tries <= 5; tries++) await typeCode(await halfway('sam', stranger()), wrongCode())
    expect((await typeCode(await halfway('sam', stranger('192.0.2.1')), app.code())).status).toBe(429)
  })

  it('is counted when fifty wrong ones come at once: five are looked at', async () => {
    const browser = await halfway()
    const answers = await Promise.all(Array.from({ length: 50 }, () => typeCode(browser, wrongCode())))
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(45)
  })

  it('of somebody else does not work', async () => {
    const nina = await anApp({ clinicId, staffId: (await ninaOf(clinicId)).id })
    expect((await typeCode(await halfway(), nina.code())).status).toBe(422)
  })

  it('does not open when its sealed key was moved to another account', async () => {
    const nina = await ninaOf(clinicId)
    await anApp({ clinicId, staffId: nina.id })
    await change(
      'UPDATE authenticator_app SET sealed_key = (SELECT sealed_key FROM authenticator_app WHERE staff_id = ?) WHERE staff_id = ?',
      sam.id,
      nina.id,
    )
    const answer = await typeCode(await halfway('nina'), app.code())
    expect(answer.status).toBe(500)
    expect(await sessions()).toEqual([])
  })
})

const ninaOf = (of: string) =>
  aStaffMember({ clinicId: of, username: 'nina', name: 'Nina Cole', role: 'manager', password: goodPassword })

describe('a recovery code', () => {
  it('lets in once, tells the owner by mail, and says how many are left', async () => {
    const [code = ''] = app.recoveryCodes
    const answer = await typeRecovery(await halfway(), code.toLowerCase().replaceAll('-', ' '))
    expect([answer.status, answer.location]).toEqual([303, '/riverside/diary'])
    const [mail] = await mailbox()
    expect(mail).toMatchObject({
      to: 'sam@riverside.example',
      subject: expect.stringContaining('recovery code was used'),
    })
    expect(mail?.text).toContain('You have 9 recovery codes left')
    expect(mail?.text).not.toContain(code)
    expect(await acts()).toEqual([
      ['second-factor-asked', {}],
      ['recovery-code-used', { left: 9 }],
      ['logged-on', { by: 'recovery-code' }],
    ])
    expect((await typeRecovery(await halfway(), code)).status).toBe(422)
  })

  it('opens one session when many come at once', async () => {
    const browsers = await Promise.all(Array.from({ length: 4 }, () => halfway('sam', stranger())))
    const answers = await Promise.all(browsers.map((browser) => typeRecovery(browser, app.recoveryCodes[0]!)))
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await sessions()).toHaveLength(1)
  })

  it('is counted with the codes of the app', async () => {
    const browser = await halfway()
    for (let tries = 1; tries <= 3; tries++) expect((await typeRecovery(browser, 'AAAAA')).status).toBe(422)
    for (let tries = 4; tries <= 5; tries++) expect((await typeCode(browser, wrongCode())).status).toBe(422)
    expect((await typeRecovery(browser, app.recoveryCodes[0]!)).status).toBe(429)
  })

  it('that is the last leaves nobody alone: the step says who helps, instead of leading to codes', async () => {
    const leads = 'href="/riverside/logon/second-factor/recovery"'
    expect((await (await halfway()).get(stepPage)).body).toContain(leads)
    await change('UPDATE recovery_code SET used_at = 1 WHERE staff_id = ?', sam.id)
    const { body } = await (await halfway()).get(stepPage)
    expect(body).not.toContain(leads)
    expect(wordsOf(body)).toContain(
      'You have no recovery codes left. If you do not have your phone, your manager can remove what you have lost, or call 01632 960 001',
    )
  })

  it('is kept as a hash only', async () => {
    const rows = JSON.stringify(await all('SELECT * FROM recovery_code'))
    for (const code of app.recoveryCodes) {
      expect(rows).not.toContain(code)
      expect(rows).not.toContain(code.replaceAll('-', ''))
    }
  })

  it('of somebody else does not work', async () => {
    const nina = await anApp({ clinicId, staffId: (await ninaOf(clinicId)).id })
    expect((await typeRecovery(await halfway(), nina.recoveryCodes[0]!)).status).toBe(422)
  })
})

describe('what stands between the password and the code', () => {
  const startAgain = '/riverside?notice=start-again'

  it('ends after ten minutes', async () => {
    const browser = await halfway()
    wait(10 * minute - second)
    expect((await browser.get(stepPage)).status).toBe(200)
    wait(second)
    expect((await browser.get(stepPage)).location).toBe(startAgain)
    expect((await typeCode(browser, app.code())).location).toBe(startAgain)
    expect(await sessions()).toEqual([])
    await everyMinute(env, Date.now() + second)
    expect(await all('SELECT 1 FROM half_logon')).toEqual([])
  })

  it.each([
    ['a new password', "UPDATE staff SET password_hash = '$argon2id$new'"],
    ['deactivation', 'UPDATE staff SET deactivated_at = 1'],
  ])('is ended by %s', async (_what, sql) => {
    const browser = await halfway()
    await change(sql)
    expect((await typeCode(browser, app.code())).location).toBe(startAgain)
    await change('UPDATE staff SET deactivated_at = NULL')
    expect((await typeCode(browser, app.code())).location).toBe(startAgain)
    expect(await sessions()).toEqual([])
  })

  it('is nothing at another clinic', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const browser = await halfway()
    expect((await browser.get('/hillside/logon/second-factor')).location).toBe('/hillside?notice=start-again')
    const answer = await browser.post('/hillside/logon/second-factor', { code: app.code() })
    expect(answer.location).toBe('/hillside?notice=start-again')
    expect(await sessions()).toEqual([])
  })

  it('is not what somebody made up, nor another kind of token', async () => {
    const inside = await loggedOn({ clinicId, staffId: sam.id })
    for (const token of ['a'.repeat(43), inside.cookies.get('__Host-session')!]) {
      const browser = visitor()
      browser.cookies.set('__Host-half-logon', token)
      expect((await typeCode(browser, app.code())).location).toBe(startAgain)
      browser.cookies.set('__Host-session', token === 'a'.repeat(43) ? token : 'b'.repeat(43))
      expect(await isInside(browser)).toBe(false)
    }
    const half = await halfway()
    half.cookies.set('__Host-session', half.cookies.get('__Host-half-logon')!)
    expect(await isInside(half)).toBe(false)
  })
})

describe('a new password by a link', () => {
  it('does not go around the second factor, and removes none (ASVS 6.4.3)', async () => {
    await visitor().post('/riverside/password/forgotten', { identifier: 'sam' })
    await visitor().post(linkIn((await mailbox())[0]), { new_password: newPassword })
    const browser = visitor()
    expect((await logOn(browser, 'sam', newPassword)).location).toBe(stepPage)
    expect(await isInside(browser)).toBe(false)
    expect((await typeCode(browser, app.code())).location).toBe('/riverside/diary')
  })

  it('gives no new tries at the code', async () => {
    const browser = await halfway()
    for (let tries = 1; tries <= 5; tries++) await typeCode(browser, wrongCode())
    await visitor().post('/riverside/password/forgotten', { identifier: 'sam' })
    await visitor().post(linkIn((await mailbox())[0]), { new_password: newPassword })
    const again = visitor()
    await logOn(again, 'sam', newPassword)
    expect((await typeCode(again, app.code())).status).toBe(429)
  })
})

describe('when something is down', () => {
  it('KV: the second factor works as ever', async () => {
    const { env: environment } = watched({ kv: true })
    const browser = await halfway('sam', visitor(environment))
    expect((await typeCode(browser, app.code())).status).toBe(303)
    expect(await isInside(browser)).toBe(true)
  })

  it('D1, at whichever trip: nobody is let in without the code, and the try does not count', async () => {
    let steps = 0
    await atEveryTrip(
      async (who) => {
        await change('DELETE FROM session')
        wait(2 * minute)
        steps = (await one<{ tries: number }>('SELECT sum(month_tries) AS tries FROM lockout'))?.tries ?? 0
        const half = await halfway('sam', visitor())
        who.cookies.set('__Host-half-logon', half.cookies.get('__Host-half-logon')!)
        return typeCode(who, app.code())
      },
      async (answer, k) => {
        const opened = (await sessions()).length
        expect([k, answer.status === 303, answer.status]).toEqual([k, opened === 1, opened === 1 ? 303 : 503])
        const tries = (await one<{ tries: number }>('SELECT sum(month_tries) AS tries FROM lockout'))?.tries ?? 0
        expect(tries, `trip ${k}`).toBeLessThanOrEqual(steps)
      },
    )
  })

  it('the audit: no audit, no session (J09)', async () => {
    const browser = await halfway()
    await change("CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END")
    expect((await typeCode(browser, app.code())).status).not.toBe(303)
    expect(await sessions()).toEqual([])
  })
})

it('a patient who has the same name as nobody of the staff is not asked', async () => {
  await anAccess(await aPatient({ clinicId, firstName: 'Ada', email: 'ada@example.com' }), { password: goodPassword })
  expect((await logOn(visitor(), 'ada@example.com')).location).toBe('/riverside/home')
})
