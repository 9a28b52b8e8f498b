/** What patients are told of their appointments, and that each is reminded once: letters as text, the cron with real D1. */
import { env } from 'cloudflare:workers'
import ICAL from 'ical.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { moveAppointment, setStatus } from '../../../src/diary/booking-store.ts'
import { type ToldAppointment, tellPatient } from '../../../src/diary/messages/appointment-mail.ts'
import { appointmentLetter, type Message, messages, type Told } from '../../../src/diary/messages/emails.tsx'
import { everyMinute } from '../../../src/every-minute.ts'
import { deliverDue } from '../../../src/mail/outbox.ts'
import { writeAll } from '../../../src/web/database.ts'
import { mailbox } from '../../support/world.ts'
import { opened, withAccess } from '../booking/booking-world.ts'
import { aBooking, aDiary, book, type Diary, days, db, hours, minutes, nine, rowOf, setRules } from '../diary-world.ts'

const told: Told = {
  id: 'abc123',
  sequence: 0,
  startAt: nine,
  endAt: nine + 30 * minutes,
  status: 'booked',
  practitionerName: 'Priya Nair',
  clinic: {
    name: 'Riverside Clinic',
    phone: '01632 960 001',
    timezone: 'Europe/London',
    address: '1 Quay Side\nRiverton',
  },
  clinicUrl: 'https://diary.test/riverside',
  called: 'Janet',
  hasAccess: true,
  isMovedOnline: true,
  isOnline: true,
  cancelNoticeHours: 24,
  now: nine - 7 * days,
}

describe('what a patient is told', () => {
  it.each(messages)('%s: when, where, with whom and whom to call, and never what for', (message) => {
    const { text, html, subject } = appointmentLetter(message, told)
    for (const words of [
      'Wednesday 2 December 2026',
      '9:00am',
      'Priya Nair',
      '1 Quay Side, Riverton',
      '01632 960 001',
    ]) {
      expect(text).toContain(words)
      expect(html).toContain(words)
    }
    expect(subject).toContain('Riverside Clinic')
    expect(`${subject} ${text} ${html}`).not.toContain('Follow-up')
  })

  it('says until when they can cancel it themselves, and not when they no longer can', () => {
    expect(appointmentLetter('booked', told).text).toContain('you can cancel or change it online up to 1 day before it')
    const late = appointmentLetter('reminder', { ...told, now: nine - 2 * hours }).text
    expect(late).toContain('If you cannot come, call Riverside Clinic on 01632 960 001.')
    expect(late).not.toContain('online')
  })

  it.each(messages)('%s: whoever has no online access is told whom to call, and of nothing online', (message) => {
    const { text, html } = appointmentLetter(message, { ...told, hasAccess: false })
    expect(text).toContain('call Riverside Clinic on 01632 960 001.')
    expect(`${text} ${html}`).not.toMatch(/online|https:/)
  })

  it.each([
    ['booked', 'PUBLISH'],
    ['moved', 'PUBLISH'],
    ['cancelled', 'CANCEL'],
  ] as [Message, string][])('%s: brings a file for the calendar, %s', (message, method) => {
    const status = message === 'cancelled' ? 'cancelled' : 'booked'
    const [file] = appointmentLetter(message, { ...told, status }).attachments!
    expect(file!.type).toBe(`text/calendar; charset=utf-8; method=${method}`)
    expect(new ICAL.Component(ICAL.parse(file!.text)).getFirstPropertyValue('method')).toBe(method)
  })
})

describe('in the batch of the change', () => {
  let diary: Diary
  beforeEach(async () => {
    diary = await aDiary()
  })
  const appointment = (email: string | null): ToldAppointment => ({
    ...told,
    patientId: diary.patientId,
    email,
    firstName: 'Janet',
  })
  const clinic = () => ({ ...told.clinic, id: diary.clinicId, slug: 'riverside' })
  const rules = { cancelNoticeHours: 24, isOnline: true }

  it('a mail with its file leaves by the outbox', async () => {
    const statements = await tellPatient(
      env,
      db(),
      clinic(),
      'booked',
      appointment('janet.hall@example.com'),
      rules,
      nine,
    )
    await writeAll(db(), statements)
    await deliverDue(env, nine)
    const [mail] = (await mailbox()) as unknown as { to: string; attachments: { filename: string }[] }[]
    expect(mail).toMatchObject({ to: 'janet.hall@example.com', attachments: [{ filename: 'appointment.ics' }] })
  })

  it('who has no email address is told otherwise', async () => {
    expect(await tellPatient(env, db(), clinic(), 'booked', appointment(null), rules, nine)).toEqual([])
  })
})

describe('reminders', () => {
  let diary: Diary
  beforeEach(async () => {
    diary = await aDiary()
    await setRules(diary.clinicId, { reminderHours: 24 })
  })
  const subjects = async () => (await mailbox()).map(({ subject }) => subject)
  const reminder = 'Reminder of your appointment – Riverside Clinic'
  const moveTo = async ({ id }: { id: string }, startAt: number, now: number) => {
    const to = {
      practitionerId: diary.priya,
      startAt,
      endAt: startAt + 30 * minutes,
      bufferUntil: startAt + 30 * minutes,
    }
    expect(await writeAll(db(), moveAppointment(db(), await rowOf(id), to, {}, now))).toEqual({ ok: true })
  }

  it('come once, as many hours before as the clinic says', async () => {
    const row = aBooking(diary)
    await book(row, {}, nine - 7 * days)
    await everyMinute(env, nine - 24 * hours - 1)
    expect(await subjects()).toEqual([])
    await everyMinute(env, nine - 24 * hours)
    await everyMinute(env, nine - 24 * hours + minutes)
    expect(await subjects()).toEqual([reminder])
    expect((await rowOf(row.id)).remindedAt).toBe(nine - 24 * hours)
  })

  it('speak of what can be done online to whoever has online access, and to nobody else', async () => {
    await setRules(diary.clinicId, { reminderHours: 48 })
    await book(aBooking(diary), {}, nine - 7 * days)
    await everyMinute(env, nine - 48 * hours)
    expect((await mailbox())[0]?.text).not.toMatch(/online|https:/)
    await withAccess(diary)
    await opened(diary)
    await book(aBooking(diary, { startAt: nine + hours }), {}, nine - 7 * days)
    await everyMinute(env, nine - 47 * hours)
    expect((await mailbox())[0]?.text).toContain('you can cancel or change it online up to 1 day before it')
  })

  it('come once, though the cron rings twice at the same time', async () => {
    await book(aBooking(diary), {}, nine - 7 * days)
    await Promise.all([everyMinute(env, nine - 20 * hours), everyMinute(env, nine - 20 * hours)])
    expect(await subjects()).toEqual([reminder])
  })

  it('do not come for what was booked within those hours, is cancelled, or is over', async () => {
    await book(aBooking(diary), {}, nine - 2 * hours)
    await everyMinute(env, nine - hours)
    await everyMinute(env, nine + hours)
    expect(await subjects()).toEqual([])
  })

  const sinceBooked: [string, number, boolean][] = [
    ['an hour before the reminder is due', 25 * hours, true],
    ['later than that', 25 * hours - 1, false],
    ['at the moment at which it is due', 24 * hours, false],
    ['after that', 2 * hours, false],
  ]
  it.each(sinceBooked)('booked %s: nobody is reminded of what they were just told', async (_words, ahead, comes) => {
    await book(aBooking(diary), {}, nine - ahead)
    for (const left of [24 * hours, 23 * hours, hours]) await everyMinute(env, nine - left)
    expect(await subjects()).toEqual(comes ? [reminder] : [])
  })

  it.each(sinceBooked)('moved %s: the same', async (_words, ahead, comes) => {
    const row = aBooking(diary, { startAt: nine + 7 * days })
    await book(row, {}, nine - 7 * days)
    await moveTo(row, nine, nine - ahead)
    for (const left of [24 * hours, 23 * hours, hours]) await everyMinute(env, nine - left)
    expect(await subjects()).toEqual(comes ? [reminder] : [])
  })

  it('come again for the new time of what was moved after its reminder', async () => {
    const row = aBooking(diary)
    await book(row, {}, nine - 7 * days)
    await everyMinute(env, nine - 24 * hours)
    await moveTo(row, nine + 2 * days, nine - 20 * hours)
    await everyMinute(env, nine + days - 1)
    expect(await subjects()).toEqual([reminder])
    await everyMinute(env, nine + days)
    expect(await subjects()).toEqual([reminder, reminder])
  })

  it.each([
    ['before its reminder is due', 26 * hours, [reminder]],
    ['when it is', 24 * hours, []],
    ['after it has come', 20 * hours, [reminder]],
  ])('of what was cancelled by mistake and taken back %s come once at most', async (_words, ahead, expected) => {
    const row = aBooking(diary)
    await book(row, {}, nine - 7 * days)
    if (ahead < 24 * hours) await everyMinute(env, nine - 24 * hours)
    const cancelled = { status: 'cancelled' as const, by: diary.priya }
    await writeAll(db(), setStatus(db(), await rowOf(row.id), cancelled, nine - ahead - minutes))
    await writeAll(db(), setStatus(db(), await rowOf(row.id), { status: 'booked', by: diary.priya }, nine - ahead))
    for (const left of [24 * hours, 10 * hours]) await everyMinute(env, nine - Math.min(left, ahead))
    expect(await subjects()).toEqual(expected)
  })

  it('do not come where the clinic has switched them off', async () => {
    await setRules(diary.clinicId, { reminderHours: null })
    await book(aBooking(diary), {}, nine - 7 * days)
    await everyMinute(env, nine - hours)
    expect(await subjects()).toEqual([])
  })
})
