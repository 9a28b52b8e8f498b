/** Where the time of an appointment is changed by phone only, no page and no mail promises that it can be changed online. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everyMinute } from '../../../src/every-minute.ts'
import { wordsOf } from '../../patients/reading.ts'
import { mailbox, type Visitor } from '../../support/world.ts'
import { aDesk, type Desk } from '../appointments/desk-world.ts'
import { asJanet, linksOf, opened, withAccess } from '../booking/booking-world.ts'
import { aBooking, book, days, hours, nine, setRules } from '../diary-world.ts'

let desk: Desk
let janet: Visitor
const later = nine + 7 * days

beforeEach(async () => {
  desk = await aDesk()
  await opened(desk)
  await withAccess(desk)
  await book(aBooking(desk, { startAt: nine - 7 * days }), {}, nine - 8 * days)
  await run(`UPDATE appointment SET status = 'arrived' WHERE start_at = ${nine - 7 * days}`)
  janet = await asJanet(desk)
})
afterEach(() => {
  vi.useRealTimers()
})

const run = (sql: string) => env.DB.prepare(sql).run()
const newest = async () => (await mailbox())[0]!
const bookLater = () =>
  desk.sam.post('/riverside/diary/book', {
    ...{ form_id: 'form1', practitioner: desk.priya, start: String(later), type: desk.typeId },
    ...{ patient: desk.patientId, tell: 'on' },
  })
const moveLater = () =>
  desk.sam.post(`${desk.here}/move`, { practitioner: desk.priya, start: String(later + hours), version: '1' })
const remindOfLater = async () => {
  await setRules(desk.clinicId, { reminderHours: 48 })
  await book(aBooking(desk, { startAt: later + 2 * hours }))
  await everyMinute(env, later + 2 * hours - 47 * hours)
}

const causes: [string, () => Promise<unknown>][] = [
  ['online booking is off', () => setRules(desk.clinicId, { isOnline: false })],
  ['the type is not booked online', () => run('UPDATE appointment_type SET is_online = 0')],
  ['the type is for new patients, and she is none', () => run('UPDATE appointment_type SET for_existing = 0')],
]
const retired: (typeof causes)[number] = [
  'the type is retired',
  () => run('UPDATE appointment_type SET retired_at = 1'),
]

const both =
  'you can cancel or change it online up to 1 day before it. After that, call Riverside Clinic on 01632 960 001.'
const onlyCancel =
  'you can cancel it online up to 1 day before it. After that, or to change it, call Riverside Clinic on 01632 960 001.'

describe.each([...causes, retired])('when %s', (_when, cause) => {
  it('the patient’s own pages offer to cancel it, and to call for another time', async () => {
    await moveLater()
    const here = desk.here.replace('/diary', '')
    expect(linksOf(await janet.get(here))).toContain(`${here}/move`)
    await cause()
    for (const page of [await janet.get(here), await janet.get('/riverside/appointments')]) {
      expect(linksOf(page)).not.toContain(`${here}/move`)
      expect(linksOf(page)).toContain(`${here}/cancellation`)
      expect(wordsOf(page.body)).toContain('To change the time, call the clinic on 01632 960 001')
      expect(wordsOf(page.body)).not.toContain('change or cancel it online')
    }
    expect(wordsOf((await janet.get(here)).body)).toContain(
      'You can cancel it online until 10:00am on Tuesday 8 December 2026. After that, or to change the time, call Riverside Clinic',
    )
  })

  it('the mails of a move and the reminder say the same', async () => {
    await cause()
    await moveLater()
    expect((await newest()).text).toContain(onlyCancel)
    await remindOfLater()
    expect(await newest()).toMatchObject({
      subject: 'Reminder of your appointment – Riverside Clinic',
      text: expect.stringContaining(onlyCancel),
    })
  })
})

describe.each(causes)('when %s', (_when, cause) => {
  it('the mail of a booking by staff says the same', async () => {
    await cause()
    expect((await bookLater()).status).toBe(303)
    expect((await newest()).text).toContain(onlyCancel)
  })
})

it('where it can be changed online, every mail says so', async () => {
  await bookLater()
  expect((await newest()).text).toContain(both)
  await moveLater()
  expect((await newest()).text).toContain(both)
  await remindOfLater()
  expect((await newest()).text).toContain(both)
})

it('a mail of a cancellation leads to another time only where there is online booking', async () => {
  const cancel = (version: string) =>
    desk.sam.post(`${desk.here}/cancellation`, { version, asked: 'clinic', tell: 'on' })
  await cancel('1')
  expect((await newest()).text).toContain('/riverside/book')
  await desk.sam.post(`${desk.here}/undo`, { version: '2' })
  await setRules(desk.clinicId, { isOnline: false })
  await cancel('3')
  const { subject, text } = await newest()
  expect(subject).toBe('Your appointment is cancelled – Riverside Clinic')
  expect(text).not.toContain('/riverside/book')
})
