/** A patient books: what they are asked, what they are shown, and what is written (product.md §2, ux.md 7.1). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appointmentType, workingHours } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { type Answer, aClinic, mailbox, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aClosedDay,
  aDiary,
  allRows,
  anAbsence,
  aPractitioner,
  aType,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
  nineToFive,
  setRules,
  weekdays,
} from '../diary-world.ts'
import {
  another,
  asJanet,
  bookingForm,
  fieldsOf,
  headingOf,
  linksOf,
  mailsTo,
  opened,
  withAccess,
} from './booking-world.ts'

let diary: Diary
let janet: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - days, toFake: ['Date'] }) // Tuesday 1 December 2026, 9am
  diary = await aDiary({ address: '1 Quay Side\nRiverton' })
  await opened(diary)
  await withAccess(diary)
  janet = await asJanet(diary)
})
afterEach(() => {
  vi.useRealTimers()
})

const aSecondDoer = async () => {
  const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' }, { position: 1 })
  await db()
    .insert(workingHours)
    .values(weekdays.map((weekday) => nineToFive(diary.clinicId, tom, weekday)))
  return tom
}
const times = `/riverside/book?type=`
const noteOn = ({ body }: Answer) => /<textarea[^>]*name="note"[^>]*>\n?([^<]*)</.exec(body)?.[1]

describe('what for', () => {
  it('is asked when there is a choice: each with how long it takes and what it costs', async () => {
    await aType({ clinicId: diary.clinicId, doneBy: [diary.priya], name: 'Health check', minutes: 45, price: '£48' })
    const page = await janet.get('/riverside/book')
    expect([page.status, headingOf(page)]).toEqual([200, 'What is the appointment for?'])
    expect(wordsOf(page.body)).toContain('Health check 45 minutes, £48')
    expect(wordsOf(page.body)).toContain('Follow-up 30 minutes')
  })

  it('offers only what this patient may book online and what somebody does', async () => {
    const { clinicId, priya } = diary
    const given = { clinicId, doneBy: [priya] }
    await aType({ ...given, name: 'Health check' })
    await aType({ ...given, name: 'First appointment', forExisting: false })
    await aType({ ...given, name: 'Home visit', isOnline: false })
    await aType({ ...given, name: 'Old check', retiredAt: 1 })
    await aType({ clinicId, name: 'Nobody does it' })
    const { body } = await janet.get('/riverside/book')
    for (const words of ['Health check', 'Follow-up', 'First appointment']) expect(body).toContain(words)
    for (const words of ['Home visit', 'Old check', 'Nobody does it']) expect(body).not.toContain(words)
  })

  it('is not asked where there is one type, nor who where there is one practitioner', async () => {
    const page = await janet.get('/riverside/book')
    expect(headingOf(page)).toBe('Choose a time')
    expect(wordsOf(page.body)).toContain('Follow-up, 30 minutes, with Priya Nair')
  })

  it('is asked again when the address names a type that is not there', async () => {
    const page = await janet.get('/riverside/book?type=gone')
    expect(headingOf(page)).toBe('What is the appointment for?')
  })
})

describe('who', () => {
  it('is asked when there is a choice, the first available first', async () => {
    const tom = await aSecondDoer()
    const type = await aType({ clinicId: diary.clinicId, doneBy: [diary.priya, tom], name: 'Health check' })
    const page = await janet.get(`${times}${type.id}`)
    expect(headingOf(page)).toBe('Who would you like to see?')
    expect(wordsOf(page.body)).toMatch(/First available .* Priya Nair .*Tom Becker/)
  })

  it('first available offers each time once, with whoever has less of that day taken', async () => {
    const tom = await aSecondDoer()
    const type = await aType({ clinicId: diary.clinicId, doneBy: [diary.priya, tom], name: 'Health check' })
    await book(aBooking(diary, { startAt: nine + 3 * hours }))
    const page = await janet.get(`${times}${type.id}&who=any&day=2026-12-02`)
    const at9 = linksOf(page).filter((link) => link.includes(`at=${nine}&`))
    expect(at9).toEqual([`/riverside/book?type=${type.id}&who=any&at=${nine}&with=${tom}`])
    const withPriya = await janet.get(`${times}${type.id}&who=${diary.priya}&day=2026-12-02`)
    expect(withPriya.body).not.toContain(`with=${tom}`)
  })
})

describe('when', () => {
  it('the next three free times come first, in big buttons that say the day and who', async () => {
    const page = await janet.get('/riverside/book')
    const words = wordsOf(page.body)
    expect(words).toContain('Next free times 11:00am , Today, Tuesday 1 December , with Priya Nair 11:30am')
    expect(linksOf(page).filter((link) => link.includes('at='))).toHaveLength(3)
  })

  it('then fourteen days with how many times each has; those without are no links', async () => {
    await aClosedDay(diary.clinicId, '2026-12-03', 'Training')
    const page = await janet.get('/riverside/book')
    const words = wordsOf(page.body)
    expect(words).toContain('Tuesday 1 December , 12 times free Wednesday 2 December , 16 times free')
    expect(words).toContain('Thursday 3 December , none')
    expect(page.body).not.toContain('day=2026-12-03')
    expect(words.match(/times free|, none/g)).toHaveLength(14)
    expect(words).toContain('Monday 14 December')
    expect(words).not.toContain('Tuesday 15 December')
  })

  it('a day shows its times in parts of the day, each named with its day and practitioner', async () => {
    await db()
      .insert(workingHours)
      .values({ ...nineToFive(diary.clinicId, diary.priya, 3), fromMinute: 17 * 60, untilMinute: 18 * 60 })
    const page = await janet.get(`${times}${diary.typeId}&day=2026-12-02`)
    const words = wordsOf(page.body)
    expect(words).toMatch(/Tomorrow, Wednesday 2 December Morning 9:00am .*Afternoon 12:00pm .*Evening 5:00pm/)
    expect(words).toContain('9:00am , Wednesday 2 December, Priya Nair')
    expect(words).toContain('Every time that is free is offered.')
  })

  it('says the slot rule in its sentence', async () => {
    await setRules(diary.clinicId, { slotRule: 'first-of-block' })
    const { body } = await janet.get('/riverside/book')
    expect(wordsOf(body)).toContain('The clinic offers the first time of each free stretch')
  })

  it('goes on by fortnights, up to the last day that can be booked', async () => {
    await setRules(diary.clinicId, { furthestAheadDays: 20 })
    const first = await janet.get('/riverside/book')
    const later = linksOf(first).find((link) => link.includes('day=2026-12-15'))!
    const second = await janet.get(later)
    expect(wordsOf(second.body)).toContain('Monday 21 December , 16 times free Tuesday 22 December , none')
    expect(second.body).toContain('Earlier days')
    expect(second.body).not.toContain('Later days')
  })

  it('with no time in fourteen days gives the next date, and the phone number', async () => {
    await anAbsence({
      clinicId: diary.clinicId,
      staffId: diary.priya,
      fromAt: nine - 2 * days,
      untilAt: nine + 15 * days,
    })
    const page = await janet.get('/riverside/book')
    const words = wordsOf(page.body)
    expect(words).toContain('No times in the next 14 days. The next date with a free time is Thursday 17 December')
    expect(words).toContain('call Riverside Clinic on 01632 960 001')
    const there = await janet.get(linksOf(page).find((link) => link.includes('day='))!)
    expect(wordsOf(there.body)).toContain('Thursday 17 December Morning 9:00am')
  })

  it('counts a date as free only if this patient can have its time', async () => {
    await anAbsence({
      clinicId: diary.clinicId,
      staffId: diary.priya,
      fromAt: nine - 2 * days,
      untilAt: nine + 15 * days,
    })
    const until = nine + 15 * days + 7.5 * hours // only half an hour is left of Thursday 17 December
    await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: nine + 15 * days, untilAt: until })
    const tom = await aSecondDoer()
    await book(aBooking(diary, { startAt: until, practitionerId: tom })) // when Janet is with somebody else
    const words = wordsOf((await janet.get('/riverside/book')).body)
    expect(words).toContain('The next date with a free time is Friday 18 December')
  })

  it('names what is free on the last day that can be booked, whatever is booked before it', async () => {
    await setRules(diary.clinicId, { furthestAheadDays: 20 })
    const { clinicId, priya } = diary
    await anAbsence({ clinicId, staffId: priya, fromAt: nine - 2 * days, untilAt: nine + 18 * days })
    const { id: patientId } = await another(diary, 'Oliver')
    const monday = (half: number) => aBooking(diary, { patientId, startAt: nine + 19 * days + half * 30 * minutes })
    for (let half = 1; half < 16; half++) await book(monday(half))
    const page = await janet.get('/riverside/book')
    expect(wordsOf(page.body)).toContain('The next date with a free time is Monday 21 December')
    await book(monday(0))
    const full = await janet.get('/riverside/book')
    expect(wordsOf(full.body)).toContain('There is no free time that can be booked online.')
  })

  it('with no time at all says so', async () => {
    await anAbsence({ clinicId: diary.clinicId, staffId: diary.priya, fromAt: 1, untilAt: nine + 90 * days })
    const words = wordsOf((await janet.get('/riverside/book')).body)
    expect(words).toContain('No times in the next 14 days. There is no free time that can be booked online.')
  })
})

describe('the clocks', () => {
  const offered = async (address: string) =>
    linksOf(await janet.get(address)).flatMap((link) => /at=(\d+)/.exec(link)?.[1] ?? [])

  it('go forward and back: nine is nine on the clinic’s wall', async () => {
    await setRules(diary.clinicId, { furthestAheadDays: 366 })
    const [march] = await offered(`${times}${diary.typeId}&day=2027-03-29`) // the day after the clocks went forward
    expect(Number(march)).toBe(Date.UTC(2027, 2, 29, 8))
    const [october] = await offered(`${times}${diary.typeId}&day=2027-11-01`)
    expect(Number(october)).toBe(Date.UTC(2027, 10, 1, 9))
  })
})

describe('check and book', () => {
  const check = () => janet.get(`${times}${diary.typeId}&who=${diary.priya}&at=${nine}&with=${diary.priya}`)

  it('says everything once more, with the rule of cancelling in words', async () => {
    const page = await check()
    const words = wordsOf(page.body)
    expect(headingOf(page)).toBe('Check and book')
    expect(words).toContain('For Follow-up, 30 minutes')
    expect(words).toContain('When Wednesday 2 December 2026 at 9:00am Change the time')
    expect(words).toContain('Where Riverside Clinic, 1 Quay Side, Riverton')
    expect(words).toContain('Do not put urgent matters here')
    expect(words).toContain('You can change or cancel it online until 9:00am on Tuesday 1 December 2026.')
  })

  it('books it as it stood there: the row, the audit, the mail, and a page that creates nothing', async () => {
    const fields = fieldsOf(await check(), '/riverside/book')
    const answer = await janet.post('/riverside/book', { ...fields, note: 'Bad knee\r\nsince May' })
    expect([answer.status, answer.location]).toEqual([
      303,
      expect.stringMatching(/\/appointments\/\w{16}\?done=booked$/),
    ])
    const [row, ...others] = await allRows()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      ...{ startAt: nine, endAt: nine + 30 * minutes, practitionerId: diary.priya, patientId: diary.patientId },
      ...{ status: 'booked', bookedBy: null, patientNote: 'Bad knee\nsince May' },
    })
    for (const again of [1, 2]) {
      const page = await janet.get(answer.location!)
      expect([again, headingOf(page)]).toEqual([again, 'Your appointment is booked'])
      expect(wordsOf(page.body)).toContain('Wednesday 2 December 2026 9:00am to 9:30am')
      expect(wordsOf(page.body)).toContain('We are sending an email to janet.hall@example.com')
    }
    expect(await allRows()).toHaveLength(1)
    const [mail] = await mailbox()
    expect([mail!.to, mail!.subject]).toEqual(['janet.hall@example.com', 'Your appointment – Riverside Clinic'])
  })

  it('asks again when what it costs or how long it takes is not as it stood there', async () => {
    const fields = { ...fieldsOf(await check(), '/riverside/book'), note: 'Bad knee' }
    await db().update(appointmentType).set({ price: '£80', minutes: 45, version: 2 })
    const answer = await janet.post('/riverside/book', fields)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Check and book'])
    expect(wordsOf(answer.body)).toContain('The clinic has changed this kind of appointment meanwhile.')
    expect(wordsOf(answer.body)).toContain('For Follow-up, 45 minutes, £80')
    expect(noteOn(answer)).toBe('Bad knee')
    expect(await allRows()).toEqual([])

    const again = { ...fieldsOf(answer, '/riverside/book'), note: 'Bad knee' }
    expect((await janet.post('/riverside/book', again)).location).toMatch(/done=booked$/)
    expect(await allRows()).toMatchObject([{ endAt: nine + 45 * minutes, patientNote: 'Bad knee' }])
  })

  it('keeps what was typed when the note is too long', async () => {
    const answer = await janet.post('/riverside/book', bookingForm(diary, nine, { note: 'x'.repeat(501) }))
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('Your note must be 500 characters or fewer')
    expect(answer.body).toContain('x'.repeat(501))
    expect(await allRows()).toEqual([])
  })

  it('keeps the note for the next time that is chosen when this one has gone meanwhile, and only for its patient', async () => {
    await book(aBooking(diary, { patientId: (await another(diary, 'Oliver')).id }))
    const note = 'My left knee. ‘Since’ Monday\nand it is <swollen>'
    expect((await janet.post('/riverside/book', bookingForm(diary, nine, { note }))).status).toBe(409)
    const form = bookingForm(diary, nine + hours)
    const check = `/riverside/book?${new URLSearchParams({ type: form.type, who: form.who, at: form.at, with: form.with })}`
    expect(noteOn(await janet.get(check))).toBe(note.replace('<', '&lt;').replace('>', '&gt;'))

    const eva = (await another(diary, 'Eva')).browser
    eva.cookies.set('__Host-note', janet.cookies.get('__Host-note')!)
    expect(noteOn(await eva.get(check)), 'whoever uses this browser next').toBe('')

    expect((await janet.post('/riverside/book', { ...form, note })).status).toBe(303)
    expect(noteOn(await janet.get(check.replace(form.at, (nine + 2 * hours).toString())))).toBe('')
  })

  it('without a time leads back to the times', async () => {
    const answer = await janet.post('/riverside/book', { type: diary.typeId })
    expect([answer.status, answer.location]).toEqual([303, `/riverside/book?type=${diary.typeId}`])
  })
})

describe('a form sent twice', () => {
  it('books once, and both lead to the same page', async () => {
    const form = bookingForm(diary, nine)
    const both = [await janet.post('/riverside/book', form), await janet.post('/riverside/book', form)]
    expect(new Set(both.map(({ location }) => location)).size).toBe(1)
    expect(await allRows()).toHaveLength(1)
    expect(await mailsTo('janet.hall@example.com')).toHaveLength(1)
  })

  it('at once, too', async () => {
    const form = bookingForm(diary, nine)
    const all = await Promise.all(Array.from({ length: 5 }, () => janet.post('/riverside/book', form)))
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
    expect(new Set(all.map(({ location }) => location)).size).toBe(1)
    expect(await allRows()).toHaveLength(1)
  })

  it('with another time in it is another booking, and no answer calls the first one booked again', async () => {
    const form = bookingForm(diary, nine)
    const first = await janet.post('/riverside/book', form)
    const second = await janet.post('/riverside/book', { ...form, at: (nine + hours).toString() })
    expect(second.location).toMatch(/done=booked$/)
    expect(second.location).not.toBe(first.location)
    expect((await allRows()).map(({ startAt }) => startAt)).toEqual([nine, nine + hours])
  })

  it('from a page that was gone back to, with a new form: the same', async () => {
    const first = await janet.post('/riverside/book', bookingForm(diary, nine))
    const again = await janet.post('/riverside/book', bookingForm(diary, nine))
    expect(again.location).toBe(first.location)
    const back = await janet.get(`${times}${diary.typeId}&who=${diary.priya}&at=${nine}&with=${diary.priya}`)
    expect([back.status, back.location]).toEqual([303, first.location])
    expect(await allRows()).toHaveLength(1)
  })
})

describe('who cannot book online', () => {
  it('is told the clinic’s own words and its number while it is off', async () => {
    await setRules(diary.clinicId, { isOnline: false, offlineMessage: 'We are moving house this week.' })
    const page = await janet.get('/riverside/book')
    expect([page.status, headingOf(page)]).toEqual([200, 'Call to book an appointment'])
    expect(wordsOf(page.body)).toContain('We are moving house this week. Call Riverside Clinic on 01632 960 001')
    const answer = await janet.post('/riverside/book', bookingForm(diary, nine))
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Call to book an appointment'])
    expect(await allRows()).toEqual([])
  })

  it('has as many as the clinic allows, and sees which', async () => {
    await setRules(diary.clinicId, { mostUpcoming: 1 })
    await book(aBooking(diary))
    const page = await janet.get('/riverside/book')
    expect(headingOf(page)).toBe('You have as many appointments as you can book online')
    expect(wordsOf(page.body)).toContain('Wednesday 2 December 2026 at 9:00am Priya Nair')
    expect((await janet.post('/riverside/book', bookingForm(diary, nine + days))).status).toBe(409)
    expect(await allRows()).toHaveLength(1)
  })
})

describe('two clinics', () => {
  it('know nothing of each other’s types, practitioners and times', async () => {
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await opened(hillside)
    const foreign = { type: hillside.typeId, who: hillside.priya, with: hillside.priya }
    const answer = await janet.post('/riverside/book', bookingForm(diary, nine, foreign))
    expect(answer.status).toBe(409)
    const half = await janet.post('/riverside/book', bookingForm(diary, nine, { with: hillside.priya }))
    expect(half.status).toBe(409)
    expect(await allRows()).toEqual([])
    expect((await aClinic({ slug: 'third' })).slug).toBe('third')
  })
})
