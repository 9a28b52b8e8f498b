/** `/:clinic/second-factor`: somebody of the staff adds, replaces and removes their own, and makes recovery codes. */
import { env } from 'cloudflare:workers'
import { decodeBase32IgnorePadding, encodeBase32NoPadding, encodeBase64, encodeHexLowerCase } from '@oslojs/encoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { codeAt, stepAt } from '../../../src/front-door/second-factor/one-time-code.ts'
import { another } from '../../acceptance/doing.ts'
import { inFrontOf, slowDatabase } from '../../support/unsteady-database.ts'
import { type Answer, goodPassword, loggedOn, mailbox, type Visitor, visitor } from '../../support/world.ts'
import { all, change, logOn, minute, one, riverside, second, start, wait } from '../people.ts'
import { anApp, halfway, isInside, stepPage, typeCode, typeRecovery } from './factors.ts'

const overview = '/riverside/second-factor'
const appPage = `${overview}/app`
const codesPage = `${overview}/recovery-codes`
let clinicId: string
let sam: { id: string }
let janet: { id: string }
let browser: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, sam, janet } = await riverside())
  browser = await loggedOn({ clinicId, staffId: sam.id })
})
afterEach(() => {
  vi.useRealTimers()
})

const acts = async () => (await all<{ act: string }>('SELECT act FROM audit ORDER BY id')).map(({ act }) => act)
const rows = async () => (await one<{ n: number }>('SELECT count(*) AS n FROM authenticator_app'))?.n
const keyIn = ({ body }: Answer): Uint8Array => {
  const [, text = ''] = /id="key">\s*([A-Z2-7 ]+?)\s*</.exec(body) ?? []
  return decodeBase32IgnorePadding(text.replaceAll(' ', ''))
}
const codesIn = ({ body }: Answer): string[] =>
  (/id="recovery-codes">([^<]*)</.exec(body)?.[1] ?? '').trim().split('\n').filter(Boolean)
/** Types the password, and reads the key off the page. */
const begin = async (who = browser): Promise<Uint8Array> => {
  const answer = await who.post(appPage, { current_password: goodPassword })
  expect([answer.status, answer.location]).toEqual([303, appPage])
  return keyIn(await who.get(appPage))
}
const confirm = (key: Uint8Array, who = browser, steps = 0) =>
  who.post(`${appPage}/confirmation`, { code: codeAt(key, stepAt(Date.now()) + steps) })

describe('adding an authenticator app', () => {
  it('asks for the current password first, counted like one at the door', async () => {
    expect((await browser.get(appPage)).body).toContain('Current password')
    expect((await browser.post(appPage, {})).body).toContain('Enter your current password')
    for (let tries = 1; tries <= 5; tries++) {
      const { status, body } = await browser.post(appPage, { current_password: 'a wild guess' })
      expect([status, body.includes('Check your current password')]).toEqual([422, true])
    }
    expect((await browser.post(appPage, { current_password: goodPassword })).status).toBe(429)
    expect((await browser.get(appPage)).body).not.toContain('id="key"')
  })

  it('shows the key as a QR code and as text, and counts only after its first right code', async () => {
    const key = await begin()
    expect(key).toHaveLength(20)
    const { body } = await browser.get(appPage)
    expect(body).toContain('<svg class="qr"')
    expect(body).toContain('otpauth://totp/Riverside%20Clinic:sam?secret=')
    expect(await rows()).toBe(0)
    expect((await logOn(visitor(), 'sam')).location).toBe('/riverside/diary')

    const answer = await confirm(key)
    expect([answer.status, answer.location]).toEqual([303, codesPage])
    expect(await rows()).toBe(1)
    expect((await logOn(visitor(), 'sam')).location).toBe(stepPage)
    expect(await acts()).toContain('second-factor-added')
  })

  it('is not done by a wrong code, and the page says what may be wrong', async () => {
    await begin()
    const wrong = await browser.post(`${appPage}/confirmation`, { code: '000000' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Check that your phone shows the right time')
    expect((await browser.post(`${appPage}/confirmation`, { code: '12' })).body).toContain('The code has 6 figures')
    expect((await browser.post(`${appPage}/confirmation`, {})).body).toContain('Enter the code that the app shows')
    expect(await rows()).toBe(0)
  })

  it('keeps the key sealed, in the database and in the browser', async () => {
    const key = await begin()
    const cookie = browser.cookies.get('__Host-enrolment')!
    await confirm(key)
    const kept = `${cookie} ${JSON.stringify(await all('SELECT * FROM authenticator_app'))}`
    for (const write of [encodeBase32NoPadding, encodeBase64, encodeHexLowerCase])
      expect(kept).not.toContain(write(key))
    expect(await browser.get(appPage)).toMatchObject({ body: expect.not.stringContaining('id="key"') })
  })

  it('uses the first code up: it does not log on', async () => {
    const key = await begin()
    await confirm(key)
    expect((await typeCode(await halfway(), codeAt(key, stepAt(Date.now())))).status).toBe(422)
    wait(30 * second)
    expect((await typeCode(await halfway(), codeAt(key, stepAt(Date.now())))).status).toBe(303)
  })

  it('must be finished within a quarter of an hour, in the same session', async () => {
    const key = await begin()
    const other = await loggedOn({ clinicId, staffId: sam.id })
    other.cookies.set('__Host-enrolment', browser.cookies.get('__Host-enrolment')!)
    expect((await confirm(key, other)).location).toBe(appPage)
    wait(15 * minute)
    expect((await confirm(key)).location).toBe(appPage)
    expect(await rows()).toBe(0)
  })

  it('logs off everywhere else, and tells the owner by mail', async () => {
    const other = await loggedOn({ clinicId, staffId: sam.id })
    await confirm(await begin())
    expect([await isInside(browser), await isInside(other)]).toEqual([true, false])
    const [mail] = await mailbox()
    expect(mail).toMatchObject({ to: 'sam@riverside.example', subject: expect.stringContaining('app was added') })
  })

  it('on another phone takes the place of the first, and keeps the recovery codes', async () => {
    const first = await anApp({ clinicId, staffId: sam.id })
    const answer = await confirm(await begin())
    expect(answer.location).toBe(`${overview}?done=app-added`)
    wait(30 * second)
    expect((await typeCode(await halfway(), first.code())).status).toBe(422)
    expect((await typeRecovery(await halfway(), first.recoveryCodes[0]!)).status).toBe(303)
  })
})

describe('whoever must set one up first', () => {
  const kept = ({ body }: Answer) => /href="([^"]+)">\s*I have kept them/.exec(body)?.[1]
  const setUp = async (who: Visitor) => {
    expect((await confirm(await begin(who), who)).location).toBe(codesPage)
    return kept(await who.get(codesPage))
  }
  beforeEach(() => change('UPDATE clinic SET staff_need_second_factor = 1'))

  it('goes on to the page that they asked for when they logged on', async () => {
    const his = visitor()
    const next = '/riverside/patients?q=hall'
    expect((await logOn(his, 'sam', goodPassword, { next })).location).toBe(next)
    expect((await his.get(next)).location).toBe(overview)
    expect(await setUp(his)).toBe(next)
  })

  it('goes on to the page that a form is on, and never to what a page asked for by itself', async () => {
    await browser.post('/riverside/patients/new', { first_name: 'Ada' })
    await browser.get('/riverside/diary/2026-11-23/grid', { 'hx-request': 'true' })
    expect(await setUp(browser)).toBe('/riverside/patients/new')
  })

  it('goes on to the diary when nothing else was asked for, and when somebody else had asked for something here', async () => {
    await browser.get('/riverside/registrations')
    const his = visitor()
    for (const [name, value] of browser.cookies) if (!name.includes('session')) his.cookies.set(name, value)
    await logOn(his, 'sam')
    expect(await setUp(his)).toBe('/riverside/diary')
  })
})

describe('the same confirmation again', () => {
  const writtenDown = async () => (await acts()).filter((act) => act === 'second-factor-added').length
  const told = async () => (await mailbox()).filter(({ subject }) => subject.includes('app was added')).length
  const everything = () => all('SELECT *, (SELECT group_concat(code_hash) FROM recovery_code) FROM authenticator_app')

  it.each([1, 2, 3])('ten at once, however they overlap, are one: time %i', async () => {
    const key = await begin()
    const slow = { ...env, DB: slowDatabase(env.DB) }
    const ten = Array.from({ length: 10 }, () => another(browser, slow))
    const answers = await Promise.all(ten.map((each) => confirm(key, each)))
    expect(answers.map(({ location }) => location)).toEqual(Array(10).fill(codesPage))
    expect([await rows(), await writtenDown(), await told()]).toEqual([1, 1, 1])
    for (const each of ten) expect(await worksOnce(each)).toBe(true)
  })

  /** Whichever answer the browser has followed: its codes are those that count. */
  async function worksOnce(who: Visitor): Promise<boolean> {
    const [code = ''] = codesIn(await another(who).get(codesPage))
    await change('UPDATE recovery_code SET used_at = NULL')
    return (await typeRecovery(await halfway(), code)).status === 303
  }

  it.each([1, 2])('that stood before its round trip %i while the first was done, changes nothing', async (k) => {
    await anApp({ clinicId, staffId: sam.id })
    const key = await begin()
    let first: Answer | undefined
    let trips = 0
    let done: unknown
    const DB = inFrontOf(env.DB, async () => {
      trips += 1
      if (trips !== k) return
      first = await confirm(key, another(browser))
      done = await everything()
    })
    const second = await confirm(key, another(browser, { ...env, DB }))
    expect([first?.location, second.location]).toEqual(Array(2).fill(`${overview}?done=app-added`))
    expect([await everything(), await writtenDown(), await told()]).toEqual([done, 1, 1])
  })

  it('by a browser that has seen the answer leads there too, as long as the app is there', async () => {
    const key = await begin()
    expect([(await confirm(key)).location, (await confirm(key)).location]).toEqual([codesPage, codesPage])
    expect([await writtenDown(), await told()]).toEqual([1, 1])
    await browser.post(`${appPage}/removal`, { current_password: goodPassword })
    expect((await confirm(key)).location).toBe(appPage)
    expect(await rows()).toBe(0)
  })

  it('does not let a code be typed a second time that has logged on since', async () => {
    const key = await begin()
    const late = another(browser)
    await confirm(key)
    wait(30 * second)
    expect((await typeCode(await halfway(), codeAt(key, stepAt(Date.now())))).status).toBe(303)
    expect((await confirm(key, late, -1)).location).toBe(codesPage)
    expect((await typeCode(await halfway(), codeAt(key, stepAt(Date.now())))).status).toBe(422)
  })

  it('with a wrong code is refused', async () => {
    const key = await begin()
    const late = another(browser)
    await confirm(key)
    expect((await late.post(`${appPage}/confirmation`, { code: '000000' })).status).toBe(422)
  })

  it('is another one when the app is another: it takes the place of the first', async () => {
    await confirm(await begin())
    const before = await everything()
    const other = await begin()
    expect((await confirm(other)).location).toBe(`${overview}?done=app-added`)
    expect([await rows(), await writtenDown(), await told()]).toEqual([1, 2, 2])
    expect(await everything()).not.toEqual(before)
    wait(30 * second)
    expect((await typeCode(await halfway(), codeAt(other, stepAt(Date.now())))).status).toBe(303)
  })
})

describe('recovery codes', () => {
  it('are shown once, after the app was added, to copy and print', async () => {
    await confirm(await begin())
    const page = await browser.get(codesPage)
    const codes = codesIn(page)
    expect(codes).toHaveLength(10)
    expect(page.body).toContain('data-copy="#recovery-codes"')
    expect(page.body).toContain('data-print')
    expect(codesIn(await browser.get(codesPage))).toEqual([])
    expect((await typeRecovery(await halfway(), codes[9]!)).status).toBe(303)
  })

  it('are made anew with the current password, and the older ones end', async () => {
    const app = await anApp({ clinicId, staffId: sam.id })
    expect((await browser.post(codesPage, { current_password: 'a wild guess' })).status).toBe(422)
    expect((await browser.post(codesPage, { current_password: goodPassword })).location).toBe(codesPage)
    const codes = codesIn(await browser.get(codesPage))
    expect(codes).toHaveLength(10)
    expect((await typeRecovery(await halfway(), app.recoveryCodes[0]!)).status).toBe(422)
    expect((await typeRecovery(await halfway(), codes[0]!)).status).toBe(303)
    expect(await acts()).toContain('recovery-codes-made')
    expect((await mailbox()).map(({ subject }) => subject)).toContain(
      'New recovery codes for your account at Riverside Clinic',
    )
  })

  it('are not there without a second factor', async () => {
    expect((await browser.get(codesPage)).location).toBe(overview)
    expect((await browser.post(codesPage, { current_password: goodPassword })).location).toBe(overview)
    expect(await all('SELECT 1 FROM recovery_code')).toEqual([])
  })
})

describe('removing the app', () => {
  const removal = `${appPage}/removal`

  it('takes the current password; then the password alone lets in, and no recovery code is left', async () => {
    await anApp({ clinicId, staffId: sam.id })
    const other = await loggedOn({ clinicId, staffId: sam.id })
    expect((await browser.get(removal)).status).toBe(200)
    expect((await browser.post(removal, { current_password: 'a wild guess' })).status).toBe(422)
    expect(await rows()).toBe(1)
    expect((await browser.post(removal, { current_password: goodPassword })).location).toBe(
      `${overview}?done=app-removed`,
    )
    expect([await rows(), await all('SELECT 1 FROM recovery_code')]).toEqual([0, []])
    expect([await isInside(browser), await isInside(other)]).toEqual([true, false])
    expect((await logOn(visitor(), 'sam')).location).toBe('/riverside/diary')
    expect(await acts()).toContain('second-factor-removed')
    expect((await mailbox())[0]?.subject).toContain('was removed')
    expect((await browser.get(removal)).location).toBe(overview)
  })

  it('is refused where the clinic asks for one and there is no other', async () => {
    await anApp({ clinicId, staffId: sam.id })
    await change('UPDATE clinic SET staff_need_second_factor = 1')
    expect((await browser.get(removal)).body).toContain('this is your only one')
    const { status, body } = await browser.post(removal, { current_password: goodPassword })
    expect([status, body.includes('this is your only one'), await rows()]).toEqual([200, true, 1])
  })
})

describe('the page', () => {
  it('is in the View menu of staff, not of patients, who are told it is not for them', async () => {
    expect((await browser.get('/riverside/patients')).body).toContain(`href="${overview}"`)
    const patient = await loggedOn({ clinicId, patientId: janet.id })
    expect((await patient.get('/riverside/home')).body).not.toContain(`href="${overview}"`)
    expect((await patient.get(overview)).status).toBe(403)
  })

  it('says what there is, and warns when the recovery codes come to an end', async () => {
    expect((await browser.get(overview)).body).toContain('Add an authenticator app')
    await anApp({ clinicId, staffId: sam.id })
    const { body } = await browser.get(overview)
    expect(body).toContain('Added on 23 November 2026')
    expect(body).toContain('10 of 10 left')
    await change(
      'UPDATE recovery_code SET used_at = 1 WHERE code_hash IN (SELECT code_hash FROM recovery_code LIMIT 8)',
    )
    expect((await browser.get(overview)).body).toContain('Only 2 of your recovery codes are left.')
  })
})
