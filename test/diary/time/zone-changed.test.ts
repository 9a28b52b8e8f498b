/** The clinic's time zone is changed while another isolate still remembers the old one: what is booked is decided by the new. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { wordsOf } from '../../patients/reading.ts'
import { inFrontOf } from '../../support/unsteady-database.ts'
import { loggedOn } from '../../support/world.ts'
import { aDesk, type Desk } from '../appointments/desk-world.ts'
import { asJanet, bookingForm, opened, withAccess } from '../booking/booking-world.ts'
import { allRows, days, nine } from '../diary-world.ts'

let desk: Desk
const ten = nine + days + 3_600_000 // 10am in London, 5am in New York

beforeEach(async () => {
  desk = await aDesk()
  await opened(desk)
  await withAccess(desk)
  await desk.sam.get('/riverside/diary') // from now on this isolate remembers the clinic
})
afterEach(() => {
  vi.useRealTimers()
})

const toNewYork = () => env.DB.prepare("UPDATE clinic SET timezone = 'America/New_York'").run()
const newRows = async () => (await allRows()).filter(({ id }) => id !== desk.id)
const ofStaff = { form_id: 'form1', practitioner: '', start: String(ten), type: '', patient: '' }
const sent = () => ({ ...ofStaff, practitioner: desk.priya, type: desk.typeId, patient: desk.patientId })

/** Between what is read and what is written. */
const meanwhile = () => {
  let batches = 0
  const changing = inFrontOf(env.DB, async (query) => {
    if (query === 'batch' && ++batches === 2) await toNewYork()
  })
  return { ...env, DB: changing }
}

it('a patient is not given what is outside the hours by then', async () => {
  const janet = await asJanet(desk)
  await toNewYork()
  const answer = await janet.post('/riverside/book', bookingForm(desk, ten))
  expect([answer.status, wordsOf(answer.body)]).toEqual([409, expect.stringContaining('is not offered any more')])
  expect(await newRows()).toEqual([])
})

it('a patient is not given it either, when that happens between reading and writing', async () => {
  const answer = await (await asJanet(desk, meanwhile())).post('/riverside/book', bookingForm(desk, ten))
  expect(answer.status).toBe(409)
  expect(await newRows()).toEqual([])
})

it('staff are asked for the tick', async () => {
  await toNewYork()
  const answer = await desk.sam.post('/riverside/diary/book', sent())
  expect([answer.status, wordsOf(answer.body)]).toEqual([422, expect.stringContaining('Priya Nair works from 9:00am')])
  expect(await newRows()).toEqual([])
})

it('staff are asked for it too, when that happens between reading and writing', async () => {
  const sam = await loggedOn({ clinicId: desk.clinicId, staffId: desk.samId }, meanwhile())
  expect((await sam.post('/riverside/diary/book', sent())).status).toBe(422)
  expect(await newRows()).toEqual([])
})
