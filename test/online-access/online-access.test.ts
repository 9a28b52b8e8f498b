/** Rule M6: Online Diary Access on the patient's record: Active → Generate password → Send email, and back. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { activationVerdict, mayMove } from '../../src/online-access/online-access.ts'
import type { Patient } from '../../src/schema.ts'
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
} from '../support/world.ts'

const email = 'janet.hall@example.com'
let clinicId: string
let janet: Patient
let sam: Visitor
let here: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
  janet = await aPatient({ clinicId, email })
  const member = await aStaffMember({ clinicId, name: 'Sam Okoro' })
  sam = await loggedOn({ clinicId, staffId: member.id })
  here = `/riverside/patients/${janet.id}/online-access`
})

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const panel = async () => (await sam.get(here)).body
const logOn = (password: string, who = visitor()) => who.post('/riverside/logon', { identifier: email, password })
const secretIn = (body: string) => /class="secret"[^>]*>\s*([^<\s]+)\s*</.exec(body)?.[1] ?? null
const accessRow = () => env.DB.prepare('SELECT state, email, password_kind FROM online_access').first()
const acts = async () =>
  (
    await env.DB.prepare('SELECT act FROM audit WHERE of_patient IS NOT NULL ORDER BY id').all<{ act: string }>()
  ).results.map(({ act }) => act)

describe('the moves', () => {
  const states = ['none', 'invited', 'active', 'inactive'] as const
  const permitted = [
    'none→invited',
    'none→active',
    'invited→active',
    'invited→inactive',
    'active→inactive',
    'inactive→active',
  ]
  it('are those of the table and no others', () => {
    const found = states.flatMap((from) => states.filter((to) => mayMove(from, to)).map((to) => `${from}→${to}`))
    expect(found).toEqual(permitted)
  })

  it.each([
    [{ state: 'none', isArchived: false, email, sharers: 0 }, true],
    [{ state: 'none', isArchived: false, email: null, sharers: 0 }, 'no-email'],
    [{ state: 'none', isArchived: false, email, sharers: 1 }, 'shared'],
    [{ state: 'inactive', isArchived: true, email, sharers: 0 }, 'archived'],
    [{ state: 'active', isArchived: false, email, sharers: 0 }, 'no-move'],
    [{ state: 'active', isArchived: false, email, sharers: 1 }, 'no-move'],
  ] as const)('to active, of %j: %s', (of, expected) => {
    const verdict = activationVerdict({ ...of, isUnderAge: false, isDecided: false })
    expect(verdict.ok || verdict.because).toBe(expected)
  })
})

describe('the panel', () => {
  it('says each state in words: not registered, invited, active since when and by whom, inactive', async () => {
    expect(textOf(await panel())).toContain('Not registered Janet has no online access yet and cannot log on.')
    await visitor().post('/riverside/register/existing', { email })
    expect(textOf(await panel())).toMatch(/Invited just now\. The link expires in 24 hours\./)
    await env.DB.prepare('UPDATE one_time_link SET tries = 5').run()
    expect(textOf(await panel())).toContain('The link is dead: the date of birth was wrong five times.')
    await sam.post(`${here}/activation`)
    expect(textOf(await panel())).toMatch(/Active since .+, set by Sam Okoro\. There is no password yet/)
    await sam.post(`${here}/deactivation`)
    expect(textOf(await panel())).toMatch(/Inactive since .+, set by Sam Okoro\./)
  })

  it('does not promise an address that another record has', async () => {
    expect(textOf(await panel())).toContain(`Janet will log on with ${email}.`)
    await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
    const text = textOf(await panel())
    expect(text).toContain(`Possible once ${email} is on no other record.`)
    expect(text).not.toContain('will log on with')
  })

  it('tells the last logon, what was mailed, and whether it went out', async () => {
    await anAccess(janet, { password: goodPassword })
    expect(textOf(await panel())).toContain('Last logon Never')
    expect(textOf(await panel())).toContain('Nothing has been mailed')
    await logOn(goodPassword)
    await sam.post(`${here}/email`)
    const text = textOf(await panel())
    expect(text).toMatch(/Last logon .+ \(just now\)/)
    expect(text).toMatch(/Set-up link to janet\.hall@example\.com .+ Sent just now\./)
    await env.DB.prepare("UPDATE mail SET state = 'queued', failure = 'no-answer', next_attempt_at = ?")
      .bind(Date.now() + 300_000)
      .run()
    expect(textOf(await panel())).toContain(
      'Not sent yet: the mail service did not answer. The next try is in 5 minutes',
    )
  })

  it('shows a practitioner the state and no button', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const body = (await (await loggedOn({ clinicId, staffId: priya.id })).get(here)).body
    expect(textOf(body)).toContain('Not registered')
    expect(body).not.toContain(`${here}/activation`)
  })
})

describe('setting it to active', () => {
  it('gives the address of the record as logon name, and says so when it was active already', async () => {
    expect((await sam.post(`${here}/activation`)).location).toBe(`${here}?done=activated`)
    expect(await accessRow()).toEqual({ state: 'active', email, password_kind: null })
    expect((await sam.post(`${here}/activation`)).location).toBe(`${here}?done=already`)
    expect(await acts()).toEqual(['access-activated'])
  })

  it('is refused without an email address, with the way to add one', async () => {
    await env.DB.prepare("UPDATE patient SET email = '', email_canonical = NULL").run()
    const answer = await sam.post(`${here}/activation`)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Add an email address first')
    expect(answer.body).toContain(`href="/riverside/patients/${janet.id}/edit"`)
    expect(await accessRow()).toBeNull()
  })

  it('is refused when others have the address: they are named to staff, with links, and nothing changes (M9)', async () => {
    const tom = await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
    const answer = await sam.post(`${here}/activation`)
    expect(answer.status).toBe(422)
    expect(textOf(answer.body)).toContain(`${email} is also the email address of Tom Reed`)
    expect(answer.body).toContain(`href="/riverside/patients/${tom.id}`)
    expect(await accessRow()).toBeNull()
    expect(await acts()).toEqual([])
  })

  it('restores an inactive patient with the password they had', async () => {
    await anAccess(janet, { password: goodPassword })
    await sam.post(`${here}/deactivation`)
    expect((await logOn(goodPassword)).status).toBe(422)
    await sam.post(`${here}/activation`)
    expect((await logOn(goodPassword)).location).toBe('/riverside/home')
  })

  it('pressed by two at once has one effect', async () => {
    await Promise.all(Array.from({ length: 10 }, () => sam.post(`${here}/activation`)))
    expect(await acts()).toEqual(['access-activated'])
  })
})

describe('Generate password', () => {
  beforeEach(async () => {
    await sam.post(`${here}/activation`)
  })

  it('shows it once, long and easy to read out; only its hash is kept (D06, D07)', async () => {
    expect((await sam.post(`${here}/password`)).location).toBe(here)
    const secret = secretIn(await panel())!
    expect(secret).toMatch(/^([a-z]{4}-){4}\d\d$/)
    expect(secret.length).toBeGreaterThanOrEqual(15)
    expect(secretIn(await panel())).toBeNull()
    const dump = JSON.stringify((await env.DB.prepare('SELECT * FROM online_access').all()).results)
    expect(dump).not.toContain(secret)
    expect(dump).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  it('is read by the person who generated it, not by a colleague', async () => {
    await sam.post(`${here}/password`)
    const maya = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    expect(secretIn((await (await loggedOn({ clinicId, staffId: maya.id })).get(here)).body)).toBeNull()
  })

  it('works once, must be changed before anything else, and is dead afterwards (D08, D09)', async () => {
    await sam.post(`${here}/password`)
    const secret = secretIn(await panel())!
    const phone = visitor()
    expect((await logOn(secret, phone)).location).toBe('/riverside/password')
    expect((await phone.get('/riverside/home')).location).toBe('/riverside/password')
    expect((await phone.get('/riverside/details')).location).toBe('/riverside/password')
    expect((await logOn(secret)).status).toBe(422)
    const same = await phone.post('/riverside/password', { current_password: secret, new_password: secret })
    expect(same.status).toBe(422)
    await phone.post('/riverside/password', { current_password: secret, new_password: goodPassword })
    expect((await phone.get('/riverside/home')).status).toBe(200)
    expect((await logOn(goodPassword)).location).toBe('/riverside/home')
  })

  it('works for 72 hours, and a newer one ends the older (D10)', async () => {
    await sam.post(`${here}/password`)
    const older = secretIn(await panel())!
    await sam.post(`${here}/password`)
    const newer = secretIn(await panel())!
    expect(newer).not.toBe(older)
    expect((await logOn(older)).status).toBe(422)
    await env.DB.prepare('UPDATE online_access SET temporary_expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    expect((await logOn(newer)).status).toBe(422)
    expect(textOf(await panel())).toContain('The temporary password has expired')
  })

  it('dies when the email address is corrected: it may have gone to a stranger’s mailbox', async () => {
    await sam.post(`${here}/password`)
    const secret = secretIn(await panel())!
    const fields = {
      first_name: 'Janet',
      last_name: 'Hall',
      dob_day: '3',
      dob_month: '5',
      dob_year: '1951',
      version: '1',
    }
    await sam.post(`/riverside/patients/${janet.id}/edit`, { ...fields, email: 'j.hall@example.com' })
    const tried = await visitor().post('/riverside/logon', { identifier: 'j.hall@example.com', password: secret })
    expect(tried.status).toBe(422)
    expect(textOf(await panel())).toContain('The temporary password has expired')
  })

  it('logs the patient off everywhere and ends their links', async () => {
    await env.DB.prepare('DELETE FROM online_access').run()
    await anAccess(janet, { password: goodPassword })
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    await sam.post(`${here}/email`)
    const link = linkIn((await mailbox())[0])
    await sam.post(`${here}/password`)
    expect((await phone.get('/riverside/home')).status).toBe(303)
    expect((await visitor().get(link)).status).toBe(404)
  })

  it('lets the patient in who had locked themselves out with wrong tries', async () => {
    for (let wrong = 0; wrong < 6; wrong++) await logOn('not the password')
    expect((await logOn('not the password')).status).toBe(429)
    await sam.post(`${here}/password`)
    expect((await logOn(secretIn(await panel())!)).location).toBe('/riverside/password')
  })

  it('is refused while the access is not active', async () => {
    await sam.post(`${here}/deactivation`)
    const answer = await sam.post(`${here}/password`)
    expect([answer.status, answer.body.includes('Set online access to Active first')]).toEqual([422, true])
    expect(secretIn(await panel())).toBeNull()
  })
})

describe('Send email', () => {
  beforeEach(async () => {
    await sam.post(`${here}/activation`)
  })

  it('sends a set-up link, which sets the password and does not log on', async () => {
    expect((await sam.post(`${here}/email`)).location).toBe(`${here}?done=link-sent`)
    const [mail] = await mailbox()
    expect(mail).toMatchObject({ to: email, subject: 'Set up your online access – Riverside Clinic' })
    expect(mail!.text).toContain('72 hours')
    const link = linkIn(mail)
    const phone = visitor()
    expect((await phone.get(link)).body).toContain('name="new_password"')
    expect((await phone.post(link, { new_password: goodPassword })).location).toBe('/riverside?notice=password-set')
    expect(phone.cookies.has('__Host-session')).toBe(false)
    expect((await logOn(goodPassword, phone)).location).toBe('/riverside/home')
  })

  it('sends the details when a password was just generated: address, email address, temporary password', async () => {
    await sam.post(`${here}/password`)
    const secret = secretIn(await panel())!
    expect((await sam.post(`${here}/email`)).location).toBe(`${here}?done=password-sent`)
    const [mail] = await mailbox()
    for (const words of ['https://diary.test/riverside', email, secret]) expect(mail!.text).toContain(words)
    expect((await logOn(secret)).location).toBe('/riverside/password')
    const outbox = JSON.stringify((await env.DB.prepare('SELECT * FROM mail').all()).results)
    expect(outbox).not.toContain(secret)
    expect(await env.DB.prepare('SELECT sealed FROM mail').first('sealed')).toBeNull()
  })

  it('sends the link instead, when staff prefer it, and the password once only', async () => {
    await sam.post(`${here}/password`)
    const secret = secretIn(await panel())!
    await sam.post(`${here}/email`, { instead: 'link' })
    expect((await mailbox())[0]!.text).not.toContain(secret)
    await sam.post(`${here}/email`)
    expect((await mailbox()).filter(({ text }) => text.includes(secret))).toHaveLength(0)
  })

  it('is refused while the access is not active', async () => {
    await sam.post(`${here}/deactivation`)
    expect((await sam.post(`${here}/email`)).status).toBe(422)
    expect(await mailbox()).toEqual([])
  })
})

describe('Set to inactive', () => {
  let phone: Visitor
  beforeEach(async () => {
    await anAccess(janet, { password: goodPassword })
    phone = await loggedOn({ clinicId, patientId: janet.id })
  })

  it('asks first, and says what it does', async () => {
    const page = await sam.get(`${here}/deactivation`)
    expect(textOf(page.body)).toContain('Janet is logged off everywhere at once')
    expect((await phone.get('/riverside/home')).status).toBe(200)
  })

  it('E05 works at the next request, also for sessions that are open', async () => {
    await sam.post(`${here}/deactivation`)
    expect((await phone.get('/riverside/home')).location).toBe('/riverside?next=%2Friverside%2Fhome')
    expect((await phone.get('/riverside/home', { 'hx-request': 'true' })).status).toBe(401)
    expect((await logOn(goodPassword)).status).toBe(422)
  })

  it('E05 ends the sessions for good: active again, the patient logs on anew', async () => {
    await sam.post(`${here}/deactivation`)
    await sam.post(`${here}/activation`)
    expect((await phone.get('/riverside/home')).status).toBe(303)
    expect((await logOn(goodPassword)).location).toBe('/riverside/home')
  })

  it('ends open links, and stops registration (M9)', async () => {
    await sam.post(`${here}/email`)
    const link = linkIn((await mailbox())[0])
    await sam.post(`${here}/deactivation`)
    expect((await visitor().get(link)).status).toBe(404)
    await visitor().post('/riverside/register/existing', { email })
    expect((await mailbox())[0]!.subject).toBe('Please call Riverside Clinic')
    expect(await accessRow()).toMatchObject({ state: 'inactive' })
  })

  it('twice is harmless', async () => {
    await sam.post(`${here}/deactivation`)
    expect((await sam.post(`${here}/deactivation`)).status).toBe(303)
    expect(await acts()).toEqual(['access-deactivated'])
  })
})

describe("another clinic's patient", () => {
  it('is not there', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id, email: 'x@example.com' })
    for (const act of ['activation', 'deactivation', 'password', 'email']) {
      expect((await sam.post(`/riverside/patients/${foreign.id}/online-access/${act}`)).status).toBe(404)
    }
    expect(await accessRow()).toBeNull()
  })
})
