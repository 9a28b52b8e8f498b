/** Staff add a patient: what may be typed, who may already be there, and one patient however often the form is sent. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { fieldsOf, wordsOf } from '../reading.ts'

let clinicId: string
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id })
})

const asha = {
  first_name: 'Asha',
  last_name: 'Patel',
  dob_day: '27',
  dob_month: '3',
  dob_year: '2007',
  email: 'Asha.Patel@Example.com',
  mobile: '07700 900 982',
  address: '1 Mill Lane\r\nRiverside',
}
const open = async (): Promise<Record<string, string>> => fieldsOf((await sam.get('/riverside/patients/new')).body)
const add = (fields: Record<string, string>) => sam.post('/riverside/patients/new', fields)
const patients = async () =>
  (await env.DB.prepare('SELECT * FROM patient ORDER BY created_at').all<Record<string, unknown>>()).results

describe('adding a patient', () => {
  it('keeps what was typed, and leads to the record', async () => {
    const answer = await add({ ...(await open()), ...asha })
    const [row] = await patients()
    expect(answer.status).toBe(303)
    expect(answer.location).toBe(`/riverside/patients/${row!.id}?done=added`)
    expect(row).toMatchObject({
      clinic_id: clinicId,
      first_name: 'Asha',
      date_of_birth: '2007-03-27',
      email: 'Asha.Patel@Example.com',
      email_canonical: 'asha.patel@example.com',
      address: '1 Mill Lane\nRiverside',
      version: 1,
    })
    const record = wordsOf((await sam.get(answer.location!)).body)
    expect(record).toContain('Asha Patel was added.')
    expect(record).toContain('Born 27 March 2007')
  })

  it('is written down with who did it, and without any name', async () => {
    await add(asha)
    const { results } = await env.DB.prepare('SELECT act, by_staff, of_patient, detail FROM audit').all()
    const [row] = await patients()
    expect(results).toEqual([{ act: 'patient-added', by_staff: row!.created_by, of_patient: row!.id, detail: '{}' }])
  })

  it('needs a first and a last name and nothing else', async () => {
    const empty = await add(await open())
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('<title>Error: Add a patient – Riverside Clinic</title>')
    expect(empty.body).toContain('<a href="#first_name">Enter a first name</a>')
    expect(empty.body).toContain('<a href="#last_name">Enter a last name</a>')
    expect(empty.body).not.toContain('Enter your date of birth')
    expect((await add({ first_name: 'Cher', last_name: '-' })).status).toBe(303)
    expect(wordsOf((await sam.get('/riverside/patients')).body)).toContain('Cher Not provided')
  })

  it.each([
    ['dob', { dob_day: '27', dob_year: '2007' }, 'Date of birth must include a month'],
    ['dob', { dob_day: '1', dob_month: '1', dob_year: '2999' }, 'Date of birth must be in the past'],
    ['email', { email: 'asha@' }, 'Enter an email address in the correct format, like name@example.com'],
    [
      'mobile',
      { mobile: 'ask her son' },
      'Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
    ],
    ['first_name', { first_name: 'x'.repeat(101) }, 'First name must be 100 characters or fewer'],
    ['last_name', { last_name: 'Pa\u202etel' }, 'Last name has characters that cannot be seen. Type it again'],
    ['last_name', { last_name: 'Patel\u200d' }, 'Last name has characters that cannot be seen. Type it again'],
    ['last_name', { last_name: 'Pa\u200d\u200dtel' }, 'Last name has characters that cannot be seen. Type it again'],
    ['last_name', { last_name: 'Pa\ntel' }, 'Last name has characters that cannot be seen. Type it again'],
  ])('says what is wrong with %s, and keeps all that was typed', async (field, wrong, words) => {
    const answer = await add({
      ...(await open()),
      first_name: 'Asha',
      last_name: 'Patel',
      notes: 'Likes tea',
      ...wrong,
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(`<a href="#${field}">${words}</a>`)
    expect(answer.body).toContain(`id="${field}-problem"`)
    expect(fieldsOf(answer.body)).toMatchObject({ notes: 'Likes tea', ...('email' in wrong ? wrong : {}) })
    expect(await patients()).toEqual([])
  })

  it('takes names and numbers as people have them', async () => {
    const people: Record<string, string>[] = [
      { first_name: 'Nguyễn Thị', last_name: 'O’Brien-Łęcki' },
      { first_name: '小龍', last_name: '李', mobile: '+44 (0)7700 900982 ext. 4' },
      { first_name: 'علی\u200cرضا', last_name: 'ক\u09cd\u200dর', preferred_name: 'മോഹന\u0d4d\u200d' },
      { first_name: 'Bo', last_name: 'Ek', notes: 'Comes with 👩‍👧.\nNo stairs.' },
    ]
    for (const fields of people) expect((await add(fields)).status).toBe(303)
  })

  it('takes notes as they are pasted, without the marks in them that nobody sees', async () => {
    const pasted = '\ufeffAsk for \u202a+44 7700 900123\u202c.\u200b\r\nKnock\u200e twice\u2069.'
    expect((await add({ ...asha, notes: pasted })).status).toBe(303)
    expect((await patients())[0]).toMatchObject({ notes: 'Ask for +44 7700 900123.\nKnock twice.' })
    expect((await add({ ...asha, first_name: 'Asa', notes: 'turned \u202earound' })).status).toBe(422)
  })

  it('sets nothing that the form does not have', async () => {
    await add({ ...asha, clinic_id: 'other', id: 'mine', version: '9', archived_at: '1', created_by: 'x' })
    const [row] = await patients()
    expect(row).toMatchObject({ clinic_id: clinicId, version: 1, archived_at: null })
    expect(row!.id).not.toBe('mine')
  })
})

describe('a form that is sent twice', () => {
  it('adds one patient, and both answers lead to that record', async () => {
    const form: Record<string, string> = { ...(await open()), ...asha }
    const first = await add(form)
    const second = await add(form)
    expect(await patients()).toHaveLength(1)
    expect([second.status, second.location]).toEqual([303, first.location])
  })

  it('adds one patient even when both arrive at the same moment', async () => {
    const form: Record<string, string> = { ...(await open()), ...asha }
    const answers = await Promise.all([add(form), add(form), add(form)])
    expect(await patients()).toHaveLength(1)
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
  })

  it('adds another patient when other words were typed after Back', async () => {
    const form: Record<string, string> = { ...(await open()), ...asha }
    await add(form)
    await add({ ...form, first_name: 'Ravi' })
    expect((await patients()).map((row) => row.first_name)).toEqual(['Asha', 'Ravi'])
  })
})

describe('a patient who may be there already', () => {
  it('is shown before a second record is made, and added anyway when staff say so', async () => {
    const known = await aPatient({ clinicId, firstName: 'ASHA', lastName: 'Patel', dateOfBirth: '2007-03-27' })
    const form: Record<string, string> = { ...(await open()), ...asha }
    const asked = await add(form)
    expect(asked.status).toBe(422)
    expect(asked.body).toContain(`<a href="/riverside/patients/${known.id}">ASHA Patel</a>`)
    expect(asked.body).toContain('<a href="#add_anyway">There is already a patient ASHA Patel, born 27 March 2007')
    expect(fieldsOf(asked.body)).toMatchObject({ first_name: 'Asha', form_id: form.form_id })
    expect(await patients()).toHaveLength(1)
    expect((await add({ ...fieldsOf(asked.body), add_anyway: 'on' })).status).toBe(303)
    expect(await patients()).toHaveLength(2)
  })

  it('and was archived is shown as such: restoring is the way, not a second record', async () => {
    await aPatient({ clinicId, firstName: 'Asha', lastName: 'Patel', dateOfBirth: '2007-03-27', archivedAt: 1 })
    const { body } = await add({ ...(await open()), ...asha })
    expect(body).toContain(
      'There is already an archived record of Asha Patel, born 27 March 2007. Open it to restore it, or tick “Add anyway”',
    )
  })

  it.each([
    ['has no date of birth on record', { dateOfBirth: null }, 422],
    ['was archived', { dateOfBirth: '2007-03-27', archivedAt: 1 }, 422],
    ['was born on another day', { dateOfBirth: '1979-01-02' }, 303],
  ])('is asked about or not: called the same and %s', async (_words, given, status) => {
    await aPatient({ clinicId, firstName: 'Asha', lastName: 'Patel', ...given })
    expect((await add(asha)).status).toBe(status)
  })

  it('of another clinic is not known here', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aPatient({ clinicId: hillside.id, firstName: 'Asha', lastName: 'Patel', dateOfBirth: '2007-03-27' })
    expect((await add(asha)).status).toBe(303)
  })
})

describe('a practitioner', () => {
  it('sees patients, adds none and is not offered to', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const asPriya = await loggedOn({ clinicId, staffId: priya.id })
    const list = await asPriya.get('/riverside/patients')
    expect(list.status).toBe(200)
    expect(list.body).not.toContain('/patients/new')
    expect((await asPriya.get('/riverside/patients/new')).status).toBe(403)
    expect((await asPriya.post('/riverside/patients/new', asha)).status).toBe(403)
    expect(await patients()).toEqual([])
  })
})
