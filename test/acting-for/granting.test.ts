/** Staff let one patient act for another: the pages, and what is written. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { wordsOf } from '../patients/reading.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { anAccess, aPatient, loggedOn, Visitor } from '../support/world.ts'
import { aFamily, email, type Family, filledIn, granted, grantsOf, sixteen } from './reeds.ts'

let family: Family
let record: string

beforeEach(async () => {
  family = await aFamily()
  record = `/riverside/patients/${family.tim.id}`
})

const grant = (given: Record<string, string> = {}, who = family.desk) =>
  who.post(`${record}/acting-for`, filledIn(family, given))
const patientRow = (id: string) =>
  env.DB.prepare('SELECT email, email_canonical, version FROM patient WHERE id = ?').bind(id).first()
const audited = async (act: string) =>
  (await env.DB.prepare('SELECT of_patient, by_staff, detail FROM audit WHERE act = ?').bind(act).all()).results

describe('somebody is let act for a patient', () => {
  it('by choosing first among those who share the address, then by what is usual for a child', async () => {
    const { desk, anna } = family
    expect((await desk.get(record)).body).toContain(`href="${record}/acting-for"`)
    const who = await desk.get(`${record}/acting-for`)
    expect(wordsOf(who.body)).toContain(`Also with ${email} Anna Reed born 1 February 1984`)
    expect(who.body).toContain(`href="${record}/acting-for?holder=${anna.id}"`)
    const { body } = await desk.get(`${record}/acting-for?holder=${anna.id}`)
    expect(wordsOf(body)).toContain(
      `${email} stays how we reach Tim; it belongs to Anna’s record from now on, and is taken off Tim’s.`,
    )
    expect(wordsOf(body)).toContain('Anna has no online access yet')
    expect(body).toMatch(/value="sixteen" checked/)
    expect(body).toMatch(/value="ends" checked/)
    expect(wordsOf(body)).not.toContain('18th birthday')
  })

  it('and the address that both had is the holder’s alone, so that she can have online access', async () => {
    const { desk, anna, tim, sam } = family
    expect((await desk.post(`/riverside/patients/${anna.id}/online-access/activation`)).status).toBe(422)
    const answer = await grant()
    expect([answer.status, answer.location]).toEqual([303, `${record}?done=acting-granted`])
    expect(await grantsOf()).toEqual([
      expect.objectContaining({
        ...{ holder_id: anna.id, patient_id: tim.id, relation: 'parent', approved_by: sam.id },
        ...{ approved_on: '2026-11-20', granted_by: sam.id, review_at: null, ended_at: null },
        ends_at: Date.parse(`${sixteen}T00:00:00Z`),
      }),
    ])
    expect(await patientRow(tim.id)).toEqual({ email: '', email_canonical: null, version: 2 })
    expect(await patientRow(anna.id)).toEqual({ email, email_canonical: email, version: 1 })
    const detail = JSON.stringify({ holder: anna.id, relation: 'parent', ends: sixteen })
    expect(await audited('acting-granted')).toEqual([{ of_patient: tim.id, by_staff: sam.id, detail }])
    expect(await audited('patient-changed')).toEqual([
      { of_patient: tim.id, by_staff: sam.id, detail: JSON.stringify({ fields: 'email', version: 2 }) },
    ])
    expect((await desk.post(`/riverside/patients/${anna.id}/online-access/activation`)).status).toBe(303)
  })

  it('and both records say so', async () => {
    const { desk, anna } = family
    await grant()
    const his = wordsOf((await desk.get(record)).body)
    expect(his).not.toContain('No email address')
    expect(his).toContain(
      `Anna Reed , parent Approved by Sam Okoro on 20 November 2026. Ends on 1 January ${sixteen.slice(0, 4)}.`,
    )
    expect(his).toContain(`Email address ${email}, through Anna Reed (parent)`)
    expect(his).toContain('Anna Reed cannot log on: see their online diary access')
    expect(wordsOf((await desk.get(`/riverside/patients/${anna.id}`)).body)).toContain(
      'Anna may act for Tim Reed as parent.',
    )
    const history = wordsOf((await desk.get(`${record}/history`)).body)
    expect(history).toContain(`Let somebody act for the patient: as parent · until 1 January ${sixteen.slice(0, 4)}`)
    expect(history).toContain('Changed email address')
  })

  it('found by name, without JavaScript too, when nobody shares the address', async () => {
    const { desk, clinicId, tim } = family
    const rose = await aPatient({ clinicId, firstName: 'Rose', lastName: 'Reed', email: 'rose@example.com' })
    const found = (await desk.get(`${record}/acting-for?q=reed`)).body
    expect(found).toContain(`acting-for?holder=${rose.id}`)
    expect(found).not.toContain(`acting-for?holder=${tim.id}`)
    const part = await desk.get(`${record}/acting-for/patients?q=rose`, { 'hx-request': 'true' })
    expect(wordsOf(`<main>${part.body}`)).toContain('Rose Reed born 3 May 1951 · rose@example.com')
    expect((await desk.get(`${record}/acting-for/patients?q=rose`)).location).toBe(`${record}/acting-for?q=rose`)
  })

  it('and keeps an address of his own', async () => {
    const { desk, clinicId, sam } = family
    const ben = await aPatient({ clinicId, firstName: 'Ben', lastName: 'Reed', email: 'ben@example.com' })
    const form = { ...filledIn(family, { on: 'year', ending: 'review' }), approved_by: sam.id }
    expect((await desk.post(`/riverside/patients/${ben.id}/acting-for`, form)).status).toBe(303)
    expect(await patientRow(ben.id)).toMatchObject({ email: 'ben@example.com', version: 1 })
    expect(await audited('patient-changed')).toEqual([])
  })
})

describe('what is wrong with the form', () => {
  it('is said, and what was typed is kept', async () => {
    const answer = await grant({ relation: '', approved_on: '2099-01-01', on: 'other', other_date: '2099-01-01' })
    expect(answer.status).toBe(422)
    const words = wordsOf(answer.body)
    expect(words).toContain('Choose what they are to each other')
    expect(words).toContain('It cannot have been approved in the future')
    expect(words).toContain('The other date must not be after the 16th birthday')
    expect(answer.body).toContain('value="2099-01-01"')
    expect(answer.body).toMatch(/value="other" checked/)
    expect(await grantsOf()).toEqual([])
  })

  it.each([
    ['nobody for themselves', async ({ tim }: Family) => tim.id, 'Somebody else has to act for them'],
    [
      'nobody without an address',
      async ({ clinicId }: Family) => (await aPatient({ clinicId, firstName: 'Rose' })).id,
      'has no email address to log on with',
    ],
    [
      'nobody under 16',
      async ({ clinicId }: Family) => (await aPatient({ clinicId, email: 'x@example.com', dateOfBirth: sixteen })).id,
      'is under 16 and cannot act for others',
    ],
    [
      'nobody whose record is archived',
      async ({ clinicId }: Family) => (await aPatient({ clinicId, email: 'x@example.com', archivedAt: 1 })).id,
      'is archived, so they cannot log on',
    ],
    [
      'nobody by an address that the patient logs on with',
      async ({ anna, tim }: Family) => {
        await env.DB.batch([env.DB.prepare("UPDATE patient SET email_canonical = 'x' WHERE id = ?").bind(anna.id)])
        await anAccess(tim)
        await env.DB.prepare('UPDATE patient SET email_canonical = ? WHERE id = ?').bind(email, anna.id).run()
        return anna.id
      },
      'Set Tim’s online access to inactive first',
    ],
  ])('refuses %s, in words, before and after it was sent', async (_who, given, words) => {
    const holder = await given(family)
    expect(wordsOf((await family.desk.get(`${record}/acting-for?holder=${holder}`)).body)).toContain(words)
    const answer = await grant({ holder })
    expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining(words)])
    expect(await grantsOf()).toEqual([])
  })

  it('is that she may already', async () => {
    expect((await grant()).status).toBe(303)
    const answer = await grant({ relation: 'carer' })
    expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining('may act for Tim already')])
    expect(await grantsOf()).toHaveLength(1)
  })

  it('is that the record is archived: it leads back there', async () => {
    await family.desk.post(`${record}/archiving`)
    expect((await grant()).location).toBe(record)
    expect((await family.desk.get(`${record}/acting-for`)).location).toBe(record)
    expect(await grantsOf()).toEqual([])
  })

  it('is what has changed since the page told it: nothing happens until that was read', async () => {
    const { desk, anna } = family
    const page = (await desk.get(`${record}/acting-for?holder=${anna.id}`)).body
    const mark = /name="opened_with" value="([^"]*)"/.exec(page)![1]!
    await env.DB.prepare("UPDATE patient SET email = '', email_canonical = NULL WHERE id = ?").bind(family.tim.id).run()
    const answer = await grant({ opened_with: mark })
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining('has changed meanwhile')])
    expect(await grantsOf()).toEqual([])
  })
})

describe('two at the same moment', () => {
  it('grant once, whatever they chose', async () => {
    const { clinicId, sam } = family
    const slow = { ...env, DB: slowDatabase(env.DB, 5) }
    const desks = await Promise.all(Array.from({ length: 6 }, () => loggedOn({ clinicId, staffId: sam.id }, slow)))
    const answers = await Promise.all(
      desks.map((who, index) => grant({ relation: index % 2 ? 'carer' : 'parent', form_id: `form ${index}` }, who)),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(await grantsOf()).toHaveLength(1)
    expect(await audited('patient-changed')).toHaveLength(1)
  })
})

describe('it is ended', () => {
  it('by staff, on a page that asks, and can be granted again', async () => {
    const { desk, sam } = family
    await grant()
    const [{ id }] = (await grantsOf()) as [{ id: string }]
    const page = await desk.get(`${record}/acting-for/${id}/ending`)
    expect(wordsOf(page.body)).toContain('emails about Tim’s appointments, those that wait too, go to nobody')
    const ended = await desk.post(`${record}/acting-for/${id}/ending`)
    expect([ended.status, ended.location]).toEqual([303, `${record}?done=acting-ended`])
    expect(await grantsOf()).toEqual([expect.objectContaining({ ended_by: sam.id, ended_at: expect.any(Number) })])
    expect(wordsOf((await desk.get(record)).body)).toContain('Nobody acts for Tim.')
    expect((await desk.get(`${record}/acting-for/${id}/ending`)).location).toBe(record)
    expect((await desk.post(`${record}/acting-for/${id}/ending`)).status).toBe(303)
    expect(await audited('acting-ended')).toHaveLength(1)
    expect((await grant({ form_id: 'again' })).status).toBe(303)
    expect(await grantsOf()).toHaveLength(2)
  })

  it('by its time, and makes room for another', async () => {
    const { clinicId, anna, tim, sam, desk } = family
    await granted({ clinicId, holderId: anna.id, patientId: tim.id }, sam.id, { endsAt: 1_000 })
    expect(wordsOf((await desk.get(record)).body)).toContain('Ended on 1 January 1970.')
    expect((await grant()).status).toBe(303)
    expect((await grantsOf()).map(({ ended_at }) => ended_at)).toEqual([1_000, null])
  })
})

describe('a review that is due', () => {
  it('is seen on the record, and renewed with what was decided anew', async () => {
    const { clinicId, anna, tim, sam, desk } = family
    const id = await granted({ clinicId, holderId: anna.id, patientId: tim.id }, sam.id, { reviewAt: 1_000 })
    const body = (await desk.get(record)).body
    expect(wordsOf(body)).toContain('To be looked at again since 1 January 1970.')
    expect(body).toContain(`href="${record}/acting-for/${id}/renewal"`)
    const form = await desk.get(`${record}/acting-for/${id}/renewal`)
    expect(form.body).toMatch(/value="parent" checked/)
    const { holder: _none, ...fields } = filledIn(family, { form_id: 'a form', relation: 'guardian' })
    for (let times = 0; times < 2; times++) {
      expect((await desk.post(`${record}/acting-for/${id}/renewal`, fields)).location).toBe(
        `${record}?done=acting-granted`,
      )
    }
    const rows = await grantsOf()
    expect(rows.map(({ relation, ended_by }) => [relation, ended_by]).sort()).toEqual([
      ['guardian', null],
      ['parent', sam.id],
    ])
    expect(wordsOf((await desk.get(record)).body)).not.toContain('To be looked at again since')
  })
})

describe('the ways to it', () => {
  it('are named wherever the shared address stands in the way', async () => {
    const { desk, anna } = family
    const words = wordsOf((await desk.post(`/riverside/patients/${anna.id}/online-access/activation`)).body)
    expect(words).toContain('Let one of them act for the others')
    await new Visitor().post('/riverside/register/existing', { email })
    const registrations = (await desk.get('/riverside/registrations')).body
    expect(wordsOf(registrations)).toContain('Let one of them act for the others')
    expect(registrations).toContain(`href="${record}/acting-for"`)
  })

  it('begin on the day page for those who may change it, when a review is due', async () => {
    const { clinicId, anna, tim, sam, desk, priya } = family
    const due = `<a href="${record}#acting">Tim Reed</a>`
    const today = (await desk.get('/riverside/diary')).location!
    expect((await desk.get(today)).body).not.toContain(due)
    await granted({ clinicId, holderId: anna.id, patientId: tim.id }, sam.id, { reviewAt: 1_000 })
    expect((await desk.get(today)).body).toContain(`Who acts for ${due} is to be looked at again`)
    expect((await (await loggedOn({ clinicId, staffId: priya.id })).get(today)).body).not.toContain(due)
    await desk.post(`${record}/archiving`)
    expect((await desk.get(today)).body).not.toContain(due)
  })
})

describe('it is not for everybody', () => {
  it('a practitioner reads it, and is offered nothing', async () => {
    await grant()
    const { clinicId, priya } = family
    const reader = await loggedOn({ clinicId, staffId: priya.id })
    const { body } = await reader.get(record)
    expect(wordsOf(body)).toContain('Anna Reed , parent')
    expect(body).not.toContain(`${record}/acting-for`)
    expect((await grant({}, reader)).status).toBe(403)
  })

  it('nobody of another clinic is named in it', async () => {
    const hillside = await aFamily({ slug: 'hillside' })
    const theirs = await granted(
      { clinicId: hillside.clinicId, holderId: hillside.anna.id, patientId: hillside.tim.id },
      hillside.sam.id,
    )
    const { desk } = family
    expect((await grant({ holder: hillside.anna.id })).status).toBe(404)
    expect((await desk.get(`${record}/acting-for?holder=${hillside.anna.id}`)).status).toBe(404)
    expect((await desk.get(`/riverside/patients/${hillside.tim.id}/acting-for`)).status).toBe(404)
    expect((await desk.post(`${record}/acting-for/${theirs}/ending`)).status).toBe(404)
    expect((await desk.get(`${record}/acting-for/${theirs}/renewal`)).status).toBe(404)
    expect((await grant({ approved_by: hillside.sam.id })).status).toBe(422)
    expect((await grantsOf()).map(({ ended_at }) => ended_at)).toEqual([null])
  })

  it('nobody who is not logged on', async () => {
    expect((await grant({}, new Visitor())).location).toMatch(/^\/riverside\?next=/)
    expect(await grantsOf()).toEqual([])
  })
})
