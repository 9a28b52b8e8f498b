/** The registration desk: staff see the true reason, the records beside it, and settle it in one step. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { compared } from '../../../src/registration/desk/desk.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'

const email = 'family.reed@example.com'
let clinicId: string
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  const member = await aStaffMember({ clinicId, name: 'Sam Okoro' })
  sam = await loggedOn({ clinicId, staffId: member.id })
})

const refuse = (address = email) => visitor().post('/riverside/register/existing', { email: address })
const desk = async (search = '') => (await sam.get(`/riverside/registrations${search && `?q=${search}`}`)).body
const entryId = () => env.DB.prepare('SELECT id FROM registration').first<string>('id')
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('an entry', () => {
  it('says what was asked, when, why it was refused, and the reference', async () => {
    await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
    await aPatient({ clinicId, firstName: 'Una', lastName: 'Reed', email })
    await refuse()
    const reference = await env.DB.prepare('SELECT reference FROM registration').first<string>('reference')
    const text = textOf(await desk())
    expect(text).toContain('Several patients have this email address')
    expect(text).toContain(`Reference ${reference}`)
    expect(text).toContain(`asked as an existing patient with ${email}`)
    expect(text).toMatch(/\(just now\)/)
    expect(text).toContain('Tom Reed')
    expect(text).toContain('Una Reed')
  })

  it('is counted in the navigation of the staff until it is settled', async () => {
    await refuse()
    expect(textOf(await desk())).toContain('Registration desk 1 waiting')
    await sam.post(`/riverside/registrations/${await entryId()}/dismissal`, { reason: 'Wrong number' })
    expect(textOf(await desk())).not.toContain('1 waiting')
  })

  it('is found by the reference that the caller reads out, in any case, and by the address', async () => {
    await refuse()
    await refuse('somebody.else@example.com')
    const { reference } = (await env.DB.prepare('SELECT reference FROM registration WHERE email = ?')
      .bind(email)
      .first<{ reference: string }>())!
    for (const search of [reference.toLowerCase(), 'family.reed']) {
      const found = await desk(search)
      expect(found).toContain(email)
      expect(found).not.toContain('somebody.else@example.com')
    }
    expect(textOf(await desk('XXXX'))).toContain('Nothing was found for “XXXX”')
  })

  it('finds a registration that needs nothing, too, when the caller has its reference', async () => {
    await aPatient({ clinicId, email })
    await refuse()
    const reference = await env.DB.prepare('SELECT reference FROM registration').first<string>('reference')
    expect(textOf(await desk(reference!))).toContain('A link was sent; it was not used yet.')
  })

  describe('older than the fifty that are shown', () => {
    beforeEach(async () => {
      await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
      await aPatient({ clinicId, firstName: 'Una', lastName: 'Reed', email })
      await refuse()
      await env.DB.prepare(`
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 51)
        INSERT INTO registration (id, clinic_id, link, email, network, reference, asked_at, decided_at, outcome, because, desk_since)
        SELECT 'more' || n, clinic_id, link, 'more' || n || '@example.com', network, 'Z' || n, asked_at, decided_at, outcome,
          'unknown', desk_since + n FROM registration, n`).run()
    })

    it('is not forgotten: the page says how many wait', async () => {
      const text = textOf(await desk())
      expect(text).toContain('The newest 50 of 52 are shown.')
      expect(text).not.toContain(email)
    })

    it('is found with the records beside it', async () => {
      const text = textOf(await desk(email))
      expect(text).toContain('Tom Reed')
      expect(text).not.toContain('are shown')
    })
  })

  it('is of this clinic only', async () => {
    await refuse()
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const other = await aStaffMember({ clinicId: hillside.id })
    const abroad = await loggedOn({ clinicId: hillside.id, staffId: other.id })
    expect((await abroad.get('/hillside/registrations')).body).not.toContain(email)
    const answer = await abroad.post(`/hillside/registrations/${await entryId()}/dismissal`, { reason: 'x' })
    expect(answer.status).toBe(404)
  })
})

describe('the records beside what was asked', () => {
  it('say of each field whether it is the same, differs or is missing, in words', async () => {
    await aPatient({
      clinicId,
      firstName: 'Oliver',
      lastName: 'Grant',
      dateOfBirth: '1984-03-27',
      email: 'old@example.com',
    })
    await env.DB.prepare(
      `INSERT INTO registration (id, clinic_id, link, email, network, reference, asked_at, decided_at, outcome, because, details, desk_since)
       VALUES ('r1', ?, 'new', 'new@example.com', 'n', 'R7K2', 1, 1, 'registered', 'possible-duplicate', ?, 1)`,
    )
      .bind(
        clinicId,
        JSON.stringify({ firstName: 'Olly', lastName: 'grant', dateOfBirth: '1984-03-27', phone: '07700 900123' }),
      )
      .run()
    const text = textOf(await desk())
    expect(text).toContain('Email address new@example.com old@example.com differs')
    expect(text).toContain('First name Olly Oliver differs')
    expect(text).toContain('Last name grant Grant the same')
    expect(text).toContain('Date of birth 27 March 1984 27 March 1984 the same')
    expect(text).toContain('Phone 07700 900123 Not provided not on the record')
  })

  it.each([
    ['Grant', ' grant ', 'match'],
    ['07700 900123', '+44 7700 900123', 'match'],
    ['1984-03-27', '1984-03-28', 'differs'],
    ['Grant', '', 'missing'],
    [undefined, 'Grant', null],
  ])('%j beside %j: %s', (asked, onRecord, expected) => {
    expect(compared(asked, onRecord)).toBe(expected)
  })
})

describe('the ways on', () => {
  it('open the record, and correct the email: the entry is settled with the correction', async () => {
    const tom = await aPatient({ clinicId, firstName: 'Tom', lastName: 'Reed', email })
    await aPatient({ clinicId, firstName: 'Una', lastName: 'Reed', email })
    await refuse()
    const page = await desk()
    expect(page).toContain(`href="/riverside/patients/${tom.id}"`)
    const correction = `/riverside/patients/${tom.id}/edit?registration=${await entryId()}`
    expect(page).toContain(`href="${correction}#email"`)
    const fields = { first_name: 'Tom', last_name: 'Reed', email: 'tom.reed@example.com', version: '1' }
    expect((await sam.post(correction, { ...fields, dob_day: '3', dob_month: '5', dob_year: '1951' })).status).toBe(303)
    expect(textOf(await desk())).toContain('The email address was corrected by Sam Okoro')
  })

  it('activate online access: the entry is settled, and the patient can be sent a link', async () => {
    const una = await aPatient({ clinicId, firstName: 'Una', lastName: 'Reed', email })
    await anAccess(una, { state: 'inactive' })
    await refuse()
    const action = `/riverside/patients/${una.id}/online-access/activation`
    expect(await desk()).toContain(`action="${action}"`)
    expect((await sam.post(action)).location).toBe(`/riverside/patients/${una.id}/online-access?done=activated`)
    const text = textOf(await desk())
    expect(text).toContain('Nothing is waiting')
    expect(text).toContain('Online access was activated by Sam Okoro')
  })

  it('dismiss with a reason, which is asked for and kept', async () => {
    await refuse()
    const dismissal = `/riverside/registrations/${await entryId()}/dismissal`
    const without = await sam.post(dismissal, { reason: ' ' })
    expect([without.status, without.body.includes('Enter a reason')]).toEqual([422, true])
    expect((await sam.post(dismissal, { reason: 'Called; not a patient here' })).location).toBe(
      '/riverside/registrations?done=dismissed',
    )
    expect(textOf(await desk())).toContain('Dismissed by Sam Okoro')
    expect(textOf(await desk())).toContain('“Called; not a patient here”')
  })

  it('say when somebody was faster, and change nothing', async () => {
    await refuse()
    const dismissal = `/riverside/registrations/${await entryId()}/dismissal`
    await sam.post(dismissal, { reason: 'first' })
    expect((await sam.post(dismissal, { reason: 'second' })).location).toBe('/riverside/registrations?done=already')
    expect(await env.DB.prepare('SELECT settlement_reason FROM registration').first('settlement_reason')).toBe('first')
  })
})

describe('a mail that was given up', () => {
  it('stands on the desk, so that staff tell the person another way', async () => {
    await refuse()
    expect(await mailbox()).toHaveLength(1)
    expect(await desk()).not.toContain('Mails that could not be sent')
    await env.DB.prepare("UPDATE mail SET state = 'abandoned', failure = 'refused'").run()
    const text = textOf(await desk())
    expect(text).toContain('Mails that could not be sent')
    expect(text).toContain('the mail service refused this address')
  })
})
