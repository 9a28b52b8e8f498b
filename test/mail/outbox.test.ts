/** The outbox: a mail leaves once, nobody reads it on its way, and nothing of it stays. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverDue } from '../../src/mail/outbox.ts'
import { aClinic, anAccess, aPatient, aStaffMember, linkIn, loggedOn, mailbox, visitor } from '../support/world.ts'
import { mailService, withMailbox, withMailchannels } from './failing-mail.ts'
import { aLetter, everythingInD1, minute, onlyMail, outbox, queue } from './outbox.ts'

const t0 = Date.UTC(2026, 10, 24, 9, 0)
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

const noKv = withMailbox(async () => {
  throw new Error('KV does not answer')
})

describe('nobody reads a mail in D1 (J10)', () => {
  const canaries = ['canary', 'apple-river', 'Zq7xK2']

  it('while it waits: subject, words, link and password are sealed', async () => {
    await queue({ clinicId }, t0)
    const dump = await everythingInD1()
    expect(dump).toContain('janet.hall@example.com') // the dump does hold the outbox
    const decoded = (await onlyMail()).sealed!.split('.').map(atob).join()
    for (const canary of canaries) expect(dump + decoded).not.toContain(canary)
  })

  it('nor the link of a registration, nor a generated password', async () => {
    const janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
    await anAccess(janet)
    await aPatient({ clinicId, firstName: 'Oliver', lastName: 'Grant', email: 'oliver.grant@example.com' })
    const sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id }, noKv)
    const panel = `/riverside/patients/${janet.id}/online-access`
    await sam.post(`${panel}/password`)
    const slip = (await sam.get(panel)).body
    await sam.post(`${panel}/email`)
    await visitor(noKv).post('/riverside/register/existing', { email: 'oliver.grant@example.com' })
    const dump = await everythingInD1()
    expect((await outbox()).map(({ kind, state }) => [kind, state])).toEqual([
      ['access-password', 'queued'],
      ['registration-link', 'queued'],
    ])

    await deliverDue(env, Date.now() + minute)
    const [toJanet] = (await mailbox()).filter(({ to }) => to === 'janet.hall@example.com')
    const password = /Temporary password: (\S+)/.exec(toJanet!.text)![1]!
    expect(slip).toContain(password)
    expect(dump).not.toContain(password)
    const token = linkIn((await mailbox()).find(({ to }) => to === 'oliver.grant@example.com'))
      .split('/')
      .at(-1)!
    expect(token).toHaveLength(43)
    expect(dump).not.toContain(token)
    expect(await everythingInD1()).not.toContain(token)
  })

  it('and two mails that say the same do not look the same', async () => {
    await queue({ clinicId }, t0)
    await queue({ clinicId }, t0)
    const [one, other] = await outbox()
    expect(one!.sealed).not.toBe(other!.sealed)
  })

  it('nothing of it stays after delivery, and nothing after it was given up', async () => {
    await queue({ clinicId, to: 'a@example.com' }, t0)
    await deliverDue(env, t0)
    await queue({ clinicId, to: 'b@example.com' }, t0)
    await deliverDue(withMailchannels(mailService('422')), t0)
    expect((await outbox()).map(({ state, sealed, failure }) => [state, sealed, failure])).toEqual([
      ['sent', null, null],
      ['abandoned', null, 'refused'],
    ])
  })
})

describe('a mail leaves once', () => {
  it('although ten deliveries run at the same time', async () => {
    const service = mailService('ok')
    const addresses = Array.from({ length: 9 }, (_none, index) => `patient${index}@example.com`)
    for (const to of addresses) await queue({ clinicId, to }, t0)
    await Promise.all(Array.from({ length: 10 }, () => deliverDue(withMailchannels(service), t0)))
    const to = (await service.accepted()).map(({ body }) => body.personalizations[0]!.to[0]!.email)
    expect(to.sort()).toEqual(addresses)
    expect((await outbox()).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true)
  })

  it('and one delivery takes all that are due, more than go out at once, of all clinics in their names', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    for (let index = 0; index < 14; index++) {
      await queue({ clinicId: index % 2 ? hillside.id : clinicId, to: `patient${index}@example.com` }, t0)
    }
    const service = mailService('ok')
    await deliverDue(withMailchannels(service), t0)
    const names = (await service.accepted()).map(({ body }) => body.from.name)
    expect(names.filter((name) => name === 'Riverside Clinic')).toHaveLength(7)
    expect(names.filter((name) => name === 'Hillside Physiotherapy')).toHaveLength(7)
  })

  it('not before it is due', async () => {
    await queue({ clinicId }, t0)
    await deliverDue(env, t0 - 1)
    expect(await mailbox()).toEqual([])
    await deliverDue(env, t0)
    expect(await mailbox()).toHaveLength(1)
  })

  it('as it was written', async () => {
    await queue({ clinicId }, t0)
    await deliverDue(env, t0 + minute)
    const { id } = await onlyMail()
    expect(await mailbox()).toEqual([
      { id, to: 'janet.hall@example.com', ...aLetter, createdAt: new Date(t0).toISOString() },
    ])
    expect(await onlyMail()).toMatchObject({ state: 'sent', sentAt: t0 + minute, attempts: 1 })
  })
})

describe('a mail that cannot be opened', () => {
  const secret = btoa('another secret of 32 bytes ......')

  it('because the secret was changed is given up and told, not sent as rubbish', async () => {
    await queue({ clinicId }, t0)
    await deliverDue({ ...env, DIARY_SECRET: secret }, t0)
    expect(await onlyMail()).toMatchObject({ state: 'abandoned', failure: 'unreadable', sealed: null })
    expect(await mailbox()).toEqual([])
  })

  it('because its body was put in the place of another’s is not sent to the wrong person', async () => {
    await queue({ clinicId, to: 'a@example.com' }, t0)
    await queue({ clinicId, to: 'b@example.com' }, t0)
    await env.DB.exec(`UPDATE mail SET sealed = (SELECT sealed FROM mail WHERE to_address = 'a@example.com')`)
    await deliverDue(env, t0)
    expect((await mailbox()).map(({ to }) => to)).toEqual(['a@example.com'])
    expect((await outbox()).map(({ state }) => state)).toEqual(['sent', 'abandoned'])
  })

  it('does not hold up the others', async () => {
    await queue({ clinicId, to: 'a@example.com' }, t0, { ...env, DIARY_SECRET: secret })
    await queue({ clinicId, to: 'b@example.com' }, t0)
    await deliverDue(env, t0)
    expect((await mailbox()).map(({ to }) => to)).toEqual(['b@example.com'])
  })
})
