/** The mail service is out: the public notices nothing, no mail is lost, and staff see what did not arrive (J01, M6). */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'
import { deliverDue } from '../../src/mail/outbox.ts'
import {
  type Answer,
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  loggedOn,
  mailbox,
  origin,
  Visitor,
} from '../support/world.ts'
import { mailService, withMailbox, withMailchannels } from './failing-mail.ts'
import { hour, minute, onlyMail, outbox, queue } from './outbox.ts'

let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const bytes = ({ status, headers, body }: Answer) => ({ status, headers: [...headers].sort(), body })

describe('the public', () => {
  /** One of each kind of person, and nobody. */
  const addresses = {
    invitable: 'oliver.grant@example.com',
    active: 'janet.hall@example.com',
    inactive: 'ian.moss@example.com',
    shared: 'family.reed@example.com',
    unknown: 'nobody@example.com',
  }

  beforeEach(async () => {
    await aPatient({ clinicId, email: addresses.invitable })
    await anAccess(await aPatient({ clinicId, email: addresses.active }))
    await anAccess(await aPatient({ clinicId, email: addresses.inactive }), { state: 'inactive' })
    await aPatient({ clinicId, email: addresses.shared })
    await aPatient({ clinicId, firstName: 'Lucy', email: addresses.shared })
  })

  const forms = (address: string) =>
    [
      ['/riverside/register/existing', { email: address }],
      ['/riverside/register/new', { email: address }],
      ['/riverside/password/forgotten', { identifier: address }],
    ] as const

  it.each(['500', '422', 'drop', 'cut off'])(
    'J01 gets the same bytes whoever asks, and as always: %s',
    async (fault) => {
      const environment = withMailchannels(fault === 'cut off' ? { url: 'http://127.0.0.1:1' } : mailService(fault))
      const answers = async (address: string, asked: Bindings) => {
        const answers = []
        for (const [path, fields] of forms(address)) {
          const answer = await new Visitor(asked).post(path, fields)
          answers.push(bytes(answer), bytes(await new Visitor(asked).get(answer.location!)))
        }
        return answers
      }
      const asAlways = await answers('somebody@example.com', env)
      expect(asAlways.map(({ status }) => status)).toEqual([303, 200, 303, 200, 303, 200])
      for (const address of Object.values(addresses)) {
        expect([address, await answers(address, environment)]).toEqual([address, asAlways])
      }
    },
  )

  it('J01 is answered before the mail service is: it may hang for as long as it likes', async () => {
    const { promise: outage, resolve: end } = Promise.withResolvers<void>()
    let isOver = false
    let asked = 0
    const hanging = withMailbox(async (really) => {
      asked += 1
      await outage
      await really()
    })
    const contexts = []
    for (const address of Object.values(addresses)) {
      for (const [path, fields] of forms(address)) {
        const context = createExecutionContext()
        const headers = { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': '203.0.113.7' }
        const body = new URLSearchParams(fields)
        const request = new Request(`${origin}${path}`, { method: 'POST', redirect: 'manual', headers, body })
        const answer = await app.fetch(request, hanging, context)
        expect([answer.status, await answer.text(), isOver]).toEqual([303, '', false])
        contexts.push(context)
      }
    }
    isOver = true
    end()
    for (const context of contexts) await waitOnExecutionContext(context)
    expect(asked).toBeGreaterThan(0)
    expect((await outbox()).every(({ state }) => state === 'sent')).toBe(true)
  })

  it('J01 gets every mail once when the service is back', async () => {
    const out = withMailchannels(mailService('500'))
    for (const address of Object.values(addresses)) {
      await new Visitor(out).post('/riverside/register/existing', { email: address })
    }
    expect((await outbox()).map(({ state, attempts }) => [state, attempts])).toEqual(
      Object.values(addresses).map(() => ['queued', 1]),
    )
    await deliverDue(env, Date.now() + minute)
    await deliverDue(env, Date.now() + hour)
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual(Object.values(addresses).sort())
  })
})

describe('staff see a mail that did not arrive', () => {
  const email = 'janet.hall@example.com'
  const kind = 'access-link' as const
  const refusing = () => withMailchannels(mailService('422'))
  const out = () => withMailchannels(mailService('500'))
  const deskOf = async (id: string) => {
    const { id: staffId } = await aStaffMember({ clinicId: id })
    return textOf((await (await loggedOn({ clinicId: id, staffId })).get('/riverside/registrations')).body)
  }
  const panelOf = async (patientId: string) => {
    const { id: staffId } = await aStaffMember({ clinicId, username: 'priya' })
    const panel = `/riverside/patients/${patientId}/online-access`
    return textOf((await (await loggedOn({ clinicId, staffId })).get(panel)).body)
  }
  const janet = async () => {
    const patient = await aPatient({ clinicId, email })
    await anAccess(patient)
    return patient.id
  }

  it('J01 given up after 24 hours: on the registration desk and on the patient’s panel', async () => {
    const patientId = await janet()
    const written = Date.now() - 24 * hour - minute
    await queue({ clinicId, kind, patientId, to: email }, written)
    await deliverDue(out(), written + 24 * hour)
    expect(await onlyMail()).toMatchObject({ state: 'abandoned' })

    const desk = await deskOf(clinicId)
    expect(desk).toContain('Mails that could not be sent Tell these people another way')
    expect(desk).toMatch(
      new RegExp(`Set-up link to ${email} .* Not sent, and given up: the mail service did not answer`),
    )
    const panel = await panelOf(patientId)
    expect(panel).toMatch(
      new RegExp(`Set-up link to ${email} .* Not sent, and given up: the mail service did not answer`),
    )
  })

  it('refused: at once', async () => {
    const patientId = await janet()
    await queue({ clinicId, kind, patientId, to: email }, Date.now())
    await deliverDue(refusing(), Date.now())
    expect(await deskOf(clinicId)).toContain('Not sent, and given up: the mail service refused this address')
    expect(await panelOf(patientId)).toContain('Not sent, and given up: the mail service refused this address')
  })

  it('still tried: on the panel, with the next try; not on the desk, where somebody must act', async () => {
    const patientId = await janet()
    await queue({ clinicId, kind, patientId, to: email }, Date.now())
    await deliverDue(out(), Date.now())
    expect(await panelOf(patientId)).toMatch(
      /Not sent yet: the mail service did not answer\. The next try is in 1 minute/,
    )
    expect(await deskOf(clinicId)).not.toContain('could not be sent')
    await deliverDue(env, Date.now() + minute)
    expect(await panelAgain(patientId)).toContain(`Set-up link to ${email}`)
    expect(await panelAgain(patientId)).not.toContain('Not sent')
  })

  const panelAgain = async (patientId: string) => {
    const { id: staffId } = await aStaffMember({ clinicId, username: `p${crypto.randomUUID().slice(0, 8)}` })
    const panel = `/riverside/patients/${patientId}/online-access`
    return textOf((await (await loggedOn({ clinicId, staffId })).get(panel)).body)
  }

  it('of their own clinic only', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await queue({ clinicId: hillside.id, to: 'other@example.com' }, Date.now())
    await deliverDue(refusing(), Date.now())
    expect(await deskOf(clinicId)).not.toMatch(/other@example\.com|could not be sent/)
  })

  it('of a registration whose answer could not be sent', async () => {
    await new Visitor(refusing()).post('/riverside/register/new', { email: 'newcomer@example.com' })
    expect(await deskOf(clinicId)).toMatch(/Registration link to newcomer@example\.com .* refused this address/)
  })
})
