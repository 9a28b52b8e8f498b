/** Each way out, against a service that answers 500, hangs, refuses, or drops the connection after accepting (J01). */
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import type { Envelope, Sent } from '../../src/mail/envelope.ts'
import { send } from '../../src/mail/transport.ts'
import { mailbox } from '../support/world.ts'
import { hanging, mailService, withCloudflare, withMailbox, withMailchannels } from './failing-mail.ts'

const envelope: Envelope = {
  id: 'mail-1',
  to: 'janet.hall@example.com',
  clinicName: 'Riverside “Clinic” & Co',
  createdAt: Date.UTC(2026, 10, 24, 9, 30),
  letter: { subject: 'Set up your online access', text: 'Hello\nhttps://diary.test/x', html: '<p>Hello</p>' },
}
const ok: Sent = { ok: true }
const again: Sent = { ok: false, because: 'no-answer', isFinal: false }
const never: Sent = { ok: false, because: 'refused', isFinal: true }
const short = 60 // ms of patience, for services that are meant to hang

afterEach(() => {
  vi.useRealTimers()
})

describe('mailchannels', () => {
  const sendTo = async (behaviour: string, patience?: number) => {
    const service = mailService(behaviour)
    const sent = await send(withMailchannels(service), envelope, patience)
    return { sent, service, accepted: (await service.accepted()).length }
  }

  it('hands over the mail whole, in the clinic’s name, marked with its id, with tracking off', async () => {
    const { sent, service } = await sendTo('ok')
    expect(sent).toEqual(ok)
    const [taken, ...more] = await service.accepted()
    expect(more).toEqual([])
    expect(taken!.headers).toMatchObject({ 'x-api-key': 'the key', 'content-type': 'application/json' })
    expect(taken!.body).toMatchObject({
      from: { email: env.MAIL_FROM, name: envelope.clinicName },
      personalizations: [{ to: [{ email: envelope.to }] }],
      subject: envelope.letter.subject,
      content: [
        { type: 'text/plain', value: envelope.letter.text },
        { type: 'text/html', value: envelope.letter.html },
      ],
      headers: { 'X-Entity-Ref-ID': 'mail-1' },
      tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
    })
  })

  it('takes an answer without words for what its status says, or the mail would be sent again and again', async () => {
    expect(await sendTo('empty')).toMatchObject({ sent: ok, accepted: 1 })
  })

  it.each(['500', '502', '503', '429', '401', '403', '404'])('tries again after %s', async (status) => {
    expect(await sendTo(status)).toMatchObject({ sent: again, accepted: 0 })
  })

  it.each(['400', '413', '422'])('gives up after %s: the same mail will never be taken', async (status) => {
    expect(await sendTo(status)).toMatchObject({ sent: never, accepted: 0 })
  })

  it('gives up when the answer is fine and says that this mail has failed', async () => {
    expect(await sendTo('failed')).toMatchObject({ sent: never, accepted: 0 })
  })

  it('tries again when nobody listens', async () => {
    expect(await send(withMailchannels({ url: 'http://127.0.0.1:1' }), envelope)).toEqual(again)
  })

  it('loses patience with a service that hangs, and leaves it: a Worker may hold six connections open', async () => {
    const { sent, service } = await sendTo('hang', short)
    expect(sent).toEqual(again)
    await vi.waitFor(async () => expect(await service.left()).toBe(1))
  })

  it('tries again when the connection breaks, though the mail may have been accepted', async () => {
    expect(await sendTo('drop')).toMatchObject({ sent: again, accepted: 1 })
  })

  it('does not follow a redirect with a patient’s address and the key (ASVS 15.3.2)', async () => {
    const elsewhere = mailService('ok', 'moved') // where the redirect leads
    expect(await sendTo('moved')).toMatchObject({ sent: again, accepted: 0 })
    expect(await elsewhere.accepted()).toEqual([])
  })

  it('tries again while the key is missing: the operator can mend that', async () => {
    const service = mailService('ok')
    expect(await send({ ...withMailchannels(service), MAILCHANNELS_API_KEY: undefined }, envelope)).toEqual(again)
    expect(await service.accepted()).toEqual([])
  })
})

describe('cloudflare', () => {
  const sendTo = async (behaviour: string, codes: Record<number, string> = {}, patience?: number) => {
    const service = mailService(behaviour)
    const sent = await send(withCloudflare(service, codes), envelope, patience)
    return { sent, service, accepted: (await service.accepted()).length }
  }

  it('hands over the mail whole, in the clinic’s name, marked with its id', async () => {
    const { sent, service } = await sendTo('ok')
    expect(sent).toEqual(ok)
    expect((await service.accepted()).map(({ body }) => body)).toEqual([
      {
        from: { email: env.MAIL_FROM, name: envelope.clinicName },
        to: envelope.to,
        ...envelope.letter,
        headers: { 'X-Entity-Ref-ID': 'mail-1' },
      },
    ])
  })

  it.each([
    'E_INTERNAL_SERVER_ERROR',
    'E_RATE_LIMIT_EXCEEDED',
    'E_DAILY_LIMIT_EXCEEDED',
    'E_SENDER_NOT_VERIFIED',
    'E_SOMETHING_NEW',
  ])('tries again after %s', async (code) => {
    expect(await sendTo('500', { 500: code })).toMatchObject({ sent: again, accepted: 0 })
  })

  it.each(['E_RECIPIENT_SUPPRESSED', 'E_RECIPIENT_NOT_ALLOWED', 'E_VALIDATION_ERROR'])(
    'gives up after %s: no later try can mend it',
    async (code) => {
      expect(await sendTo('422', { 422: code })).toMatchObject({ sent: never, accepted: 0 })
    },
  )

  it('loses patience with a service that hangs', async () => {
    expect(await sendTo('hang', {}, short)).toMatchObject({ sent: again, accepted: 0 })
  })

  it('tries again when nobody listens, and when the connection breaks after the mail was accepted', async () => {
    expect(await send(withCloudflare({ url: 'http://127.0.0.1:1' }), envelope)).toEqual(again)
    expect(await sendTo('drop')).toMatchObject({ sent: again, accepted: 1 })
  })

  it('tries again whatever is thrown, and while the binding is missing', async () => {
    for (const thrown of [null, undefined, 'no', new Error('no code')]) {
      const EMAIL = { send: () => Promise.reject(thrown) } as unknown as SendEmail
      expect(await send({ ...env, MAIL_TRANSPORT: 'cloudflare', EMAIL }, envelope)).toEqual(again)
    }
    expect(await send({ ...env, MAIL_TRANSPORT: 'cloudflare', EMAIL: undefined }, envelope)).toEqual(again)
  })
})

describe('mailbox', () => {
  it('keeps the mail whole', async () => {
    expect(await send(env, envelope)).toEqual(ok)
    const { id, to, letter } = envelope
    expect(await mailbox()).toEqual([{ id, to, ...letter, createdAt: '2026-11-24T09:30:00.000Z' }])
  })

  it('tries again when KV throws, hangs, or is not there', async () => {
    const throwing = withMailbox(async () => {
      throw new Error('KV PUT failed: 500 Internal Server Error')
    })
    expect(await send(throwing, envelope)).toEqual(again)
    expect(await send(withMailbox(hanging), envelope, short)).toEqual(again)
    expect(await send({ ...env, MAILBOX: undefined }, envelope)).toEqual(again)
    expect(await mailbox()).toEqual([])
  })

  it('keeps one mail when its answer is lost and it is sent again', async () => {
    const lossy = withMailbox(async (really) => {
      await really()
      throw new Error('Network connection lost.')
    })
    expect(await send(lossy, envelope)).toEqual(again)
    expect(await send(env, envelope)).toEqual(ok)
    expect((await mailbox()).map(({ id }) => id)).toEqual(['mail-1'])
  })
})

describe('whatever the transport', () => {
  it('patience ends after ten seconds, not before', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let sent: Sent | undefined
    const sending = send(withMailbox(hanging), envelope).then((answer) => {
      sent = answer
    })
    await vi.advanceTimersByTimeAsync(9_999)
    expect(sent).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    await sending
    expect(sent).toEqual(again)
  })

  it('no timer is left behind by a mail that went out', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await send(
      withMailbox(async () => undefined),
      envelope,
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  it('a name that is no transport is trouble to try again, not an exception', async () => {
    expect(await send({ ...env, MAIL_TRANSPORT: 'pigeon' as Bindings['MAIL_TRANSPORT'] }, envelope)).toEqual(again)
  })
})
