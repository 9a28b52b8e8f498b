/** `/settings/practitioners`: who sees patients, what each of them does, and what it takes to stop. */
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { practitioner } from '../../../src/schema.ts'
import { audited, markOn } from '../../clinic/manager.ts'
import { watched } from '../../support/counting.ts'
import { aStaffMember, loggedOn } from '../../support/world.ts'
import { aPractitioner, db } from '../diary-world.ts'
import { aManagedDiary, janetAtNine, type ManagedDiary, wordsOf } from './time-world.ts'

let diary: ManagedDiary
beforeEach(async () => {
  diary = await aManagedDiary()
})
const rooms = '/riverside/settings/practitioners'
const post = (below: string, fields: Record<string, string> = {}) => diary.maya.post(`${rooms}${below}`, fields)
/** Where the focus is when the page has come, with a script or without. */
const focusOf = (body: string) => /<[a-z]+ [^>]*autofocus.*?<\/(a|button)>/s.exec(body.split('<main')[1]!)?.[0] ?? ''
const rowOf = async (staffId: string) =>
  (await db().select().from(practitioner).where(eq(practitioner.staffId, staffId)))[0]

describe('the list', () => {
  it('says of each what they do and when, in one line each', async () => {
    expect(wordsOf((await diary.maya.get(rooms)).body)).toMatch(
      /Priya Nair Monday to Friday 9:00am to 5:00pm Follow-up · calendar feed off/,
    )
  })

  it('of a new clinic leads to the first', async () => {
    await post(`/${diary.priya}/ending`)
    expect(wordsOf((await diary.maya.get(rooms)).body)).toContain('Add the first practitioner')
  })

  it('stands in the order of the diary’s columns', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' }, { position: 1 })
    await post(`/${tom}/earlier`)
    const { body } = await diary.maya.get(rooms)
    expect(body.indexOf('Tom Becker')).toBeLessThan(body.indexOf('Priya Nair'))
    expect(await audited()).toEqual([['practitioner-changed', { fields: 'position' }]])
  })

  it('gives whoever moves one up its button back, and says where it stands now', async () => {
    const of = { clinicId: diary.clinicId, name: 'Tom Becker' }
    await aPractitioner({ ...of, username: 'tom' }, { position: 1 })
    const liv = await aPractitioner({ ...of, username: 'liv', name: 'Liv Berg' }, { position: 2 })
    const pressed = async () => (await diary.maya.get((await post(`/${liv}/earlier`)).location!)).body
    const second = await pressed()
    expect(wordsOf(second)).toContain('Liv Berg is now number 2 of 3, in the diary and for patients.')
    expect(focusOf(second)).toMatch(/^<button .*Move up<span class="hidden"> Liv Berg/s)
    const first = await pressed()
    expect(wordsOf(first)).toContain('Liv Berg is now the first of 3, in the diary and for patients.')
    expect(focusOf(first), 'nothing is left to press').toMatch(/^<a .*Liv Berg/s)
  })

  it('says nothing of somebody whom the address makes up', async () => {
    const { body } = await diary.maya.get(`${rooms}?done=ordered&moved=nobody`)
    expect(wordsOf(body)).toContain('The order is changed, in the diary and for patients.')
    expect(focusOf(body)).toBe('')
  })

  it('asks D1 once', async () => {
    const { env, work } = watched()
    await (await loggedOn({ clinicId: diary.clinicId, staffId: diary.mayaId }, env)).get(rooms)
    expect(work.trips.filter((sql) => sql.some((text) => text.includes('practitioner')))).toHaveLength(1)
  })
})

describe('adding', () => {
  it('makes a staff member one who sees patients, and says what comes next', async () => {
    const tom = await aStaffMember({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    const fields = { staff: tom.id, designation: 'Nurse', colour: '3', [`type_${diary.typeId}`]: 'on', own_hours: 'on' }
    const answer = await post('/new', fields)
    expect(answer.location).toBe(`${rooms}/${tom.id}?done=added`)
    expect((await post('/new', fields)).status, 'sent twice').toBe(303)
    expect(await rowOf(tom.id)).toMatchObject({ designation: 'Nurse', colour: 3, position: 1, mayChangeOwnHours: true })
    expect(await audited()).toEqual([['practitioner-added', {}]])
    expect(wordsOf((await diary.maya.get(answer.location!)).body)).toContain('Set the working hours next')
  })

  it('asks for somebody, and keeps what was typed', async () => {
    const { status, body } = await post('/new', { designation: 'Nurse', colour: '3' })
    expect(status).toBe(422)
    expect(body).toContain('href="#staff">Select who sees patients')
    expect(body).toContain('value="Nurse"')
  })

  it('knows nobody of another clinic and nobody who has left', async () => {
    const gone = await aStaffMember({ clinicId: diary.clinicId, username: 'nora', deactivatedAt: 1 })
    expect((await post('/new', { staff: gone.id })).status).toBe(422)
    expect((await post('/new', { staff: 'a'.repeat(16) })).status).toBe(422)
  })
})

describe('a practitioner', () => {
  const page = async () => (await diary.maya.get(`${rooms}/${diary.priya}`)).body

  it('is changed: designation, types, colour, and whether they may change their own hours', async () => {
    const fields = { designation: 'Physiotherapist', colour: '5', own_hours: 'on', opened_with: markOn(await page()) }
    expect((await post(`/${diary.priya}`, fields)).location).toBe(`${rooms}/${diary.priya}?done=saved`)
    expect((await post(`/${diary.priya}`, fields)).status, 'sent twice').toBe(303)
    expect(await rowOf(diary.priya)).toMatchObject({
      designation: 'Physiotherapist',
      mayChangeOwnHours: true,
      colour: 5,
    })
    expect(wordsOf((await diary.maya.get(rooms)).body)).toContain('Does no appointment type')
    expect((await audited()).map(([act]) => act)).toEqual(['practitioner-changed'])
  })

  it('is not overwritten by the second of two managers', async () => {
    const opened_with = markOn(await page())
    await post(`/${diary.priya}`, { designation: 'Doctor', colour: '1', opened_with })
    const second = await post(`/${diary.priya}`, { designation: 'Nurse', colour: '1', opened_with })
    expect(second.status).toBe(409)
    expect(wordsOf(second.body)).toContain('Saved now: Doctor; no types; may not change their own hours.')
    expect(second.body).toContain('value="Nurse"')
    expect((await rowOf(diary.priya))!.designation).toBe('Doctor')
  })

  it('does not stop seeing patients while appointments are to come: they are listed', async () => {
    const id = await janetAtNine(diary)
    const { status, body } = await post(`/${diary.priya}/ending`)
    expect(status).toBe(409)
    expect(wordsOf(body)).toMatch(/Not yet: 1 appointment is booked with Priya Nair.*9:00am, Janet Hall/)
    expect(body).toContain(`href="/riverside/diary/appointments/${id}"`)
    expect((await rowOf(diary.priya))!.endedAt).toBe(null)
  })

  it('stops, and can be added again with the hours kept', async () => {
    expect((await post(`/${diary.priya}/ending`)).location).toBe(`${rooms}?done=ended`)
    expect((await diary.maya.get(`${rooms}/${diary.priya}`)).status).toBe(404)
    await post('/new', { staff: diary.priya })
    expect(wordsOf(await page())).toContain('Monday to Friday 9:00am to 5:00pm')
    expect((await audited()).map(([act]) => act)).toEqual(['practitioner-ended', 'practitioner-added'])
  })
})
