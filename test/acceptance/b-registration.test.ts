/** Area B of the acceptance list: registering, and the email address as identity (rules M7 to M10). */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { start, wait } from '../front-door/people.ts'
import { mailService, withMailchannels } from '../mail/failing-mail.ts'
import { fieldsOf, wordsOf } from '../patients/reading.ts'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  Visitor,
  visitor,
} from '../support/world.ts'

let clinicId: string
let networks = 0

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  clinicId = (await aClinic()).id
})
afterEach(() => {
  vi.useRealTimers()
})

/** From a network of its own, more than a minute after the last: no limit of mails stands in the way. */
function somebody(environment: Bindings = env): Visitor {
  wait(61_000)
  const who = new Visitor(environment)
  who.headers = { 'cf-connecting-ip': `198.51.100.${networks++ % 250}` }
  return who
}
const ask = (link: 'existing' | 'new', email: string, who = somebody()) =>
  who.post(`/riverside/register/${link}`, { email })
const newestMailTo = async (email: string) => (await mailbox()).find(({ to }) => to === email)
const rows = async (sql: string, ...values: unknown[]) =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<Record<string, unknown>>()
  ).results
const count = async (table: string) => (await rows(`SELECT count(*) AS n FROM ${table}`))[0]!.n as number
const logOn = (identifier: string, password = goodPassword) =>
  somebody().post('/riverside/logon', { identifier, password })

const ada = {
  first_name: 'Ada',
  last_name: 'Moreau',
  dob_day: '27',
  dob_month: '3',
  dob_year: '1984',
  phone: '07700 900 123',
  privacy_notice: 'on',
  new_password: goodPassword,
}

/** The whole way of a new patient. */
async function register(email: string, fields: Record<string, string> = {}): Promise<Answer> {
  await ask('new', email)
  return somebody().post(linkIn(await newestMailTo(email)), { ...ada, ...fields })
}

describe('asking to register', () => {
  it('B01 writes one row down, makes no account and no session, and mails the typed address only', async () => {
    const browser = somebody()
    const { headers } = await ask('new', 'fresh@example.com', browser)
    expect([headers.getSetCookie(), browser.cookies.size]).toEqual([[], 0])
    expect(await rows('SELECT email, outcome, patient_id FROM registration')).toEqual([
      { email: 'fresh@example.com', outcome: 'invited', patient_id: null },
    ])
    for (const table of ['patient', 'online_access', 'session']) expect([table, await count(table)]).toEqual([table, 0])
    expect((await mailbox()).map(({ to }) => to)).toEqual(['fresh@example.com'])
  })

  it.each([
    'a@x.org,b@y.org',
    'a@x.org;b@y.org',
    'a@x.org b@y.org',
    '<a@x.org>',
    'A <a@x.org>',
    '"a b"@x.org',
    'a@b@x.org',
    'mailto:a@x.org',
    'a@x.org\r\nBcc: b@y.org',
    'a@x.org%0d%0aBcc:b@y.org',
    'a@x.org\0',
    'a\0@x.org',
  ])('B07 B08 with %j is refused, and nothing is mailed or written down', async (email) => {
    for (const link of ['existing', 'new'] as const) expect((await ask(link, email)).status).toBe(422)
    expect((await somebody().post('/riverside/password/forgotten', { identifier: email })).status).toBe(422)
    expect([await mailbox(), await count('registration'), await count('forgotten_password')]).toEqual([[], 0, 0])
  })

  it('B18 takes an address of 254 characters, refuses a longer one, and a huge field before it is read', async () => {
    const longest = `${'a'.repeat(254 - '@example.com'.length)}@example.com`
    expect((await ask('new', longest)).status).toBe(303)
    expect((await mailbox()).map(({ to }) => to)).toEqual([longest])
    expect((await ask('new', `a${longest}`)).status).toBe(422)
    expect((await ask('new', `${'a'.repeat(100_000)}@example.com`)).status).toBe(413)
    expect(await count('registration')).toBe(1)
  })

  it('B13 is refused with the neutral page where the link is off, each clinic for itself', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy', allowNew: false, allowExisting: true })
    await env.DB.prepare("UPDATE clinic SET allow_existing = 0 WHERE slug = 'riverside'").run()
    const statuses: Record<string, number> = {}
    for (const clinic of ['riverside', 'hillside']) {
      for (const link of ['existing', 'new']) {
        const { status, body } = await somebody().post(`/${clinic}/register/${link}`, { email: 'a@example.com' })
        statuses[`${clinic} ${link}`] = status
        if (status === 404)
          expect(wordsOf(body)).toMatch(/call (Riverside Clinic|Hillside Physiotherapy|the clinic) on 01632/i)
      }
    }
    expect(statuses).toEqual({
      'riverside existing': 404,
      'riverside new': 303,
      'hillside existing': 303,
      'hillside new': 404,
    })
    expect(
      await rows('SELECT c.slug, r.link FROM registration r JOIN clinic c ON c.id = r.clinic_id ORDER BY r.link'),
    ).toEqual([
      { slug: 'hillside', link: 'existing' },
      { slug: 'riverside', link: 'new' },
    ])
  })

  it('B14 works by the switch as it stands at the next request, where it was saved and everywhere', async () => {
    const maya = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    const manager = await loggedOn({ clinicId, staffId: maya.id })
    const who = new Visitor()
    for (const fields of [{}, { allow_new: 'on' }, {}, { allow_new: 'on' }] as Record<string, string>[]) {
      await manager.post('/riverside/settings/registration', fields)
      expect((await who.post('/riverside/register/new', { email: 'a@example.com' })).status).toBe(
        fields.allow_new ? 303 : 404,
      )
    }
    await who.get('/riverside/register/new') // another isolate may show the page of before for five seconds: its POST mails nothing
    const before = (await mailbox()).length
    await env.DB.prepare('UPDATE clinic SET allow_new = 0').run()
    await who.post('/riverside/register/new', { email: 'b@example.com' })
    expect(await mailbox()).toHaveLength(before)
  })
})

describe('one address is one account', () => {
  it.each([
    ['B03 in any case, with spaces around it', 'a@x.org', ['A@X.org', ' a@x.org ', 'a@X.ORG', '\ta@x.org']],
    [
      'B05 with its domain in its own script or in ASCII',
      'a@münchen.de',
      ['a@xn--mnchen-3ya.de', 'A@MÜNCHEN.DE', 'a@mu\u0308nchen.de'],
    ],
  ])('%s', async (_words, first, others) => {
    await ask('new', first)
    expect((await somebody().post(linkIn((await mailbox())[0]), ada)).status).toBe(303)
    for (const typed of others) {
      for (const link of ['new', 'existing'] as const) {
        expect((await ask(link, typed)).location).toBe('/riverside/register/sent')
        expect((await mailbox())[0]!.subject, `${link} ${typed}`).toBe('Please call Riverside Clinic')
      }
      expect((await logOn(typed)).status, typed).toBe(303)
    }
    expect([await count('patient'), await count('online_access')]).toEqual([1, 1])
  })

  it('B04 and another one with a plus tag or a dot: they may be other people’s', async () => {
    const passwords = {
      'a@x.org': 'three green apples',
      'a+t@x.org': 'four yellow pears',
      'ab@gmail.com': 'five purple plums',
      'a.b@gmail.com': 'six orange quinces',
    }
    for (const [email, new_password] of Object.entries(passwords))
      expect((await register(email, { new_password })).status).toBe(303)
    expect(await count("online_access WHERE state = 'active'")).toBe(4)
    for (const email of Object.keys(passwords)) {
      for (const [other, password] of Object.entries(passwords))
        expect((await logOn(email, password)).status, `${email} with the password of ${other}`).toBe(
          email === other ? 303 : 422,
        )
    }
  })
})

describe('what a stranger types about themselves', () => {
  it('B08 never reaches a mail as a second address or a header, with line breaks, their codes or a NUL in it', async () => {
    await ask('new', 'fresh@example.com')
    const link = linkIn(await newestMailTo('fresh@example.com'))
    const nasty = ['Bcc: evil@example.com', 'To: evil@example.com']
    for (const field of ['first_name', 'last_name', 'phone']) {
      for (const mark of ['\r\n', '\n', '\r', '\0']) {
        const { status } = await somebody().post(link, { ...ada, [field]: `Ada${mark}${nasty[0]}` })
        expect([field, mark, status]).toEqual([field, mark, 422])
      }
    }
    const coded = { ...ada, first_name: `Ada%0d%0a${nasty[0]}`, last_name: `Moreau%0a${nasty[1]}` }
    expect((await somebody().post(link, coded)).status).toBe(303) // plain letters, as typed

    const service = mailService('ok')
    const outside = withMailchannels(service)
    await somebody(outside).post('/riverside/password/forgotten', { identifier: 'fresh@example.com' })
    const [mail, ...more] = await service.accepted()
    expect(more).toEqual([])
    expect(mail!.body.personalizations).toEqual([{ to: [{ email: 'fresh@example.com' }] }])
    expect(Object.keys(mail!.body.headers)).toEqual(['X-Entity-Ref-ID'])
    expect(JSON.stringify(mail!.body)).not.toContain('evil')
  })

  it('B09 stands in no mail: neither a web address nor a mark', async () => {
    const names = {
      first_name: 'http://evil.example win a prize',
      last_name: '<a href="http://evil.example">Moreau</a>',
    }
    expect((await register('fresh@example.com', names)).status).toBe(303)
    await somebody().post('/riverside/password/forgotten', { identifier: 'fresh@example.com' })
    await ask('existing', 'fresh@example.com')
    await ask('new', 'fresh@example.com')
    const mails = await mailbox()
    expect(mails).toHaveLength(4)
    for (const { subject, text, html } of mails) expect(`${subject} ${text} ${html}`).not.toMatch(/evil|prize|Moreau/)
  })

  it('B17 sets nothing that the form does not have: no state, role, clinic, other address or id', async () => {
    const hillside = await aClinic({ slug: 'hillside' })
    const more = {
      state: 'inactive',
      status: 'active',
      role: 'manager',
      clinic_id: hillside.id,
      email: 'evil@example.com',
      email_canonical: 'evil@example.com',
      email_verified: '1',
      id: 'chosen',
      patient_id: 'chosen',
      created_by: 'chosen',
      archived_at: '1',
      notes: 'chosen',
    }
    await somebody().post('/riverside/register/new', { ...more, email: 'fresh@example.com' })
    expect(await rows('SELECT clinic_id, email, outcome, patient_id FROM registration')).toEqual([
      { clinic_id: clinicId, email: 'fresh@example.com', outcome: 'invited', patient_id: null },
    ])
    await somebody().post(linkIn(await newestMailTo('fresh@example.com')), { ...ada, ...more })
    const [row] = await rows('SELECT * FROM patient')
    expect(row).toMatchObject({
      clinic_id: clinicId,
      email: 'fresh@example.com',
      archived_at: null,
      created_by: null,
      notes: '',
    })
    expect(row!.id).not.toBe('chosen')
    expect(await rows('SELECT clinic_id, patient_id, state, email FROM online_access')).toEqual([
      { clinic_id: clinicId, patient_id: row!.id, state: 'active', email: 'fresh@example.com' },
    ])
    expect(await count('staff')).toBe(0)
  })
})

describe('the last step', () => {
  it('B10 without the mail before it is refused, whatever else of the registration is known', async () => {
    await ask('new', 'fresh@example.com')
    const [asked] = await rows('SELECT id, reference FROM registration')
    const [link] = await rows('SELECT id, token_hash FROM one_time_link')
    for (const guess of [asked!.id, asked!.reference, link!.id, link!.token_hash, 'x', 'a'.repeat(43)]) {
      const { status } = await somebody().post(`/riverside/registration/${guess}`, {
        ...ada,
        email: 'fresh@example.com',
      })
      expect([guess, status]).toEqual([guess, 404])
    }
    expect([await count('patient'), await count('online_access')]).toEqual([0, 0])
  })

  // A link works in whichever browser opens it, for mail is read elsewhere: it is bound to its address, not to a browser.
  it('B10 of one registration completes no other: a link belongs to the address that got it', async () => {
    await ask('new', 'mine@example.com')
    await ask('new', 'yours@example.com')
    const [yours] = await rows("SELECT id FROM registration WHERE email = 'yours@example.com'")
    const mine = linkIn(await newestMailTo('mine@example.com'))
    const fields = {
      ...ada,
      email: 'yours@example.com',
      registration: String(yours!.id),
      registration_id: String(yours!.id),
    }
    expect((await somebody().post(mine, fields)).status).toBe(303)
    expect(await rows('SELECT email FROM online_access')).toEqual([{ email: 'mine@example.com' }])
    expect(await rows("SELECT outcome FROM registration WHERE email = 'yours@example.com'")).toEqual([
      { outcome: 'invited' },
    ])
  })
})

describe('somebody who knows a patient’s name and date of birth', () => {
  const everyRow = async (id: string) => [
    await rows('SELECT * FROM patient WHERE id = ?', id),
    await rows('SELECT * FROM online_access WHERE patient_id = ?', id),
  ]
  const desk = async () => {
    const sam = await aStaffMember({ clinicId })
    return wordsOf((await (await loggedOn({ clinicId, staffId: sam.id })).get('/riverside/registrations')).body)
  }
  const hers = { firstName: 'Ada', lastName: 'Moreau', dateOfBirth: '1984-03-27', email: 'ada@example.com' }

  it('B11 gets nothing for it with an address of their own by the link for existing patients: only the desk hears of it', async () => {
    const victim = await aPatient({ clinicId, ...hers })
    const before = await everyRow(victim.id)
    const fields = { ...ada, email: 'mallory@example.com' }
    expect((await somebody().post('/riverside/register/existing', fields)).location).toBe('/riverside/register/sent')
    const mail = await newestMailTo('mallory@example.com')
    expect(mail!.subject).toBe('Please call Riverside Clinic')
    expect(await everyRow(victim.id)).toEqual(before)
    expect([await count('online_access'), await count('one_time_link')]).toEqual([0, 0])
    expect(await desk()).toContain('mallory@example.com')
  })

  it('B12 is answered like a stranger at every step of the link for new patients; her record is untouched, the desk sees both', async () => {
    const steps = async (email: string) => {
      const browser = somebody()
      const answers = [await browser.get('/riverside/register/new'), await ask('new', email, browser)]
      const link = linkIn(await newestMailTo(email))
      answers.push(await browser.get(link))
      answers.push(await browser.post(link, { ...ada, phone: '' }))
      answers.push(await browser.post(link, ada))
      answers.push(await browser.get('/riverside?notice=registered'))
      answers.push(await browser.post('/riverside/logon', { identifier: email, password: goodPassword }))
      answers.push(await browser.get('/riverside/home'))
      answers.push(await browser.get('/riverside/details'))
      const mails = (await mailbox()).filter(({ to }) => to === email).map(({ subject, text }) => [subject, text])
      const told = [answers.map(({ status, headers, body }) => [status, [...headers].sort(), body]), mails]
      return JSON.stringify(told)
        .replaceAll(email, 'the address')
        .replaceAll(/\/registration\/[\w-]{43}/g, '/registration/the-token')
        .replaceAll(/__Host-(session|device)=[^;]+/g, 'a secret')
    }
    const stranger = await steps('one@example.com')
    await env.DB.prepare('DELETE FROM session').run()
    await env.DB.prepare('DELETE FROM online_access').run()
    await env.DB.prepare('DELETE FROM one_time_link').run()
    await env.DB.prepare('DELETE FROM registration').run()
    await env.DB.prepare('DELETE FROM patient').run()
    const victim = await aPatient({ clinicId, ...hers })
    await anAccess(victim, { password: goodPassword })
    const before = await everyRow(victim.id)
    expect(await steps('two@example.com')).toBe(stranger)
    expect(await everyRow(victim.id)).toEqual(before)
    expect(await count('patient')).toBe(2)
    const shown = await desk()
    expect(shown).toContain('Registered, and may be here twice')
    for (const email of ['ada@example.com', 'two@example.com']) expect(shown).toContain(email)
  })
})

describe('a family with one address', () => {
  const shared = 'family.reed@example.com'

  // To act for each other under one logon comes with the diary; until then the address is the second record's contact.
  it('B15 is helped by staff: the address is contact on the second record, the first goes on logging on with it', async () => {
    const tom = await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email: shared })
    await anAccess(tom, { password: goodPassword })
    const sam = await aStaffMember({ clinicId })
    const desk = await loggedOn({ clinicId, staffId: sam.id })
    const { location } = await desk.post('/riverside/patients/new', {
      first_name: 'Ivy',
      last_name: 'Reed',
      email: shared,
    })
    const ivy = /patients\/(\w+)/.exec(location!)![1]!
    expect(wordsOf((await desk.get(`/riverside/patients/${ivy}`)).body)).toContain('Tom Reed')
    const refused = await desk.post(`/riverside/patients/${ivy}/online-access/activation`)
    expect([refused.status, wordsOf(refused.body).includes('is also the email address of Tom Reed')]).toEqual([
      422,
      true,
    ])
    const browser = somebody()
    await browser.post('/riverside/logon', { identifier: shared, password: goodPassword })
    expect((await browser.get('/riverside/home')).body).toContain('Tom')
  })

  it('B15 is never offered a choice of names before the password was right, nor after it', async () => {
    for (const firstName of ['Tom', 'Ivy']) await aPatient({ clinicId, firstName, lastName: 'Reed', email: shared })
    const answers = [
      await logOn(shared),
      await somebody().get('/riverside'),
      await somebody().post('/riverside/password/forgotten', { identifier: shared }),
      await ask('existing', shared),
      await ask('new', shared),
    ]
    for (const { body } of answers) expect(body).not.toMatch(/Tom|Ivy|Reed/)
    for (const { text } of await mailbox()) expect(text).not.toMatch(/Tom|Ivy|Reed/)
    expect(await count('session')).toBe(0)
  })
})

describe('another email address', () => {
  // Staff know whom they speak to: their change of a record works at once and needs no password of the patient.
  it('B20 on the record, by staff: both addresses are told, only the new one logs on, and older links are dead', async () => {
    const before = 'ada@example.com'
    const after = 'ada@example.org'
    const patient = await aPatient({ clinicId, firstName: 'Ada', email: before })
    await anAccess(patient, { password: goodPassword })
    await somebody().post('/riverside/password/forgotten', { identifier: before })
    const link = linkIn(await newestMailTo(before))
    const sam = await aStaffMember({ clinicId })
    const desk = await loggedOn({ clinicId, staffId: sam.id })
    const edit = `/riverside/patients/${patient.id}/edit`
    await desk.post(edit, { ...fieldsOf((await desk.get(edit)).body), email: after })
    const told = (await mailbox()).filter(({ subject }) => subject.includes('email address'))
    expect(told.map(({ to }) => to).sort()).toEqual([before, after].sort())
    expect([(await logOn(before)).status, (await logOn(after)).status]).toEqual([422, 303])
    expect((await somebody().get(link)).status).toBe(404)
    expect((await somebody().post(link, { new_password: 'seven small hedgehogs' })).status).toBe(404)
    expect((await logOn(after)).status).toBe(303)
  })

  it('B20 of a member of staff, by the manager: the old address is told, and older links are dead', async () => {
    const maya = await aStaffMember({
      clinicId,
      username: 'maya',
      name: 'Maya Rossi',
      role: 'manager',
      password: goodPassword,
    })
    const tom = await aStaffMember({ clinicId, username: 'tom', name: 'Tom Becker', email: 'tom@riverside.example' })
    const manager = await loggedOn({ clinicId, staffId: maya.id })
    await somebody().post('/riverside/password/forgotten', { identifier: 'tom' })
    const link = linkIn(await newestMailTo('tom@riverside.example'))
    const fields = { name: tom.name, role: tom.role, email: 'tom@riverside.example.org' }
    await manager.post(`/riverside/staff/${tom.id}/edit`, fields)
    const mails = await mailbox()
    expect(mails.filter(({ subject }) => /changed/.test(subject)).map(({ to }) => to)).toContain(
      'tom@riverside.example',
    )
    expect((await visitor().get(link)).status).toBe(404)
  })
})
