/** The appointment's page and what staff do with it: mark, cancel, note, and take back for ten minutes. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appointment, patient } from '../../../src/schema.ts'
import { wordsOf } from '../../patients/reading.ts'
import { watched } from '../../support/counting.ts'
import { aClinic, aStaffMember, loggedOn, mailbox } from '../../support/world.ts'
import { aBooking, book, days, db, hours, minutes, nine, rowOf } from '../diary-world.ts'
import { actsOf, aDesk, at, type Desk, halfPastEight, newestAct, versionOf } from './desk-world.ts'

let desk: Desk

beforeEach(async () => {
  desk = await aDesk()
})
afterEach(() => {
  vi.useRealTimers()
})

const words = async (who = desk.sam) => wordsOf((await who.get(desk.here)).body)
const post = async (act: string, fields: Record<string, string> = {}, who = desk.sam) =>
  who.post(`${desk.here}/${act}`, { version: await versionOf(desk.id), ...fields })
const mark = (status: string, who = desk.sam) => post('status', { status }, who)
const cancel = (fields: Record<string, string> = {}) => post('cancellation', { asked: 'patient', ...fields })
const undo = (who = desk.sam) => post('undo', {}, who)
const status = async () => (await rowOf(desk.id)).status

describe('the page of an appointment', () => {
  it('says who, when, with whom, what for, and how it stands', async () => {
    const answer = await desk.sam.get(desk.here)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>Appointment of Janet Hall, 2 December 2026 at 9:00am – Riverside Clinic')
    const text = wordsOf(answer.body)
    for (const said of [
      'Born 3 May 1951, 75 years old',
      '9:00am to 9:30am',
      'Wednesday 2 December 2026',
      'With Priya Nair',
      'Type Follow-up',
      'Booked by Sam Okoro, 1 December 2026 at 9:00am',
      'My knee again',
      'janet.hall@example.com',
    ])
      expect(text).toContain(said)
    expect(answer.body).toContain(`href="/riverside/patients/${desk.patientId}"`)
    expect(answer.body).toContain('href="/riverside/diary/2026-12-02"')
  })

  it('offers what may be done now, and nothing else', async () => {
    const before = await words()
    expect(before).toContain('Mark as arrived')
    expect(before).toContain('Move')
    expect(before).toContain('Cancel appointment')
    expect(before).not.toContain('Mark as seen') // its time has not come
    at(nine)
    const during = await words()
    expect(during).toContain('Mark as seen')
    expect(during).toContain('Did not attend')
    await mark('arrived')
    const arrived = (await desk.sam.get(desk.here)).body
    expect(arrived).not.toContain('?moving=')
    expect(arrived).not.toContain('/cancellation"')
    expect(wordsOf(arrived)).toContain('Mark as seen')
  })

  it('is drawn in one round trip', async () => {
    const { env: environment, work } = watched()
    const sam = await loggedOn({ clinicId: desk.clinicId, staffId: desk.samId }, environment)
    await sam.get(desk.here) // the clinic is known from now on
    work.trips.length = 0
    await sam.get(desk.here)
    expect(work.trips).toHaveLength(1)
  })

  it('marks what was booked outside the rules', async () => {
    expect(await words()).not.toContain('outside the rules')
    await db().update(appointment).set({ outsideRules: true }).where(eq(appointment.id, desk.id))
    expect(await words()).toContain('Booked outside the rules')
  })

  it('is not there for another clinic, nor when it never was', async () => {
    const { id: clinicId } = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const hers = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
    const maya = await loggedOn({ clinicId, staffId: hers.id })
    const there = `/hillside/diary/appointments/${desk.id}`
    expect((await maya.get(there)).status).toBe(404)
    expect((await maya.get(`${there}/cancellation`)).status).toBe(404)
    for (const act of ['status', 'note', 'undo', 'cancellation']) {
      const fields = { version: '1', status: 'arrived', asked: 'clinic', note: 'Mine' }
      expect([act, (await maya.post(`${there}/${act}`, fields)).status]).toEqual([act, 404])
    }
    expect((await desk.sam.get('/riverside/diary/appointments/no-such-one')).status).toBe(404)
    expect(await rowOf(desk.id)).toMatchObject({ status: 'booked', version: 1, note: '' })
  })
})

describe('a mark', () => {
  it.each([
    ['arrived', 'Marked as arrived', halfPastEight],
    ['fulfilled', 'Marked as seen', nine],
    ['noshow', 'Marked as did not attend', nine],
  ])('%s is set, written down, and taken back', async (to, said, now) => {
    at(now)
    const answer = await mark(to)
    expect([answer.status, answer.location]).toEqual([303, desk.here])
    expect(await rowOf(desk.id)).toMatchObject({ status: to, statusBy: desk.samId, statusSince: now })
    expect(await newestAct()).toMatchObject({
      act: `appointment-${to}`,
      byStaff: desk.samId,
      ofPatient: desk.patientId,
      detail: { appointment: desk.id, from: 'booked' },
    })
    expect(await words()).toContain(`${said}. Undo`)
    expect((await undo()).location).toBe(`${desk.here}?done=undone`)
    expect(await status()).toBe('booked')
    expect(await newestAct()).toMatchObject({ act: 'appointment-status-undone', detail: { from: to, to: 'booked' } })
  })

  it('goes back to where it came from', async () => {
    await mark('arrived')
    await mark('fulfilled')
    await undo()
    expect(await status()).toBe('arrived')
  })

  it('on the wrong day’s appointment can be taken back until its time, so that it can be moved and cancelled again', async () => {
    at(nine - 2 * days)
    await mark('arrived')
    at(nine - 60 * minutes)
    expect(await words()).toContain('Marked as arrived. Undo')
    expect((await undo()).location).toBe(`${desk.here}?done=undone`)
    expect(await status()).toBe('booked')
    expect(await words()).toContain('Move Cancel appointment')
  })

  it('names who set it, to somebody else', async () => {
    await mark('arrived', desk.maya)
    expect(await words()).toContain('Marked as arrived by Maya Iyer. Undo')
  })

  it('can be taken back for ten minutes only', async () => {
    await mark('arrived')
    at(halfPastEight + 10 * minutes)
    expect(await words()).toContain('Undo')
    at(halfPastEight + 10 * minutes + 1)
    expect(await words()).not.toContain('Undo')
    const late = await undo()
    expect([late.status, wordsOf(late.body)]).toEqual([
      409,
      expect.stringContaining('can be undone for 10 minutes only'),
    ])
    expect(await status()).toBe('arrived')
  })

  it('that was sent twice has one effect', async () => {
    const twice = { version: '1', status: 'arrived' }
    await desk.sam.post(`${desk.here}/status`, twice)
    expect((await desk.sam.post(`${desk.here}/status`, twice)).status).toBe(303)
    const back = { version: '2' }
    await desk.sam.post(`${desk.here}/undo`, back)
    const again = await desk.sam.post(`${desk.here}/undo`, back)
    expect([again.status, again.location]).toEqual([303, `${desk.here}?done=undone`])
    expect(await rowOf(desk.id)).toMatchObject({ status: 'booked', version: 3 })
    expect(await actsOf()).toEqual(['appointment-arrived', 'appointment-status-undone'])
  })

  it('before its time is refused in words', async () => {
    const answer = await mark('noshow')
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('The time of this appointment has not come yet')
    expect(await status()).toBe('booked')
  })

  it('of no kind that there is changes nothing', async () => {
    for (const wrong of ['booked', 'cancelled', 'late', '']) expect((await mark(wrong)).status).toBe(400)
    expect((await rowOf(desk.id)).version).toBe(1)
  })
})

describe('somebody else was faster', () => {
  it('is told who did what, sees it as it is now, and overwrites nothing', async () => {
    await desk.maya.post(`${desk.here}/cancellation`, { version: '1', asked: 'patient', reason: 'Has a cold' })
    for (const act of ['status', 'undo', 'note']) {
      const answer = await desk.sam.post(`${desk.here}/${act}`, { version: '1', status: 'arrived', note: 'Is here' })
      expect([act, answer.status]).toEqual([act, 409])
      const text = wordsOf(answer.body)
      expect(text).toContain('Somebody else changed this appointment')
      expect(text).toContain('Cancelled, the patient asked for it Maya Iyer, 2 December 2026 at 8:30am')
      expect(text).toContain('“Has a cold”')
    }
    expect(await rowOf(desk.id)).toMatchObject({ status: 'cancelled', note: '', version: 2 })
  })

  it('does not lose the note that was typed', async () => {
    await post('note', { note: 'Wheelchair' }, desk.maya)
    const lost = await desk.sam.post(`${desk.here}/note`, { version: '1', note: 'Needs an interpreter' })
    expect(lost.status).toBe(409)
    expect(lost.body).toContain('Needs an interpreter</textarea>')
    expect(wordsOf(lost.body)).toContain('In the diary now: “Wheelchair”')
    expect((await rowOf(desk.id)).note).toBe('Wheelchair')
  })
})

describe('a note', () => {
  it('is saved as it was typed, and its words stand nowhere else', async () => {
    const answer = await post('note', { note: '  Bring the\r\nletter ' })
    expect(answer.location).toBe(`${desk.here}?done=saved`)
    expect((await rowOf(desk.id)).note).toBe('Bring the\nletter')
    expect(JSON.stringify(await newestAct())).not.toContain('letter')
    expect(wordsOf((await desk.sam.get(`${desk.here}?done=saved`)).body)).toContain('Saved.')
  })

  it('that is too long is refused, and kept in its field', async () => {
    const long = 'x'.repeat(1001)
    const answer = await post('note', { note: long })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('<title>Error: ')
    expect(answer.body).toContain('Note must be 1,000 characters or fewer')
    expect(answer.body).toContain(long)
    expect((await rowOf(desk.id)).note).toBe('')
    expect((await post('note', { note: '😀'.repeat(1000) })).status).toBe(303)
  })

  it('does not take the undo away', async () => {
    await mark('arrived')
    await post('note', { note: 'In the garden' })
    await undo()
    expect(await rowOf(desk.id)).toMatchObject({ status: 'booked', note: 'In the garden' })
  })
})

describe('a cancellation', () => {
  it('is asked for on a page of its own', async () => {
    const page = await desk.sam.get(`${desk.here}/cancellation`)
    expect(page.status).toBe(200)
    const text = wordsOf(page.body)
    expect(text).toContain('Do you want to cancel this appointment?')
    expect(text).toContain('Tell the patient by email (janet.hall@example.com)')
    expect(page.body).toMatch(/name="tell"[^>]*checked/)
  })

  it('needs to know who asked for it, and keeps what was typed', async () => {
    const answer = await post('cancellation', { reason: 'Has a cold' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Choose who asked for it')
    expect(answer.body).toContain('value="Has a cold"')
    expect(answer.body).not.toMatch(/name="tell"[^>]*checked/)
    expect((await post('cancellation', { asked: 'patient', reason: 'x'.repeat(201) })).status).toBe(422)
    const unseen = await post('cancellation', { asked: 'patient', reason: 'Has a \u202ecold' })
    expect(unseen.body).toContain('Reason has characters that cannot be seen. Type it again')
    expect(unseen.status).toBe(422)
    expect(await status()).toBe('booked')
  })

  it('says who and why, frees the time, and tells the patient with a file for the calendar', async () => {
    expect((await cancel({ reason: 'Has a cold', tell: 'on' })).location).toBe(desk.here)
    expect(await rowOf(desk.id)).toMatchObject({ status: 'cancelled', cancelReason: 'Has a cold', sequence: 1 })
    const [mail] = await mailbox()
    expect([mail?.to, mail?.subject]).toEqual([
      'janet.hall@example.com',
      'Your appointment is cancelled – Riverside Clinic',
    ])
    expect(mail?.text).not.toContain('cold')
    const text = await words()
    expect(text).toContain('Cancelled. Undo')
    expect(text).toContain('the patient asked for it')
    expect(text).toContain('“Has a cold”')
    expect(text).toContain('Appointment cancelled to janet.hall@example.com')
    expect(await book(aBooking(desk))).toEqual({ ok: true })
  })

  it('without the tick, or without an address, tells nobody', async () => {
    await cancel()
    expect(await mailbox()).toEqual([])
    await undo()
    await db().update(patient).set({ email: '', emailCanonical: null }).where(eq(patient.id, desk.patientId))
    expect(wordsOf((await desk.sam.get(`${desk.here}/cancellation`)).body)).toContain('no email address')
    await cancel({ tell: 'on' })
    expect(await mailbox()).toEqual([])
    expect(await status()).toBe('cancelled')
  })

  it('is taken back, and the patient who was told is told that it is booked', async () => {
    await cancel({ tell: 'on' })
    at(halfPastEight + minutes)
    await undo()
    expect(await rowOf(desk.id)).toMatchObject({ status: 'booked', cancelReason: '', sequence: 2 })
    expect((await mailbox()).map(({ subject }) => subject)).toEqual([
      'Your appointment – Riverside Clinic',
      'Your appointment is cancelled – Riverside Clinic',
    ])
  })

  it('is not taken back when the time is somebody else’s by now', async () => {
    await cancel()
    await book(aBooking(desk))
    const answer = await undo()
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.body)).toContain('The time it had before is taken by now')
    expect(await status()).toBe('cancelled')
  })

  it('that was sent twice cancels once and mails once', async () => {
    const form = { version: '1', asked: 'clinic', tell: 'on' }
    await desk.sam.post(`${desk.here}/cancellation`, form)
    expect((await desk.sam.post(`${desk.here}/cancellation`, form)).status).toBe(303)
    expect(await mailbox()).toHaveLength(1)
    expect((await desk.sam.get(`${desk.here}/cancellation`)).location).toBe(desk.here)
  })
})

describe('the history', () => {
  it('tells the whole story, newest first', async () => {
    await mark('arrived')
    await undo()
    at(halfPastEight + hours)
    await post('note', { note: 'Called' }, desk.maya)
    await cancel({ asked: 'clinic' })
    const text = await words()
    const story = text.slice(text.lastIndexOf('History'))
    expect(story).toMatch(
      /Cancelled, the clinic asked for it Sam Okoro, .*Changed the note Maya Iyer, .*Took back “Arrived”: booked again Sam Okoro, .*Marked as arrived Sam Okoro, 2 December 2026 at 8:30am/,
    )
  })

  it('reads through the index of the patient’s acts', async () => {
    const { historyOf, appointmentMails } = await import('../../../src/diary/appointments/history-store.ts')
    for (const query of [historyOf, appointmentMails]) {
      const { sql, params } = query(db(), desk.clinicId, desk.id).toSQL()
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>()
      expect(results.map(({ detail }) => detail).filter((detail) => /^SCAN (?!CONSTANT ROW)/.test(detail))).toEqual([])
    }
  })
})
