/** Merging and everybody else: who may, two at once, a form sent twice, a record that was changed meanwhile. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { aClinic, anAccess, aPatient, aStaffMember, goodPassword, loggedOn } from '../../support/world.ts'
import { wordsOf } from '../reading.ts'
import { appointmentOf, markedIn, merge, pageOf, rowsOf, twoJanets, type World } from './merge-world.ts'

let world: World
let page: string

beforeEach(async () => {
  world = await twoJanets()
  page = pageOf(world.first, world.second)
})

/** The form as it stands now, ticked. @param stays the other way round */
const opened = async (stays = ''): Promise<Record<string, string>> => ({
  ...markedIn((await world.sam.get(stays ? `${page}?stays=${stays}` : page)).body),
  sure: 'on',
})
const merges = () => rowsOf<{ of: string }>("SELECT of_patient AS of FROM audit WHERE act = 'patients-merged'")

describe('a form sent twice', () => {
  it('has one effect and one answer, one after the other or at once', async () => {
    const form = await opened()
    const answers = await Promise.all([world.sam.post(page, form), world.sam.post(page, form)])
    answers.push(await world.sam.post(page, form))
    const led = answers.map(({ status, location }) => [status, location])
    expect(led).toEqual(Array(3).fill([303, `/riverside/patients/${world.first.id}?done=merged`]))
    expect(await merges()).toHaveLength(1)
  })
})

describe('two staff at once', () => {
  it('who want another one to stay: one wins, the other is told', async () => {
    const [one, other] = [await opened(), await opened(world.second.id)]
    const answers = await Promise.all([world.sam.post(page, one), world.sam.post(page, other)])
    const [{ of }] = (await merges()) as [{ of: string }]
    const gone = of === world.first.id ? world.second.id : world.first.id
    expect(answers.map(({ location }) => location).sort()).toEqual(
      [`/riverside/patients/${of}?done=merged`, `/riverside/patients/${gone}?done=merged-already`].sort(),
    )
    expect(await merges()).toHaveLength(1)
  })

  it('who merge the same record into two others: one wins', async () => {
    const third = await aPatient({ clinicId: world.clinicId, createdAt: 1 })
    const intoThird = pageOf(third, world.second)
    const form = { ...markedIn((await world.sam.get(intoThird)).body), sure: 'on' }
    await Promise.all([world.sam.post(page, await opened()), world.sam.post(intoThird, form)])
    expect(await merges()).toHaveLength(1)
  })
})

describe('a record that was changed while the page was open', () => {
  it.each([
    [
      'by an edit',
      () =>
        world.sam.post(`/riverside/patients/${world.second.id}/edit`, {
          first_name: 'Jan',
          last_name: 'Hall',
          version: '1',
        }),
    ],
    ['by online access given', () => world.sam.post(`/riverside/patients/${world.second.id}/online-access/activation`)],
    [
      'by archiving',
      async () =>
        env.DB.prepare('UPDATE patient SET archived_at = 1, version = 9 WHERE id = ?').bind(world.first.id).run(),
    ],
  ])('%s, is told, and nothing is overwritten', async (_how, change) => {
    const form = await opened()
    await change()
    const before = await rowsOf('SELECT * FROM patient ORDER BY id')
    const answer = await world.sam.post(page, { ...form, email: 'goes' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('Somebody changed one of these records while you had this page open.')
    expect(answer.body).toMatch(/name="email" type="radio" value="goes" checked/)
    expect(await rowsOf('SELECT * FROM patient ORDER BY id')).toEqual(before)
    expect(markedIn(answer.body).mark).not.toBe(form.mark)
  })

  it('in the same moment: nobody’s change is lost', async () => {
    const form = await opened()
    const edit = { first_name: 'Jan', last_name: 'Hall', version: '1' }
    const [edited, merged] = await Promise.all([
      world.sam.post(`/riverside/patients/${world.first.id}/edit`, edit),
      world.sam.post(page, form),
    ])
    expect([edited.status, merged.status].sort()).toEqual([303, 409])
  })

  it('and an appointment that was booked meanwhile moves too', async () => {
    const form = await opened()
    await appointmentOf(world.second, 3)
    await world.sam.post(page, form)
    expect(await rowsOf('SELECT patient_id AS of FROM appointment')).toEqual([{ of: world.first.id }])
  })
})

describe('an archived record', () => {
  beforeEach(async () => {
    await world.sam.post(`/riverside/patients/${world.first.id}/archiving`)
  })

  it('goes, into the living one', async () => {
    expect((await merge(world.sam, world.first, world.second)).location).toBe(
      `/riverside/patients/${world.second.id}?done=merged`,
    )
  })

  it('does not stay before it is restored', async () => {
    const refused = await merge(world.sam, world.first, world.second, { stays: world.first.id })
    expect([refused.status, wordsOf(refused.body)]).toEqual([422, expect.stringContaining('Restore it first')])
  })
})

describe('a merge that cannot be written down', () => {
  it('does not happen (J09)', async () => {
    await anAccess(world.second, { password: goodPassword })
    const before = await rowsOf('SELECT * FROM patient ORDER BY id')
    const full = "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END"
    await env.DB.prepare(full).run()
    expect((await merge(world.sam, world.first, world.second)).status).toBe(503)
    expect(await rowsOf('SELECT * FROM patient ORDER BY id')).toEqual(before)
    expect(await rowsOf('SELECT patient_id AS of FROM online_access')).toEqual([{ of: world.second.id }])
  })
})

describe('whoever may not', () => {
  it('is refused, and not offered it: a practitioner', async () => {
    const priya = await aStaffMember({ clinicId: world.clinicId, username: 'priya', role: 'practitioner' })
    const asPriya = await loggedOn({ clinicId: world.clinicId, staffId: priya.id })
    expect((await asPriya.get(`/riverside/patients/${world.first.id}`)).body).not.toContain('merging')
    expect([(await asPriya.get(page)).status, (await asPriya.post(page, await opened())).status]).toEqual([403, 403])
  })

  it('finds nothing: a record of another clinic, on either side, and the record itself', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id })
    const form = await opened()
    for (const [one, other] of [
      [world.first, foreign],
      [foreign, world.first],
      [world.first, world.first],
    ] as const) {
      expect((await world.sam.get(pageOf(one, other))).status).toBe(404)
      expect((await world.sam.post(pageOf(one, other), form)).status).toBe(404)
    }
    expect((await world.sam.get(`/riverside/patients/${foreign.id}/merging`)).status).toBe(404)
    expect(await merges()).toEqual([])
  })

  it('cannot say that a third record stays', async () => {
    const third = await aPatient({ clinicId: world.clinicId })
    const answer = await world.sam.post(page, { ...(await opened()), stays: third.id })
    expect(answer.location).toBe(`/riverside/patients/${world.first.id}?done=merged`)
  })

  it('is told by the database: a record of another clinic', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id, email: '' })
    const into = env.DB.prepare(
      "UPDATE patient SET archived_at = 1, email = '', email_canonical = NULL, merged_into = ? WHERE id = ?",
    )
    await expect(into.bind(foreign.id, world.first.id).run()).rejects.toThrow('another_clinic')
  })
})
