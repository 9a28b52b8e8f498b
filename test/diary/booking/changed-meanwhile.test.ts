/**
 * What the clinic changes between a patient's page and their form, or while the form is being answered: each is asked again,
 * nothing is booked or moved, and the page says what is to do now (product.md §2).
 */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { practitionerType, workingHours } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { inFrontOf } from '../../support/unsteady-database.ts'
import { type Answer, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import {
  aBooking,
  aDiary,
  allRows,
  aPractitioner,
  aType,
  book,
  type Diary,
  days,
  db,
  hours,
  nine,
  nineToFive,
  setRules,
  weekdays,
} from '../diary-world.ts'
import { asJanet, bookingForm, fieldsOf, headingOf, linksOf, mailsTo, opened, withAccess } from './booking-world.ts'

let diary: Diary
let sam: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] }) // Monday 30 November 2026, 9am
  diary = await aDiary()
  await opened(diary)
  await withAccess(diary)
  sam = await loggedOn({ clinicId: diary.clinicId, staffId: (await aStaffMember({ clinicId: diary.clinicId })).id })
})
afterEach(() => {
  vi.useRealTimers()
})

const run = (sql: string) => env.DB.prepare(sql).run()
const untilNoon = async () => {
  await run('DELETE FROM working_hours')
  const short = weekdays.map((weekday) => ({
    ...nineToFive(diary.clinicId, diary.priya, weekday),
    untilMinute: 12 * 60,
  }))
  await db().insert(workingHours).values(short)
}
const absent = (from: number, until: number) =>
  run(
    `INSERT INTO absence (clinic_id, staff_id, id, from_at, until_at, added_at) VALUES ('${diary.clinicId}', '${diary.priya}', 'a', ${from}, ${until}, 1)`,
  )

/** A form sent now, or through a database in front of which the change happens between reading and writing. */
const moments: [string, (change: () => Promise<unknown>) => Promise<Visitor>][] = [
  [
    'between the page and the form',
    async (change) => {
      const janet = await asJanet(diary)
      await change()
      return janet
    },
  ],
  [
    'between reading and writing',
    (change) => {
      let batches = 0
      const changing = inFrontOf(env.DB, async (query) => {
        if (query === 'batch' && ++batches === 2) await change()
      })
      return asJanet(diary, { ...env, DB: changing })
    },
  ],
]

interface Change {
  change: () => Promise<unknown>
  heading: string
  words: string
}
const call = 'Call to book an appointment'
const goneAt = (clock: string) => `There is a problem ${clock} is not offered any more. Choose another time`
const two = nine + 5 * hours

const ofBooking: Record<string, Change> = {
  'fewer appointments are allowed': {
    change: async () => {
      await book(aBooking(diary, { startAt: nine + days }))
      await setRules(diary.clinicId, { mostUpcoming: 1 })
    },
    heading: 'You have as many appointments as you can book online',
    words: 'Thursday 3 December 2026 at 9:00am',
  },
  'the type is retired': {
    change: () => run(`UPDATE appointment_type SET retired_at = 1 WHERE id = '${diary.typeId}'`),
    heading: call,
    words: 'Call Riverside Clinic on 01632 960 001',
  },
  'the type is longer now, and does not fit': {
    change: async () => {
      await absent(two + hours / 2, two + hours)
      await run('UPDATE appointment_type SET minutes = 45')
    },
    heading: 'Choose a time',
    words: goneAt('2:00pm'),
  },
  'the practitioner does not do it any more': {
    change: () => run('DELETE FROM practitioner_type'),
    heading: call,
    words: 'Call Riverside Clinic on 01632 960 001',
  },
  'the practitioner sees patients no more': {
    change: () => run('UPDATE practitioner SET ended_at = 1'),
    heading: call,
    words: 'Call Riverside Clinic on 01632 960 001',
  },
  'the practitioner’s account is deactivated': {
    change: () => run(`UPDATE staff SET deactivated_at = 1 WHERE id = '${diary.priya}'`),
    heading: call,
    words: 'Call Riverside Clinic on 01632 960 001',
  },
  'the hours are shorter': { change: untilNoon, heading: 'Choose a time', words: goneAt('2:00pm') },
  'times begin otherwise': {
    change: () => setRules(diary.clinicId, { slotRule: 'first-of-block' }),
    heading: 'Choose a time',
    words: goneAt('2:00pm'),
  },
}

describe.each(moments)('booking, when %s', (_when, at) => {
  it.each(Object.entries(ofBooking))('%s', async (_name, { change, heading, words }) => {
    const janet = await at(change)
    const answer = await janet.post('/riverside/book', bookingForm(diary, two))
    expect([answer.status, headingOf(answer)]).toEqual([409, heading])
    expectKind(answer, words)
    expect((await allRows()).filter(({ startAt }) => startAt === two)).toEqual([])
    expect(await mailsTo('janet.hall@example.com')).toEqual([])
  })

  it.each(['archiving', 'online-access/deactivation'])('%s of the record leads to the logon page', async (act) => {
    const janet = await at(() => sam.post(`/riverside/patients/${diary.patientId}/${act}`))
    expectShut(await janet.post('/riverside/book', bookingForm(diary, two)))
    expect(await allRows()).toEqual([])
  })
})

/** What everybody can do who is refused: choose something else on the page, or call. */
function expectKind(answer: Answer, words: string) {
  expect(wordsOf(answer.body)).toContain(words)
  expect(answer.body).toContain('tel:01632960001')
  expect(answer.body).not.toMatch(/name="at" value/) // no form that would be refused again
}

function expectShut({ status, location }: Answer) {
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/riverside(\?|$)/)])
}

describe('where there is something else to choose', () => {
  const pages = { type: '/riverside/book?', who: '/riverside/book?who=any&' }
  const address = (given: Record<string, string>, to = pages.type) =>
    to + new URLSearchParams({ type: diary.typeId, ...given }).toString()
  const alsoBy = async (username: string, name: string) => {
    const id = await aPractitioner({ clinicId: diary.clinicId, username, name })
    await db().insert(practitionerType).values({ clinicId: diary.clinicId, staffId: id, typeId: diary.typeId })
    return id
  }

  it('a page of a type that is gone says so, and keeps who and which day were chosen', async () => {
    const tom = await alsoBy('tom', 'Tom Becker')
    const { id } = await aType({ clinicId: diary.clinicId, doneBy: [diary.priya, tom], name: 'Health check' })
    const { id: toms } = await aType({ clinicId: diary.clinicId, doneBy: [tom], name: 'Blood test' })
    await run(`UPDATE appointment_type SET is_online = 0 WHERE id = '${diary.typeId}'`)
    const page = await (await asJanet(diary)).get(address({ who: diary.priya, day: '2026-12-03' }))
    expect([page.status, headingOf(page)]).toEqual([409, 'What is the appointment for?'])
    expectKind(page, 'There is a problem This kind of appointment is booked by phone. Choose another')
    expect(linksOf(page)).toContain(`/riverside/book?type=${id}&who=${diary.priya}&day=2026-12-03`)
    expect(linksOf(page)).toContain(`/riverside/book?type=${toms}&day=2026-12-03`) // which she does not do
  })

  it('a page of a practitioner who is gone says so, and keeps what for and which day', async () => {
    const tom = await alsoBy('tom', 'Tom Becker')
    await alsoBy('ada', 'Ada Moss')
    await run(`UPDATE practitioner SET ended_at = 1 WHERE staff_id = '${diary.priya}'`)
    const page = await (await asJanet(diary)).get(address({ who: diary.priya, day: '2026-12-03' }))
    expect([page.status, headingOf(page)]).toEqual([409, 'Who would you like to see?'])
    expectKind(page, 'There is a problem This practitioner cannot be booked any more. Choose another')
    expect(linksOf(page)).toContain(`/riverside/book?type=${diary.typeId}&who=${tom}&day=2026-12-03`)
  })

  it('a page of a time with a practitioner who is gone says so, and shows the others’ times of that day', async () => {
    const tom = await alsoBy('tom', 'Tom Becker')
    await db()
      .insert(workingHours)
      .values(weekdays.map((weekday) => nineToFive(diary.clinicId, tom, weekday)))
    await run(`UPDATE practitioner SET ended_at = 1 WHERE staff_id = '${diary.priya}'`)
    const page = await (await asJanet(diary)).get(address({ with: diary.priya, at: two.toString() }, pages.who))
    expect([page.status, headingOf(page)]).toEqual([409, 'Choose a time'])
    expectKind(page, goneAt('2:00pm'))
    expect(linksOf(page).some((link) => link.includes(`at=${two}&with=${tom}`))).toBe(true)
  })

  it('a type that is gone leads back to the types', async () => {
    await aType({ clinicId: diary.clinicId, doneBy: [diary.priya], name: 'Health check' })
    await run(`UPDATE appointment_type SET is_online = 0 WHERE id = '${diary.typeId}'`)
    const answer = await (await asJanet(diary)).post('/riverside/book', bookingForm(diary, two))
    expect([answer.status, headingOf(answer)]).toEqual([409, 'What is the appointment for?'])
    expectKind(answer, 'There is a problem This kind of appointment is booked by phone. Choose another')
    expect(linksOf(answer).some((link) => link.includes('/book?type='))).toBe(true)
    expect(await allRows()).toEqual([])
  })

  it('a practitioner who is gone leads to the others', async () => {
    await alsoBy('tom', 'Tom Becker')
    await alsoBy('ada', 'Ada Moss')
    await run(`UPDATE practitioner SET ended_at = 1 WHERE staff_id = '${diary.priya}'`)
    const answer = await (await asJanet(diary)).post('/riverside/book', bookingForm(diary, two))
    expect([answer.status, headingOf(answer)]).toEqual([409, 'Who would you like to see?'])
    expectKind(answer, 'There is a problem This practitioner cannot be booked any more. Choose another')
    expect(linksOf(answer).filter((link) => link.includes('who='))).toHaveLength(3)
  })
})

const ofMoving: Record<string, Change> = {
  'more notice is asked for to change it': {
    change: () => setRules(diary.clinicId, { cancelNoticeHours: 72 }),
    heading: 'It is too late to change online',
    words: 'Call the clinic on 01632 960 001',
  },
  'more notice is asked for to book': {
    change: () => setRules(diary.clinicId, { earliestNoticeMinutes: 4 * 1440 }),
    heading: 'Choose a new time',
    words: 'This time is too soon to book online. Choose another time',
  },
  'it is too far ahead now': {
    change: () => setRules(diary.clinicId, { furthestAheadDays: 2 }),
    heading: 'Choose a new time',
    words: 'This time is too far ahead to book online. Choose another time',
  },
  'online booking is off': {
    change: () => setRules(diary.clinicId, { isOnline: false, offlineMessage: 'We are moving house.' }),
    heading: 'Call to change this appointment',
    words: 'We are moving house.',
  },
  'the type is retired': {
    change: () => run('UPDATE appointment_type SET retired_at = 1'),
    heading: 'Call to change this appointment',
    words: 'This kind of appointment is changed by phone.',
  },
  'the type is not booked online any more': {
    change: () => run('UPDATE appointment_type SET is_online = 0'),
    heading: 'Call to change this appointment',
    words: 'This kind of appointment is changed by phone.',
  },
  'the practitioner does not do it any more': {
    change: () => run('DELETE FROM practitioner_type'),
    heading: 'Choose a new time',
    words: goneAt('2:00pm'),
  },
  'the practitioner is away': {
    change: () => absent(two + days, two + 2 * days),
    heading: 'Choose a new time',
    words: goneAt('2:00pm'),
  },
  'the day is closed': {
    change: () =>
      run(
        `INSERT INTO closed_day (clinic_id, date, name, added_at) VALUES ('${diary.clinicId}', '2026-12-03', 'X', 1)`,
      ),
    heading: 'Choose a new time',
    words: goneAt('2:00pm'),
  },
  'the hours are shorter': { change: untilNoon, heading: 'Choose a new time', words: goneAt('2:00pm') },
}

const own = ({ id }: { id: string }) => `/riverside/appointments/${id}`

describe.each(moments)('moving, when %s', (_when, at) => {
  const move = async (janet: Visitor, id: string) => {
    const form = { with: diary.priya, at: (two + days).toString(), version: '1' }
    return janet.post(`${own({ id })}/move`, form)
  }

  it.each(Object.entries(ofMoving))('%s', async (_name, { change, heading, words }) => {
    const row = aBooking(diary)
    await book(row)
    const answer = await move(await at(change), row.id)
    expect([answer.status, headingOf(answer)]).toEqual([409, heading])
    expectKind(answer, words)
    expect(await allRows()).toMatchObject([{ id: row.id, startAt: nine, version: 1, status: 'booked' }])
  })

  it('the clinic has cancelled it', async () => {
    const row = aBooking(diary)
    await book(row)
    const cancel = () => run("UPDATE appointment SET status = 'cancelled', version = 2")
    const answer = await move(await at(cancel), row.id)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'This cannot be changed online'])
    expect((await allRows())[0]).toMatchObject({ startAt: nine, status: 'cancelled' })
  })

  it.each(['archiving', 'online-access/deactivation'])('%s of the record leads to the logon page', async (act) => {
    const row = aBooking(diary)
    await book(row)
    const janet = await at(() => sam.post(`/riverside/patients/${diary.patientId}/${act}`))
    expectShut(await move(janet, row.id))
    expect(await allRows()).toMatchObject([{ startAt: nine, version: 1 }])
  })
})

describe('cancelling', () => {
  it('is refused when more notice is asked for by the time the form is sent', async () => {
    const row = aBooking(diary, { bookedBy: diary.priya })
    await book(row)
    const janet = await asJanet(diary)
    const form = fieldsOf(await janet.get(`${own(row)}/cancellation`), `${own(row)}/cancellation`)
    await setRules(diary.clinicId, { cancelNoticeHours: 72 })
    const answer = await janet.post(`${own(row)}/cancellation`, form)
    expect([answer.status, headingOf(answer)]).toEqual([409, 'It is too late to cancel online'])
    expectKind(answer, 'Call the clinic on 01632 960 001')
    expect(await allRows()).toMatchObject([{ status: 'booked', version: 1 }])
  })
})
