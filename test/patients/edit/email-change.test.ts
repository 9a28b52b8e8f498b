/** The email address is the logon name (rule M9): what happens when staff change it on the record. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { MailKind } from '../../../src/mail/mail-kind.ts'
import { deliverDue } from '../../../src/mail/outbox.ts'
import { emailChange } from '../../../src/patients/edit/email-change.ts'
import { oneTimeLink } from '../../../src/schema.ts'
import { database } from '../../../src/web/database.ts'
import { outbox, queue } from '../../mail/outbox.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'
import { fieldsOf, wordsOf } from '../reading.ts'

const before = 'janet.hall@example.com'
const after = 'jan@example.org'

describe('a new email address on the record', () => {
  it.each([
    ['active', before, after, 0, { ok: true, movesLogon: true }],
    ['invited', before, after, 0, { ok: true, movesLogon: true }],
    ['active', before, before, 3, { ok: true, movesLogon: false }],
    ['active', before, null, 0, { ok: false, because: 'needed' }],
    ['invited', before, after, 1, { ok: false, because: 'shared' }],
    ['inactive', before, after, 1, { ok: true, movesLogon: false }],
    ['inactive', before, null, 0, { ok: true, movesLogon: false }],
    [undefined, before, after, 1, { ok: true, movesLogon: false }],
    [undefined, null, after, 0, { ok: true, movesLogon: false }],
  ] as const)('with access %s, from %s to %s that %i others have: %j', (access, was, is, others, verdict) => {
    expect(emailChange({ before: was, after: is, access, others })).toEqual(verdict)
  })
})

describe('staff who change a patient’s email address', () => {
  let clinicId: string
  let sam: Visitor
  let janet: Awaited<ReturnType<typeof aPatient>>

  beforeEach(async () => {
    clinicId = (await aClinic()).id
    sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id })
    janet = await aPatient({ clinicId, email: before })
  })

  const saveEmail = async (email: string) => {
    const path = `/riverside/patients/${janet.id}/edit`
    return sam.post(path, { ...fieldsOf((await sam.get(path)).body), email })
  }
  const logonName = async () =>
    (await env.DB.prepare('SELECT email FROM online_access').first<{ email: string }>())?.email
  const onRecord = async () =>
    (await env.DB.prepare('SELECT email FROM patient WHERE id = ?').bind(janet.id).first<{ email: string }>())?.email

  it('move the logon name with it, and both addresses are told', async () => {
    await anAccess(janet, { password: goodPassword })
    expect((await saveEmail('Jan@Example.org')).status).toBe(303)
    expect(await logonName()).toBe(after)
    const mails = await mailbox()
    const [toOld, toNew] = [before, after].map((address) => mails.find(({ to }) => to === address)!)
    expect(mails).toHaveLength(2)
    expect(toOld!.subject).toBe('Your email address at Riverside Clinic was changed')
    expect(toOld!.text).toContain('You can no longer log on with this address')
    expect(toOld!.text).toContain('01632 960 001')
    expect(`${toOld!.text}${toOld!.html}`).not.toMatch(/Janet|Hall|jan@example/i)
    expect(toNew!.text).toContain('log on to the diary with this address. Your password stays the same')
    expect(toNew!.text).toContain('https://diary.test/riverside')
  })

  it.each([
    ['was invited', { state: 'invited' as const }],
    ['is active without a password', {}],
  ])('are not promised a password for a patient who %s', async (_words, given) => {
    await anAccess(janet, given)
    await saveEmail(after)
    const toNew = (await mailbox()).find(({ to }) => to === after)
    expect(toNew!.text).not.toContain('password')
    expect(toNew!.text).toContain('To set up your online access, call Riverside Clinic on 01632 960 001')
  })

  it('end the links that went to the old address, of this patient only', async () => {
    await anAccess(janet, { state: 'invited' })
    const ben = await aPatient({ clinicId, firstName: 'Ben', email: 'ben@example.com' })
    const link = (patientId: string) => ({
      id: `link-${patientId}`,
      clinicId,
      purpose: 'set-up' as const,
      tokenHash: patientId,
      patientId,
      createdAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
    })
    await database(env)
      .insert(oneTimeLink)
      .values([link(janet.id), link(ben.id)])
    await saveEmail(after)
    const { results } = await env.DB.prepare(
      'SELECT patient_id, ended_at IS NOT NULL AS ended FROM one_time_link',
    ).all()
    expect(results).toHaveLength(2)
    expect(results).toContainEqual({ patient_id: janet.id, ended: 1 })
    expect(results).toContainEqual({ patient_id: ben.id, ended: 0 })
  })

  it('end a temporary password that was told for the old address', async () => {
    await anAccess(janet)
    const panel = `/riverside/patients/${janet.id}/online-access`
    const generated = async () => {
      await sam.post(`${panel}/password`)
      return /id="temporary-password"[^>]*>([^<]+)</.exec((await sam.get(panel)).body)![1]!
    }
    const logOn = (identifier: string, password: string) => visitor().post('/riverside/logon', { identifier, password })
    expect((await logOn(before, await generated())).status).toBe(303)
    const told = await generated()
    await saveEmail(after)
    expect([(await logOn(before, told)).status, (await logOn(after, told)).status]).toEqual([422, 422])
  })

  describe('while mails wait that did not go out', () => {
    const waiting = async (...kinds: MailKind[]) => {
      for (const kind of kinds) await queue({ clinicId, kind, patientId: janet.id, to: before }, Date.now())
    }
    const mails = async () =>
      (await outbox()).map(({ kind, toAddress, state, failure, sealed }) => [
        ...[kind, toAddress, state, failure],
        sealed === null ? 'wiped' : 'kept',
      ])
    const given = ['abandoned', 'address-changed', 'wiped']

    it('send the news of appointments to the new address, and nothing to the old one that lets in', async () => {
      await waiting('appointment-booked', 'access-link', 'access-password', 'email-proof')
      expect((await saveEmail(after)).status).toBe(303)
      expect(await mails()).toEqual(
        expect.arrayContaining([
          ['appointment-booked', after, 'queued', null, 'kept'],
          ['access-link', before, ...given],
          ['access-password', before, ...given],
          ['email-proof', before, ...given],
        ]),
      )
      await deliverDue(env, Date.now())
      expect((await mailbox()).map(({ to }) => to)).toEqual([after])
      const audited = await env.DB.prepare("SELECT of_patient FROM audit WHERE act = 'mail-abandoned'").all()
      expect(audited.results).toEqual(Array(3).fill({ of_patient: janet.id }))
    })

    it('send nothing at all to an address that they took off the record', async () => {
      await waiting('appointment-booked')
      expect((await saveEmail('')).status).toBe(303)
      expect(await mails()).toEqual([['appointment-booked', before, ...given]])
    })

    it('let go out what waits for anybody else, or when only the writing changed', async () => {
      const ben = await aPatient({ clinicId, firstName: 'Ben', email: 'ben@example.com' })
      await queue({ clinicId, kind: 'access-link', patientId: ben.id, to: 'ben@example.com' }, Date.now())
      await saveEmail(after)
      await waiting('access-link')
      await saveEmail(after.toUpperCase())
      expect((await mails()).map(([, to, state]) => [to, state])).toEqual([
        ['ben@example.com', 'queued'],
        [before, 'queued'],
      ])
    })
  })

  it('are told who has the new address when another record has it, and nothing changes', async () => {
    await anAccess(janet, { password: goodPassword })
    const ben = await aPatient({ clinicId, firstName: 'Ben', lastName: 'Reed', email: after.toUpperCase() })
    const answer = await saveEmail(after)
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('This email address is also on the record of Ben Reed.')
    expect(answer.body).toContain(`<a href="/riverside/patients/${ben.id}">Ben Reed</a>`)
    expect([await logonName(), await onRecord(), await mailbox()]).toEqual([before, before, []])
  })

  it('may use an address that a patient of another clinic has', async () => {
    await anAccess(janet, { password: goodPassword })
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await aPatient({ clinicId: hillside.id, email: after })
    expect((await saveEmail(after)).status).toBe(303)
  })

  it('cannot take the address away from a patient who logs on with it', async () => {
    await anAccess(janet, { password: goodPassword })
    const answer = await saveEmail('')
    expect(answer.status).toBe(422)
    expect(wordsOf(answer.body)).toContain('Janet needs an email address to log on with')
    expect(await onRecord()).toBe(before)
  })

  it('send no mail to a patient who does not log on with it, and may share an address there', async () => {
    await anAccess(janet, { state: 'inactive' })
    await aPatient({ clinicId, firstName: 'Ben', email: after })
    expect((await saveEmail(after)).status).toBe(303)
    expect([await onRecord(), await mailbox()]).toEqual([after, []])
  })

  it('change only how it is written without telling anybody', async () => {
    await anAccess(janet, { password: goodPassword })
    expect((await saveEmail('Janet.Hall@Example.com')).status).toBe(303)
    expect([await onRecord(), await logonName(), await mailbox()]).toEqual(['Janet.Hall@Example.com', before, []])
  })

  it('lose to the database when another record takes the address in the same moment, and see who has it', async () => {
    await anAccess(janet, { password: goodPassword })
    const path = `/riverside/patients/${janet.id}/edit`
    const form = fieldsOf((await sam.get(path)).body)
    const added = { first_name: 'Ben', last_name: 'Reed', email: after }
    const [changed] = await Promise.all([
      sam.post(path, { ...form, email: after }),
      sam.post('/riverside/patients/new', added),
    ])
    if (changed.status === 303) expect(await logonName()).toBe(after)
    else expect(wordsOf(changed.body)).toContain('also on the record of Ben Reed')
    expect([303, 422]).toContain(changed.status)
  })
})
