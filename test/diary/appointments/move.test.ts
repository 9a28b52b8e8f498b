/** Staff move an appointment: to any free time, outside the rules with a tick, never onto another; and back again. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appointment, appointmentType, patient } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { slowDatabase } from '../../support/unsteady-database.ts'
import { aClinic, aPatient, aStaffMember, loggedOn, mailbox } from '../../support/world.ts'
import {
  aBooking,
  aClosedDay,
  allRows,
  anAbsence,
  aPractitioner,
  book,
  days,
  db,
  hours,
  minutes,
  nine,
  rowOf,
} from '../diary-world.ts'
import { aDesk, at, type Desk, halfPastEight, newestAct, versionOf } from './desk-world.ts'

let desk: Desk

beforeEach(async () => {
  desk = await aDesk()
})
afterEach(() => {
  vi.useRealTimers()
})

const ten = nine + hours
const move = async (start: number, more: Record<string, string> = {}, who = desk.sam) =>
  who.post(`${desk.here}/move`, {
    ...{ practitioner: desk.priya, start: String(start), version: await versionOf(desk.id) },
    ...more,
  })
const placeOf = async () => {
  const { startAt, endAt, bufferUntil, practitionerId, outsideRules } = await rowOf(desk.id)
  return { startAt, endAt, bufferUntil, practitionerId, outsideRules }
}
const undo = async () => desk.sam.post(`${desk.here}/undo`, { version: await versionOf(desk.id) })

describe('a move', () => {
  it('takes the whole appointment along, writes down from where to where, and tells the patient', async () => {
    const answer = await move(ten)
    expect([answer.status, answer.location]).toEqual([303, desk.here])
    expect(await placeOf()).toEqual({
      ...{ startAt: ten, endAt: ten + 30 * minutes, bufferUntil: ten + 30 * minutes },
      ...{ practitionerId: desk.priya, outsideRules: false },
    })
    expect(await newestAct()).toMatchObject({ act: 'mail-sent' })
    const text = wordsOf((await desk.sam.get(desk.here)).body)
    expect(text).toContain('Moved to 2 December 2026 at 10:00am. Undo')
    expect(text).toContain('Moved from 2 December 2026 at 9:00am to 2 December 2026 at 10:00am Sam Okoro')
    const [mail] = await mailbox()
    expect([mail?.to, mail?.subject]).toEqual([
      'janet.hall@example.com',
      'Your appointment has a new time – Riverside Clinic',
    ])
    expect(mail?.text).toContain('10:00am')
  })

  it('goes to another practitioner, with the tick where she does not do that', async () => {
    const tom = await aPractitioner({ clinicId: desk.clinicId, username: 'tom', name: 'Tom Becker' })
    const asked = await move(ten, { practitioner: tom })
    expect(asked.status).toBe(422)
    expect((await move(ten, { practitioner: tom, anyway: 'on' })).status).toBe(303)
    expect(await placeOf()).toMatchObject({ practitionerId: tom, outsideRules: true })
    expect(wordsOf((await desk.sam.get(desk.here)).body)).toContain(
      'from 2 December 2026 at 9:00am with Priya Nair to 2 December 2026 at 10:00am with Tom Becker, outside the rules',
    )
  })

  it('goes by five minutes, into its own time', async () => {
    expect((await move(nine + 5 * minutes)).status).toBe(303)
    expect((await placeOf()).startAt).toBe(nine + 5 * minutes)
  })

  it('keeps its length when the type has another one by now, or is retired', async () => {
    await db().update(appointmentType).set({ minutes: 60, retiredAt: 1 }).where(eq(appointmentType.id, desk.typeId))
    expect((await move(ten)).status).toBe(303)
    expect((await placeOf()).endAt).toBe(ten + 30 * minutes)
  })

  it('tells nobody where the tick was taken away, nor where there is no address', async () => {
    await move(ten, { may_tell: 'yes' })
    await db().update(patient).set({ email: '', emailCanonical: null }).where(eq(patient.id, desk.patientId))
    await move(nine)
    expect(await mailbox()).toEqual([])
    expect((await placeOf()).startAt).toBe(nine)
  })

  it('that was sent twice has one effect', async () => {
    const fields = { practitioner: desk.priya, start: String(ten), version: '1' }
    await desk.sam.post(`${desk.here}/move`, fields)
    expect((await desk.sam.post(`${desk.here}/move`, fields)).status).toBe(303)
    expect(await rowOf(desk.id)).toMatchObject({ startAt: ten, version: 2, sequence: 1 })
    expect(await mailbox()).toHaveLength(1)
  })

  it('of what has arrived, or was changed meanwhile, is refused, and nothing is overwritten', async () => {
    await desk.maya.post(`${desk.here}/status`, { version: '1', status: 'arrived' })
    const late = await desk.sam.post(`${desk.here}/move`, {
      ...{ practitioner: desk.priya, start: String(ten), version: '1' },
    })
    expect(late.status).toBe(409)
    expect(wordsOf(late.body)).toContain('Marked as arrived Maya Iyer')
    const now = await move(ten)
    expect([now.status, wordsOf(now.body)]).toEqual([409, expect.stringContaining('Only what is booked can be moved')])
    expect((await placeOf()).startAt).toBe(nine)
  })

  it('to nowhere is no move', async () => {
    for (const start of [Number.NaN, -5, nine + 1, 1.5e30]) expect((await move(start)).status).toBe(400)
    expect((await move(ten, { practitioner: 'nobody' })).status).toBe(404)
    expect((await desk.sam.post('/riverside/diary/appointments/none/move', { start: String(ten) })).status).toBe(404)
    const { id: clinicId } = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const hers = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId, role: 'manager' })).id })
    const there = await hers.post(`/hillside/diary/appointments/${desk.id}/move`, {
      ...{ practitioner: desk.priya, start: String(ten), version: '1' },
    })
    expect(there.status).toBe(404)
    expect((await placeOf()).startAt).toBe(nine)
  })
})

describe('outside the rules', () => {
  const cases: [string, string, () => Promise<unknown>, number][] = [
    ['outside the hours', 'Priya Nair works from 9:00am to 5:00pm', async () => {}, nine + 9 * hours],
    [
      'in an absence',
      'Priya Nair is absent from 10:00am to 12:00pm',
      () => anAbsence({ clinicId: desk.clinicId, staffId: desk.priya, fromAt: ten, untilAt: ten + 2 * hours }),
      ten,
    ],
    [
      'on a closed day',
      'The clinic is closed on this day: Training',
      () => aClosedDay(desk.clinicId, '2026-12-03', 'Training'),
      nine + days,
    ],
    ['in the past', 'This time is over', async () => {}, nine - days],
  ]
  it.each(cases)('%s it asks for the tick, then marks it and writes down why', async (_is, words, given, start) => {
    await given()
    const asked = await move(start)
    expect(asked.status).toBe(422)
    expect(asked.body).toContain('<title>Error: ')
    expect(wordsOf(asked.body)).toContain(words)
    expect(wordsOf(asked.body)).toContain('Book anyway')
    expect((await placeOf()).startAt).toBe(nine)
    expect((await move(start, { anyway: 'on', may_tell: 'yes' })).status).toBe(303)
    expect(await placeOf()).toMatchObject({ startAt: start, outsideRules: true })
    expect(await newestAct()).toMatchObject({
      act: 'appointment-moved',
      detail: { appointment: desk.id, outside: expect.any(String) },
    })
  })

  it('ends when it moves back to a time that the rules allow', async () => {
    await move(nine + 9 * hours, { anyway: 'on' })
    await move(ten)
    expect((await placeOf()).outsideRules).toBe(false)
    await undo()
    expect(await placeOf()).toMatchObject({ startAt: nine + 9 * hours, outsideRules: true })
  })
})

describe('a time that is taken', () => {
  it('is refused whatever is ticked: it says with whom, and offers the times that are free', async () => {
    const oliver = await aPatient({ clinicId: desk.clinicId, firstName: 'Oliver', lastName: 'Grant' })
    await book(aBooking(desk, { startAt: ten, patientId: oliver.id }))
    const answer = await move(ten, { anyway: 'on' })
    expect(answer.status).toBe(409)
    const text = wordsOf(answer.body)
    expect(text).toContain('Someone has just booked 10:00am. Choose another time')
    expect(text).toContain('Priya Nair sees Oliver Grant from 10:00am to 10:30am')
    const offered = [...answer.body.matchAll(/name="start" value="(\d+)"/g)].map(([, start]) => Number(start))
    expect(offered).toContain(ten + 30 * minutes)
    expect(offered).not.toContain(nine) // where it is already
    expect(offered.filter((start) => Math.abs(start - ten) < 30 * minutes)).toEqual([])
    expect((await move(offered[0]!)).status).toBe(303)
  })

  it('and a day without a free time leads on to the next', async () => {
    await anAbsence({ clinicId: desk.clinicId, staffId: desk.priya, fromAt: nine, untilAt: nine + 8 * hours })
    const other = aBooking(desk, { startAt: ten })
    await book(other)
    const answer = await move(ten, { anyway: 'on' })
    expect(wordsOf(answer.body)).toContain('No other time is free on this day')
    expect(answer.body).toContain(`/diary/2026-12-03?moving=${desk.id}`)
  })
})

describe('undo', () => {
  it('moves it back within ten minutes, and tells the patient again', async () => {
    await move(ten)
    at(halfPastEight + 9 * minutes)
    expect((await undo()).location).toBe(`${desk.here}?done=undone`)
    expect(await rowOf(desk.id)).toMatchObject({ startAt: nine, sequence: 2 })
    expect((await mailbox())[0]?.text).toContain('9:00am')
    expect(wordsOf((await desk.sam.get(desk.here)).body)).not.toContain('Undo')
  })

  it('does not when the old time is somebody else’s by now', async () => {
    await move(ten)
    await book(aBooking(desk))
    const answer = await undo()
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('The time it had before is taken by now')
    expect((await placeOf()).startAt).toBe(ten)
  })

  it('brings back the right hour on the night the clocks go back', async () => {
    const first = Date.UTC(2026, 9, 25, 0, 30) // 1:30am, for the first time
    await db()
      .update(appointment)
      .set({ startAt: first, endAt: first + 30 * minutes, bufferUntil: first + 30 * minutes })
      .where(eq(appointment.id, desk.id))
    await move(first + hours, { anyway: 'on', may_tell: 'yes' })
    expect((await newestAct())?.detail).toMatchObject({ from: '2026-10-25T01:30+01:00', to: '2026-10-25T01:30+00:00' })
    await undo()
    expect((await placeOf()).startAt).toBe(first)
  })
})

describe('fifty at once, with D1 answering late and in any order', () => {
  it('move to one time: one has it, each of the others gets a page with the times that are left', {
    timeout: 120_000,
  }, async () => {
    const others = Array.from({ length: 49 }, (_each, index) =>
      aBooking(desk, { startAt: nine + (index + 1) * days + (index % 2) * hours }),
    )
    for (const row of others) await book(row)
    const before = new Map((await allRows()).map(({ id, startAt }) => [id, startAt]))
    const wanted = nine + 2 * hours
    const answers = await Promise.all(
      [desk.id, ...others.map(({ id }) => id)].map(async (id) => {
        const slow = await loggedOn(
          { clinicId: desk.clinicId, staffId: desk.samId },
          { ...env, DB: slowDatabase(env.DB) },
        )
        const fields = { practitioner: desk.priya, start: String(wanted), version: '1', may_tell: 'yes' }
        return slow.post(`/riverside/diary/appointments/${id}/move`, fields)
      }),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(49).fill(409)])
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(wordsOf(body)).toContain('Someone has just booked 11:00am. Choose another time')
      expect(body).toContain(`name="start" value="${wanted + 30 * minutes}"`)
    }
    const rows = await allRows()
    expect(rows.filter(({ startAt }) => startAt === wanted)).toHaveLength(1)
    expect(rows.filter(({ id, startAt }) => before.get(id) !== startAt)).toHaveLength(1)
  })
})
