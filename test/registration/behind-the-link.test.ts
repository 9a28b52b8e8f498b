/** Behind the link of a registration mail: the form, the rules again, the end. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
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
} from '../support/world.ts'

const email = 'oliver.grant@example.com'
const born = { dob_day: '27', dob_month: '3', dob_year: '1984' }
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const oliver = (given: object = {}) =>
  aPatient({ clinicId, firstName: 'Oliver', lastName: 'Grant', dateOfBirth: '1984-03-27', email, ...given })

/** Asks, and answers the path of the link in the mail. */
async function linkFor(kind: 'existing' | 'new', address = email): Promise<string> {
  await visitor().post(`/riverside/register/${kind}`, { email: address })
  return linkIn((await mailbox()).find(({ to }) => to === address))
}
const logOn = (password = goodPassword) => visitor().post('/riverside/logon', { identifier: email, password })
const accessRow = () => env.DB.prepare('SELECT state, email, password_kind FROM online_access').first()
const deskAs = async (search = '') => {
  const sam = await aStaffMember({ clinicId })
  return (await (await loggedOn({ clinicId, staffId: sam.id })).get(`/riverside/registrations?q=${search}`)).body
}
const referenceIn = (body: string) => /class="reference">([A-Z0-9]{4})</.exec(body)?.[1] ?? ''

describe('an existing patient', () => {
  let link: string
  beforeEach(async () => {
    await oliver()
    link = await linkFor('existing')
  })
  const send = (fields: Record<string, string> = {}) =>
    visitor().post(link, { ...born, new_password: goodPassword, ...fields })

  it('is invited by the request, sets a password behind the link, and logs on with it', async () => {
    expect(await accessRow()).toEqual({ state: 'invited', email, password_kind: null })
    const page = await visitor().get(link)
    expect(page.status).toBe(200)
    expect(page.body).toContain('name="dob_day"')
    expect(page.body).toContain('name="new_password"')
    expect(page.body).not.toContain('Oliver')

    const done = await send()
    expect([done.status, done.location]).toEqual([303, '/riverside?notice=registered'])
    expect(done.headers.getSetCookie()).toEqual([])
    expect(await accessRow()).toEqual({ state: 'active', email, password_kind: 'own' })
    expect((await logOn()).location).toBe('/riverside/home')
  })

  it('B19 may have the link opened by a mail scanner: GET and HEAD use nothing up, and then it works once', async () => {
    for (let time = 0; time < 5; time++) {
      await visitor().get(link)
      await visitor().send(link, { method: 'HEAD' })
    }
    expect((await send()).status).toBe(303)
    expect((await send()).status).toBe(404)
  })

  it('uses the link once; afterwards it is dead, like one that never was', async () => {
    await send()
    const again = await send({ new_password: 'another good phrase' })
    const never = await visitor().get('/riverside/registration/no-such-token')
    expect([again.status, never.status, (await visitor().get(link)).status]).toEqual([404, 404, 404])
    expect(again.body).toBe((await visitor().post('/riverside/registration/no-such-token')).body)
    expect((await logOn('another good phrase')).status).toBe(422)
  })

  it('is told what is wrong with the form, in the order of the page, and keeps the date but not the password', async () => {
    const answer = await send({ dob_year: '', new_password: 'short' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Date of birth must include a year')
    expect(answer.body).toContain('Password must be 12 characters or more')
    expect(answer.body).toContain('value="27"')
    expect(answer.body).not.toContain('short"')
    expect((await send()).status).toBe(303)
  })

  it('has five tries for the date of birth; then the link is dead and the desk hears of it', async () => {
    for (let time = 1; time <= 4; time++) {
      const answer = await send({ dob_day: '28' })
      expect([time, answer.status, answer.body.includes('Check your date of birth and try again')]).toEqual([
        time,
        422,
        true,
      ])
    }
    const last = await send({ dob_day: '28' })
    expect(last.status).toBe(409)
    expect(last.body).toContain('01632 960 001')
    expect((await send()).status).toBe(404)
    expect(await accessRow()).toMatchObject({ state: 'invited' })
    const desk = await deskAs(referenceIn(last.body))
    expect(desk).toContain('The date of birth was wrong five times')
    expect(desk).toContain('28 March 1984')
  })

  it('guessing many dates at once has five tries too', async () => {
    const days = Array.from({ length: 26 }, (_day, index) => String(index + 1))
    await Promise.all(days.map((dob_day) => send({ dob_day })))
    expect((await send()).status).toBe(404)
    expect(await accessRow()).toMatchObject({ state: 'invited' })
  })

  it('needs no date of birth when the record has none', async () => {
    await env.DB.prepare('UPDATE patient SET date_of_birth = NULL').run()
    expect((await visitor().get(link)).body).not.toContain('dob_day')
    expect((await visitor().post(link, { new_password: goodPassword })).status).toBe(303)
  })

  it('cannot set a state, a role or a clinic by fields of their own making (B17)', async () => {
    await send({ state: 'active', role: 'manager', clinic_id: 'other', email: 'evil@example.com', email_verified: '1' })
    expect(await accessRow()).toEqual({ state: 'active', email, password_kind: 'own' })
  })
})

describe('the rules again at the POST', () => {
  const changes: [words: string, change: () => Promise<unknown>, title: string][] = [
    [
      'another patient got the same address',
      () => oliver({ firstName: 'Ada' }),
      'Several patients have this email address',
    ],
    [
      'staff set the access to inactive',
      () => env.DB.prepare("UPDATE online_access SET state = 'inactive', email = NULL").run(),
      'Staff have set this patient’s access to inactive',
    ],
    [
      'staff set the access to active',
      () => env.DB.prepare("UPDATE online_access SET state = 'active'").run(),
      'This patient has online access already',
    ],
    [
      'the record was archived',
      () => env.DB.prepare('UPDATE patient SET archived_at = 1').run(),
      'The record with this address is archived',
    ],
    [
      'the switch was turned off',
      () => env.DB.prepare('UPDATE clinic SET allow_existing = 0').run(),
      'Registration was switched off before it was finished',
    ],
  ]
  it.each(changes)('stop it when meanwhile %s', async (_words, change, title) => {
    await oliver()
    const link = await linkFor('existing')
    await change()
    const answer = await visitor().post(link, { ...born, new_password: goodPassword })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Please call the clinic')
    expect(answer.body).toContain('01632 960 001')
    expect(answer.body).not.toContain(title)
    expect((await logOn()).status).toBe(422)
    const desk = await deskAs()
    expect(desk).toContain(title)
    expect(desk).toContain(referenceIn(answer.body))
  })

  it('stop a new patient whose address staff have put on a record meanwhile', async () => {
    const link = await linkFor('new')
    await oliver()
    const answer = await visitor().post(link, newcomer)
    expect(answer.status).toBe(409)
    expect(await deskAs()).toContain('Asked as a new patient, but the address is on a record')
    const { count } = (await env.DB.prepare('SELECT count(*) AS count FROM patient').first<{ count: number }>())!
    expect(count).toBe(1)
  })
})

const newcomer = {
  first_name: 'Oliver',
  last_name: 'Grant',
  ...born,
  phone: '07700 900 123',
  privacy_notice: 'on',
  new_password: goodPassword,
}

describe('a new patient', () => {
  const patients = async () =>
    (
      await env.DB.prepare(
        'SELECT first_name, last_name, date_of_birth, email, email_canonical, phone, privacy_notice_version, created_by FROM patient',
      ).all()
    ).results

  it('tells who they are, acknowledges the privacy notice, and logs on', async () => {
    const link = await linkFor('new', 'Oliver.Grant@Example.com'.toLowerCase())
    expect((await visitor().post(link, newcomer)).location).toBe('/riverside?notice=registered')
    expect(await patients()).toEqual([
      {
        first_name: 'Oliver',
        last_name: 'Grant',
        date_of_birth: '1984-03-27',
        email,
        email_canonical: email,
        phone: '07700 900 123',
        privacy_notice_version: 1,
        created_by: null,
      },
    ])
    expect((await logOn()).location).toBe('/riverside/home')
    expect(await deskAs()).toContain('Nothing is waiting')
  })

  it('may have a name that is written with a joiner', async () => {
    const link = await linkFor('new')
    const named = { ...newcomer, first_name: 'علی\u200cرضا', last_name: 'ක්\u200dරිස්ටි' }
    expect((await visitor().post(link, named)).location).toBe('/riverside?notice=registered')
    expect((await patients())[0]).toMatchObject({ first_name: 'علی\u200cرضا', last_name: 'ක්\u200dරිස්ටි' })
  })

  it('is told everything that is missing, in the order of the page', async () => {
    const answer = await visitor().post(await linkFor('new'), {})
    const words = [...answer.body.matchAll(/<li><a href="#[^"]+">([^<]+)</g)].map(([, text]) => text)
    expect([answer.status, words]).toEqual([
      422,
      [
        'Enter your first name',
        'Enter your last name',
        'Enter your date of birth',
        'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
        'Enter a password',
        'Read how we use your information, and tick the box',
      ],
    ])
  })

  it('is told of each field by the words that stand above it', async () => {
    const phone = '0'.repeat(41)
    const answer = await visitor().post(await linkFor('new'), { ...newcomer, phone })
    expect([answer.status, answer.body.includes('Phone number must be 40 characters or fewer')]).toEqual([422, true])
  })

  it('has a name with a letter in it: a mark in its place is none', async () => {
    const link = await linkFor('new')
    for (const first_name of ['-', '...', '1234', '😀']) {
      const answer = await visitor().post(link, { ...newcomer, first_name })
      expect([answer.status, answer.body.includes('Enter your first name')]).toEqual([422, true])
    }
    expect((await visitor().post(link, { ...newcomer, last_name: '-' })).status).toBe(303) // who has one name only
  })

  it('may paste a phone number with the marks that phones and word processors put around and into it', async () => {
    const pasted = '\u202a+44\u00a07700\u2011900\u2013111\u202c'
    const answer = await visitor().post(await linkFor('new'), { ...newcomer, phone: pasted })
    expect([answer.status, await env.DB.prepare('SELECT phone FROM patient').first()]).toEqual([
      303,
      { phone: '+44 7700-900-111' },
    ])
  })

  it('keeps what was typed, but for the password', async () => {
    const answer = await visitor().post(await linkFor('new'), {
      ...newcomer,
      phone: '',
      new_password: 'typed secret words',
    })
    expect(answer.body).toContain('value="Oliver"')
    expect(answer.body).toContain('checked')
    expect(answer.body).not.toContain('typed secret words')
  })

  it('under 16 gets no account: a parent or guardian should call', async () => {
    const answer = await visitor().post(await linkFor('new'), { ...newcomer, dob_year: '2015' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('A parent or guardian should call Riverside Clinic on 01632 960 001')
    expect(await patients()).toEqual([])
  })

  it('with the name and date of birth of an existing record is registered like any other; the desk sees both (B12)', async () => {
    await oliver({ email: 'other.address@example.com' })
    const link = await linkFor('new')
    expect((await visitor().post(link, { ...newcomer, first_name: ' oliver ' })).location).toBe(
      '/riverside?notice=registered',
    )
    expect(await patients()).toHaveLength(2)
    expect((await patients())[0]).toMatchObject({ email: 'other.address@example.com', phone: '' })
    const desk = await deskAs()
    expect(desk).toContain('Registered, and may be here twice')
    expect(desk).toContain('other.address@example.com')
  })

  it('cannot type control characters into a name (B08)', async () => {
    const answer = await visitor().post(await linkFor('new'), {
      ...newcomer,
      last_name: 'Grant\r\nBcc: evil@example.com',
    })
    expect(answer.status).toBe(422)
    expect(await patients()).toEqual([])
  })

  it('never changes a record that is there: the link proves a mailbox, nothing else (B11)', async () => {
    await oliver({ email: 'other.address@example.com' })
    const before = await env.DB.prepare('SELECT * FROM patient').first()
    await visitor().post(await linkFor('new'), newcomer)
    expect(await env.DB.prepare("SELECT * FROM patient WHERE email = 'other.address@example.com'").first()).toEqual(
      before,
    )
  })
})

describe('a link that does not work any more', () => {
  const linksOn = async () => {
    forgetAllClinics()
    const { body } = await visitor().get('/riverside/registration/no-such-token')
    return [...body.matchAll(/<a[^>]* href="([^"]+)"/g)].map(([, href]) => href!)
  }

  it('leads to where another is sent: a forgotten password is nothing to somebody who has none yet', async () => {
    const links = await linksOn()
    for (const way of ['', '/register/existing', '/register/new']) expect(links).toContain(`/riverside${way}`)
    expect(links).not.toContain('/riverside/password/forgotten')
  })

  it('leads to the phone alone where nobody may register', async () => {
    await env.DB.prepare('UPDATE clinic SET allow_existing = 0, allow_new = 0').run()
    const links = await linksOn()
    expect(links.filter((link) => link.includes('/register/'))).toEqual([])
    expect(links).toContain('tel:01632960001')
  })
})

describe('a link', () => {
  it('of one clinic is nothing at another, even with the same patient there', async () => {
    await oliver()
    const link = await linkFor('existing')
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    expect((await visitor().get(link.replace('/riverside/', '/hillside/'))).status).toBe(404)
  })

  it('expires after 24 hours', async () => {
    await oliver()
    const link = await linkFor('existing')
    await env.DB.prepare('UPDATE one_time_link SET expires_at = ?')
      .bind(Date.now() + 5000)
      .run()
    expect((await visitor().get(link)).status).toBe(200)
    await env.DB.prepare('UPDATE one_time_link SET expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    expect((await visitor().get(link)).status).toBe(404)
    expect((await visitor().post(link, { ...born, new_password: goodPassword })).status).toBe(404)
  })

  it('for registering sets no forgotten password, and the other way round (6.6.2)', async () => {
    await oliver()
    const registration = await linkFor('existing')
    expect((await visitor().get(registration.replace('/registration/', '/password/new/'))).status).toBe(404)
    await anAccess(await aPatient({ clinicId, email: 'janet.hall@example.com' }), { password: goodPassword })
    await visitor().post('/riverside/password/forgotten', { identifier: 'janet.hall@example.com' })
    const reset = linkIn((await mailbox()).find(({ to }) => to === 'janet.hall@example.com'))
    expect((await visitor().get(reset.replace('/password/new/', '/registration/'))).status).toBe(404)
  })
})
