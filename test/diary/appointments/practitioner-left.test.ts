/** A practitioner who is made to see patients no more while staff book with them, or move an appointment to them. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { practitionerType, workingHours } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { inFrontOf } from '../../support/unsteady-database.ts'
import { type Answer, loggedOn, mailbox, type Visitor } from '../../support/world.ts'
import { headingOf, linksOf } from '../booking/booking-world.ts'
import {
  aBooking,
  allRows,
  anAbsence,
  aPractitioner,
  aType,
  book,
  db,
  hours,
  minutes,
  nine,
  nineToFive,
  rowOf,
} from '../diary-world.ts'
import { aDesk, type Desk } from './desk-world.ts'

let desk: Desk
let tom: string

beforeEach(async () => {
  desk = await aDesk()
  const { clinicId, typeId } = desk
  tom = await aPractitioner({ clinicId, username: 'tom', name: 'Tom Becker' })
  await db().insert(practitionerType).values({ clinicId, staffId: tom, typeId })
  await db()
    .insert(workingHours)
    .values([3, 4].map((weekday) => nineToFive(clinicId, tom, weekday)))
})
afterEach(() => {
  vi.useRealTimers()
})

const ten = nine + hours
const gone = 'Priya Nair sees patients here no more. Choose a time with somebody else'
const endPriya = () => env.DB.prepare('UPDATE practitioner SET ended_at = 1 WHERE staff_id = ?').bind(desk.priya).run()
const shutPriya = () => env.DB.prepare('UPDATE staff SET deactivated_at = 1 WHERE id = ?').bind(desk.priya).run()
const page = (query: Record<string, string>) => desk.sam.get(`/riverside/diary/book?${new URLSearchParams(query)}`)
const fields = (more: Record<string, string> = {}) => ({
  ...{ form_id: 'form1', practitioner: desk.priya, start: String(ten), type: desk.typeId, patient: desk.patientId },
  ...more,
})
const send = (more: Record<string, string> = {}, who = desk.sam) => who.post('/riverside/diary/book', fields(more))
const newRows = async () => (await allRows()).filter(({ id }) => id !== desk.id)

/** What the page lets them choose: with whom, and when. */
const offeredIn = ({ body }: Answer) =>
  [...body.matchAll(/<option value="(\d+) ([^"]+)"/g)].map(([, startAt, who]) => ({ startAt: Number(startAt), who }))

async function earlier(change: () => Promise<unknown>): Promise<Visitor> {
  await change()
  return desk.sam
}

/** Between what is read and what is written. */
function meanwhile(change: () => Promise<unknown>): Promise<Visitor> {
  let batches = 0
  const changing = inFrontOf(env.DB, async (query) => {
    if (query === 'batch' && ++batches === 2) await change()
  })
  return loggedOn({ clinicId: desk.clinicId, staffId: desk.samId }, { ...env, DB: changing })
}

describe('a booking with somebody who sees patients no more', () => {
  it.each([
    ['was ended between the page and the form', () => earlier(endPriya)],
    ['has an account that was deactivated', () => earlier(shutPriya)],
    ['was ended between reading and writing', () => meanwhile(endPriya)],
  ])('who %s is refused in words, and keeps everything that was typed', async (_when, at) => {
    const answer = await send({ note: 'Second knee' }, await at())
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining(gone)])
    expect(answer.body).toContain('Second knee</textarea>')
    expect(answer.body).toMatch(new RegExp(`type="radio" value="${desk.typeId}" checked`))
    expect(answer.body).toContain(`name="patient" value="${desk.patientId}"`)
    expect(answer.body).not.toMatch(/name="tell"[^>]*checked/)
    expect(await newRows()).toEqual([])
  })

  it('offers the day’s times of the others, and books the one that is chosen', async () => {
    await endPriya()
    await book(aBooking(desk, { practitionerId: tom, startAt: ten }))
    const [before] = await newRows()
    const answer = await send({ note: 'Second knee' })
    const offered = offeredIn(answer)
    expect(offered[0]).toEqual({ startAt: nine, who: tom })
    expect(offered.map(({ startAt }) => startAt)).not.toContain(ten)
    const chosen = await send({ start: `${offered[0]!.startAt} ${offered[0]!.who}`, note: 'Second knee' })
    expect(chosen.status).toBe(303)
    const [row] = (await newRows()).filter(({ id }) => id !== before!.id)
    expect(row).toMatchObject({ practitionerId: tom, startAt: nine, note: 'Second knee', patientId: desk.patientId })
  })

  it('takes nobody’s silence for another practitioner: where no time is chosen, it asks again', async () => {
    await endPriya()
    const asked = await send()
    const [, first] = /<select id="start"[^>]*><option value="([^"]*)"/.exec(asked.body) ?? []
    const again = await send({ start: first! })
    expect([again.status, wordsOf(again.body)]).toEqual([409, expect.stringContaining(gone)])
    expect(await newRows()).toEqual([])
  })

  it('keeps the fields of a new patient, and what is wrong with them', async () => {
    await endPriya()
    const answer = await send({ patient: '', new: 'yes', first_name: 'Ada', last_name: '', mobile: '07700 900 123' })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('value="Ada"')
    expect(answer.body).toContain('value="07700 900 123"')
    expect(answer.body).toMatch(/<a href="#last_name">.*<a href="#start">/)
    expect(await newRows()).toEqual([])
  })

  it('goes on to the next day on which one of them is free', async () => {
    await endPriya()
    await anAbsence({ clinicId: desk.clinicId, staffId: tom, fromAt: nine - hours, untilAt: nine + 12 * hours })
    const answer = await send()
    expect(offeredIn(answer)[0]).toEqual({ startAt: nine + 24 * hours, who: tom })
    expect(answer.body).toContain('<optgroup label="Tom Becker, Thursday 3 December 2026">')
  })

  it('says so where nobody is left', async () => {
    await endPriya()
    await env.DB.prepare('DELETE FROM practitioner_type').run()
    const answer = await send({ note: 'Second knee' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('Nobody else does the type you chose. Choose another')
    expect(wordsOf(answer.body)).toContain('Priya Nair sees patients here no more')
    expect(wordsOf(answer.body)).toContain('the clinic has no practitioner with an appointment type')
    expect(answer.body).toContain('Second knee</textarea>')
  })
})

describe('a page that somebody had open', () => {
  it('for the last look says who has gone, and offers the others', async () => {
    await endPriya()
    const answer = await page({ practitioner: desk.priya, from: '2026-12-02T10:00', patient: desk.patientId })
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining(gone)])
    expect(offeredIn(answer).map(({ who }) => who)).toContain(tom)
    expect(answer.body).toMatch(/name="tell"[^>]*checked/)
    expect(linksOf(answer).filter((link) => link.includes(desk.priya))).toEqual([])
  })

  it('for a time says who has gone, and shows the times of the others', async () => {
    await endPriya()
    const answer = await page({ practitioner: desk.priya, type: desk.typeId, patient: desk.patientId })
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining(`There is a problem ${gone}`)])
    expect(headingOf(answer)).toBe('Book an appointment for Janet Hall')
    expect(linksOf(answer).filter((link) => link.includes(`practitioner=${tom}`)).length).toBeGreaterThan(10)
    expect(linksOf(answer).filter((link) => link.includes(desk.priya))).toEqual([])
  })

  it('for a reason why a time is not offered says who has gone', async () => {
    await endPriya()
    const query = { practitioner: desk.priya, at: '2026-12-02T10:00', type: desk.typeId }
    const answer = await desk.sam.get(`/riverside/diary/why?${new URLSearchParams(query)}`)
    expect([answer.status, wordsOf(answer.body)]).toEqual([
      409,
      expect.stringContaining('Priya Nair sees patients here no more. Choose somebody else'),
    ])
  })
})

describe('a move to somebody who sees patients no more', () => {
  const nina = () => aPractitioner({ clinicId: desk.clinicId, username: 'nina', name: 'Nina Hart' })
  const end = (id: string) => env.DB.prepare('UPDATE practitioner SET ended_at = 1 WHERE staff_id = ?').bind(id).run()
  const move = (to: string, start: number, more: Record<string, string> = {}, who = desk.sam) =>
    who.post(`${desk.here}/move`, { practitioner: to, start: String(start), version: '1', ...more })

  it('is refused in words, and offers the others’ times of that day, each a button', async () => {
    const to = await nina()
    await end(to)
    const answer = await move(to, ten, { anyway: 'on' })
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Nina Hart sees patients here no more'])
    const text = wordsOf(answer.body)
    expect(text).toContain('Janet Hall stays at Wednesday 2 December 2026, 9:00am to 9:30am, with Priya Nair')
    expect(text).toContain('Free with Tom Becker on Wednesday 2 December 2026')
    expect(await rowOf(desk.id)).toMatchObject({ startAt: nine, practitionerId: desk.priya, version: 1 })
    expect(await mailbox()).toEqual([])
    expect((await move(tom, ten)).status).toBe(303)
    expect(await rowOf(desk.id)).toMatchObject({ startAt: ten, practitionerId: tom })
  })

  it('is refused where that happens between reading and writing', async () => {
    const who = await meanwhile(() => end(tom))
    const answer = await move(tom, ten, {}, who)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Tom Becker sees patients here no more'])
    expect(wordsOf(answer.body)).toContain('Free with Priya Nair on Wednesday 2 December 2026')
    expect(await rowOf(desk.id)).toMatchObject({ startAt: nine, version: 1 })
  })

  it('says so where nobody else has a time', async () => {
    const type = await aType({ clinicId: desk.clinicId, name: 'Health check', doneBy: [tom] })
    await env.DB.prepare('UPDATE appointment SET type_id = ?').bind(type.id).run()
    await end(tom)
    expect(wordsOf((await move(tom, ten)).body)).toContain(
      'Nobody else has a free time for Health check in these 7 days',
    )
  })

  it('keeps that the patient is not to be told, as a time that is taken does', async () => {
    const to = await nina()
    await end(to)
    const silent = /<input type="hidden" name="may_tell" value="yes"/
    expect((await move(to, ten, { may_tell: 'yes' })).body).toMatch(silent)
    expect((await move(to, ten)).body).not.toMatch(silent)
    await book(aBooking(desk, { practitionerId: tom, startAt: ten, endAt: ten + 30 * minutes }))
    expect((await move(tom, ten, { may_tell: 'yes' })).body).toMatch(silent)
  })
})
