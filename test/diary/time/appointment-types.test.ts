/** `/settings/appointment-types`: what can be booked. Appointments that are booked stay as they are, whatever becomes of it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { earlier } from '../../../src/diary/time/earlier.ts'
import { bookedBy, readType, typeInWords, usualType } from '../../../src/diary/time/types/type-form.ts'
import { appointmentType, practitionerType } from '../../../src/schema.ts'
import { audited } from '../../clinic/manager.ts'
import { allRows, aType, db } from '../diary-world.ts'
import { aManagedDiary, janetAtNine, type ManagedDiary, wordsOf } from './time-world.ts'

const typed = { ...usualType, name: 'Health check' }

describe('a type as it is typed', () => {
  it.each([
    [{ name: ' ' }, { name: 'Enter a name, like First appointment' }],
    [{ minutes: '42' }, { minutes: 'Minutes must be a multiple of 5, from 5 to 480' }],
    [{ minutes: '' }, { minutes: 'Minutes must be a multiple of 5, from 5 to 480' }],
    [{ buffer: '3' }, { buffer: 'Minutes kept free afterwards must be a multiple of 5, from 0 to 120' }],
    [{ price: '£'.repeat(41) }, { price: 'Price must be 40 characters or fewer' }],
    [{ preparation: 'x'.repeat(501) }, { preparation: 'What to bring must be 500 characters or fewer' }],
    [{ for_new: '', for_existing: '' }, { for_new: 'Select who it is for: new patients, others, or both' }],
  ])('%j is told in plain words', (wrong, problems) => {
    expect(readType({ ...typed, ...wrong }).problems).toEqual(problems)
  })

  it('is read with its lines kept, and told in words', () => {
    const { facts, problems } = readType({
      ...typed,
      buffer: '10',
      price: '£48',
      preparation: 'Bring\r\nyour list',
      for_new: '',
    })
    expect([problems, facts.preparation]).toEqual([{}, 'Bring\nyour list'])
    const type = { ...facts, colour: 1, position: 0 } as Parameters<typeof typeInWords>[0]
    expect(typeInWords(type)).toBe('30 minutes and 10 afterwards, £48')
    expect(bookedBy(type)).toBe('Online, for patients who have been here before')
  })
})

describe('a place earlier', () => {
  const things = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  it.each([
    ['c', ['a', 'c', 'b']],
    ['b', ['b', 'a', 'c']],
    ['a', null],
    ['nobody', null],
  ])('%s', (id, order) => {
    expect(earlier(things, id)).toEqual(order)
  })
})

describe('the pages', () => {
  let diary: ManagedDiary
  beforeEach(async () => {
    diary = await aManagedDiary()
  })
  const rooms = '/riverside/settings/appointment-types'
  const post = (below: string, fields: Record<string, string> = {}) => diary.maya.post(`${rooms}${below}`, fields)
  const types = () => db().select().from(appointmentType)

  it('of a clinic without types leads to the first', async () => {
    await post(`/${diary.typeId}/retirement`)
    expect(wordsOf((await diary.maya.get(rooms)).body)).toContain('Nothing can be booked yet. Add the first type')
  })

  it('adds a type with who does it, once however often the form is sent', async () => {
    const fields = { ...typed, [`who_${diary.priya}`]: 'on', who_stranger: 'on', colour: '4', form_id: 'form-1' }
    expect((await post('/new', fields)).location).toBe(`${rooms}?done=added`)
    expect((await post('/new', fields)).location).toBe(`${rooms}?done=added`)
    const added = (await types()).find(({ name }) => name === 'Health check')
    expect(added).toMatchObject({ name: 'Health check', minutes: 30, colour: 4, position: 1, isOnline: true })
    expect(await types()).toHaveLength(2)
    const doers = (await db().select().from(practitionerType)).filter(({ typeId }) => typeId === added!.id)
    expect(doers.map(({ staffId }) => staffId)).toEqual([diary.priya])
    expect(await audited()).toEqual([['appointment-type-added', { type: added!.id, name: added!.name }]])
    expect(wordsOf((await diary.maya.get(rooms)).body)).toContain('Done by Priya Nair.')
  })

  it('adds another one from the same page after Back, and not under a name that is in use', async () => {
    await post('/new', { ...typed, form_id: 'form-1' })
    expect((await post('/new', { ...typed, name: 'Blood test', form_id: 'form-1' })).location).toBe(
      `${rooms}?done=added`,
    )
    expect((await types()).map(({ name }) => name).sort()).toEqual(['Blood test', 'Follow-up', 'Health check'])
    const again = await post('/new', { ...typed, minutes: '45', form_id: 'form-1' })
    expect([again.status, again.body]).toEqual([422, expect.stringContaining('Another type has this name')])
    expect(await types()).toHaveLength(3)
  })

  it('says what is wrong, keeps what was typed, ticks too', async () => {
    const { status, body } = await post('/new', { ...typed, minutes: '42', [`who_${diary.priya}`]: 'on' })
    expect(status).toBe(422)
    expect(body).toContain('href="#minutes">Minutes must be a multiple of 5')
    expect(body).toContain('value="42"')
    expect(body).toMatch(new RegExp(`name="who_${diary.priya}"[^>]* checked`))
  })

  it('has no two types of one name', async () => {
    const { status, body } = await post('/new', { ...typed, name: 'Follow-up' })
    expect([status, body]).toEqual([422, expect.stringContaining('Another type has this name')])
    const other = await aType({ clinicId: diary.clinicId, name: 'Health check' })
    expect((await post(`/${other.id}`, { ...typed, name: 'Follow-up' })).status).toBe(422)
  })

  it('changes a type; what is booked keeps its length', async () => {
    await janetAtNine(diary)
    const [before] = await allRows()
    await post(`/${diary.typeId}`, { ...typed, name: 'Follow-up', minutes: '60', version: '1' })
    expect((await types())[0]).toMatchObject({ minutes: 60, version: 2 })
    expect(await allRows()).toEqual([before])
    expect(wordsOf((await diary.maya.get(rooms)).body)).toContain('Nobody does it, so it cannot be booked.')
  })

  it('tells the second of two managers, and overwrites nothing', async () => {
    const fields = { ...typed, name: 'Follow-up', [`who_${diary.priya}`]: 'on', version: '1' }
    await post(`/${diary.typeId}`, { ...fields, minutes: '60' })
    expect((await post(`/${diary.typeId}`, { ...fields, minutes: '60' })).status, 'sent twice').toBe(303)
    const second = await post(`/${diary.typeId}`, { ...fields, minutes: '20' })
    expect(second.status).toBe(409)
    expect(wordsOf(second.body)).toMatch(/Somebody else changed this type.*Minutes 60 20/)
    expect((await types())[0]!.minutes).toBe(60)
  })

  it('retires a type, whose appointments stay, and whose name is free again', async () => {
    await janetAtNine(diary)
    expect((await post(`/${diary.typeId}/retirement`)).location).toBe(`${rooms}?done=retired`)
    expect((await post(`/${diary.typeId}/retirement`)).location, 'twice is harmless').toBe(`${rooms}?done=retired`)
    expect((await diary.maya.get(`${rooms}/${diary.typeId}`)).status).toBe(404)
    expect((await allRows())[0]!.status).toBe('booked')
    expect((await post('/new', { ...typed, name: 'Follow-up' })).status).toBe(303)
    expect((await audited()).map(([act]) => act)).toEqual(['appointment-type-retired', 'appointment-type-added'])
  })

  it('stand in the order that the manager gives them', async () => {
    const second = await aType({ clinicId: diary.clinicId, name: 'Blood test', position: 1 })
    const { body } = await diary.maya.get((await post(`/${second.id}/earlier`)).location!)
    expect(wordsOf(body)).toContain('Blood test is now the first of 2, for patients too.')
    expect(body).toMatch(/<a [^>]*autofocus[^>]*><strong>Blood test/)
    expect(body.indexOf('Blood test')).toBeLessThan(body.indexOf('Follow-up'))
  })
})
