/** A record is archived and restored: what stops, what stays, and that nobody is surprised. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { appointment, oneTimeLink } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'
import { aPractitioner, aType, days, db, minutes } from '../diary/diary-world.ts'
import { watched } from '../support/counting.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../support/world.ts'
import { fieldsOf, listed, wordsOf } from './reading.ts'

const email = 'janet.hall@example.com'
let clinicId: string
let samId: string
let sam: Visitor
let janet: Awaited<ReturnType<typeof aPatient>>
let path: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
  samId = (await aStaffMember({ clinicId, name: 'Sam Okoro' })).id
  sam = await loggedOn({ clinicId, staffId: samId })
  janet = await aPatient({ clinicId, email })
  path = `/riverside/patients/${janet.id}`
})

const archive = (who = sam) => who.post(`${path}/archiving`)
/** With a practitioner of its own, so that nothing overlaps. @param distance days from now */
async function appointmentIn(distance: number): Promise<void> {
  const practitionerId = await aPractitioner({ clinicId, username: `priya${distance}`, name: 'Priya Nair' })
  const { id: typeId } = await aType({ clinicId, name: `Visit ${distance}`, doneBy: [practitionerId] })
  const fiveMinutes = 5 * minutes // appointments begin on them
  const startAt = Math.floor(Date.now() / fiveMinutes) * fiveMinutes + distance * days
  const times = { startAt, endAt: startAt + 30 * minutes, bufferUntil: startAt + 30 * minutes }
  const row = { id: newId(), clinicId, practitionerId, patientId: janet.id, typeId, ...times }
  await db()
    .insert(appointment)
    .values({ ...row, statusSince: startAt, bookedAt: startAt })
}
const restore = (who = sam) => who.post(`${path}/restoring`)
const record = async () => (await sam.get(path)).body
const row = () =>
  env.DB.prepare('SELECT archived_at AS at, archived_by AS by FROM patient WHERE id = ?').bind(janet.id).first()
const acts = async () =>
  (await env.DB.prepare('SELECT act, by_staff, of_patient FROM audit ORDER BY id').all()).results.map((entry) =>
    Object.values(entry),
  )

describe('archiving a record', () => {
  it('says first what it means, and changes nothing by being looked at', async () => {
    await anAccess(janet, { password: goodPassword })
    expect(await record()).toContain(`<a href="${path}/archiving">Archive this record</a>`)
    const { body } = await sam.get(`${path}/archiving`)
    expect(wordsOf(body)).toContain('Archive this record?')
    expect(wordsOf(body)).toContain('Janet is logged off everywhere at once and cannot log on')
    expect(wordsOf(body)).toContain('online access does not come back by itself')
    expect(body).toContain(`<form method="post" action="${path}/archiving"`)
    expect(await row()).toEqual({ at: null, by: null })
  })

  it('says how many appointments are still to come, and that they stay', async () => {
    const words = async () => wordsOf((await sam.get(`${path}/archiving`)).body)
    expect(await words()).not.toContain('upcoming')
    await appointmentIn(-2)
    await appointmentIn(2)
    expect(await words()).toContain('1 upcoming appointment stays in the diary. Cancel it yourself')
    await appointmentIn(3)
    expect(await words()).toContain('2 upcoming appointments stay in the diary. Cancel them yourself')
    await archive()
    const kept = env.DB.prepare("SELECT count(*) AS kept FROM appointment WHERE status = 'booked'")
    expect(await kept.first('kept')).toBe(3)
  })

  it('keeps who did it and when, and writes it down with the change', async () => {
    const before = Date.now()
    const answer = await archive()
    expect([answer.status, answer.location]).toEqual([303, `${path}?done=archived`])
    expect(await row()).toEqual({ at: expect.any(Number), by: samId })
    expect(((await row()) as { at: number }).at).toBeGreaterThanOrEqual(before)
    expect(await acts()).toEqual([['patient-archived', samId, janet.id]])
  })

  it('stops online access: sessions and links end, and nobody can log on', async () => {
    await anAccess(janet, { password: goodPassword })
    const atHome = await loggedOn({ clinicId, patientId: janet.id })
    const link = { id: 'l', clinicId, purpose: 'reset' as const, tokenHash: 'h', patientId: janet.id }
    await database(env)
      .insert(oneTimeLink)
      .values({ ...link, createdAt: Date.now(), expiresAt: Date.now() + 3_600_000 })
    await archive()
    expect((await atHome.get('/riverside/home')).location).toBe('/riverside?next=%2Friverside%2Fhome')
    const logon = { identifier: email, password: goodPassword }
    expect((await visitor().post('/riverside/logon', logon)).status).toBe(422)
    expect(await env.DB.prepare('SELECT state, email FROM online_access').first()).toEqual({
      state: 'inactive',
      email: null,
    })
    expect(await env.DB.prepare('SELECT count(*) AS n FROM session WHERE patient_id IS NOT NULL').first('n')).toBe(0)
    expect(await env.DB.prepare('SELECT ended_at FROM one_time_link').first('ended_at')).not.toBeNull()
  })

  it('takes the record out of the list and the search, and puts it under Archived', async () => {
    await archive()
    const list = async (query: string) => listed((await sam.get(`/riverside/patients${query}`)).body)
    expect(await list('')).toEqual([])
    expect(await list('?q=hall')).toEqual([])
    expect(await list('?access=none')).toEqual([])
    expect(await list('?access=archived')).toEqual(['Janet Hall'])
    expect(await list('?access=archived&q=hall')).toEqual(['Janet Hall'])
    expect(await list('?access=archived&q=reed')).toEqual([])
  })

  it('is told on every tab, with the way back as an undo', async () => {
    const answer = await archive()
    for (const address of [
      answer.location!,
      path,
      `${path}/appointments`,
      `${path}/history`,
      `${path}/online-access`,
    ]) {
      const { body } = await sam.get(address)
      expect(wordsOf(body)).toMatch(/This record was archived on \d+ \w+ \d{4} by Sam Okoro\./)
      expect(body).toContain(`<form method="post" action="${path}/restoring"><button class="button secondary">`)
    }
  })

  it('twice, or by two at once, is one act', async () => {
    const answers = await Promise.all([archive(), archive()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const before = await row()
    expect((await archive()).location).toBe(path)
    expect((await sam.get(`${path}/archiving`)).location).toBe(path)
    expect(await row()).toEqual(before)
    expect(await acts()).toHaveLength(1)
  })

  it('does not happen when it cannot be written down (J09)', async () => {
    await anAccess(janet, { password: goodPassword })
    const full = "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END"
    await env.DB.prepare(full).run()
    expect((await archive()).status).toBe(503)
    expect(await row()).toEqual({ at: null, by: null })
    expect(await env.DB.prepare('SELECT state FROM online_access').first('state')).toBe('active')
  })

  it('is one batch: half of it is never there', async () => {
    const { env: watchedEnv, work } = watched()
    await archive(await loggedOn({ clinicId, staffId: samId }, watchedEnv))
    expect(work.trips.filter((trip) => trip.some((sql) => /^update "patient"/i.test(sql)))).toHaveLength(1)
  })
})

describe('an archived record', () => {
  beforeEach(async () => {
    await anAccess(janet, { password: goodPassword })
    await archive()
  })

  it('cannot be edited: whoever had the form open keeps what they typed, and saves it once it is restored', async () => {
    await restore()
    const form = fieldsOf((await sam.get(`${path}/edit`)).body)
    await archive()
    const refused = await sam.post(`${path}/edit`, { ...form, notes: 'Likes tea' })
    expect(refused.status).toBe(409)
    expect(fieldsOf(refused.body)).toMatchObject({ notes: 'Likes tea' })
    expect(await env.DB.prepare('SELECT notes FROM patient').first('notes')).toBe('')
    await restore()
    expect((await sam.post(`${path}/edit`, fieldsOf(refused.body))).status).toBe(303)
    expect(await env.DB.prepare('SELECT notes FROM patient').first('notes')).toBe('Likes tea')
  })

  it('is given no online access, neither by staff nor by registration, and no mail tells why', async () => {
    const activation = await sam.post(`${path}/online-access/activation`)
    expect(activation.status).toBe(422)
    expect(wordsOf(activation.body)).toContain('This record is archived. Restore it first')
    for (const act of ['password', 'email']) {
      expect((await sam.post(`${path}/online-access/${act}`)).status).toBe(422)
    }
    expect((await sam.get(`${path}/online-access`)).body).not.toContain('Set to active')
    await visitor().post('/riverside/register/existing', { email })
    expect((await mailbox()).map(({ text }) => text).join()).not.toMatch(/archived/i)
    expect(await env.DB.prepare('SELECT because FROM registration').first('because')).toBe('archived')
  })

  it('and an activation in the same moment: it ends without access', async () => {
    await restore()
    await Promise.all([archive(), sam.post(`${path}/online-access/activation`)])
    expect(await env.DB.prepare('SELECT state FROM online_access').first('state')).toBe('inactive')
    expect(await row()).toMatchObject({ by: samId })
  })
})

describe('restoring a record', () => {
  it('brings it back to the list, without online access, and says so', async () => {
    await anAccess(janet, { password: goodPassword })
    await archive()
    const answer = await restore()
    expect([answer.status, answer.location]).toEqual([303, `${path}?done=restored`])
    expect(await row()).toEqual({ at: null, by: null })
    const words = wordsOf((await sam.get(answer.location!)).body)
    expect(words).toContain('The record is restored. Online access stays inactive until you set it to active .')
    expect(words).not.toContain('was archived')
    expect(listed((await sam.get('/riverside/patients?access=inactive')).body)).toEqual(['Janet Hall'])
    expect(await acts()).toEqual([
      ['patient-archived', samId, janet.id],
      ['patient-restored', samId, janet.id],
    ])
    expect((await sam.post(`${path}/online-access/activation`)).status).toBe(303)
  })

  it.each([
    ['in the middle of a booking goes on with it', '/riverside/diary/book?patient=a1&from=2026-12-02T10%3A00', true],
    ['goes nowhere but to this clinic', 'https://evil.example', false],
    ['goes to no other clinic', '/hillside/diary', false],
  ])('%s', async (_words, next, isFollowed) => {
    await archive()
    const answer = await sam.post(`${path}/restoring`, { next })
    expect([answer.status, answer.location]).toEqual([303, isFollowed ? next : `${path}?done=restored`])
    expect(await row()).toEqual({ at: null, by: null })
  })

  it('that nobody archived changes nothing and writes nothing down', async () => {
    expect((await restore()).location).toBe(path)
    expect(await acts()).toEqual([])
  })
})

describe('whoever may not', () => {
  it('is refused, and not offered to: a practitioner', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const asPriya = await loggedOn({ clinicId, staffId: priya.id })
    expect((await asPriya.get(path)).body).not.toContain('archiving')
    expect([(await archive(asPriya)).status, (await asPriya.get(`${path}/archiving`)).status]).toEqual([403, 403])
    await archive()
    expect((await restore(asPriya)).status).toBe(403)
    const { body } = await asPriya.get(path)
    expect(wordsOf(body)).toContain('This record was archived')
    expect(body).not.toContain('restoring')
  })

  it('finds nothing: the staff of another clinic', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const maya = await aStaffMember({ clinicId: hillside.id, username: 'maya', role: 'manager' })
    const asMaya = await loggedOn({ clinicId: hillside.id, staffId: maya.id })
    for (const act of ['archiving', 'restoring']) {
      expect((await asMaya.post(`/hillside/patients/${janet.id}/${act}`)).status).toBe(404)
    }
    expect(await row()).toEqual({ at: null, by: null })
  })
})
