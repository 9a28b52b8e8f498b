/** A practitioner's working hours and absences: by the manager for everybody, by themselves when the manager allows it. */
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { readNewAbsence } from '../../../src/diary/time/practitioners/absence-form.ts'
import {
  periodsShown,
  readNewWeek,
  typedWeek,
  withMondayCopied,
} from '../../../src/diary/time/practitioners/week-form.ts'
import { addDays } from '../../../src/diary/time/wall-clock.ts'
import { hoursInWords, weekInWords } from '../../../src/diary/time/working-hours.ts'
import { absence, appointment, practitioner, workingHours } from '../../../src/schema.ts'
import { audited } from '../../clinic/manager.ts'
import { aStaffMember, loggedOn } from '../../support/world.ts'
import { anAbsence, db, hours } from '../diary-world.ts'
import { aManagedDiary, janetAtNine, type ManagedDiary, nineOn, today, wednesday, wordsOf } from './time-world.ts'

const monday = { from_1_1: '9am', until_1_1: '12:30', from_1_2: '13:30', until_1_2: '5 pm' }

describe('a week as it is typed', () => {
  const read = (typed: Record<string, string>) =>
    readNewWeek({ ...monday, valid_from: '2026-12-07', ...typed }, '2026-11-25')
  it.each([
    [{ from_2_1: '9am', until_2_1: '9:00' }, { until_2_1: 'Tuesday must end after it starts' }],
    [{ from_2_1: '9am' }, { until_2_1: 'Enter when Tuesday ends' }],
    [{ from_2_1: 'early', until_2_1: '5pm' }, { from_2_1: 'Tuesday must start at a time, like 9am or 09:00' }],
    [
      { from_1_2: '12:00' },
      { from_1_2: 'Monday has two periods that overlap: 9:00am to 12:30pm and 12:00pm to 5:00pm' },
    ],
    [{ valid_from: '' }, { valid_from: 'Enter the day from which these hours hold' }],
    [{ valid_from: '2026-11-24' }, { valid_from: 'The first day must be today or later' }],
    [{ valid_until: '2026-12-06' }, { valid_until: 'The last day must be on the first day or after it' }],
  ])('%j is told in plain words', (typed, problems) => {
    expect(read(typed)).toEqual({ read: null, problems })
  })

  it('reads 9am and 13:30 alike, and says the week in one line', () => {
    const week = read(withMondayCopied(monday)).read!.week
    expect(weekInWords(week)).toBe('Monday to Friday 9:00am to 12:30pm and 1:30pm to 5:00pm')
    expect(weekInWords([...week, { weekday: 7, fromMinute: 600, untilMinute: 720 }])).toMatch(
      /, Sunday 10:00am to 12:00pm$/,
    )
    expect(weekInWords([])).toBe('No working hours')
  })

  it('is filled in with the week that holds on its first day, until the next change', () => {
    const row = { weekday: 1, fromMinute: 540, untilMinute: 720 }
    const rows = [
      { ...row, validFrom: '2026-01-01', validUntil: '2026-12-31' },
      { ...row, fromMinute: 600, validFrom: '2027-01-01', validUntil: null },
    ]
    expect(typedWeek(rows, '2026-11-25')).toMatchObject({
      from_1_1: '09:00',
      until_1_1: '12:00',
      valid_until: '2026-12-31',
    })
    expect(typedWeek(rows, '2027-01-01')).toEqual({ valid_from: '2027-01-01', from_1_1: '10:00', until_1_1: '12:00' })
  })

  it('that only begins later is said with its day', () => {
    const rows = [{ weekday: 2, fromMinute: 540, untilMinute: 720, validFrom: '2027-01-04', validUntil: null }]
    expect(hoursInWords(rows, '2026-11-25')).toBe('From 4 January 2027: Tuesday 9:00am to 12:00pm')
    expect(hoursInWords(rows, '2027-01-04')).toBe('Tuesday 9:00am to 12:00pm')
    expect(hoursInWords([], '2026-11-25')).toBe('No working hours')
  })

  it('shows two periods a day, and the third when it is used or asked for', () => {
    expect([periodsShown(monday), periodsShown({ from_5_3: '6pm' }), periodsShown({ periods: '3' })]).toEqual([2, 3, 3])
  })
})

describe('an absence as it is typed', () => {
  const now = Date.UTC(2026, 10, 25, 12)
  const read = (typed: Record<string, string>) => readNewAbsence(typed, 'Europe/London', now)
  it.each([
    [{}, { from_date: 'Enter the first day' }],
    [{ from_date: '2026-12-03', until_date: '2026-12-02' }, { until_date: 'The absence must end after it starts' }],
    [
      { from_date: '2026-12-03', from_time: '3pm', until_time: '2pm' },
      { until_time: 'The absence must end after it starts' },
    ],
    [
      { from_date: '2026-12-03', from_time: 'noonish' },
      { from_time: 'Enter a time, like 2pm or 14:00, or leave it empty for the whole day' },
    ],
    [{ from_date: '2026-11-20' }, { until_date: 'The absence must end in the future' }],
    [{ from_date: '2026-12-03', until_date: '2028-12-03' }, { until_date: 'The absence must be a year or less' }],
  ])('%j is told in plain words', (typed, problems) => {
    expect(read(typed)).toEqual({ read: null, problems })
  })

  it('is part of a day, a day or weeks', () => {
    const spanOf = (typed: Record<string, string>) => {
      const { from, until } = read(typed).read!.span
      return (until - from) / hours
    }
    expect(spanOf({ from_date: '2026-12-03', from_time: '2pm', until_time: '16:30' })).toBe(2.5)
    expect(spanOf({ from_date: '2026-12-03' })).toBe(24)
    expect(spanOf({ from_date: '2026-12-03', until_date: '2026-12-16' })).toBe(14 * 24)
  })
})

let diary: ManagedDiary
beforeEach(async () => {
  diary = await aManagedDiary()
})
const own = '/riverside/hours'
const ofPriya = () => `/riverside/settings/practitioners/${diary.priya}/hours`
const nextMonday = addDays(wednesday, 5)
const rows = () => db().select().from(workingHours)
const allow = () => db().update(practitioner).set({ mayChangeOwnHours: true })

describe('working hours', () => {
  const save = (fields: Record<string, string>) => diary.maya.post(`${ofPriya()}/week`, fields)

  it('change from a day on: what held before holds until then', async () => {
    const fields = { ...monday, valid_from: nextMonday, hours_version: '1' }
    expect((await save(fields)).location).toBe(`${ofPriya()}?done=saved`)
    expect((await save(fields)).status, 'sent twice').toBe(303)
    const { body } = await diary.maya.get(ofPriya())
    expect(wordsOf(body)).toMatch(
      /Friday 9:00am to 5:00pm.*Later From .* Monday 9:00am to 12:30pm and 1:30pm to 5:00pm/,
    )
    expect(body).toContain(`${ofPriya()}/week?from=${nextMonday}`)
    expect((await rows()).filter(({ validUntil }) => validUntil === addDays(nextMonday, -1))).toHaveLength(5)
    expect(await audited()).toEqual([['working-hours-changed', { from: nextMonday }]])
  })

  it('name what contradicts itself, keep what was typed and change nothing', async () => {
    const before = await rows()
    const { status, body } = await save({ ...monday, from_2_1: '5pm', until_2_1: '9am', valid_from: nextMonday })
    expect(status).toBe(422)
    expect(body).toContain('href="#until_2_1">Tuesday must end after it starts')
    expect(body).toContain('value="5 pm"')
    expect(await rows()).toEqual(before)
  })

  it('copy Monday to the other weekdays without saving, and make room for a third period', async () => {
    const copied = await save({ ...monday, do: 'copy', valid_from: nextMonday })
    expect(copied.status).toBe(200)
    expect(copied.body).toMatch(/id="until_5_2" name="until_5_2" value="5 pm"/)
    expect(copied.body).not.toMatch(/id="until_6_1" name="until_6_1" value="12:30"/)
    const more = await save({ ...monday, do: 'more', valid_from: nextMonday })
    expect(more.body).toContain('name="from_7_3"')
    expect(await audited()).toEqual([])
  })

  it('tell the second of two who edit them, and overwrite nothing', async () => {
    await save({ ...monday, valid_from: nextMonday, hours_version: '1' })
    const before = await rows()
    const second = await save({ from_1_1: '8', until_1_1: '12', valid_from: nextMonday, hours_version: '1' })
    expect(second.status).toBe(409)
    expect(wordsOf(second.body)).toMatch(
      /Somebody else changed these hours.*Monday 9:00am to 12:30pm and 1:30pm to 5:00pm 8:00am to 12:00pm/,
    )
    expect(await rows()).toEqual(before)
    expect((await save({ from_1_1: '8', until_1_1: '12', valid_from: nextMonday, hours_version: '2' })).status).toBe(
      303,
    )
  })
})

describe('working hours that leave booked appointments outside', () => {
  const save = (fields: Record<string, string>) => diary.maya.post(`${ofPriya()}/week`, fields)
  const everyDay = (from: string, until: string) =>
    Object.fromEntries(
      [1, 2, 3, 4, 5].flatMap((day) => [
        [`from_${day}_1`, from],
        [`until_${day}_1`, until],
      ]),
    )
  const listed = /1 appointment is booked outside these hours.*9:00am, Janet Hall/

  it('list them before they are saved, and ask for a tick to go on', async () => {
    const id = await janetAtNine(diary)
    const before = await rows()
    const later = { ...everyDay('9:15', '17:00'), valid_from: today }
    const asked = await save(later)
    expect(asked.status).toBe(422)
    expect(wordsOf(asked.body)).toMatch(listed)
    expect(asked.body).toContain(`href="/riverside/diary/appointments/${id}"`)
    expect(asked.body).toContain('href="#anyway">Tick to save the hours anyway')
    expect(asked.body).toContain('value="9:15"')
    expect([await rows(), await audited()]).toEqual([before, []])
    expect((await save({ ...later, anyway: 'on' })).location).toBe(`${ofPriya()}?done=saved`)
  })

  it('list them afterwards, as long as they are booked there', async () => {
    const id = await janetAtNine(diary)
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).not.toContain('outside these hours')
    await save({ ...everyDay('10am', '17:00'), valid_from: today, anyway: 'on' })
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).toMatch(listed)
    expect(wordsOf((await diary.priyaLoggedOn.get(own)).body)).toMatch(listed)
    await db().update(appointment).set({ status: 'cancelled' }).where(eq(appointment.id, id))
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).not.toContain('outside these hours')
  })

  it.each([
    ['that end half an hour too early', { ...everyDay('8am', '9:25'), valid_from: today }],
    ['that leave the day out', { from_1_1: '9', until_1_1: '17', valid_from: today }],
    ['that hold from that day on', { ...everyDay('10', '17'), valid_from: wednesday }],
    ['for that day only', { ...everyDay('10', '17'), valid_from: wednesday, valid_until: wednesday }],
  ])('%s are asked about', async (_words, fields) => {
    await janetAtNine(diary)
    expect((await save(fields)).status).toBe(422)
  })

  it.each([
    ['that hold it to the minute', { ...everyDay('9am', '9:30'), valid_from: today }],
    ['that begin the day after', { ...everyDay('10', '17'), valid_from: addDays(wednesday, 1) }],
    [
      'that are over the day before',
      { ...everyDay('10', '17'), valid_from: today, valid_until: addDays(wednesday, -1) },
    ],
  ])('%s are not', async (_words, fields) => {
    await janetAtNine(diary)
    expect((await save(fields)).status).toBe(303)
  })

  it('do not ask about what was booked outside the rules on purpose, nor list it, unless it stood within them', async () => {
    const id = await janetAtNine(diary)
    await db().update(appointment).set({ outsideRules: true }).where(eq(appointment.id, id))
    const later = { ...everyDay('10am', '17:00'), valid_from: today }
    expect((await save(later)).status, 'it stood within the hours: somebody was to be there').toBe(422)
    expect((await save({ ...later, anyway: 'on' })).status).toBe(303)
    expect((await save({ ...everyDay('11am', '17:00'), valid_from: today })).status).toBe(303)
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).not.toContain('outside these hours')
  })

  it('are asked about by those too who change their own', async () => {
    await allow()
    await janetAtNine(diary)
    const fields = { ...everyDay('10am', '17:00'), valid_from: today }
    expect((await diary.priyaLoggedOn.post(`${own}/week`, fields)).status).toBe(422)
  })
})

describe('absences', () => {
  const add = (fields: Record<string, string>) => diary.maya.post(`${ofPriya()}/absence`, fields)

  it('are added once however often the form is sent, and removed', async () => {
    const fields = { from_date: wednesday, from_time: '2pm', reason: 'A course', form_id: 'form-1' }
    expect((await add(fields)).location).toBe(`${ofPriya()}?done=absence-added`)
    expect((await add(fields)).location).toBe(`${ofPriya()}?done=absence-added`)
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).toMatch(/2:00pm to 12:00am A course Remove/)
    const [row] = await db().select().from(absence)
    await diary.maya.post(`${ofPriya()}/absence/${row!.id}/removal`)
    expect(await db().select().from(absence)).toEqual([])
    expect((await audited()).map(([act]) => act)).toEqual(['absence-added', 'absence-removed'])
  })

  it('are two when the second comes from the same page after Back, with other days or another time', async () => {
    const fields = { from_date: wednesday, from_time: '2pm', reason: 'A course', form_id: 'form-1' }
    const others: Record<string, string>[] = [{}, { from_date: '2026-12-03' }, { from_time: '1pm', until_time: '2pm' }]
    for (const more of others)
      expect((await add({ ...fields, ...more })).location).toBe(`${ofPriya()}?done=absence-added`)
    expect(await db().select().from(absence)).toHaveLength(3)
    expect((await audited()).map(([act]) => act)).toEqual(Array(3).fill('absence-added'))
  })

  it('that hit booked appointments list them, and ask for a tick to go on', async () => {
    const id = await janetAtNine(diary)
    const asked = await add({ from_date: wednesday, reason: 'A <course>' })
    expect(asked.status).toBe(422)
    expect(wordsOf(asked.body)).toMatch(/1 appointment is booked in this time.*9:00am, Janet Hall/)
    expect(asked.body).toContain(`href="/riverside/diary/appointments/${id}"`)
    expect(asked.body).toContain('value="A &lt;course&gt;"')
    expect(await db().select().from(absence)).toEqual([])
    expect((await add({ from_date: wednesday, anyway: 'on' })).status).toBe(303)
    expect(wordsOf((await diary.maya.get(ofPriya())).body)).toContain('1 appointment is booked in this time')
  })

  it('that end when an appointment begins hit nothing', async () => {
    await janetAtNine(diary)
    expect((await add({ from_date: wednesday, until_time: '9am' })).status).toBe(303)
  })
})

describe('their own hours', () => {
  it('are to be looked at, with whom to ask, until the manager allows more', async () => {
    const { status, body } = await diary.priyaLoggedOn.get(own)
    expect([status, wordsOf(body)]).toEqual([
      200,
      expect.stringContaining('To change your hours or to add an absence, ask Maya Rossi.'),
    ])
    expect(body).not.toContain(`${own}/week`)
    for (const room of ['week', 'absence']) expect((await diary.priyaLoggedOn.get(`${own}/${room}`)).status).toBe(403)
    expect((await diary.priyaLoggedOn.post(`${own}/week`, { ...monday, valid_from: nextMonday })).status).toBe(403)
    expect((await diary.priyaLoggedOn.post(`${own}/absence`, { from_date: wednesday })).status).toBe(403)
    expect(await db().select().from(absence)).toEqual([])
  })

  it('are changed by themselves when the manager allows it', async () => {
    await allow()
    expect((await diary.priyaLoggedOn.post(`${own}/week`, { ...monday, valid_from: nextMonday })).location).toBe(
      `${own}?done=saved`,
    )
    expect((await diary.priyaLoggedOn.post(`${own}/absence`, { from_date: wednesday })).location).toBe(
      `${own}?done=absence-added`,
    )
    expect((await audited()).map(([act]) => act)).toEqual(['working-hours-changed', 'absence-added'])
  })

  it('are nobody else’s: an absence of a colleague is not there', async () => {
    await allow()
    const tom = await aStaffMember({ clinicId: diary.clinicId, username: 'tom', name: 'Tom Becker' })
    await db().insert(practitioner).values({ clinicId: diary.clinicId, staffId: tom.id, addedAt: 1 })
    await anAbsence({
      clinicId: diary.clinicId,
      staffId: tom.id,
      fromAt: nineOn(wednesday),
      untilAt: nineOn(wednesday) + hours,
    })
    const [row] = await db().select().from(absence)
    expect((await diary.priyaLoggedOn.post(`${own}/absence/${row!.id}/removal`)).status).toBe(404)
    expect((await diary.priyaLoggedOn.get(ofPriya())).status).toBe(403)
  })

  it('of somebody who sees no patients are none, and say whom to ask', async () => {
    const sam = await aStaffMember({ clinicId: diary.clinicId })
    const browser = await loggedOn({ clinicId: diary.clinicId, staffId: sam.id })
    expect(wordsOf((await browser.get(own)).body)).toContain('You see no patients in the diary')
    expect((await browser.get(`${own}/week`)).status).toBe(404)
  })

  it('never end before today: the form begins today at the earliest', async () => {
    await allow()
    expect((await diary.priyaLoggedOn.get(`${own}/week?from=2020-01-01`)).body).toContain(`value="${today}"`)
  })
})
