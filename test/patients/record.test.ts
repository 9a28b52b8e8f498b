/** A patient's record as staff see it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, anAccess, aPatient, aStaffMember, loggedOn, type Visitor } from '../support/world.ts'
import { fieldsOf, wordsOf } from './reading.ts'

let clinicId: string
let samId: string
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  samId = (await aStaffMember({ clinicId, name: 'Sam Okoro' })).id
  sam = await loggedOn({ clinicId, staffId: samId })
})

const record = async (id: string, who = sam) => (await who.get(`/riverside/patients/${id}`)).body

describe('a patient’s record', () => {
  it('begins with who it is, and says of each fact that is missing: not provided', async () => {
    const janet = await aPatient({ clinicId, preferredName: 'Jan', mobile: '07700 900 982', notes: 'No stairs' })
    const body = await record(janet.id)
    expect(body).toContain('<h1>Janet Hall</h1>')
    expect(body).toContain('<a class="phone" href="tel:07700900982">07700 900 982</a>')
    expect(wordsOf(body)).toMatch(/Called Jan Born 3 May 1951, \d+ years old/)
    expect(wordsOf(body)).toContain('Email address Not provided')
    expect(wordsOf(body)).toContain('Notes No stairs')
  })

  it('says which privacy notice was read by whoever registered, and leads to it as it was then', async () => {
    const privacyAcknowledgedAt = Date.parse('2026-05-03T10:00:00Z')
    const janet = await aPatient({ clinicId, privacyNoticeVersion: 1, privacyAcknowledgedAt })
    const body = await record(janet.id)
    expect(wordsOf(body)).toContain('Read the privacy notice, version 1 , on 3 May 2026')
    expect(body).toContain('<a href="/riverside/privacy/1">')
    const added = await aPatient({ clinicId, firstName: 'Ben' })
    expect(wordsOf(await record(added.id))).not.toContain('Read the privacy notice')
  })

  it('sums up online access in words, and leads to its tab', async () => {
    const janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
    expect(wordsOf(await record(janet.id))).toContain('Not registered . See online diary access')
    await anAccess(janet, {
      since: Date.parse('2026-05-03T10:00:00Z'),
      byStaff: samId,
      lastLogonAt: Date.now() - 7_200_000,
    })
    const body = await record(janet.id)
    expect(wordsOf(body)).toContain('Active since 3 May 2026, by Sam Okoro. Last logged on 2 hours ago.')
    expect(body).toContain(`href="/riverside/patients/${janet.id}/online-access"`)
  })

  it('tells staff, by name, when the email address is on other records too', async () => {
    const email = 'family.reed@example.com'
    const ben = await aPatient({ clinicId, firstName: 'Ben', lastName: 'Reed', email: 'Family.Reed@example.com' })
    const ella = await aPatient({ clinicId, firstName: 'Ella', lastName: 'Reed', email, dateOfBirth: '2015-02-01' })
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aPatient({ clinicId: hillside.id, firstName: 'Tim', lastName: 'Reed', email })
    const body = await record(ben.id)
    expect(wordsOf(body)).toContain('Nobody can register online with a shared address')
    expect(body).toContain(`<a href="/riverside/patients/${ben.id}/acting-for">Let one of them act for Ben</a>`)
    expect(body).toContain(`<a href="/riverside/patients/${ella.id}">Ella Reed</a>, born 1 February 2015`)
    expect(body).not.toContain('Tim')
    expect(body).not.toContain(`<a href="/riverside/patients/${ben.id}">Ben Reed`)
  })

  it('does not call patients without an address sharers of one', async () => {
    await aPatient({ clinicId, firstName: 'Ben' })
    expect(wordsOf(await record((await aPatient({ clinicId })).id))).not.toContain('more than one record')
  })

  it('that was archived says so, and cannot be changed', async () => {
    const janet = await aPatient({ clinicId, archivedAt: Date.parse('2026-05-03T10:00:00Z') })
    const body = await record(janet.id)
    expect(wordsOf(body)).toContain('This record was archived on 3 May 2026.')
    expect(body).not.toContain('Edit details')
    const edit = await sam.get(`/riverside/patients/${janet.id}/edit`)
    expect([edit.status, edit.location]).toEqual([303, `/riverside/patients/${janet.id}`])
    const posted = await sam.post(`/riverside/patients/${janet.id}/edit`, {
      first_name: 'Jane',
      last_name: 'Hall',
      version: '1',
    })
    expect(posted.status).toBe(409)
    expect(wordsOf(posted.body)).toContain('Somebody archived this record while you had the form open')
    expect(fieldsOf(posted.body)).toMatchObject({ first_name: 'Jane', version: '1' })
    expect(await record(janet.id)).toContain('<h1>Janet Hall</h1>')
  })

  it('shows what was typed as words, never as marks', async () => {
    const bobby = await aPatient({ clinicId, firstName: '<script>alert(1)</script>', notes: '"><img src=x>' })
    const body = await record(bobby.id)
    expect(body).not.toContain('<script>alert')
    expect(body).not.toContain('<img')
  })

  it('may be read by a practitioner, who is not offered to change it', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const asPriya = await loggedOn({ clinicId, staffId: priya.id })
    const janet = await aPatient({ clinicId })
    const body = await record(janet.id, asPriya)
    expect(body).toContain('<h1>Janet Hall</h1>')
    expect(body).not.toContain('/edit')
  })
})

describe('a record that is not this clinic’s, and one that never was', () => {
  it('are the same to staff: not found', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const theirs = await aPatient({ clinicId: hillside.id, firstName: 'Tim', lastName: 'Reed' })
    for (const path of ['', '/edit']) {
      const foreign = await sam.get(`/riverside/patients/${theirs.id}${path}`)
      const nobody = await sam.get(`/riverside/patients/aaaaaaaaaaaaaaaa${path}`)
      expect(foreign.status).toBe(404)
      expect(foreign.body.replaceAll(theirs.id, 'aaaaaaaaaaaaaaaa')).toBe(nobody.body)
    }
    const fields = { first_name: 'Tom', last_name: 'Reed', version: '1' }
    expect((await sam.post(`/riverside/patients/${theirs.id}/edit`, fields)).status).toBe(404)
    expect((await sam.post('/riverside/patients/aaaaaaaaaaaaaaaa/edit', fields)).status).toBe(404)
    const maya = await loggedOn({
      clinicId: hillside.id,
      staffId: (await aStaffMember({ clinicId: hillside.id, username: 'maya' })).id,
    })
    expect((await maya.get(`/hillside/patients/${theirs.id}`)).body).toContain('<h1>Tim Reed</h1>')
  })
})
