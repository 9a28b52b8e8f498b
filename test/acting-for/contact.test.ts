/** Whoever has no address of their own is reached through whoever acts for them: mails of appointments, and those that wait. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { everyMinute } from '../../src/every-minute.ts'
import { outbox, queue } from '../mail/outbox.ts'
import { wordsOf } from '../patients/reading.ts'
import { anAppointment } from '../support/an-appointment.ts'
import { anAccess, aPatient, mailbox } from '../support/world.ts'
import { aFamily, email, type Family, filledIn, granted, grantsOf } from './reeds.ts'

const hour = 3_600_000 // ms
let family: Family
let booked: Awaited<ReturnType<typeof anAppointment>>

beforeEach(async () => {
  family = await aFamily({ tims: '' })
  const { clinicId, priya, tim } = family
  booked = await anAppointment({ clinicId, practitionerId: priya.id, patientId: tim.id, bookedBy: null })
})

const letAct = (holderId = family.anna.id, given: Parameters<typeof granted>[2] = {}) =>
  granted({ clinicId: family.clinicId, holderId, patientId: family.tim.id }, family.sam.id, given)
const appointmentPage = () => `/riverside/diary/appointments/${booked.id}`
const cancel = () =>
  family.desk.post(`${appointmentPage()}/cancellation`, { version: '1', asked: 'patient', reason: '', tell: 'on' })
const remind = () => everyMinute(env, booked.startAt - 20 * hour)
const mails = async () => (await mailbox()).map(({ to, text }) => [to, /Dear \w+/.exec(text)?.[0]])
const waiting = async () => (await outbox()).map(({ kind, toAddress, state }) => `${kind} ${toAddress} ${state}`).sort()

describe('the mail of an appointment', () => {
  it('goes to the holder and speaks to the patient, when staff cancel', async () => {
    await letAct()
    expect(wordsOf((await family.desk.get(`${appointmentPage()}/cancellation`)).body)).toContain(
      `Tell the patient by email (${email})`,
    )
    expect((await cancel()).status).toBe(303)
    expect(await mails()).toEqual([[email, 'Dear Tim']])
  })

  it('when staff book', async () => {
    await letAct()
    const { desk, tim } = family
    const from = new Date(booked.startAt + 2 * hour)
    const asked = { practitioner: booked.practitionerId, patient: tim.id, type: booked.typeId }
    const query = new URLSearchParams({ ...asked, from: from.toISOString().replace(/:00\.000Z$/, '+00:00') })
    expect(wordsOf((await desk.get(`/riverside/diary/book?${query}`)).body)).toContain(`by email (${email})`)
    const sent = await desk.post('/riverside/diary/book', { ...asked, start: String(from.getTime()), tell: 'on' })
    expect([sent.status, await mails()]).toEqual([303, [[email, 'Dear Tim']]])
  })

  it('when it is reminded of, with the way to do it online only for a holder who can log on', async () => {
    await letAct()
    await remind()
    expect(await mails()).toEqual([[email, 'Dear Tim']])
    expect((await mailbox())[0]!.text).not.toContain('/riverside/appointments')
    await env.DB.prepare('UPDATE appointment SET reminded_at = NULL').run()
    await anAccess(family.anna)
    await remind()
    expect((await mailbox())[0]!.text).toContain('/riverside/appointments')
  })

  it('goes to the first of two who act, and to the second when the first is archived', async () => {
    const { clinicId, anna, desk } = family
    const rose = await aPatient({ clinicId, firstName: 'Rose', lastName: 'Reed', email: 'rose@example.com' })
    await letAct(anna.id, { grantedAt: 1 })
    await letAct(rose.id, { grantedAt: 2 })
    expect(wordsOf((await desk.get(appointmentPage())).body)).toContain(email)
    await desk.post(`/riverside/patients/${anna.id}/archiving`)
    expect(wordsOf((await desk.get(appointmentPage())).body)).toContain('rose@example.com')
  })

  it('goes to the patient’s own address, where there is one', async () => {
    await letAct()
    await env.DB.prepare("UPDATE patient SET email = 'tim@x.org', email_canonical = 'tim@x.org' WHERE id = ?")
      .bind(family.tim.id)
      .run()
    await cancel()
    expect(await mails()).toEqual([['tim@x.org', 'Dear Tim']])
  })

  it.each([
    ['nobody acts', async () => undefined],
    ['its time has run out', () => letAct(family.anna.id, { endsAt: 1_000 })],
    ['it was ended', () => letAct(family.anna.id, { endedAt: 1_000 })],
    [
      'it is of another clinic',
      async () => {
        const hillside = await aFamily({ slug: 'hillside' })
        await granted(
          { clinicId: hillside.clinicId, holderId: hillside.anna.id, patientId: hillside.tim.id },
          hillside.sam.id,
        )
      },
    ],
  ])('goes to nobody when %s', async (_why, given) => {
    await given()
    expect(wordsOf((await family.desk.get(appointmentPage())).body)).toContain('No email address')
    expect((await cancel()).status).toBe(303)
    await remind()
    expect(await mailbox()).toEqual([])
  })
})

describe('a mail that waits', () => {
  const aMail = () =>
    queue({ clinicId: family.clinicId, kind: 'appointment-booked', patientId: family.tim.id, to: email }, Date.now())

  it('goes nowhere when nobody acts any more, and to the next who does', async () => {
    const { clinicId, desk, tim, anna } = family
    const rose = await aPatient({ clinicId, firstName: 'Rose', lastName: 'Reed', email: 'rose@example.com' })
    const ending = (id: string) => desk.post(`/riverside/patients/${tim.id}/acting-for/${id}/ending`)
    const first = await letAct(anna.id, { grantedAt: 1 })
    const second = await letAct(rose.id, { grantedAt: 2 })
    await aMail()
    expect((await ending(first)).status).toBe(303)
    expect(await waiting()).toEqual(['appointment-booked rose@example.com queued'])
    expect((await ending(second)).status).toBe(303)
    expect(await waiting()).toEqual(['appointment-booked rose@example.com abandoned'])
  })

  it('follows the holder to another address', async () => {
    const { desk, anna } = family
    await letAct()
    await aMail()
    const fields = { version: '1', first_name: 'Anna', last_name: 'Reed', email: 'anna.reed@example.com' }
    const dob = { dob_day: '1', dob_month: '2', dob_year: '1984' }
    expect((await desk.post(`/riverside/patients/${anna.id}/edit`, { ...fields, ...dob })).status).toBe(303)
    expect(await waiting()).toEqual(['appointment-booked anna.reed@example.com queued'])
  })

  it('stays where it was when the address that both had becomes the holder’s, and no way in does', async () => {
    const { desk, tim } = family
    await env.DB.prepare('UPDATE patient SET email = ?, email_canonical = ? WHERE id = ?')
      .bind(email, email, tim.id)
      .run()
    await aMail()
    await queue({ clinicId: family.clinicId, kind: 'registration-link', patientId: tim.id, to: email }, Date.now())
    expect((await desk.post(`/riverside/patients/${tim.id}/acting-for`, filledIn(family))).status).toBe(303)
    expect(await grantsOf()).toHaveLength(1)
    expect(await waiting()).toEqual([`appointment-booked ${email} queued`, `registration-link ${email} abandoned`])
  })
})
