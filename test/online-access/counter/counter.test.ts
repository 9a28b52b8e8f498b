/** Set up at the counter: a code on reception's screen, the password on the patient's own phone, no email for the step. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Patient } from '../../../src/schema.ts'
import { watched } from '../../support/counting.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'
import {
  acts,
  atTheCounter,
  choose,
  chosen,
  email,
  logOn,
  panelOf,
  showCode,
  stateOf,
  textOf,
} from './counter-world.ts'

let clinicId: string
let janet: Patient
let sam: Visitor
let panel: string

beforeEach(async () => {
  ;({ clinicId, janet, sam, panel } = await atTheCounter())
})
afterEach(() => {
  vi.useRealTimers()
})

const accessState = () => env.DB.prepare('SELECT state FROM online_access').first('state')
const links = async () => (await env.DB.prepare('SELECT * FROM one_time_link ORDER BY created_at').all()).results

describe('reception', () => {
  it('is asked before the code sets the access to active, and does it by the same act', async () => {
    expect((await sam.get(panel)).body).toContain(`href="${panel}/counter"`)
    const offer = await sam.get(`${panel}/counter`)
    expect(textOf(offer.body)).toContain('Not registered now. Showing the code sets it to active.')
    expect(textOf(offer.body)).toContain(`Janet will log on with ${email} . Ask whether that is right.`)
    expect((await sam.post(`${panel}/counter`)).location).toBe(`${panel}/counter`)
    expect(await accessState()).toBeNull()
    await showCode(sam, panel)
    expect(await accessState()).toBe('active')
    expect(await acts()).toEqual(['access-activated', 'counter-opened'])
  })

  it('shows it at once where the access is active', async () => {
    await anAccess(janet)
    expect((await sam.get(panel)).body).toContain(`action="${panel}/counter"`)
    const { location } = await sam.post(`${panel}/counter`)
    expect(location).toMatch(new RegExp(`^${panel}/counter/\\w{16}$`))
    expect(await acts()).toEqual(['counter-opened'])
  })

  it('sees the code, the address as text, what the patient will see and the time left, and sends no mail', async () => {
    const { screen, link } = await showCode(sam, panel)
    const { body } = await sam.get(screen)
    expect(body).toContain('class="qr"')
    expect(body).toContain(`<figcaption>https://diary.test${link}</figcaption>`)
    expect(textOf(body)).toContain('It asks for the date of birth and a new password')
    expect(textOf(body)).toMatch(/About 10 minutes are left\. The code stops working at \d+:\d\d[ap]m\./)
    expect(textOf(body), 'the screen faces the room').not.toContain('1951')
    expect(await mailbox()).toEqual([])
  })

  it('keeps only a hash of it on the server, and only the browser that opened it can show it', async () => {
    const { screen, link } = await showCode(sam, panel)
    expect(JSON.stringify(await links())).not.toContain(link.split('/').at(-1))
    const maya = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    const other = await (await loggedOn({ clinicId, staffId: maya.id })).get(screen)
    expect(textOf(other.body)).toContain('This code was opened in another browser')
    expect(other.body).not.toContain('password/new')
  })

  it.each([
    ['without an email address', "UPDATE patient SET email = '', email_canonical = NULL", 'Add an email address first'],
    ['that is archived', 'UPDATE patient SET archived_at = 1', 'This record is archived'],
  ])('cannot show one for a record %s', async (_which, sql, words) => {
    await env.DB.prepare(sql).run()
    const refused = await sam.post(`${panel}/counter`, { activate: 'yes' })
    expect([refused.status, textOf(refused.body).includes(words)]).toEqual([422, true])
    expect(textOf((await sam.get(`${panel}/counter`)).body)).toContain(words)
    expect(await links()).toEqual([])
    expect(await accessState()).toBeNull()
  })

  it('cannot show one for an address that somebody else has too, whom staff are told (M9)', async () => {
    await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
    const refused = await sam.post(`${panel}/counter`, { activate: 'yes' })
    expect([refused.status, await accessState(), await acts()]).toEqual([422, null, []])
    expect(textOf(refused.body)).toContain(`${email} is also the email address of Tom Reed`)
  })

  it('asks D1 once for the screen, and once each time it looks', async () => {
    const member = await aStaffMember({ clinicId, username: 'lena' })
    const { env: environment, work } = watched()
    const lena = await loggedOn({ clinicId, staffId: member.id }, environment)
    const code = await showCode(lena, panel)
    for (const ask of [() => lena.get(code.screen), () => stateOf(lena, code), () => lena.get(`${panel}/counter`)]) {
      work.trips.length = 0
      expect((await ask()).status).toBe(200)
      expect(work.trips).toHaveLength(1)
    }
  })
})

describe('the patient’s phone', () => {
  it('opens a form that uses nothing up, and sets the password with it; then the patient logs on', async () => {
    const code = await showCode(sam, panel)
    const phone = visitor()
    for (let look = 0; look < 3; look++) {
      const page = await phone.get(code.link)
      expect(textOf(page.body)).toContain(`You will log on as ${email}`)
      expect(textOf(page.body)).toContain('What is your date of birth?')
    }
    expect((await choose(code.link, {}, phone)).location).toBe('/riverside?notice=password-set')
    expect(phone.cookies.has('__Host-session'), 'it does not log on').toBe(false)
    expect((await logOn(chosen, phone)).location).toBe('/riverside/home')
    expect(await acts()).toEqual(['access-activated', 'counter-opened', 'password-set-at-counter'])
    expect((await choose(code.link)).status).toBe(404)
  })

  it('needs no email; the owner of the address is told afterwards, as by every link', async () => {
    const { link } = await showCode(sam, panel)
    await choose(link)
    expect((await mailbox()).map(({ to, subject }) => [to, subject])).toEqual([
      [email, 'Your password for Riverside Clinic was changed'],
    ])
  })

  it('asks for no date of birth that the record does not have', async () => {
    await env.DB.prepare('UPDATE patient SET date_of_birth = NULL').run()
    const { link } = await showCode(sam, panel)
    expect((await visitor().get(link)).body).not.toContain('dob_day')
    expect((await visitor().post(link, { new_password: chosen })).status).toBe(303)
  })

  it('is told what is wrong, keeps the date of birth that was typed, and counts nothing for it', async () => {
    const { link } = await showCode(sam, panel)
    const empty = await visitor().post(link)
    expect(empty.status).toBe(422)
    expect(textOf(empty.body)).toMatch(/Enter your date of birth Enter a password/)
    const weak = await choose(link, { new_password: 'janet hall 1951' })
    expect([weak.status, weak.body.includes('value="1951"')]).toEqual([422, true])
    expect((await links())[0]).toMatchObject({ tries: 0, used_at: null })
  })

  it('is stopped by the fifth wrong date of birth, and reception sees why', async () => {
    const code = await showCode(sam, panel)
    for (let tries = 1; tries < 5; tries++) {
      const answer = await choose(code.link, { dob_day: '4' })
      expect([answer.status, textOf(answer.body).includes('Check your date of birth')]).toEqual([422, true])
    }
    expect((await choose(code.link, { dob_day: '4' })).status).toBe(404)
    expect((await choose(code.link)).status, 'the right one comes too late').toBe(404)
    expect(textOf((await stateOf(sam, code)).body)).toContain('The date of birth was wrong five times.')
    expect(await acts()).toEqual(['access-activated', 'counter-opened', 'counter-stopped'])
  })

  it('ends every session and every other link of the patient', async () => {
    await anAccess(janet, { password: goodPassword })
    const atHome = await loggedOn({ clinicId, patientId: janet.id })
    const { link } = await showCode(sam, panel)
    await choose(link)
    expect((await atHome.get('/riverside/home')).status).toBe(303)
    expect((await logOn(goodPassword)).status).toBe(422)
  })

  it('comes too late after 10 minutes', async () => {
    const code = await showCode(sam, panel)
    vi.useFakeTimers({ now: Date.now() + 10 * 60_000 + 1000, toFake: ['Date'] })
    expect((await visitor().get(code.link)).status).toBe(404)
    expect((await choose(code.link)).status).toBe(404)
    expect(textOf((await sam.get(code.screen)).body)).toContain('The 10 minutes are over.')
  })
})

describe('the code is over', () => {
  it('when the screen is left: what the script sends then, as a button does', async () => {
    const code = await showCode(sam, panel)
    const { body } = await sam.get(code.screen)
    const address = /data-left="([^"]+)"/.exec(body)?.[1]
    expect(address).toBe(`${code.screen}/cancellation`)
    const beacon = { method: 'POST', headers: { origin: 'https://diary.test', 'sec-fetch-site': 'same-origin' } }
    expect((await sam.send(address!, beacon)).status).toBe(303)
    expect((await visitor().get(code.link)).status).toBe(404)
    expect(textOf((await stateOf(sam, code)).body)).toContain('The code was cancelled')
    expect((await sam.post(address!)).location).toBe(`${panel}?done=counter-cancelled`)
    expect(await acts()).toEqual(['access-activated', 'counter-opened', 'counter-cancelled'])
  })

  it('never by another site', async () => {
    const code = await showCode(sam, panel)
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await sam.post(`${code.screen}/cancellation`, {}, foreign)).status).toBe(403)
    expect((await visitor().get(code.link)).status).toBe(200)
  })

  it('when it was used; leaving the screen afterwards changes nothing', async () => {
    const code = await showCode(sam, panel)
    expect(textOf((await stateOf(sam, code)).body)).toContain('minutes are left')
    await choose(code.link)
    const answer = await stateOf(sam, code)
    expect(answer.headers.get('hx-retarget')).toBe('#counter')
    expect(textOf(answer.body)).toContain(`Done. Janet has chosen a password and can log on with ${email}.`)
    expect(answer.body, 'it asks no more').not.toContain('hx-get')
    await sam.post(`${code.screen}/cancellation`)
    expect(await acts()).not.toContain('counter-cancelled')
    expect((await logOn(chosen)).status).toBe(303)
  })

  it('when reception opens another, for this patient or for the next one', async () => {
    const first = await showCode(sam, panel)
    const second = await showCode(sam, panel)
    expect((await visitor().get(first.link)).status).toBe(404)
    const luc = await aPatient({ clinicId, firstName: 'Luc', email: 'luc@example.com' })
    const third = await showCode(sam, panelOf(luc.id))
    expect((await visitor().get(second.link)).status).toBe(404)
    expect(textOf((await stateOf(sam, second)).body)).toContain('The code was cancelled')
    expect((await visitor().get(third.link)).status).toBe(200)
    const ended = await env.DB.prepare("SELECT of_patient FROM audit WHERE act = 'counter-cancelled'").all()
    expect(ended.results).toEqual([{ of_patient: janet.id }, { of_patient: janet.id }])
  })

  it('not when a colleague opens one for somebody else', async () => {
    const mine = await showCode(sam, panel)
    const maya = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    const luc = await aPatient({ clinicId, firstName: 'Luc', email: 'luc@example.com' })
    await showCode(await loggedOn({ clinicId, staffId: maya.id }), panelOf(luc.id))
    expect((await visitor().get(mine.link)).status).toBe(200)
  })

  it('when the access is set to inactive, or a set-up link is sent: the newer ends the older', async () => {
    const first = await showCode(sam, panel)
    await sam.post(`${panel}/email`)
    expect((await visitor().get(first.link)).status).toBe(404)
    const mailed = linkIn((await mailbox())[0])
    const second = await showCode(sam, panel)
    expect((await visitor().get(mailed)).status).toBe(404)
    await sam.post(`${panel}/deactivation`)
    expect((await choose(second.link)).status).toBe(404)
  })
})

describe('another clinic', () => {
  it('finds neither the screen nor the link', async () => {
    const code = await showCode(sam, panel)
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id, email: 'x@example.com' })
    const abroad = (path: string) => path.replace('/riverside/', '/hillside/')
    expect((await visitor().get(abroad(code.link))).status).toBe(404)
    expect((await choose(abroad(code.link))).status).toBe(404)
    const member = await aStaffMember({ clinicId: hillside.id })
    const theirs = await loggedOn({ clinicId: hillside.id, staffId: member.id })
    for (const path of ['', '/state', '/cancellation']) {
      const address = abroad(code.screen) + path
      const answer = path === '/cancellation' ? await theirs.post(address) : await theirs.get(address)
      expect(answer.status).toBe(404)
    }
    expect((await sam.post(`${panelOf(foreign.id)}/counter`, { activate: 'yes' })).status).toBe(404)
    expect((await sam.get(code.screen.replace(janet.id, foreign.id))).status).toBe(404)
    expect((await visitor().get(code.link)).status).toBe(200)
  })
})
