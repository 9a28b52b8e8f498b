/** Mails that still wait while their link or password stops working: they do not go out, and staff read why. */
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { deliverDue } from '../../src/mail/outbox.ts'
import type { Patient } from '../../src/schema.ts'
import { aClinic, anAccess, aPatient, aStaffMember, loggedOn, mailbox, type Visitor } from '../support/world.ts'
import { outbox, queue } from './outbox.ts'

const email = 'janet.hall@example.com'
let clinicId: string
let janet: Patient
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  janet = await aPatient({ clinicId, email })
  await anAccess(janet)
  sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id })
  for (const kind of ['access-link', 'access-password', 'appointment-booked'] as const) {
    await queue({ clinicId, kind, patientId: janet.id, to: email }, Date.now())
  }
})

it.each([
  ['online access is set to inactive', 'online-access/deactivation', 'stopped', 'online access was stopped first'],
  ['the record is archived', 'archiving', 'stopped', 'online access was stopped first'],
  ['a password is generated', 'online-access/password', 'replaced', 'a newer password took its place'],
])('when %s, what lets in does not go out, and the news of an appointment does', async (_words, act, failure, said) => {
  expect((await sam.post(`/riverside/patients/${janet.id}/${act}`)).status).toBe(303)
  const waited = (await outbox()).map(({ kind, ...mail }) => [kind, mail.state, mail.failure, mail.sealed === null])
  expect(waited.sort()).toEqual([
    ['access-link', 'abandoned', failure, true],
    ['access-password', 'abandoned', failure, true],
    ['appointment-booked', 'queued', null, false],
  ])
  await deliverDue(env, Date.now())
  expect(await mailbox()).toHaveLength(1)
  const { body } = await sam.get(`/riverside/patients/${janet.id}/online-access`)
  expect(body).toContain(`given up: ${said}`)
  expect((await sam.get('/riverside/invitations')).body).not.toContain('nobody has dealt with it')
  const audited = await env.DB.prepare("SELECT count(*) AS n FROM audit WHERE act = 'mail-abandoned'").first()
  expect(audited).toEqual({ n: 2 })
})
