/** While somebody acts for a patient: whose data the pages show and change, whose account it stays, and what the staff read of it. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bookingForm, fieldsOf, headingOf } from '../diary/booking/booking-world.ts'
import { aBooking, allRows, book, days, hours, nine, rowOf, setRules } from '../diary/diary-world.ts'
import { wordsOf } from '../patients/reading.ts'
import { aStaffMember, loggedOn, type Visitor, visitor } from '../support/world.ts'
import { aFamily, asHannah, type Family, forToby, hannahsEmail } from './family.ts'

let family: Family
let hannah: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] })
  family = await aFamily()
  hannah = await forToby(family)
})
afterEach(() => {
  vi.useRealTimers()
})

const words = async (path: string, who = hannah) => wordsOf((await who.get(`/riverside/${path}`)).body)
const bookFor = (who: Visitor, patient: { id: string }, startAt = nine) =>
  who.post('/riverside/book', bookingForm(family.diary, startAt, { patient: patient.id }))
const audited = async (act: string) =>
  env.DB.prepare('SELECT by_patient, of_patient FROM audit WHERE act = ? ORDER BY id DESC').bind(act).first()
const byHannahOfToby = () => ({ by_patient: family.hannah.id, of_patient: family.toby.id })
async function booked(patient: { id: string }, startAt = nine) {
  const row = aBooking(family.diary, { patientId: patient.id, startAt })
  await book(row)
  return { ...row, at: `/riverside/appointments/${row.id}` }
}

describe('the pages', () => {
  it('are the patient’s: home, appointments and details say whose they are, and hold nothing of the holder’s', async () => {
    await booked(family.hannah)
    await booked(family.toby, nine + days)
    expect(await words('home')).toContain('Toby Reed The next appointment of Toby Thursday 3 December 2026 9:00am')
    expect(await words('appointments')).toContain('Appointments of Toby Reed')
    expect(await words('appointments')).not.toContain('2 December')
    expect(await words('details')).toContain('Details of Toby Reed')
    expect(await words('details')).toContain('Date of birth 8 June 2015')
    expect(await words('details')).not.toContain('Hannah')
  })

  it('greet the holder on their own home, which names for whom they may act; nobody else is told of it', async () => {
    const own = await asHannah(family)
    expect(await words('home', own)).toContain('Hello Hannah')
    expect(await words('home', own)).toContain('Act for somebody else Toby Reed')
    expect((await own.get('/riverside/details')).body).toContain(
      '<a href="/riverside/acting-for">Act for somebody else</a>',
    )
    await env.DB.prepare('UPDATE acting_grant SET ended_at = 1').run()
    expect((await own.get('/riverside/home')).body).not.toContain('acting-for')
  })

  it('say for whom it is before anything is booked, cancelled or moved, to everybody who could mean somebody else', async () => {
    const own = await asHannah(family)
    const { type, who, at } = bookingForm(family.diary, nine)
    const check = `book?type=${type}&who=${who}&at=${at}&with=${who}`
    expect(await words(check)).toContain('Patient Toby Reed')
    expect(await words(check, own)).toContain('Patient Hannah Reed')
    const tobys = await booked(family.toby, nine + days)
    const hers = await booked(family.hannah, nine + 2 * days)
    expect(wordsOf((await hannah.get(`${tobys.at}/cancellation`)).body)).toContain('Patient: Toby Reed')
    expect(wordsOf((await own.get(`${hers.at}/cancellation`)).body)).toContain('Patient: Hannah Reed')
    const move = `${tobys.at}/move?at=${nine + 5 * days}&with=${family.diary.priya}`
    expect(wordsOf((await hannah.get(move)).body)).toContain('Patient Toby Reed')
  })
})

describe('an appointment', () => {
  it('is booked for the patient, by the holder', async () => {
    const answer = await bookFor(hannah, family.toby)
    expect(answer.location).toMatch(/\?done=booked$/)
    expect(await allRows()).toMatchObject([{ patientId: family.toby.id, bookedBy: null }])
    expect(await audited('appointment-booked')).toEqual(byHannahOfToby())
    expect(headingOf(await hannah.get(answer.location!))).toBe('The appointment of Toby Reed is booked')
  })

  it('follows the rules for the patient: their own appointments are in the way, not the holder’s', async () => {
    await setRules(family.clinicId, { mostUpcoming: 1 })
    await booked(family.hannah, nine + hours)
    expect((await bookFor(hannah, family.toby)).status).toBe(303)
    expect(wordsOf((await bookFor(hannah, family.toby, nine + days)).body)).toContain(
      'Toby Reed has as many appointments as you can book online',
    )
  })

  it('is cancelled and moved for the patient, by the holder', async () => {
    const { id, at } = await booked(family.toby)
    const moved = { with: family.diary.priya, at: (nine + hours).toString(), version: '1' }
    expect((await hannah.post(`${at}/move`, moved)).location).toBe(`${at}?done=moved`)
    expect(await audited('appointment-moved')).toEqual(byHannahOfToby())
    expect((await hannah.post(`${at}/cancellation`, { version: '2' })).location).toBe(`${at}?done=cancelled`)
    expect((await rowOf(id)).status).toBe('cancelled')
    expect(await audited('appointment-cancelled')).toEqual(byHannahOfToby())
  })

  it('can be put into a calendar by the holder', async () => {
    const { at } = await booked(family.toby)
    expect((await hannah.get(`${at}/calendar.ics`)).body).toContain('BEGIN:VEVENT')
  })
})

describe('the details', () => {
  it('of the patient are changed as one’s own, by the holder', async () => {
    const form = fieldsOf(await hannah.get('/riverside/details/contact'), '/riverside/details/contact')
    const answer = await hannah.post('/riverside/details/contact', { ...form, mobile: '07700 900 103' })
    expect(answer.location).toBe('/riverside/details?done=saved')
    expect(await env.DB.prepare("SELECT id FROM patient WHERE mobile = '07700 900 103'").first('id')).toBe(
      family.toby.id,
    )
    expect(await audited('patient-changed')).toEqual(byHannahOfToby())
  })

  it('say how the clinic writes to the patient, and that the address is changed by phone', async () => {
    const { body } = await hannah.get('/riverside/details')
    expect(wordsOf(body)).toContain('There is no email address for Toby Reed alone')
    expect(wordsOf(body)).toContain('It cannot be changed online: call Riverside Clinic on 01632 960 001')
    expect(body).not.toContain('/details/email')
  })
})

describe('the account', () => {
  it('stays the holder’s: the address to log on with, and where they are logged on', async () => {
    expect(await words('details/email')).toContain(`You log on with ${hannahsEmail}`)
    expect(await words('sessions')).toContain('Here, and nowhere else')
    await hannah.post('/riverside/passkeys/offer/refusal')
    const refused = env.DB.prepare('SELECT patient_id FROM online_access WHERE passkey_refused_at IS NOT NULL')
    expect(await refused.first('patient_id')).toBe(family.hannah.id)
  })

  it('logs off the holder', async () => {
    await hannah.post('/riverside/logoff')
    const row = await env.DB.prepare("SELECT by_patient FROM audit WHERE act = 'logged-off'").first('by_patient')
    expect(row).toBe(family.hannah.id)
  })
})

describe('a grant that ends between what was read and what is written', () => {
  /** Sends a form; the grant ends when the database is given the first change. */
  const inTime = async (path: string, fields: Record<string, string>) => {
    let isWriting = false
    const prepare = (sql: string) => {
      isWriting ||= /^\s*(insert|update)\b/i.test(sql)
      return env.DB.prepare(sql)
    }
    const batch = async (statements: D1PreparedStatement[]) => {
      if (isWriting) await env.DB.prepare('UPDATE acting_grant SET ended_at = 1').run()
      return env.DB.batch(statements)
    }
    const late = visitor({ ...env, DB: { prepare, batch } as unknown as D1Database })
    for (const [name, value] of hannah.cookies) late.cookies.set(name, value)
    return late.post(path, fields)
  }

  it('lets nothing be booked, cancelled, moved or changed any more', async () => {
    const { at } = await booked(family.toby, nine + days)
    const to = { with: family.diary.priya, at: (nine + hours).toString(), version: '1' }
    const tries: [string, Record<string, string>][] = [
      ['/riverside/book', bookingForm(family.diary, nine, { patient: family.toby.id })],
      [`${at}/cancellation`, { version: '1' }],
      [`${at}/move`, to],
      ['/riverside/details/contact', { patient: family.toby.id, mobile: '07700 900 103', version: '1' }],
    ]
    for (const [path, fields] of tries) {
      await env.DB.prepare('UPDATE acting_grant SET ended_at = NULL').run()
      const answer = await inTime(path, fields)
      expect([path, answer.status, headingOf(answer)]).toEqual([path, 403, 'You can no longer act for this patient'])
      expect(await env.DB.prepare('SELECT ended_at FROM acting_grant').first('ended_at')).toBe(1)
    }
    expect(await allRows()).toHaveLength(1)
    expect(await rowOf(at.split('/').at(-1)!)).toMatchObject({ status: 'booked', startAt: nine + days })
    expect(await env.DB.prepare("SELECT count(*) AS n FROM patient WHERE mobile <> ''").first('n')).toBe(0)
  })
})

describe('what staff read', () => {
  it('names who did it, and for whom: in the record’s history, on the appointment and in the audit', async () => {
    const { location } = await bookFor(hannah, family.toby)
    const { clinicId } = family
    const maya = await aStaffMember({ clinicId, username: 'maya', name: 'Maya Iyer', role: 'manager' })
    const staff = await loggedOn({ clinicId, staffId: maya.id })
    const history = await words(`patients/${family.toby.id}/history`, staff)
    expect(history).toContain('Booked an appointment Hannah Reed for Toby Reed, online')
    expect(history).toContain('Began to act for the patient Hannah Reed for Toby Reed, online')
    const id = location!.split('/').at(-1)!.replace(/\?.*/, '')
    expect(await words(`diary/appointments/${id}`, staff)).toContain('Booked Hannah Reed for Toby Reed, online')
    expect(await words('audit', staff)).toContain('Hannah Reed (patient) for Toby Reed')
  })

  it('says of a patient who did it themselves what it said before', async () => {
    await bookFor(await asHannah(family), family.hannah)
    const maya = await aStaffMember({ clinicId: family.clinicId, username: 'maya', name: 'Maya Iyer', role: 'manager' })
    const staff = await loggedOn({ clinicId: family.clinicId, staffId: maya.id })
    expect(await words(`patients/${family.hannah.id}/history`, staff)).toContain(
      'Booked an appointment Hannah Reed, online',
    )
  })
})
