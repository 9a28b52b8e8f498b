/** Where the clinic's number stands in a sentence of a patient's page, a touch dials it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Visitor, visitor } from '../support/world.ts'
import { asJanet, opened, withAccess } from './booking/booking-world.ts'
import { aBooking, aDiary, book, type Diary, days, hours, nine, setRules } from './diary-world.ts'

let diary: Diary
let janet: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] })
  diary = await aDiary()
  await opened(diary)
  await withAccess(diary)
  janet = await asJanet(diary)
})
afterEach(() => {
  vi.useRealTimers()
})

const link = '<a class="phone" href="tel:01632960001">01632 960 001</a>'

/** The number anywhere but in a link that dials it. */
const undialled = (body: string) =>
  body
    .replaceAll(link, '')
    .replaceAll('\u00a0', ' ')
    .match(/[^>]{0,60}01632 960 001/g)

async function anAppointment() {
  const row = aBooking(diary)
  await book(row)
  return `/riverside/appointments/${row.id}`
}

it.each<[string, () => Promise<string>]>([
  ['an appointment', anAppointment],
  [
    'an appointment inside the notice',
    async () => {
      await setRules(diary.clinicId, { cancelNoticeHours: 72 })
      return anAppointment()
    },
  ],
  [
    'the last look before booking',
    async () => `/riverside/book?type=${diary.typeId}&who=${diary.priya}&at=${nine}&with=${diary.priya}`,
  ],
  [
    'the last look at a new time',
    async () => `${await anAppointment()}/move?at=${nine + days + hours}&with=${diary.priya}`,
  ],
  [
    'what the clinic says while online booking is off',
    async () => {
      await setRules(diary.clinicId, { isOnline: false, offlineMessage: 'Urgent? Ring 01632 960 001 at any time.' })
      return '/riverside/book'
    },
  ],
  [
    'the list, while online booking is off',
    async () => {
      await setRules(diary.clinicId, { isOnline: false, offlineMessage: 'Urgent? Ring 01632 960 001 at any time.' })
      return '/riverside/appointments'
    },
  ],
])('on %s', async (_page, at) => {
  const { status, body } = await janet.get(await at())
  expect(status).toBe(200)
  expect(body.split('<footer')[0]).toContain(link)
  expect(undialled(body)).toBeNull()
})

it('in the privacy notice', async () => {
  const { body } = await visitor().get('/riverside/privacy')
  expect(body).toContain(`Call us on ${link}.`)
  expect(undialled(body)).toBeNull()
})
