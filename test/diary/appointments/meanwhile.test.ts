/** What a colleague did since the page was drawn: whoever sends the form of an older page is told, whichever form it is. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { wordsOf } from '../../patients/reading.ts'
import { mailbox } from '../../support/world.ts'
import { asJanet, withAccess } from '../booking/booking-world.ts'
import { aPractitioner, hours, minutes, nine, rowOf, setRules } from '../diary-world.ts'
import { actsOf, aDesk, at, type Desk, halfPastEight } from './desk-world.ts'

let desk: Desk

beforeEach(async () => {
  desk = await aDesk()
})
afterEach(() => {
  vi.useRealTimers()
})

const post = (act: string, version: number, fields: Record<string, string> = {}, who = desk.sam) =>
  who.post(`${desk.here}/${act}`, { version: String(version), ...fields })
const move = (version: number, startAt: number, who = desk.sam) =>
  post('move', version, { practitioner: desk.priya, start: String(startAt) }, who)

describe('an appointment that a colleague has moved meanwhile', () => {
  it.each([
    ['status', { status: 'arrived' }],
    ['cancellation', { asked: 'patient' }],
    ['note', { note: 'Brings her son' }],
    ['undo', {}],
  ])('is not changed by %s of the page before', async (act, fields) => {
    expect((await move(1, nine + hours, desk.maya)).status).toBe(303)
    const before = await rowOf(desk.id)
    const answer = await post(act, 1, fields)
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toMatch(/Somebody else changed this appointment.*Moved from .* Maya Iyer/s)
    expect(await rowOf(desk.id)).toEqual(before)
    expect((await actsOf()).filter((act) => act.startsWith('appointment-'))).toEqual(['appointment-moved'])
  })

  it('is not moved again from where it was', async () => {
    await move(1, nine + hours, desk.maya)
    expect((await move(1, nine + 2 * hours)).status).toBe(409)
    expect((await rowOf(desk.id)).startAt).toBe(nine + hours)
  })
})

describe('a cancellation by the patient', () => {
  it('that staff take back is told to them: they hold a mail that says it is cancelled', async () => {
    await withAccess(desk)
    await setRules(desk.clinicId, { cancelNoticeHours: 0 })
    await (await asJanet(desk)).post(`/riverside/appointments/${desk.id}/cancellation`, { version: '1' })
    at(halfPastEight + minutes)
    expect((await post('undo', 2)).location).toBe(`${desk.here}?done=undone`)
    expect(await rowOf(desk.id)).toMatchObject({ status: 'booked', sequence: 2 })
    expect((await mailbox()).map(({ subject }) => subject)).toEqual([
      'Your appointment – Riverside Clinic',
      'Your appointment is cancelled – Riverside Clinic',
    ])
  })
})

describe('what was taken away meanwhile', () => {
  const gone = 'its practitioner sees patients no more, or the record of the patient is archived'
  const cancelled = () => post('cancellation', 1, { asked: 'clinic' })
  const moved = async () => {
    const { clinicId } = desk
    const tom = await aPractitioner({ clinicId, username: 'tom', name: 'Tom Becker' })
    return post('move', 1, { practitioner: tom, start: String(nine + hours), anyway: 'on' })
  }
  it.each([
    ['a cancellation', 'practitioner has ended', cancelled, 'UPDATE practitioner SET ended_at = 1'],
    [
      'a cancellation',
      'account of the practitioner is deactivated',
      cancelled,
      "UPDATE staff SET deactivated_at = 1 WHERE username = 'priya'",
    ],
    ['a cancellation', 'record is archived', cancelled, 'UPDATE patient SET archived_at = 1'],
    [
      'a move',
      'practitioner has ended',
      moved,
      "UPDATE practitioner SET ended_at = 1 WHERE staff_id = (SELECT id FROM staff WHERE username = 'priya')",
    ],
    ['a move', 'record is archived', moved, 'UPDATE patient SET archived_at = 1'],
  ])('%s is not taken back when the %s, and the page says so', async (_what, _gone, does, sql) => {
    expect((await does()).status).toBe(303)
    const before = await rowOf(desk.id)
    await env.DB.prepare(sql).run()
    const answer = await post('undo', 2)
    expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining(gone)])
    expect(await rowOf(desk.id)).toEqual(before)
  })
})

describe('undo', () => {
  it('takes back what its page showed, never what a colleague did after it', async () => {
    await post('status', 1, { status: 'arrived' })
    await post('status', 2, { status: 'fulfilled' }, desk.maya)
    expect((await post('undo', 2)).status).toBe(409)
    expect((await rowOf(desk.id)).status).toBe('fulfilled')
  })

  it('of a move is there for ten minutes, and then no more', async () => {
    await move(1, nine + hours)
    at(halfPastEight + 10 * minutes + 1)
    expect((await desk.sam.get(desk.here)).body).not.toContain('Undo')
    const late = await post('undo', 2)
    expect([late.status, wordsOf(late.body)]).toEqual([409, expect.stringContaining('for 10 minutes only')])
    expect((await rowOf(desk.id)).startAt).toBe(nine + hours)
    at(halfPastEight + 10 * minutes)
    expect((await post('undo', 2)).location).toBe(`${desk.here}?done=undone`)
    expect((await rowOf(desk.id)).startAt).toBe(nine)
  })
})
