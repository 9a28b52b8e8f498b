/** Staff change a record: what they may change, and what happens when two of them do. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { fieldsOf, wordsOf } from '../reading.ts'

let clinicId: string
let sam: Visitor
let maya: Visitor
let path: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
  const staff = [
    await aStaffMember({ clinicId, name: 'Sam Okoro' }),
    await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager' }),
  ]
  sam = await loggedOn({ clinicId, staffId: staff[0]!.id })
  maya = await loggedOn({ clinicId, staffId: staff[1]!.id })
  const janet = await aPatient({
    clinicId,
    mobile: '07700 900 982',
    address: '1 Mill Lane\nRiverside',
    notes: 'No stairs',
  })
  path = `/riverside/patients/${janet.id}`
})

const open = async (who: Visitor) => fieldsOf((await who.get(`${path}/edit`)).body)
const save = (who: Visitor, fields: Record<string, string>) => who.post(`${path}/edit`, fields)
const row = async () => (await env.DB.prepare('SELECT * FROM patient').first<Record<string, unknown>>())!
const changes = async () =>
  (await env.DB.prepare('SELECT detail FROM audit ORDER BY id').all<{ detail: string }>()).results.map(({ detail }) =>
    JSON.parse(detail),
  )

describe('changing a record', () => {
  it('starts from what is there, and saves what was changed', async () => {
    const form = await open(sam)
    expect(form).toMatchObject({ first_name: 'Janet', dob_day: '3', dob_month: '5', dob_year: '1951', version: '1' })
    const answer = await save(sam, { ...form, first_name: 'Jane', dob_month: 'June' })
    expect([answer.status, answer.location]).toEqual([303, `${path}?done=saved`])
    expect(await row()).toMatchObject({
      first_name: 'Jane',
      date_of_birth: '1951-06-03',
      address: '1 Mill Lane\nRiverside',
      notes: 'No stairs',
      sort_name: 'hall jane',
      version: 2,
    })
    expect(wordsOf((await sam.get(answer.location!)).body)).toContain('Saved. ')
    expect((await sam.get('/riverside/patients?q=jane')).body).toContain('Jane Hall')
  })

  it('is written down with the fields that changed, never with what they hold', async () => {
    await save(sam, { ...(await open(sam)), first_name: 'Jane', mobile: '' })
    expect(await changes()).toEqual([{ fields: 'firstName mobile', version: 2 }])
  })

  it('that changes nothing writes nothing, so a form sent twice is one change', async () => {
    const form = { ...(await open(sam)), first_name: 'Jane' }
    expect((await save(sam, form)).location).toBe(`${path}?done=saved`)
    expect((await save(sam, form)).location).toBe(`${path}?done=saved`)
    expect((await row()).version).toBe(2)
    expect(await changes()).toHaveLength(1)
  })

  it('with something wrong shows the form again as it was typed, and saves nothing', async () => {
    const answer = await save(sam, { ...(await open(sam)), first_name: '', mobile: 'none', notes: 'Likes tea' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('<title>Error: Edit the details of Janet Hall – Riverside Clinic</title>')
    expect(answer.body).toContain('<a href="#first_name">Enter a first name</a>')
    expect(fieldsOf(answer.body)).toMatchObject({ first_name: '', mobile: 'none', notes: 'Likes tea', version: '1' })
    expect(await row()).toMatchObject({ first_name: 'Janet', notes: 'No stairs' })
  })

  it('is not for a practitioner', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const asPriya = await loggedOn({ clinicId, staffId: priya.id })
    expect((await asPriya.get(`${path}/edit`)).status).toBe(403)
    expect((await save(asPriya, { ...(await open(sam)), first_name: 'Jane' })).status).toBe(403)
    expect(await row()).toMatchObject({ first_name: 'Janet', version: 1 })
  })
})

describe('two people who change a record at the same time', () => {
  it('lose nothing: the second is shown both versions, and one more Save keeps both changes', async () => {
    const samsForm = await open(sam)
    await save(maya, { ...(await open(maya)), mobile: '07700 900 111' })

    const conflict = await save(sam, { ...samsForm, notes: 'Uses a wheelchair' })
    expect(conflict.status).toBe(409)
    expect(wordsOf(conflict.body)).toContain('Maya Rossi changed mobile phone just now')
    expect(wordsOf(conflict.body)).toContain('Mobile phone 07700 900 111 07700 900 982')
    expect(wordsOf(conflict.body)).toContain('Notes No stairs Uses a wheelchair')
    expect(await row()).toMatchObject({ mobile: '07700 900 111', notes: 'No stairs' })

    const again = fieldsOf(conflict.body)
    expect(again).toMatchObject({ mobile: '07700 900 111', notes: 'Uses a wheelchair', version: '2' })
    expect((await save(sam, again)).status).toBe(303)
    expect(await row()).toMatchObject({ mobile: '07700 900 111', notes: 'Uses a wheelchair', version: 3 })
  })

  it('who changed the same field see both values, and the one in the record stays unless it is typed again', async () => {
    const samsForm = await open(sam)
    await save(maya, { ...(await open(maya)), first_name: 'Jane' })
    const conflict = await save(sam, { ...samsForm, first_name: '' })
    expect(conflict.status).toBe(409)
    expect(conflict.body).not.toContain('Enter a first name')
    expect(wordsOf(conflict.body)).toContain('First name Jane Not provided')
    expect(fieldsOf(conflict.body).first_name).toBe('Jane')
  })

  it('who typed the same are both told that it is saved', async () => {
    const samsForm = await open(sam)
    await save(maya, { ...(await open(maya)), first_name: 'Jane' })
    expect((await save(sam, { ...samsForm, first_name: 'Jane' })).status).toBe(303)
  })

  it('and send in the same moment: one is saved, the other is told', async () => {
    const [samsForm, mayasForm] = [await open(sam), await open(maya)]
    const answers = await Promise.all([
      save(sam, { ...samsForm, notes: 'From Sam' }),
      save(maya, { ...mayasForm, notes: 'From Maya' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await row()).version).toBe(2)
    expect(await changes()).toHaveLength(1)
  })

  it('cannot be got round by leaving the version out', async () => {
    const { version: _, ...form } = await open(sam)
    expect((await save(sam, { ...form, first_name: 'Jane' })).status).toBe(409)
    expect((await save(sam, { ...form, first_name: 'Jane', version: '1e0' })).status).toBe(409)
    expect((await row()).first_name).toBe('Janet')
  })
})
