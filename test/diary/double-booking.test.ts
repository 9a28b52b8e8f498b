/** Two people never get the same time: whatever the code above does, the database refuses the second (product.md §2). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment, moveAppointment, setStatus } from '../../src/diary/booking-store.ts'
import type { Appointment } from '../../src/schema.ts'
import { database, type Written, writeAll } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'
import { inFrontOf, slowDatabase } from '../support/unsteady-database.ts'
import { anAccess, aPatient } from '../support/world.ts'
import {
  aBooking,
  aDiary,
  allRows,
  aPractitioner,
  book,
  type Diary,
  days,
  db,
  hours,
  minutes,
  nine,
  rowOf,
} from './diary-world.ts'

const many = 50
let diary: Diary

beforeEach(async () => {
  diary = await aDiary()
})

const booked = { ok: true }
const refused = (because: string) => ({ ok: false, because })
const won = (answers: Written[]) => answers.filter(({ ok }) => ok).length
const statusRow = async (id: string) => {
  const row = await rowOf(id)
  return { clinicId: row.clinicId, id, version: row.version, status: row.status }
}
const move = async (id: string, to: Partial<Pick<Appointment, 'startAt' | 'practitionerId'>>, on = db()) => {
  const row = await rowOf(id)
  const startAt = to.startAt ?? row.startAt
  const length = row.endAt - row.startAt
  const place = {
    practitionerId: to.practitionerId ?? row.practitionerId,
    startAt,
    endAt: startAt + length,
    bufferUntil: startAt + length,
  }
  return writeAll(on, moveAppointment(on, row, place, {}, nine - days))
}

describe('the database refuses a time that is taken', () => {
  const half = 30 * minutes
  it.each([
    ['the same time', 0, half, false],
    ['a time that begins inside', 15 * minutes, half + 15 * minutes, false],
    ['a time that ends inside', -15 * minutes, 15 * minutes, false],
    ['a time around it', -15 * minutes, 60 * minutes, false],
    ['a time within it', 5 * minutes, 10 * minutes, false],
    ['the time after it', half, 2 * half, true],
    ['the time before it', -half, 0, true],
  ])('%s: from %i to %i → %s', async (_words, from, until, isFree) => {
    await book(aBooking(diary))
    const answer = await book(aBooking(diary, { startAt: nine + from, endAt: nine + until, bufferUntil: nine + until }))
    expect(answer).toEqual(isFree ? booked : refused('time_taken'))
  })

  it('whatever comes after it counts too: the buffer', async () => {
    await book(aBooking(diary, { bufferUntil: nine + 40 * minutes }))
    expect(await book(aBooking(diary, { startAt: nine + 30 * minutes }))).toEqual(refused('time_taken'))
    expect(await book(aBooking(diary, { startAt: nine + 40 * minutes }))).toEqual(booked)
  })

  it('and the buffer of the new one', async () => {
    await book(aBooking(diary, { startAt: nine + 30 * minutes }))
    expect(await book(aBooking(diary, { bufferUntil: nine + 35 * minutes }))).toEqual(refused('time_taken'))
  })

  it('of the same practitioner only', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await book(aBooking(diary))
    expect(await book(aBooking(diary, { practitionerId: tom }))).toEqual(booked)
  })

  it('not while it is cancelled; and what was cancelled comes back only to a free time', async () => {
    const first = aBooking(diary)
    await book(first)
    const { clinicId } = diary
    const cancel = setStatus(db(), await statusRow(first.id), { status: 'cancelled', by: null }, nine)
    expect(await writeAll(db(), cancel)).toEqual(booked)
    const second = aBooking(diary)
    expect(await book(second)).toEqual(booked)
    const undo = async () =>
      writeAll(db(), setStatus(db(), await statusRow(first.id), { status: 'booked', by: null }, nine))
    expect(await undo()).toEqual(refused('time_taken'))
    await writeAll(db(), setStatus(db(), await statusRow(second.id), { status: 'cancelled', by: null }, nine))
    expect(await undo()).toEqual(booked)
    expect((await rowOf(first.id)).clinicId).toBe(clinicId)
  })

  it('also of a row that no store wrote', async () => {
    await book(aBooking(diary))
    const late = aBooking(diary, { startAt: nine + 60 * minutes })
    await book(late)
    const update = env.DB.prepare('UPDATE appointment SET start_at = ? WHERE id = ?').bind(nine + 5 * minutes, late.id)
    await expect(update.run()).rejects.toThrow('time_taken')
  })

  it('and refuses to forget an appointment', async () => {
    await book(aBooking(diary))
    await expect(env.DB.prepare('DELETE FROM appointment').run()).rejects.toThrow('appointments_are_kept')
  })
})

describe('fifty at once, with D1 answering late and in any order', () => {
  it('book one time: one of them has it', { timeout: 60_000 }, async () => {
    const answers = await Promise.all(
      Array.from({ length: many }, (_each, index) => {
        const slow = database({ DB: slowDatabase(env.DB) })
        const shifted = nine + (index % 6) * 5 * minutes // overlapping, not only equal
        return writeAll(slow, bookAppointment(slow, aBooking(diary, { startAt: shifted, formId: newId() }), {}, nine))
      }),
    )
    expect(won(answers)).toBe(1)
    expect(await allRows()).toHaveLength(1)
    expect(new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.because)))).toEqual(new Set(['ok', 'time_taken']))
  })

  it('move to one time: one of them has it, the others stay where they were', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 20 }, (_each, index) =>
      aBooking(diary, { startAt: nine + (index + 2) * 30 * minutes }),
    )
    for (const row of rows) await book(row)
    const answers = await Promise.all(
      rows.map(({ id }) => move(id, { startAt: nine }, database({ DB: slowDatabase(env.DB) }))),
    )
    expect(won(answers)).toBe(1)
    expect((await allRows()).filter(({ startAt }) => startAt === nine)).toHaveLength(1)
    expect(new Set((await allRows()).map(({ startAt }) => startAt)).size).toBe(20)
  })

  it('are one patient at her limit: she gets as many as the clinic allows', { timeout: 60_000 }, async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_each, index) => {
        const slow = database({ DB: slowDatabase(env.DB) })
        const row = aBooking(diary, { startAt: nine + index * 30 * minutes })
        return writeAll(slow, bookAppointment(slow, row, { mostUpcoming: 3 }, nine - days))
      }),
    )
    expect(won(answers)).toBe(3)
    expect(await allRows()).toHaveLength(3)
  })
})

describe('a form sent twice', () => {
  it('books once, and says that it has already', async () => {
    const row = aBooking(diary, { formId: 'form1' })
    expect(await book(row)).toEqual(booked)
    expect(await book({ ...row, id: newId() })).toEqual(refused('form_repeated'))
    const elsewhere = { ...row, id: newId(), startAt: nine + days, endAt: nine + days + 30 * minutes }
    expect(await book({ ...elsewhere, bufferUntil: elsewhere.endAt })).toEqual(refused('form_repeated'))
    expect(await allRows()).toHaveLength(1)
  })

  it('moves once: the second finds it changed', async () => {
    const row = aBooking(diary)
    await book(row)
    const read = await rowOf(row.id)
    const to = { practitionerId: diary.priya, startAt: nine + days, endAt: nine + days + 30 * minutes }
    const again = () => writeAll(db(), moveAppointment(db(), read, { ...to, bufferUntil: to.endAt }, {}, nine - days))
    expect([await again(), await again()]).toEqual([booked, refused('nothing-changed')])
    expect((await rowOf(row.id)).sequence).toBe(1)
  })
})

describe('between the decision and the writing', () => {
  const changes: Record<string, (of: Diary) => string> = {
    'the practitioner is absent': ({ clinicId, priya }) =>
      `INSERT INTO absence (clinic_id, staff_id, id, from_at, until_at, added_at) VALUES ('${clinicId}', '${priya}', 'a', 1, 2, 1)`,
    'the day is closed': ({ clinicId }) =>
      `INSERT INTO closed_day (clinic_id, date, name, added_at) VALUES ('${clinicId}', '2026-12-02', 'Training', 1)`,
    'the hours are changed': () => 'DELETE FROM working_hours WHERE weekday = 3',
    'the rules are changed': () => 'UPDATE booking_rules SET earliest_notice_minutes = 600',
    'online booking is switched off': () => 'UPDATE booking_rules SET is_online = 0',
    'the type is retired': () => 'UPDATE appointment_type SET retired_at = 1',
    'the type is not hers any more': () => 'DELETE FROM practitioner_type',
    'the practitioner stops': () => 'UPDATE practitioner SET ended_at = 1',
    'her account is deactivated': () => 'UPDATE staff SET deactivated_at = 1',
    'the patient is archived': () => 'UPDATE patient SET archived_at = 1',
  }
  it.each(Object.entries(changes))('%s: nothing is booked', async (_words, change) => {
    const timeVersion = (await env.DB.prepare('SELECT time_version AS v FROM booking_rules').first<number>('v'))!
    const changing = database({
      DB: inFrontOf(env.DB, async (query) => {
        if (query === 'batch') await env.DB.prepare(change(diary)).run()
      }),
    })
    const answer = await writeAll(changing, bookAppointment(changing, aBooking(diary), { timeVersion }, nine - days))
    expect(answer).toEqual(refused('nothing-changed'))
    expect(await allRows()).toEqual([])
  })

  it.each(['the practitioner stops', 'her account is deactivated', 'the patient is archived'])(
    '%s: nothing is booked or moved outside the rules either',
    async (name) => {
      const row = aBooking(diary)
      await book(row)
      await env.DB.prepare(changes[name]!(diary)).run()
      expect(await book(aBooking(diary, { startAt: nine + hours }))).toEqual(refused('nothing-changed'))
      expect(await move(row.id, { startAt: nine + 2 * hours })).toEqual(refused('nothing-changed'))
      expect((await allRows()).map(({ startAt }) => startAt)).toEqual([nine])
    },
  )

  it('as many as the clinic allows count those that are booked and to come, no others', async () => {
    const cancelled = aBooking(diary, { startAt: nine + hours })
    for (const row of [cancelled, aBooking(diary, { startAt: nine - 2 * days })]) await book(row, {}, nine - 3 * days)
    await writeAll(
      db(),
      setStatus(db(), await statusRow(cancelled.id), { status: 'cancelled', by: null }, nine - 2 * days),
    )
    const next = (startAt: number) => book(aBooking(diary, { startAt }), { mostUpcoming: 1 })
    expect([await next(nine), await next(nine + 2 * hours)]).toEqual([booked, refused('nothing-changed')])
  })

  it('what patients do themselves needs their online access to be active', async () => {
    const own = (startAt: number) => book(aBooking(diary, { startAt }), { ownBy: diary.patientId })
    expect(await own(nine)).toEqual(refused('nothing-changed'))
    await anAccess({ clinicId: diary.clinicId, id: diary.patientId, emailCanonical: 'janet.hall@example.com' })
    expect(await own(nine)).toEqual(booked)
    await env.DB.prepare("UPDATE online_access SET state = 'inactive', email = NULL").run()
    expect(await own(nine + hours)).toEqual(refused('nothing-changed'))
  })

  it('nothing of that: it is booked', async () => {
    const timeVersion = (await env.DB.prepare('SELECT time_version AS v FROM booking_rules').first<number>('v'))!
    expect(await book(aBooking(diary), { timeVersion })).toEqual(booked)
  })

  it('somebody else marks it: the second is told, not the first overwritten', async () => {
    const row = aBooking(diary)
    await book(row)
    const read = await statusRow(row.id)
    const set = (status: 'arrived' | 'cancelled') =>
      writeAll(db(), setStatus(db(), read, { status, by: null, reason: 'Ill' }, nine))
    expect([await set('arrived'), await set('cancelled')]).toEqual([booked, refused('nothing-changed')])
    expect(await rowOf(row.id)).toMatchObject({ status: 'arrived', cancelReason: '', sequence: 0, version: 2 })
  })
})

describe('another clinic', () => {
  it('cannot be tied to an appointment: its patient, practitioner or type is refused', async () => {
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    for (const foreign of [
      { practitionerId: hillside.priya },
      { patientId: hillside.patientId },
      { typeId: hillside.typeId },
    ]) {
      const answer = await book(aBooking(diary, foreign)).catch((error: Error) => error)
      expect(answer).not.toEqual(booked)
    }
    expect(await allRows()).toEqual([])
  })

  it('does not move or mark it', async () => {
    const row = aBooking(diary)
    await book(row)
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const read = { ...(await rowOf(row.id)), clinicId: hillside.clinicId }
    const cancel = setStatus(db(), read, { status: 'cancelled', by: null }, nine)
    expect(await writeAll(db(), cancel)).toEqual(refused('nothing-changed'))
    const other = await aPatient({ clinicId: hillside.clinicId, firstName: 'Ada' })
    expect(other.clinicId).toBe(hillside.clinicId)
    expect((await rowOf(row.id)).status).toBe('booked')
  })
})
