/** Two records of one person become one: what is shown first, what moves, and what is left behind. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { watched } from '../../support/counting.ts'
import { aGrant, anAccess, aPatient, goodPassword, loggedOn, mailbox, visitor } from '../../support/world.ts'
import { listed, wordsOf } from '../reading.ts'
import {
  aDuplicateOnTheDesk,
  aLinkOf,
  aMailTo,
  appointmentOf,
  markedIn,
  merge,
  newer,
  older,
  pageOf,
  rowsOf,
  twoJanets,
  type World,
} from './merge-world.ts'

let world: World
let record: string
let gone: string

beforeEach(async () => {
  world = await twoJanets()
  record = `/riverside/patients/${world.first.id}`
  gone = `/riverside/patients/${world.second.id}`
})

const mayActFor = (holder: { id: string }, whom: { id: string }) =>
  aGrant({ clinicId: world.clinicId, holderId: holder.id, patientId: whom.id, by: world.samId })
const words = async (address: string) => wordsOf((await world.sam.get(address)).body)
const patientRow = (id: string) =>
  env.DB.prepare('SELECT * FROM patient WHERE id = ?').bind(id).first<Record<string, unknown>>()

describe('finding the other record', () => {
  it('is offered on the record, beside archiving, and shows who has the same name or birthday', async () => {
    await aPatient({ clinicId: world.clinicId, firstName: 'Una', lastName: 'Reed', dateOfBirth: '1951-05-03' })
    await aPatient({ clinicId: world.clinicId, firstName: 'Tom', lastName: 'Reed', dateOfBirth: '1980-01-01' })
    expect((await world.sam.get(record)).body).toContain(`<a href="${record}/merging">Merge with another record</a>`)
    const { body } = await world.sam.get(`${record}/merging`)
    const links = [...body.matchAll(/<li><a href="[^"]*\/merging\/[^"]*">([^<]*)/g)].map(([, name]) => name)
    expect(links).toEqual(['Janet Hall', 'Una Reed'])
    expect(body).toContain(`href="${pageOf(world.first, world.second)}"`)
  })

  it('looks among all patients for what is typed, but never offers the record itself', async () => {
    await aPatient({ clinicId: world.clinicId, firstName: 'Tom', lastName: 'Reed', dateOfBirth: '1980-01-01' })
    expect(await words(`${record}/merging?q=reed`)).toContain('Tom Reed')
    const found = (await world.sam.get(`${record}/merging?q=hall`)).body
    expect(found).toContain(pageOf(world.first, world.second))
    expect(found).not.toContain(`/merging/${world.first.id}"`)
    expect(await words(`${record}/merging?q=zzzz`)).toContain('No other patient matches “zzzz”')
  })

  it('leads from the entry of a possible duplicate on the desk to the two beside each other', async () => {
    await aDuplicateOnTheDesk(world.second)
    const { body } = await world.sam.get('/riverside/registrations')
    expect(body).toContain(`<a class="button" href="${pageOf(world.second, world.first)}">Merge these records`)
  })
})

describe('the two beside each other', () => {
  it('keeps the older one, wherever it was opened, and turns them round on demand', async () => {
    for (const address of [pageOf(world.first, world.second), pageOf(world.second, world.first)]) {
      const { body } = await world.sam.get(address)
      expect(markedIn(body).stays).toBe(world.first.id)
      expect(wordsOf(body)).toMatch(/The older one stays: Janet Hall, added on [\w ]+\. Let the newer one stay instead/)
    }
    const turned = await world.sam.get(`${pageOf(world.first, world.second)}?stays=${world.second.id}`)
    expect(markedIn(turned.body).stays).toBe(world.second.id)
    expect(wordsOf(turned.body)).toContain('Let the older one stay instead')
  })

  it('asks of each field that differs whose value is kept, and of no other', async () => {
    const { body } = await world.sam.get(pageOf(world.first, world.second))
    const radios = [...body.matchAll(/<input [^>]*name="(\w+)" type="radio" value="(\w+)"( checked="")?/g)]
    expect(radios.map(([, name, value, checked]) => [name, value, Boolean(checked)])).toEqual([
      ['email', 'stays', true],
      ['email', 'goes', false],
      ['mobile', 'stays', false],
      ['mobile', 'goes', true], // there is nothing in the other
    ])
  })

  it('says in plain words what will happen', async () => {
    await anAccess(world.second, { password: goodPassword })
    await appointmentOf(world.second, -30)
    await appointmentOf(world.second, 3)
    const said = await words(pageOf(world.first, world.second))
    expect(said).toContain('2 appointments of the record that goes move to the one that stays')
    expect(said).toContain(
      `If ${newer} is kept: Janet logs on with ${newer}, with the password of the record that goes, and its passkeys.`,
    )
    expect(said).toContain(
      `If ${older} is kept: Janet logs on with ${older} instead of ${newer}, with the password of the record that goes, but without passkeys. Both addresses are told by email.`,
    )
    expect(said).toContain('It cannot be undone.')
  })

  it('names appointments at the same time, which do not hinder it', async () => {
    await appointmentOf(world.first, 2)
    await appointmentOf(world.second, 2)
    expect(await words(pageOf(world.first, world.second))).toContain('Two upcoming appointments at the same time')
    expect((await merge(world.sam, world.first, world.second)).status).toBe(303)
  })

  it('warns of two who were born on different days', async () => {
    const una = await aPatient({ clinicId: world.clinicId, firstName: 'Una', dateOfBirth: '1980-01-01' })
    expect(await words(pageOf(world.first, una))).toContain('The two were born on different days.')
    expect(await words(pageOf(world.first, world.second))).not.toContain('born on different days')
  })

  it('warns where whoever logs on afterwards registered by themselves: a name and a birthday are no secret', async () => {
    const page = pageOf(world.first, world.second)
    const warning = 'Whoever logs on afterwards registered online by themselves.'
    expect(await words(page)).not.toContain(warning)
    await anAccess(world.second, { password: goodPassword })
    expect(await words(page)).toContain(warning)
    await anAccess(world.first, { password: goodPassword })
    expect(await words(page)).not.toContain(warning)
  })

  it('changes nothing by being looked at, nor without the tick', async () => {
    const { body } = await world.sam.get(pageOf(world.first, world.second))
    const refused = await world.sam.post(pageOf(world.first, world.second), { ...markedIn(body), mobile: 'stays' })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused.body)).toContain('Tick that both records are of the same person')
    expect(refused.body).toMatch(/name="mobile" type="radio" value="stays" checked/)
    expect((await patientRow(world.second.id))!.merged_into).toBeNull()
  })
})

describe('once merged', () => {
  it('the record that stays holds what was chosen, and the notes of both', async () => {
    await env.DB.prepare("UPDATE patient SET notes = 'Deaf in one ear' WHERE id = ?").bind(world.second.id).run()
    const answer = await merge(world.sam, world.first, world.second, { email: 'goes' })
    expect([answer.status, answer.location]).toEqual([303, `${record}?done=merged`])
    expect(await patientRow(world.first.id)).toMatchObject({
      email: newer,
      email_canonical: newer,
      mobile: '07700 900 982',
      notes: 'Likes tea\n\nDeaf in one ear',
      archived_at: null,
      version: 2,
    })
    expect(await words(answer.location!)).toContain('The two records are merged. Everything stands here now.')
    expect(listed((await world.sam.get('/riverside/patients?q=07700')).body)).toEqual(['Janet Hall'])
  })

  it.each([
    [
      'appointments, past and to come',
      () => appointmentOf(world.second, -30).then(() => appointmentOf(world.second, 3)),
      'appointment',
    ],
    ['mails', () => aMailTo(world.second), 'mail'],
    ['registrations', () => aDuplicateOnTheDesk(world.second), 'registration'],
  ])('%s move', async (_what, given, table) => {
    await given()
    await merge(world.sam, world.first, world.second)
    const whose = await rowsOf<{ of: string }>(`SELECT DISTINCT patient_id AS of FROM ${table}`)
    expect(whose).toEqual([{ of: world.first.id }])
  })

  it('what happened to an appointment before is still told on its page, and its calendar entry is the same', async () => {
    const id = await appointmentOf(world.second, 3)
    await world.sam.post(`/riverside/diary/appointments/${id}/note`, { note: 'Bring the letter', version: '1' })
    const before = await env.DB.prepare('SELECT id, version, sequence, start_at FROM appointment').first()
    await merge(world.sam, world.first, world.second)
    expect(await words(`/riverside/diary/appointments/${id}`)).toContain('Changed the note')
    expect(await env.DB.prepare('SELECT id, version, sequence, start_at FROM appointment').first()).toEqual(before)
  })

  it('whoever is logged on with the record that goes is logged off, and its links end', async () => {
    await anAccess(world.second, { password: goodPassword })
    const atHome = await loggedOn({ clinicId: world.clinicId, patientId: world.second.id })
    await aLinkOf(world.second)
    await merge(world.sam, world.first, world.second)
    expect((await atHome.get('/riverside/home')).status).toBe(303)
    expect(await env.DB.prepare('SELECT ended_at FROM one_time_link').first('ended_at')).not.toBeNull()
  })

  it('the entry on the desk is settled, unless a third record is called the same', async () => {
    await aDuplicateOnTheDesk(world.second)
    const third = await aPatient({ clinicId: world.clinicId })
    await merge(world.sam, world.first, world.second)
    expect((await world.sam.get('/riverside/registrations')).body).toContain(pageOf(world.first, third))
    await merge(world.sam, world.first, third)
    expect(await words('/riverside/registrations')).toMatch(/Nothing is waiting.*The records were merged by Sam Okoro/)
  })

  it('grants of acting for others go over, but for one that stands there already, or is to act for oneself', async () => {
    const [child, other] = [
      await aPatient({ clinicId: world.clinicId, firstName: 'Mia' }),
      await aPatient({ clinicId: world.clinicId, firstName: 'Leo' }),
    ]
    await mayActFor(world.second, child)
    await mayActFor(world.first, child)
    await mayActFor(world.second, other)
    await mayActFor(other, world.second)
    await mayActFor(world.first, world.second)
    await merge(world.sam, world.first, world.second)
    const living = await rowsOf<object>(
      'SELECT holder_id AS holder, patient_id AS whom FROM acting_grant WHERE ended_at IS NULL',
    )
    expect(living).toHaveLength(3)
    expect(living).toEqual(
      expect.arrayContaining([
        { holder: world.first.id, whom: child.id },
        { holder: world.first.id, whom: other.id },
        { holder: other.id, whom: world.first.id },
      ]),
    )
    expect(await rowsOf('SELECT DISTINCT ended_by AS by FROM acting_grant WHERE ended_at IS NOT NULL')).toEqual([
      { by: world.samId },
    ])
  })

  it('whoever acts for the patient at the moment says again for whom: for the record that stays', async () => {
    const una = await aPatient({ clinicId: world.clinicId, firstName: 'Una', email: 'una@example.com' })
    await anAccess(una, { password: goodPassword })
    await mayActFor(una, world.second)
    const browser = await loggedOn({ clinicId: world.clinicId, patientId: una.id })
    await browser.post('/riverside/acting-for', { patient: world.second.id })
    expect(wordsOf((await browser.get('/riverside/home')).body)).toContain('Janet')
    await merge(world.sam, world.first, world.second)
    expect((await browser.get('/riverside/home')).body).not.toContain(`name="patient" value="${world.second.id}`)
    const led = await browser.post('/riverside/acting-for', { patient: world.first.id })
    expect(led.location).toBe('/riverside/home')
    expect((await browser.get('/riverside/home')).status).toBe(200)
  })

  it('it is written down, with codes only, and no mail is sent', async () => {
    await merge(world.sam, world.first, world.second)
    const [entry] = await rowsOf<{ detail: string }>(
      "SELECT by_staff, of_patient, detail FROM audit WHERE act = 'patients-merged'",
    )
    expect(entry).toMatchObject({ by_staff: world.samId, of_patient: world.first.id })
    expect(JSON.parse(entry!.detail)).toEqual({ merged: world.second.id, fields: 'mobile', version: 2 })
    expect(await mailbox()).toEqual([])
    expect(await words(`${record}/history`)).toContain('Merged another record into this one, and took its mobile phone')
  })

  it('is one batch: half of it is never there', async () => {
    const { env: watchedEnv, work } = watched()
    await merge(
      await loggedOn({ clinicId: world.clinicId, staffId: world.samId }, watchedEnv),
      world.first,
      world.second,
    )
    const writing = work.trips.filter((trip) => trip.some((sql) => /^update "(patient|appointment|mail)"/i.test(sql)))
    expect(writing).toHaveLength(1)
  })
})

describe('the record that went', () => {
  beforeEach(async () => {
    await merge(world.sam, world.first, world.second)
  })

  it('says where everything went, on every tab, and offers nothing', async () => {
    for (const tab of ['', '/appointments', '/history', '/online-access']) {
      const { body } = await world.sam.get(`${gone}${tab}`)
      expect(wordsOf(body)).toMatch(/This record was merged into another one on \d+ \w+ \d{4} by Sam Okoro\./)
      expect(body).toContain(`<a href="${record}">Open the record that it was merged into</a>`)
      expect(body).not.toMatch(/Restore record|\/merging"|\/edit"|Set to active/)
    }
  })

  it('its past is reached from the history of the record that stays', async () => {
    const { body } = await world.sam.get(`${record}/history`)
    expect(body).toContain(`<a href="${gone}/history">what happened to Janet Hall there before</a>`)
  })

  it('leads to the last of them when that one is merged too', async () => {
    const third = await aPatient({ clinicId: world.clinicId, createdAt: 1 })
    await merge(world.sam, world.first, third)
    expect((await world.sam.get(gone)).body).toContain(`href="/riverside/patients/${third.id}">Open the record`)
    const past = (await world.sam.get(`/riverside/patients/${third.id}/history`)).body
    expect([past.includes(`${record}/history`), past.includes(`${gone}/history`)]).toEqual([true, true])
  })

  it('does not come up among living patients, and holds no address that would keep somebody out', async () => {
    expect(listed((await world.sam.get('/riverside/patients?q=hall')).body)).toEqual(['Janet Hall'])
    expect(await patientRow(world.second.id)).toMatchObject({ email: '', email_canonical: null, listed_as: 'archived' })
    await visitor().post('/riverside/register/new', { email: newer })
    expect((await mailbox())[0]).toMatchObject({ to: newer, subject: expect.stringContaining('Register') })
    expect(await words(`${record}/merging`)).toContain('No other record has the same name or date of birth')
  })

  it('cannot be restored, edited, given access or merged again', async () => {
    const before = await patientRow(world.second.id)
    expect((await world.sam.post(`${gone}/restoring`)).location).toBe(gone)
    expect((await world.sam.get(`${gone}/edit`)).location).toBe(gone)
    const edited = await world.sam.post(`${gone}/edit`, { first_name: 'X', last_name: 'Y', version: '2' })
    expect([edited.status, wordsOf(edited.body)]).toEqual([409, expect.stringContaining('Open the record that stays')])
    expect((await world.sam.post(`${gone}/online-access/activation`)).status).toBe(422)
    const third = await aPatient({ clinicId: world.clinicId })
    for (const address of [`${gone}/merging`, pageOf(third, world.second)]) {
      expect((await world.sam.get(address)).location).toContain(gone)
    }
    const again = await world.sam.post(pageOf(world.second, third), { stays: third.id, mark: '2-1', sure: 'on' })
    expect(again.location).toBe(`${gone}?done=merged-already`)
    expect(await words(again.location!)).toContain('somebody has merged this record already')
    expect(await patientRow(world.second.id)).toEqual(before)
  })

  it.each([
    ['brought back from the archive', 'UPDATE patient SET archived_at = NULL WHERE id = ?'],
    ['given an address', "UPDATE patient SET email = 'x@example.com', email_canonical = 'x@example.com' WHERE id = ?"],
    ['taken apart again', 'UPDATE patient SET merged_into = NULL WHERE id = ?'],
  ])('is never %s: the database refuses it', async (_words, sql) => {
    await expect(env.DB.prepare(sql).bind(world.second.id).run()).rejects.toThrow(/CHECK|merged_for_good/)
  })
})
