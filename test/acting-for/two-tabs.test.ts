/** Two tabs, one session: what was opened for one patient and sent when the session was another's is never done to that other. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bookingForm, fieldsOf, headingOf } from '../diary/booking/booking-world.ts'
import { aBooking, allRows, book, days, nine } from '../diary/diary-world.ts'
import { one } from '../front-door/people.ts'
import { wordsOf } from '../patients/reading.ts'
import type { Visitor } from '../support/world.ts'
import { aFamily, asHannah, type Family, turnTo } from './family.ts'

let family: Family
let hannah: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] })
  family = await aFamily()
  hannah = await asHannah(family)
})
afterEach(() => {
  vi.useRealTimers()
})

const checkPage = () => {
  const { type, who, at } = bookingForm(family.diary, nine)
  return hannah.get(`/riverside/book?type=${type}&who=${who}&at=${at}&with=${who}`)
}
const mobileOf = ({ id }: { id: string }) => one<{ mobile: string }>('SELECT mobile FROM patient WHERE id = ?', id)

describe('a booking that was opened for oneself', () => {
  it('is not made for the child to whom another tab has turned: it is asked again, with the name', async () => {
    const form = fieldsOf(await checkPage(), '/riverside/book')
    await turnTo(hannah, family.toby)
    const answer = await hannah.post('/riverside/book', form)
    expect(answer.status).toBe(409)
    expect(await allRows()).toEqual([])
    const words = wordsOf(answer.body)
    expect(words).toContain('You are acting for Toby Reed now.')
    expect(words).toContain('Nothing is booked yet')
    expect(words).toContain('Patient Toby Reed')
    const again = await hannah.post('/riverside/book', fieldsOf(answer, '/riverside/book'))
    expect(again.location).toMatch(/\?done=booked$/)
    expect(await allRows()).toMatchObject([{ patientId: family.toby.id }])
  })

  it('is not made for the child either when the form says of nobody for whom it is', async () => {
    await turnTo(hannah, family.toby)
    expect((await hannah.post('/riverside/book', bookingForm(family.diary, nine))).status).toBe(409)
    expect(await allRows()).toEqual([])
  })
})

describe('a booking that was opened for the child', () => {
  it('is not made for the parent who has gone back to their own pages in another tab', async () => {
    await turnTo(hannah, family.toby)
    const form = fieldsOf(await checkPage(), '/riverside/book')
    await turnTo(hannah, family.hannah)
    const answer = await hannah.post('/riverside/book', form)
    expect([answer.status, wordsOf(answer.body)]).toEqual([
      409,
      expect.stringContaining('You are acting for yourself now.'),
    ])
    expect(await allRows()).toEqual([])
  })
})

describe('details that were opened for oneself', () => {
  it('are not written into the child’s record, nor shown in its form', async () => {
    const form = fieldsOf(await hannah.get('/riverside/details/contact'), '/riverside/details/contact')
    await turnTo(hannah, family.toby)
    const answer = await hannah.post('/riverside/details/contact', { ...form, mobile: '07700 900 103' })
    expect(answer.status).toBe(409)
    expect(answer.body).not.toContain('07700 900 103')
    expect(wordsOf(answer.body)).toContain('You are acting for Toby Reed now.')
    expect(await mobileOf(family.toby)).toEqual({ mobile: '' })
  })
})

describe('an appointment of another', () => {
  const pages = ['', '/cancellation', '/move', '/calendar.ics']
  const bookedFor = async (patient: { id: string }) => {
    const row = aBooking(family.diary, { patientId: patient.id })
    await book(row)
    return `/riverside/appointments/${row.id}`
  }

  it('for whom one may act is named, with a button that leads there', async () => {
    const at = await bookedFor(family.toby)
    for (const page of pages) {
      const answer = await hannah.get(at + page)
      expect([page, answer.status, headingOf(answer)]).toEqual([page, 409, 'This appointment is of Toby Reed'])
    }
    const fields = fieldsOf(await hannah.get(at), '/riverside/acting-for')
    expect(await hannah.post('/riverside/acting-for', fields)).toMatchObject({ status: 303, location: at })
    expect(headingOf(await hannah.get(at))).toBe('The appointment of Toby Reed')
  })

  it('of one’s own is named the same way, while one acts for somebody', async () => {
    const at = await bookedFor(family.hannah)
    await turnTo(hannah, family.toby)
    const answer = await hannah.get(at)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'This appointment is your own'])
  })

  it('is neither cancelled nor moved from there', async () => {
    const at = await bookedFor(family.toby)
    const [before] = await allRows()
    const to = { with: family.diary.priya, at: (nine + days).toString(), version: '1' }
    for (const act of ['cancellation', 'move']) {
      const answer = await hannah.post(`${at}/${act}`, to)
      expect([act, answer.status]).toEqual([act, 409])
      expect(wordsOf(answer.body)).toContain('What you sent was not saved.')
    }
    expect(await allRows()).toEqual([before])
  })

  it('for whom one may not act is not there, as one that never was', async () => {
    const at = await bookedFor({ id: family.diary.patientId })
    const never = await hannah.get('/riverside/appointments/none')
    for (const page of pages) {
      const answer = await hannah.get(at + page)
      expect([page, answer.status, headingOf(answer)]).toEqual([page, 404, headingOf(never)])
    }
  })
})
