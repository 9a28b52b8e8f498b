/** What the pages read of appointments, and how the clinic's time is changed: nobody's change is lost. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  appointmentByForm,
  appointmentById,
  appointmentsOn,
  bookerOf,
  pastOf,
  upcomingOf,
} from '../../src/diary/appointments-store.ts'
import { setNote, setStatus } from '../../src/diary/booking-store.ts'
import {
  addClosedDays,
  addType,
  changeRules,
  changeType,
  removeClosedDay,
  retireType,
  setDoersOf,
} from '../../src/diary/time/clinic-time-store.ts'
import { bookedIn } from '../../src/diary/time/hits-store.ts'
import {
  absencesOf,
  addAbsence,
  addPractitioner,
  endPractitioner,
  type HoursRow,
  hoursOf,
  removeAbsence,
  replaceHours,
  setTypesOf,
} from '../../src/diary/time/practitioner-store.ts'
import { practitionersOf, rulesOf, typesOf } from '../../src/diary/time/time-store.ts'
import type { Statement } from '../../src/web/database.ts'
import { writeAll } from '../../src/web/database.ts'
import { aStaffMember } from '../support/world.ts'
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

let diary: Diary
let sam: string
const day = { from: nine - 9 * hours, until: nine + 15 * hours }
const write = (statements: Statement[]) => writeAll(db(), statements)
const ok = { ok: true }
const lost = { ok: false, because: 'nothing-changed' }

beforeEach(async () => {
  diary = await aDiary()
  sam = (await aStaffMember({ clinicId: diary.clinicId })).id
})

describe('the appointments of a day', () => {
  it('come with the names that stand beside them, each its own', async () => {
    await book(aBooking(diary, { id: 'a', formId: 'f', bookedBy: sam, note: 'Stairs', patientNote: 'Knee' }))
    const [row] = await db().batch([appointmentsOn(db(), diary.clinicId, day)])
    const inTheDiary = {
      id: 'a',
      practitionerName: 'Priya Nair',
      firstName: 'Janet',
      lastName: 'Hall',
      typeName: 'Follow-up',
      startAt: nine,
      status: 'booked',
      note: 'Stairs',
    }
    expect(row).toHaveLength(1)
    expect(row![0]).toMatchObject(inTheDiary)
    const expected = {
      ...inTheDiary,
      statusByName: 'Sam Okoro',
      bookedByName: 'Sam Okoro',
      patientNote: 'Knee',
      outsideRules: false,
    }
    expect((await appointmentById(db(), diary.clinicId, 'a', nine))[0]).toMatchObject(expected)
    expect((await appointmentByForm(db(), diary.clinicId, 'f', nine))[0]).toMatchObject(expected)
  })

  it('are those of the day, without the cancelled ones unless they are asked for', async () => {
    await book(aBooking(diary, { id: 'a' }))
    await book(aBooking(diary, { startAt: nine + days }))
    const [row] = await allRows()
    await write(setStatus(db(), row!, { status: 'cancelled', by: null, reason: 'Ill' }, nine))
    const of = (wanted = {}) => appointmentsOn(db(), diary.clinicId, day, wanted)
    expect((await of()).map(({ id }) => id)).toEqual([])
    const [cancelled] = await of({ cancelled: true, of: diary.priya })
    expect(cancelled).toMatchObject({ id: 'a', status: 'cancelled' })
    const [whole] = await appointmentById(db(), diary.clinicId, 'a', nine)
    expect(whole).toMatchObject({ cancelReason: 'Ill', statusBy: null, statusByName: null })
  })

  it('are no other clinic’s', async () => {
    await book(aBooking(diary, { id: 'a' }))
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const reads = [
      appointmentsOn(db(), hillside.clinicId, day),
      appointmentById(db(), hillside.clinicId, 'a', nine),
      upcomingOf(db(), hillside.clinicId, diary.patientId, nine - days),
      bookedIn(db(), hillside.clinicId, [day], nine - days, diary.priya),
    ] as const
    expect((await db().batch([...reads])).map((rows) => rows.length)).toEqual([0, 0, 0, 0])
  })
})

describe('a patient’s appointments', () => {
  it('are before them until they are over', async () => {
    await book(aBooking(diary, { id: 'later', startAt: nine + days }))
    await book(aBooking(diary, { id: 'now' }))
    const ids = async (now: number) => [
      (await upcomingOf(db(), diary.clinicId, diary.patientId, now)).map(({ id }) => id),
      (await pastOf(db(), diary.clinicId, diary.patientId, now)).map(({ id }) => id),
    ]
    expect(await ids(nine - 1)).toEqual([['now', 'later'], []])
    expect(await ids(nine + 10 * minutes)).toEqual([['now', 'later'], ['now']])
    expect(await ids(nine + hours)).toEqual([['later'], ['now']])
  })

  it('are never on neither list: not when they are cancelled, nor when somebody is seen, before their time', async () => {
    for (const [id, ...statuses] of [
      ['gone', 'cancelled'],
      ['seen', 'arrived', 'fulfilled'],
    ] as const) {
      await book(aBooking(diary, { id, startAt: nine + (id === 'seen' ? hours : 0) }))
      for (const status of statuses)
        await writeAll(db(), setStatus(db(), await rowOf(id), { status, by: diary.priya }, nine - minutes))
    }
    const past = await pastOf(db(), diary.clinicId, diary.patientId, nine - minutes)
    expect(past.map(({ id }) => id)).toEqual(['seen', 'gone'])
    expect(await upcomingOf(db(), diary.clinicId, diary.patientId, nine - minutes)).toEqual([])
  })

  it('say who books: new is who registered themselves and was never seen here', async () => {
    const who = async () => (await bookerOf(db(), diary.clinicId, diary.patientId, nine - days))[0]
    const contact = 'janet.hall@example.com'
    expect(await who()).toEqual({ isNew: true, contact, upcoming: [] })
    await book(aBooking(diary))
    expect(await who()).toEqual({ isNew: true, contact, upcoming: [{ from: nine, until: nine + 30 * minutes }] })
    const [row] = await allRows()
    await write(setStatus(db(), row!, { status: 'arrived', by: sam }, nine))
    expect(await who()).toEqual({ isNew: false, contact, upcoming: [] })
    await env.DB.prepare('UPDATE patient SET created_by = ?').bind(sam).run()
    await env.DB.prepare("UPDATE appointment SET status = 'booked'").run()
    expect((await who())?.isNew).toBe(false)
  })

  it('keep the note of whoever was first', async () => {
    await book(aBooking(diary, { id: 'a' }))
    const [row] = await allRows()
    expect([await write(setNote(db(), row!, 'Stairs')), await write(setNote(db(), row!, 'Lift'))]).toEqual([ok, lost])
    expect((await allRows())[0]!.note).toBe('Stairs')
  })
})

describe('practitioners', () => {
  it('stop when nothing is before them, and can come back', async () => {
    const of = { clinicId: diary.clinicId, staffId: diary.priya }
    await book(aBooking(diary))
    expect(await write(endPractitioner(db(), of, nine - hours))).toEqual(lost)
    expect(await write(endPractitioner(db(), of, nine + hours))).toEqual(ok)
    expect(await practitionersOf(db(), diary.clinicId)).toEqual([])
    expect(await write(addPractitioner(db(), of, { designation: 'Doctor' }, nine))).toEqual(ok)
    expect(await practitionersOf(db(), diary.clinicId)).toMatchObject([
      { designation: 'Doctor', typeIds: [diary.typeId] },
    ])
    expect(await write(addPractitioner(db(), of, {}, nine))).toEqual(lost)
  })

  it('of another clinic’s staff are refused', async () => {
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await expect(
      db().batch(addPractitioner(db(), { clinicId: hillside.clinicId, staffId: sam }, {}, nine) as never),
    ).rejects.toThrow('FOREIGN KEY')
  })

  it('do the types they were given, all at once', async () => {
    const of = { clinicId: diary.clinicId, staffId: diary.priya }
    expect(await write(setTypesOf(db(), of, []))).toEqual(ok)
    expect((await practitionersOf(db(), diary.clinicId))[0]!.typeIds).toEqual([])
    expect(await write(setDoersOf(db(), { clinicId: diary.clinicId, id: diary.typeId }, [diary.priya]))).toEqual(ok)
    expect((await practitionersOf(db(), diary.clinicId))[0]!.typeIds).toEqual([diary.typeId])
  })
})

describe('working hours', () => {
  const row: HoursRow = { weekday: 1, fromMinute: 540, untilMinute: 720, validFrom: '2026-01-01', validUntil: null }

  it('are replaced as a whole; the second of two is told', async () => {
    const of = { clinicId: diary.clinicId, staffId: diary.priya, hoursVersion: 1 }
    expect(await write(replaceHours(db(), of, [row, { ...row, weekday: 2, validUntil: '2026-12-31' }]))).toEqual(ok)
    expect(await write(replaceHours(db(), of, [row]))).toEqual(lost)
    expect(await hoursOf(db(), of)).toEqual([
      { clinicId: of.clinicId, staffId: of.staffId, ...row },
      { clinicId: of.clinicId, staffId: of.staffId, ...row, weekday: 2, validUntil: '2026-12-31' },
    ])
  })

  it.each([
    ['overlap', { ...row, fromMinute: 600, untilMinute: 780 }, 'hours_overlap'],
    [
      'overlap in a part of the year',
      { ...row, fromMinute: 700, untilMinute: 780, validFrom: '2027-01-01' },
      'hours_overlap',
    ],
    ['touch', { ...row, fromMinute: 720, untilMinute: 780 }, undefined],
    ['are over when the others begin', { ...row, validFrom: '2025-01-01', validUntil: '2025-12-31' }, undefined],
  ])('that %s', async (_words, other, because) => {
    const of = { clinicId: diary.clinicId, staffId: diary.priya, hoursVersion: 1 }
    expect(await write(replaceHours(db(), of, [row, other]))).toEqual(because ? { ok: false, because } : ok)
    expect(await hoursOf(db(), of)).toHaveLength(because ? 5 : 2)
  })
})

describe('absences', () => {
  it('are added once by a form, listed until they are over, and removed', async () => {
    const of = { clinicId: diary.clinicId, staffId: diary.priya }
    const row = { ...of, id: 'a', fromAt: nine, untilAt: nine + days, reason: 'Course', addedBy: sam, formId: 'f' }
    expect(await write(addAbsence(db(), row, nine))).toEqual(ok)
    expect(await write(addAbsence(db(), { ...row, id: 'b' }, nine))).toEqual({
      ok: false,
      because: 'absence.clinic_id, absence.form_id',
    })
    expect((await absencesOf(db(), of, nine)).map(({ id, reason }) => [id, reason])).toEqual([['a', 'Course']])
    expect(await absencesOf(db(), of, nine + 2 * days)).toEqual([])
    const gone = () => write(removeAbsence(db(), { clinicId: diary.clinicId, id: 'a' }))
    expect([await gone(), await gone()]).toEqual([ok, lost])
  })

  it('name the appointments they hit, and none that ends as they begin, or is somebody else’s', async () => {
    const tom = await aPractitioner({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await book(aBooking(diary, { id: 'before', startAt: nine - 15 * minutes }))
    await book(aBooking(diary, { id: 'hit', startAt: nine + 15 * minutes, endAt: nine + 45 * minutes }))
    await book(aBooking(diary, { id: 'after', startAt: nine + 2 * hours }))
    await book(aBooking(diary, { id: 'another’s', practitionerId: tom, startAt: nine + 30 * minutes }))
    const absent = { from: nine + 15 * minutes, until: nine + hours }
    const hit = await bookedIn(db(), diary.clinicId, [absent], nine - days, diary.priya)
    expect(hit.map(({ id }) => id)).toEqual(['hit'])
  })
})

describe('what the clinic decides', () => {
  it('closed days: accepted once, under the first name', async () => {
    const of = { clinicId: diary.clinicId, addedBy: sam }
    const days = [{ date: '2026-12-25', name: 'Christmas Day' }]
    expect([
      await write(addClosedDays(db(), of, days, nine)),
      await write(addClosedDays(db(), of, days, nine)),
    ]).toEqual([ok, lost])
    expect(await write(removeClosedDay(db(), diary.clinicId, '2026-12-25'))).toEqual(ok)
  })

  it('types: a name is used once, a change is nobody else’s loss, a retired one is not booked', async () => {
    const {
      minutes: length,
      bufferMinutes,
      price,
      preparation,
      isOnline,
      forNew,
      forExisting,
      colour,
      position,
    } = diary.type
    const about = { price, preparation, isOnline, forNew, forExisting, colour, position }
    const facts = { ...about, name: 'Health check', minutes: length, bufferMinutes }
    const of = { clinicId: diary.clinicId, id: 'h', formId: 'f' }
    expect(await write(addType(db(), of, facts, nine))).toEqual(ok)
    expect(await write(addType(db(), { ...of, id: 'i', formId: 'g' }, facts, nine))).toEqual({
      ok: false,
      because: 'appointment_type.clinic_id, appointment_type.name',
    })
    const change = (version: number) => write(changeType(db(), { ...of, version }, { ...facts, minutes: 45 }))
    expect([await change(1), await change(1)]).toEqual([ok, lost])
    expect(await write(retireType(db(), of, nine))).toEqual(ok)
    expect((await typesOf(db(), diary.clinicId)).map(({ name }) => name)).toEqual(['Follow-up'])
    expect(await write(addType(db(), { ...of, id: 'j', formId: null }, facts, nine))).toEqual(ok)
  })

  it('rules: every clinic has some, off at first; the second of two is told', async () => {
    const [rules] = await rulesOf(db(), diary.clinicId)
    expect(rules).toMatchObject({
      isOnline: false,
      slotRule: 'every',
      gridMinutes: 15,
      mostUpcoming: 3,
      cancelNoticeHours: 24,
    })
    const { clinicId, version, timeVersion, ...facts } = rules!
    const change = () => write(changeRules(db(), { clinicId, version }, { ...facts, isOnline: true }))
    expect([await change(), await change()]).toEqual([ok, lost])
    const [after] = await rulesOf(db(), clinicId)
    expect([after!.isOnline, after!.version, after!.timeVersion]).toEqual([true, version + 1, timeVersion + 1])
  })
})
