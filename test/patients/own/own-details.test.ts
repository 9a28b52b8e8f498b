/** What patients change of their record themselves: how they are reached, and, proven, the address they log on with (B20). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { newLink } from '../../../src/front-door/links/one-time-link-store.ts'
import { onlineAccess, type Patient, patient } from '../../../src/schema.ts'
import { database } from '../../../src/web/database.ts'
import { queue } from '../../mail/outbox.ts'
import { everythingInD1 } from '../../support/contents.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'
import { wordsOf } from '../reading.ts'

const db = () => database(env)
const old = 'janet.hall@example.com'
const fresh = 'jan.hall@example.com'
let clinicId: string
let row: Patient
let janet: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  row = await aPatient({ clinicId, email: old, mobile: '07700 900 123', notes: 'For staff only', title: 'Dr' })
  await anAccess(row, { password: goodPassword })
  janet = await loggedOn({ clinicId, patientId: row.id })
})

const record = async () => (await db().select().from(patient)).find(({ id }) => id === row.id)!
const logonName = async () => (await db().select().from(onlineAccess)).find((each) => each.patientId === row.id)!.email
const ask = (email: string, current_password = goodPassword) =>
  janet.post('/riverside/details/email', { email, current_password })
const newest = async () => (await mailbox())[0]

describe('phone and address', () => {
  const change = (fields: Record<string, string>) =>
    janet.post('/riverside/details/contact', { version: '1', ...fields })

  it('are changed by the patient; nothing else is, whatever is sent', async () => {
    const answer = await change({
      mobile: '07700 900 982',
      address: '2 Quay Side\r\nRiverton',
      postcode: 'RV1 2AB',
      last_name: 'Evil',
      notes: '',
    })
    expect([answer.status, answer.location]).toEqual([303, '/riverside/details?done=saved'])
    expect(await record()).toMatchObject({
      ...{ mobile: '07700 900 982', address: '2 Quay Side\nRiverton', postcode: 'RV1 2AB', version: 2 },
      ...{ lastName: 'Hall', notes: 'For staff only', title: 'Dr', dateOfBirth: '1951-05-03', email: old },
    })
    expect((await janet.get('/riverside/details?done=saved')).body).toContain('Your details are saved.')
  })

  it('are told what is wrong, and keep what was typed', async () => {
    const answer = await change({ mobile: 'none', postcode: 'RV1' })
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('Enter a phone number, like 01632 960 001')
    expect(answer.body).toContain('value="RV1"')
    expect((await record()).version).toBe(1)
  })

  it('that the clinic has changed meanwhile are not overwritten unseen', async () => {
    await env.DB.prepare("UPDATE patient SET phone = '01632 960 555', version = 2").run()
    const answer = await change({ mobile: '07700 900 982', phone: '' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('The clinic has changed your details meanwhile.')
    expect(answer.body).toContain('name="version" value="2"')
    expect((await record()).phone).toBe('01632 960 555')
  })
})

describe('another email address', () => {
  it('B20 needs the password and a link that is mailed to it; until then nothing changes', async () => {
    const wrong = await ask(fresh, 'a wild guess')
    expect([wrong.status, wordsOf(wrong.body).includes('Check your current password and try again')]).toEqual([
      422,
      true,
    ])
    expect(wrong.body).toContain(`value="${fresh}"`)
    expect(await mailbox()).toEqual([])
    const answer = await ask(fresh)
    expect([answer.status, answer.location]).toEqual([303, '/riverside/details/email?done=sent'])
    expect([(await newest())!.to, (await newest())!.subject]).toEqual([
      fresh,
      'Confirm your new email address for Riverside Clinic',
    ])
    expect([(await record()).email, await logonName()]).toEqual([old, old])
    const link = linkIn(await newest())
    expect((await visitor().get(link)).body).toContain(fresh)
    expect([(await record()).email, await logonName()]).toEqual([old, old]) // a scanner of mails opened it
  })

  it('B20 once proven: the logon name moves, both addresses are told, older links are dead, the password stays', async () => {
    const reset = newLink(db(), { clinicId, purpose: 'reset', owner: { patientId: row.id } }, Date.now())
    await ask(fresh)
    const link = linkIn(await newest())
    await db().batch([reset.statements.at(-1)] as never) // made after it, so that the asking has not ended it
    const answer = await visitor().post(link)
    expect([answer.status, answer.location]).toEqual([303, '/riverside?notice=email-changed'])
    expect([(await record()).email, (await record()).emailCanonical, await logonName()]).toEqual([fresh, fresh, fresh])
    const told = (await mailbox()).slice(0, 2).map(({ to, subject }) => [to, subject])
    expect(told.sort()).toEqual([
      [fresh, 'Riverside Clinic now has this email address for you'],
      [old, 'Your email address at Riverside Clinic was changed'],
    ])
    expect((await visitor().get(`/riverside/password/new/${reset.token}`)).status).toBe(404)
    const again = await visitor().post(link)
    expect(again.status).toBe(404)
    expect(again.body).toContain('If you have confirmed your new email address already, you can log on with it.')
    const logOn = (identifier: string) => visitor().post('/riverside/logon', { identifier, password: goodPassword })
    expect([(await logOn(fresh)).status, (await logOn(old)).status]).toEqual([303, 422])
    expect((await janet.get('/riverside/details')).body).toContain(fresh) // who asked is still inside
  })

  it('B20 whoever is logged on sees it on their own details, and only they', async () => {
    await ask(fresh)
    const link = linkIn(await newest())
    const answer = await janet.post(link)
    expect([answer.status, answer.location]).toEqual([303, '/riverside/details?done=email-changed'])
    const words = wordsOf((await janet.get(answer.location!)).body)
    expect(words).toContain('Your email address is changed. From now on, log on with the new one.')
    const other = await aPatient({ clinicId, email: 'oliver.grant@example.com' })
    await anAccess(other)
    const oliver = await loggedOn({ clinicId, patientId: other.id })
    await ask('jan@example.com')
    expect((await oliver.post(linkIn(await newest()))).location).toBe('/riverside?notice=email-changed')
  })

  it('B20 once proven: the news of an appointment that still waits goes to it', async () => {
    await ask(fresh)
    const link = linkIn(await newest())
    await queue({ clinicId, kind: 'appointment-moved', patientId: row.id, to: old }, Date.now())
    await janet.post(link)
    expect((await mailbox()).filter(({ subject }) => subject === 'canary subject').map(({ to }) => to)).toEqual([fresh])
  })

  it('B20 ends older links when it is asked for, too', async () => {
    const reset = newLink(db(), { clinicId, purpose: 'reset', owner: { patientId: row.id } }, Date.now())
    await db().batch(reset.statements as never)
    await ask(fresh)
    expect((await visitor().get(`/riverside/password/new/${reset.token}`)).status).toBe(404)
  })

  it.each([
    ['on another record', async () => aPatient({ clinicId, firstName: 'Oliver', email: fresh })],
    ['on an archived record', async () => aPatient({ clinicId, email: fresh, archivedAt: 1 })],
    [
      'on two records',
      async () => {
        await aPatient({ clinicId, email: fresh })
        await aPatient({ clinicId, email: fresh })
      },
    ],
  ])('is never one that stands %s: the answer is the same, its mailbox is told', async (_name, given) => {
    const free = await ask('free@example.com')
    await given()
    const answer = await ask(fresh)
    expect([answer.status, answer.location, answer.body]).toEqual([free.status, free.location, free.body])
    expect([...answer.headers].filter(([name]) => name !== 'date')).toEqual(
      [...free.headers].filter(([name]) => name !== 'date'),
    )
    const mail = await newest()
    expect([mail!.to, mail!.subject]).toEqual([fresh, 'About your email address at Riverside Clinic'])
    expect(mail!.text).not.toMatch(/https?:/)
    expect(mail!.text).toContain('call Riverside Clinic on 01632 960 001')
    expect(await logonName()).toBe(old)
  })

  it('that somebody else got meanwhile is refused, and nothing is used up or changed', async () => {
    await ask(fresh)
    const link = linkIn(await newest())
    await aPatient({ clinicId, firstName: 'Oliver', email: fresh })
    const before = await everythingInD1()
    const answer = await visitor().post(link)
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('You log on with the old one, as before.')
    expect(answer.body).not.toContain('Oliver')
    expect(await everythingInD1()).toEqual(before)
  })

  it('two links at once change it once', async () => {
    await ask(fresh)
    const link = linkIn(await newest())
    const both = await Promise.all([visitor().post(link), visitor().post(link)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await record()).version).toBe(2)
  })

  it('is not changed by a link of another clinic, nor when the access was stopped', async () => {
    await ask(fresh)
    const link = linkIn(await newest())
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    expect((await visitor().post(link.replace('riverside', 'hillside'))).status).toBe(404)
    expect((await visitor().get('/riverside/email/no-such-token')).body).toContain('href="/riverside/details/email"')
    await env.DB.prepare("UPDATE online_access SET state = 'inactive', email = NULL").run()
    expect((await visitor().post(link)).status).toBe(404)
    expect((await record()).email).toBe(old)
  })

  it('is asked for five times a day at most', async () => {
    const answers = []
    for (let n = 0; n < 6; n++) answers.push((await ask(`new${n}@example.com`)).status)
    expect(answers).toEqual([303, 303, 303, 303, 303, 429])
    expect(await mailbox()).toHaveLength(5)
  })

  it('must be one, and another than now', async () => {
    const wrong = await ask('nonsense')
    expect(wordsOf(wrong.body)).toContain('Enter an email address in the correct format, like name@example.com')
    expect(wordsOf((await ask('Janet.Hall@Example.com')).body)).toContain(
      'This is the email address that you log on with',
    )
    expect(wordsOf((await ask('')).body)).toContain('Enter your email address')
  })
})
