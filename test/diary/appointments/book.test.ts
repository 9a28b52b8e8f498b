/** Staff book for a patient: from a gap, from a record, for somebody new; outside the rules with a tick, never twice. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appointmentType, patient, workingHours } from '../../../src/schema.ts'
import { fieldsOf, wordsOf } from '../../patients/reading.ts'
import { watched } from '../../support/counting.ts'
import { slowDatabase } from '../../support/unsteady-database.ts'
import { aClinic, aPatient, aStaffMember, loggedOn, mailbox } from '../../support/world.ts'
import { opened, withAccess } from '../booking/booking-world.ts'
import {
  aBooking,
  aClosedDay,
  allRows,
  anAbsence,
  aPractitioner,
  aType,
  book,
  days,
  db,
  hours,
  minutes,
  nine,
  nineToFive,
  setRules,
} from '../diary-world.ts'
import { actsOf, aDesk, type Desk, newestAct } from './desk-world.ts'

let desk: Desk

beforeEach(async () => {
  desk = await aDesk()
})
afterEach(() => {
  vi.useRealTimers()
})

const ten = nine + hours
const gap = '2026-12-02T10:00'
const page = (query: Record<string, string>, who = desk.sam) =>
  who.get(`/riverside/diary/book?${new URLSearchParams(query)}`)
const fields = (more: Record<string, string> = {}) => ({
  ...{ form_id: 'form1', practitioner: desk.priya, start: String(ten), type: desk.typeId, patient: desk.patientId },
  ...more,
})
const send = (more: Record<string, string> = {}, who = desk.sam) => who.post('/riverside/diary/book', fields(more))
const newRows = async () => (await allRows()).filter(({ id }) => id !== desk.id)
const ada = { patient: '', new: 'yes', first_name: 'Ada', last_name: 'Moss', mobile: '07700 900 123' }

describe('a type that the manager changes while the page is open', () => {
  const opened = async () =>
    fieldsOf((await page({ practitioner: desk.priya, from: gap, patient: desk.patientId })).body)
  const change = (given: Partial<typeof appointmentType.$inferInsert>) =>
    db()
      .update(appointmentType)
      .set({ ...given, version: 2 })
      .where(eq(appointmentType.id, desk.typeId))

  it.each([
    ['takes longer', { minutes: 60 }, '60 minutes'],
    ['costs more', { price: '£70' }, '30 minutes, £70'],
  ])('and that %s is asked for again, as it is now', async (_words, given, now) => {
    const form = await opened()
    await change(given)
    const answer = await desk.sam.post('/riverside/diary/book', { ...form, ...fields({ note: 'By phone' }) })
    expect([answer.status, await newRows()]).toEqual([409, []])
    const words = wordsOf(answer.body)
    expect(words).toContain('Follow-up has been changed meanwhile. Check it as it is now, and book again')
    expect(words).toContain(now)
    expect(answer.body).toContain('By phone')
    const again = { ...fieldsOf(answer.body), ...fields({ note: 'By phone' }) }
    expect((await desk.sam.post('/riverside/diary/book', again)).status).toBe(303)
    expect(await newRows()).toHaveLength(1)
  })

  it('does not matter where another one is booked', async () => {
    const { id: type } = await aType({ clinicId: desk.clinicId, name: 'Blood test', doneBy: [desk.priya] })
    const form = await opened()
    await change({ minutes: 60 })
    expect((await desk.sam.post('/riverside/diary/book', { ...form, ...fields({ type }) })).status).toBe(303)
  })
})

describe('from a gap of the diary', () => {
  it('asks who it is for, then shows everything on one page, the time chosen', async () => {
    const who = await page({ practitioner: desk.priya, from: gap })
    expect([who.status, wordsOf(who.body)]).toEqual([200, expect.stringContaining('Who is the appointment for?')])
    expect(wordsOf(who.body)).toContain('10:00am, with Priya Nair')
    expect(who.body).toContain(`hx-get="/riverside/diary/book/patients?practitioner=${desk.priya}`)
    const check = await page({ practitioner: desk.priya, from: gap, patient: desk.patientId })
    const text = wordsOf(check.body)
    for (const said of [
      'Janet Hall , born 3 May 1951, 75 years old',
      'Priya Nair',
      'Wednesday 2 December 2026',
      '30 minutes',
    ])
      expect(text).toContain(said)
    expect(check.body).toMatch(new RegExp(`<option value="${ten}" selected`))
    expect(check.body).toMatch(/name="tell"[^>]*checked/)
    expect(text).toContain('Booked already Wednesday 2 December 2026, 9:00am, Follow-up')
  })

  it('finds patients as the search of the list does, and leads on with each', async () => {
    const oliver = await aPatient({ clinicId: desk.clinicId, firstName: 'Oliver', lastName: 'Grant' })
    const query = { practitioner: desk.priya, from: gap, q: 'gra oli' }
    const found = await page(query)
    expect(wordsOf(found.body)).toContain('Oliver Grant')
    expect(found.body).toContain(`patient=${oliver.id}`)
    const part = await desk.sam.get(`/riverside/diary/book/patients?${new URLSearchParams(query)}`, {
      'hx-request': 'true',
    })
    expect(part.body).not.toContain('<html')
    expect(part.body).toContain('data-status="1 patient found"')
    const plain = await desk.sam.get(`/riverside/diary/book/patients?${new URLSearchParams(query)}`)
    expect(plain.location).toContain('/riverside/diary/book?')
    const bare = await desk.sam.get('/riverside/diary/book/patients?q=gra')
    expect(bare.location).toBe('/riverside/diary/book?q=gra')
    const none = await page({ ...query, q: 'zzz' })
    expect(wordsOf(none.body)).toContain('No patient matches “zzz”')
    expect(none.body).toContain('href="/riverside/patients?q=zzz&amp;access=archived"')
  })

  it('is drawn in one round trip', async () => {
    const { env: environment, work } = watched()
    const sam = await loggedOn({ clinicId: desk.clinicId, staffId: desk.samId }, environment)
    await page({}, sam)
    for (const query of [
      {},
      { patient: desk.patientId },
      { practitioner: desk.priya, from: gap, patient: desk.patientId },
    ]) {
      work.trips.length = 0
      await page(query as Record<string, string>, sam)
      expect(work.trips).toHaveLength(1)
    }
  })

  it('offers the types of the practitioner only', async () => {
    await aType({ clinicId: desk.clinicId, name: 'Blood test' })
    const { body } = await page({ practitioner: desk.priya, from: gap, patient: desk.patientId })
    expect(body).toContain('Follow-up')
    expect(body).not.toContain('Blood test')
  })

  it('keeps its time where the chosen type fits nowhere on the day: another type may fit', async () => {
    const { id: type } = await aType({
      clinicId: desk.clinicId,
      name: 'Family session',
      minutes: 300,
      doneBy: [desk.priya],
    })
    await book(aBooking(desk, { startAt: nine + 3.5 * hours }))
    const { body } = await page({ practitioner: desk.priya, from: gap, patient: desk.patientId, type })
    expect(wordsOf(body)).toContain('This time cannot be booked.')
    expect(body).toMatch(new RegExp(`<option value="${ten}" selected`))
  })

  it('is not there for another clinic’s practitioner or patient, nor for none', async () => {
    const { id: clinicId } = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId, firstName: 'Ada' })
    expect((await page({ practitioner: desk.priya, from: gap, patient: foreign.id })).status).toBe(404)
    expect((await page({ practitioner: 'nobody', from: gap, patient: desk.patientId })).status).toBe(404)
    expect((await send({ patient: foreign.id })).status).toBe(404)
    const hers = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId, role: 'manager' })).id })
    expect((await hers.post('/hillside/diary/book', fields())).status).toBe(404)
    for (const start of ['', 'x', '1', String(ten + 1)]) expect((await send({ start })).status).toBe(400)
    expect(await newRows()).toEqual([])
  })
})

describe('from a record', () => {
  it('shows the free times of the type, each a link to the last page', async () => {
    const asked = await page({ patient: desk.patientId })
    expect(wordsOf(asked.body)).toContain('Book an appointment for Janet Hall')
    const links = [...asked.body.matchAll(/href="([^"]*from=[^"]*)"/g)].map(([, href]) =>
      href!.replaceAll('&amp;', '&'),
    )
    expect(links.length).toBeGreaterThan(10)
    const check = await desk.sam.get(links[0]!)
    expect(wordsOf(check.body)).toContain('9:30am')
    expect(check.body).toContain('Book appointment')
  })

  it('has a tab with what is upcoming and what is past', async () => {
    await book(aBooking(desk, { startAt: nine - 24 * hours }))
    const { status, body } = await desk.sam.get(`/riverside/patients/${desk.patientId}/appointments`)
    expect(status).toBe(200)
    const text = wordsOf(body)
    expect(text).toMatch(/Upcoming .*Wednesday 2 December 2026, 9:00am to 9:30am.* Past .*Tuesday 1 December 2026/)
    expect(body).toContain(`href="/riverside/diary/book?patient=${desk.patientId}"`)
    expect((await desk.sam.get('/riverside/patients/none/appointments')).status).toBe(404)
    expect((await desk.sam.get(`/riverside/patients/${desk.patientId}`)).body).toContain('Book appointment')
  })
})

describe('booking', () => {
  it('leads to the appointment with its undo, writes it down, and tells the patient', async () => {
    const answer = await send({ note: 'Second knee', tell: 'on' })
    const [row] = await newRows()
    expect([answer.status, answer.location]).toEqual([303, `/riverside/diary/appointments/${row!.id}`])
    expect(row).toMatchObject({
      ...{ startAt: ten, endAt: ten + 30 * minutes, practitionerId: desk.priya, patientId: desk.patientId },
      ...{ bookedBy: desk.samId, note: 'Second knee', outsideRules: false, status: 'booked' },
    })
    expect(wordsOf((await desk.sam.get(answer.location!)).body)).toContain('Booked. Undo')
    expect((await mailbox())[0]).toMatchObject({
      to: 'janet.hall@example.com',
      subject: 'Your appointment – Riverside Clinic',
    })
    const undone = await desk.sam.post(`${answer.location}/undo`, { version: '1' })
    expect(undone.location).toBe(`${answer.location}?done=undone`)
    expect((await newRows())[0]).toMatchObject({ status: 'cancelled', cancelReason: 'Booked by mistake' })
    expect((await mailbox()).map(({ subject }) => subject)).toContain(
      'Your appointment is cancelled – Riverside Clinic',
    )
  })

  it('tells of cancelling online only whoever has online access', async () => {
    await send({ tell: 'on', start: String(ten + 7 * days) })
    expect((await mailbox())[0]?.text).toMatch(/If you cannot come, call Riverside Clinic on 01632 960 001\.\n/)
    expect((await mailbox())[0]?.text).not.toMatch(/online|https:/)
    await withAccess(desk)
    await opened(desk)
    await send({ tell: 'on', start: String(ten + 8 * days) })
    expect((await mailbox())[0]?.text).toContain('you can cancel or change it online up to 1 day before it')
  })

  it('without the tick tells nobody', async () => {
    await send()
    expect(await mailbox()).toEqual([])
    expect(await newestAct()).toMatchObject({
      act: 'appointment-booked',
      byStaff: desk.samId,
      ofPatient: desk.patientId,
    })
  })

  it('that was sent twice books once; after Back with another time, another one', async () => {
    const first = await send()
    expect((await send()).location).toBe(first.location)
    expect(await newRows()).toHaveLength(1)
    await send({ start: String(ten + hours) })
    expect(await newRows()).toHaveLength(2)
  })

  it('needs a type, and keeps what was typed', async () => {
    await aType({ clinicId: desk.clinicId, name: 'Health check', doneBy: [desk.priya] })
    const answer = await send({ type: '', note: 'Second knee' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Choose an appointment type')
    expect(answer.body).toContain('Second knee</textarea>')
    expect(await newRows()).toEqual([])
  })

  it('of a type that has gone meanwhile is never a booking of the one that is left', async () => {
    await aType({ clinicId: desk.clinicId, name: 'Health check', minutes: 60, doneBy: [desk.priya] })
    await db().update(appointmentType).set({ retiredAt: 1 }).where(eq(appointmentType.id, desk.typeId))
    const answer = await send({ note: 'Second knee' })
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('Priya Nair does not do the type you chose any more. Choose another')
    expect(answer.body).toContain('Second knee</textarea>')
    expect(answer.body).not.toMatch(/type="radio"[^>]* checked/)
    expect(await newRows()).toEqual([])
  })

  it('of an archived record is refused in words', async () => {
    await db().update(patient).set({ archivedAt: 1 }).where(eq(patient.id, desk.patientId))
    const answer = await send()
    expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining('The record is archived')])
    expect(await newRows()).toEqual([])
  })

  it.each<[string, () => Record<string, string>]>([
    ['from the record', () => ({ patient: desk.patientId })],
    ['with a time in hand', () => ({ practitioner: desk.priya, from: gap, patient: desk.patientId })],
  ])('of an archived record is told at the first step, %s, and goes on once it is restored', async (_words, query) => {
    await db().update(patient).set({ archivedAt: 1 }).where(eq(patient.id, desk.patientId))
    const told = await page(query())
    expect(wordsOf(told.body)).toContain('This record was archived on 1 January 1970. Nothing can be changed or booked')
    expect(told.body).not.toMatch(/Show free times|<button class="button">Book appointment/)
    const [, next] = /restoring"><input type="hidden" name="next" value="([^"]+)"/.exec(told.body) ?? []
    const restored = await desk.sam.post(`/riverside/patients/${desk.patientId}/restoring`, {
      next: next!.replaceAll('&amp;', '&'),
    })
    const { body } = await desk.sam.get(restored.location!)
    expect(body).toMatch(/Show free times|<button class="button">Book appointment/)
    expect(wordsOf(body)).toContain('Janet Hall')
    expect(wordsOf(body)).not.toContain('was archived')
  })

  it('of an archived record is told to a practitioner, who cannot restore it', async () => {
    await db().update(patient).set({ archivedAt: 1 }).where(eq(patient.id, desk.patientId))
    const nina = await aStaffMember({ clinicId: desk.clinicId, username: 'nina', role: 'practitioner' })
    const { body } = await page(
      { patient: desk.patientId },
      await loggedOn({ clinicId: desk.clinicId, staffId: nina.id }),
    )
    expect(wordsOf(body)).toContain('This record was archived')
    expect(body).not.toContain('restoring')
  })
})

it.each([
  ['before there was any', '-300000'],
  ['after the last day that has a page', '7258118400000'],
  ['beyond the years of the calendar', '253402300800000'],
  ['beyond what a clock can say', '9000000000000000'],
  ['between two', '1796205600001'],
  ['no number', 'ten'],
])('a time %s is no time, whatever is ticked', async (_what, start) => {
  expect((await send({ start, anyway: 'on' })).status).toBe(400)
  const to = { practitioner: desk.priya, start, version: '1', anyway: 'on' }
  expect((await desk.sam.post(`${desk.here}/move`, to)).status).toBe(400)
  expect(await allRows()).toMatchObject([{ id: desk.id, startAt: nine }])
})

describe('for somebody new', () => {
  it('adds the record and the appointment in one go', async () => {
    const form = await page({ practitioner: desk.priya, from: gap, new: 'yes', q: 'Ada Moss' })
    expect(form.body).toContain('value="Ada"')
    const answer = await send({ ...ada, email: 'ada@example.com', tell: 'on' })
    expect(answer.status).toBe(303)
    const [row] = await newRows()
    const [added] = await db().select().from(patient).where(eq(patient.id, row!.patientId))
    expect(added).toMatchObject({ firstName: 'Ada', lastName: 'Moss', createdBy: desk.samId })
    expect(await actsOf()).toEqual(expect.arrayContaining(['patient-added', 'appointment-booked']))
    expect((await mailbox())[0]?.to).toBe('ada@example.com')
    expect((await send({ ...ada, email: 'ada@example.com', tell: 'on' })).location).toBe(answer.location)
    expect(await db().select().from(patient).where(eq(patient.firstName, 'Ada'))).toHaveLength(1)
  })

  it('takes a name that is written with a joiner', async () => {
    expect((await send({ ...ada, first_name: 'علی\u200cرضا' })).status).toBe(303)
    const [row] = await newRows()
    const [added] = await db().select().from(patient).where(eq(patient.id, row!.patientId))
    expect(added?.firstName).toBe('علی\u200cرضا')
  })

  it('asks whether it is the same person as one who is called so', async () => {
    const same = { ...ada, first_name: 'Janet', last_name: 'Hall' }
    const answer = await send(same)
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('This may be the same person as: Janet Hall')
    expect(await newRows()).toEqual([])
    expect((await send({ ...same, add_anyway: 'on' })).status).toBe(303)
  })

  it('says what is wrong, and adds nobody whose time is taken', async () => {
    const wrong = await send({ ...ada, first_name: '', email: 'ada' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Enter a first name')
    expect((await send({ ...ada, start: String(nine) })).status).toBe(409)
    expect(await db().select().from(patient).where(eq(patient.lastName, 'Moss'))).toEqual([])
  })

  it('is for those who may add patients', async () => {
    const priya = await loggedOn({ clinicId: desk.clinicId, staffId: desk.priya })
    expect((await page({ practitioner: desk.priya, from: gap, q: 'zz' }, priya)).body).not.toContain('New patient')
    expect((await page({ practitioner: desk.priya, from: gap, new: 'yes' }, priya)).status).toBe(403)
    expect((await send(ada, priya)).status).toBe(403)
    expect((await send({}, priya)).status).toBe(303)
  })
})

describe('outside the rules', () => {
  it.each([
    ['hours', 'works from 9:00am to 5:00pm', async () => {}, '18:30'],
    [
      'an absence',
      'Priya Nair is absent from 10:00am to 11:00am',
      () => anAbsence({ clinicId: desk.clinicId, staffId: desk.priya, fromAt: ten, untilAt: ten + hours }),
      '10',
    ],
    ['a closed day', 'closed on this day: Training', () => aClosedDay(desk.clinicId, '2026-12-02', 'Training'), '11am'],
  ])('(%s) it says why, asks for the tick, marks it and writes it down', async (_is, words, given, time) => {
    await given()
    const query = { practitioner: desk.priya, from: gap, patient: desk.patientId, date: '2026-12-02', time }
    const shown = await page(query)
    expect(wordsOf(shown.body)).toContain('This time is outside the rules.')
    expect(wordsOf(shown.body)).toContain(words)
    const start = /<option value="(\d+)" selected/.exec(shown.body)![1]!
    const without = await send({ start })
    expect(without.status).toBe(422)
    expect(without.body).toContain('Tick “Book anyway”')
    expect(await newRows()).toEqual([])
    const answer = await send({ start, anyway: 'on' })
    expect(wordsOf((await desk.sam.get(answer.location!)).body)).toContain('Booked outside the rules')
    expect((await newRows())[0]).toMatchObject({ outsideRules: true, startAt: Number(start) })
    expect((await newestAct())?.detail).toMatchObject({ outside: expect.any(String) })
  })

  it('leaves a time that cannot be read where it was', async () => {
    const query = { practitioner: desk.priya, from: gap, patient: desk.patientId, date: '2026-12-02', time: 'noonish' }
    const answer = await page(query)
    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining('Enter a time, like 9:30am or 14:00')])
  })
})

describe('why a time is not offered', () => {
  const why = (at: string, more: Record<string, string> = {}) =>
    desk.sam.get(
      `/riverside/diary/why?${new URLSearchParams({ practitioner: desk.priya, type: desk.typeId, at, ...more })}`,
    )

  it.each([
    ['2026-12-02T09:00', 'Priya Nair is taken from 9:00am to 9:30am.', 'Nobody can book it.'],
    ['2026-12-02T18:00', 'Priya Nair works from 9:00am to 5:00pm.', 'with the tick'],
    ['2026-12-02T10:00', 'Online booking is switched off.', 'Staff can book it as it is.'],
  ])('%s: %s', async (at, words, forStaff) => {
    const answer = await why(at)
    expect(answer.status).toBe(200)
    expect(wordsOf(answer.body)).toContain(words)
    expect(wordsOf(answer.body)).toContain(forStaff)
  })

  it('stands on the booking page too', async () => {
    const { body } = await page({ practitioner: desk.priya, from: gap, patient: desk.patientId })
    expect(wordsOf(body)).toContain('Patients are not offered 10:00am: Online booking is switched off.')
  })

  it('is asked from the diary: what, with whom, which day, and when', async () => {
    const day = await desk.sam.get('/riverside/diary/2026-12-02')
    expect(day.body).toContain('href="/riverside/diary/why?date=2026-12-02')
    const form = await desk.sam.get('/riverside/diary/why?date=2026-12-02')
    expect([form.status, form.body]).toEqual([
      200,
      expect.stringContaining('name="date" type="date" value="2026-12-02"'),
    ])
    const sent = { type: desk.typeId, practitioner: desk.priya, date: '2026-12-02' }
    const ask = (more: Record<string, string>) =>
      desk.sam.get(`/riverside/diary/why?${new URLSearchParams({ ...sent, ...more })}`)
    expect(wordsOf((await ask({ time: '9am' })).body)).toContain('Priya Nair is taken from 9:00am to 9:30am.')
    for (const [more, words] of [
      [{ time: '' }, 'Enter a time, like 9:30am or 14:00'],
      [{ time: 'noonish' }, 'Enter a time, like 9:30am or 14:00'],
      [{ time: '11:03' }, 'Appointments begin on a full five minutes, like 9:05am'],
      [{ time: '1:30am', date: '2027-03-28' }, 'The clocks go forward over this time on that day. Enter another time'],
    ] as const) {
      const answer = await ask(more)
      expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining(words)])
    }
    const dayless = await ask({ time: '9am', date: '' })
    expect([dayless.status, wordsOf(dayless.body)]).toEqual([422, expect.stringContaining('Enter the day')])
    expect(dayless.body).not.toContain('Enter a time')
  })

  it('has an answer for each of the two, where an hour comes twice', async () => {
    await db()
      .insert(workingHours)
      .values({
        ...nineToFive(desk.clinicId, desk.priya, 7),
        ...{ fromMinute: 60, untilMinute: 120 },
      })
    await setRules(desk.clinicId, { isOnline: true, furthestAheadDays: 366 })
    await book(aBooking(desk, { startAt: Date.UTC(2027, 9, 31, 0, 30) }))
    const first = await why('2027-10-31T01:30')
    expect(wordsOf(first.body)).toContain('Priya Nair is taken from 1:30am (before the clocks go back)')
    const twin = /href="([^"]+)">Ask about 1:30am \(after the clocks go back\)</.exec(first.body)![1]!
    const second = await desk.sam.get(twin.replaceAll('&amp;', '&'))
    expect(wordsOf(second.body)).toContain('1:30am (after the clocks go back) is free, and patients are offered it.')
    expect(second.body).toContain('>Ask about 1:30am (before the clocks go back)<')
    expect((await why(gap)).body).not.toContain('clocks')
  })

  it('has no answer for what is not there', async () => {
    expect((await why('tomorrow')).status).toBe(404)
    expect((await why(gap, { type: 'none' })).status).toBe(404)
    expect((await why(gap, { practitioner: 'none' })).status).toBe(404)
  })
})

describe('a time that is taken', () => {
  it('says with whom, and offers the times that are left', async () => {
    const answer = await send({ start: String(nine), anyway: 'on' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain(
      'Someone has just booked 9:00am. Choose another time. Priya Nair sees Janet Hall from 9:00am to 9:30am',
    )
    const offered = [...answer.body.matchAll(/<option value="(\d+)"/g)].map(([, start]) => Number(start))
    expect(offered[0]).toBe(nine + 30 * minutes)
    expect((await send({ start: String(offered[0]) })).status).toBe(303)
  })

  it('also by what begins before this would end, with another practitioner free', async () => {
    const long = await aType({ clinicId: desk.clinicId, name: 'Long', minutes: 60, doneBy: [desk.priya] })
    await book(aBooking(desk, { startAt: ten }))
    const answer = await send({ type: long.id, start: String(nine + 30 * minutes) })
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining('Long does not fit at 9:30am')])
    const tom = await aPractitioner({ clinicId: desk.clinicId, username: 'tom', name: 'Tom Becker' })
    expect((await send({ practitioner: tom, start: String(nine), anyway: 'on' })).status).toBe(422)
  })
})

describe('fifty at once, with D1 answering late and in any order', () => {
  it('book one time: one has it, each of the others gets a page with the times that are left', {
    timeout: 120_000,
  }, async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_each, index) => {
        const slow = await loggedOn(
          { clinicId: desk.clinicId, staffId: desk.samId },
          { ...env, DB: slowDatabase(env.DB) },
        )
        const start = String(ten + (index % 3) * 10 * minutes) // overlapping, not only equal
        return slow.post('/riverside/diary/book', fields({ form_id: `form${index}`, start }))
      }),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(49).fill(409)])
    expect(await newRows()).toHaveLength(1)
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(wordsOf(body)).toMatch(/Someone has just booked|does not fit at/)
      expect(body).toContain(`<option value="${ten + 2 * hours}"`)
    }
  })

  it('of one form book once, and all lead to the same appointment', { timeout: 120_000 }, async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const slow = await loggedOn(
          { clinicId: desk.clinicId, staffId: desk.samId },
          { ...env, DB: slowDatabase(env.DB) },
        )
        return slow.post('/riverside/diary/book', fields({ ...ada }))
      }),
    )
    expect(await newRows()).toHaveLength(1)
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
    expect(await db().select().from(patient).where(eq(patient.lastName, 'Moss'))).toHaveLength(1)
  })
})
