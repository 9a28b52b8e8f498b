/** `/dev/mailbox`: every mail of a local diary, and nothing at all anywhere else. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'
import { deliverDue } from '../../src/mail/outbox.ts'
import { aClinic, linkIn, mailbox, visitor } from '../support/world.ts'
import { aLetter, link, minute, onlyMail, queue } from './outbox.ts'

const t0 = Date.UTC(2026, 10, 24, 9, 0)
const pages = ['/dev/mailbox', '/dev/mailbox.json']
let clinicId: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
})

async function ask(url: string, environment: Bindings, headers: Record<string, string> = {}) {
  const context = createExecutionContext()
  const answer = await app.fetch(new Request(url, { headers }), environment, context)
  const body = await answer.text()
  await waitOnExecutionContext(context)
  return { status: answer.status, body }
}

describe('the list for programs', () => {
  it('has of each mail id, to, subject, text, html and createdAt, and nothing else', async () => {
    await queue({ clinicId }, t0)
    await deliverDue(env, t0)
    const { id } = await onlyMail()
    expect(await mailbox()).toEqual([
      { id, to: 'janet.hall@example.com', ...aLetter, createdAt: '2026-11-24T09:00:00.000Z' },
    ])
    expect((await visitor().get('/dev/mailbox.json')).headers.get('content-type')).toMatch(/^application\/json/)
  })

  it('has the newest mail first, whichever was delivered first', async () => {
    for (const passed of [3, 1, 2, 0, 400])
      await queue({ clinicId, to: `m${passed}@example.com` }, t0 + passed * minute)
    await deliverDue(env, t0 + 2 * minute)
    await deliverDue(env, t0 + 500 * minute)
    expect((await mailbox()).map(({ to }) => to)).toEqual([400, 3, 2, 1, 0].map((passed) => `m${passed}@example.com`))
  })

  it('is empty before the first mail', async () => {
    expect((await visitor().get('/dev/mailbox.json')).body).toBe('[]')
  })
})

describe('the page for people', () => {
  it('says what it is before the first mail', async () => {
    expect((await visitor().get('/dev/mailbox')).body).toContain('No mail yet')
  })

  it('shows each mail with its address, its text, and its link to follow', async () => {
    await queue({ clinicId, to: 'older@example.com' }, t0)
    await queue({ clinicId, to: 'newer@example.com' }, t0 + minute)
    await deliverDue(env, t0 + minute)
    const { status, body } = await visitor().get('/dev/mailbox')
    expect(status).toBe(200)
    expect(body.indexOf('newer@example.com')).toBeLessThan(body.indexOf('older@example.com'))
    expect(body).toContain('canary subject')
    expect(body).toContain('Temporary password: canary-apple-river')
    expect(body).toContain(`<a href="${link}">${link}</a>`)
    expect(link).toContain(linkIn((await mailbox())[0]))
  })

  it('shows a mail that holds HTML as text', async () => {
    const letter = { subject: '<b>bold</b>', text: '<script>alert(1)</script>', html: '<script>alert(1)</script>' }
    await queue({ clinicId, letter }, t0)
    await deliverDue(env, t0)
    const { body } = await visitor().get('/dev/mailbox')
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(body).not.toMatch(/<script>alert|<b>bold/)
  })
})

describe('a deployment that is not configured for it', () => {
  const deployments: [string, Partial<Bindings>][] = [
    ['has no MAILBOX namespace', { MAILBOX: undefined }],
    ['sends by mailchannels', { MAIL_TRANSPORT: 'mailchannels' }],
    ['sends by cloudflare', { MAIL_TRANSPORT: 'cloudflare' }],
    ['has neither', { MAIL_TRANSPORT: 'cloudflare', MAILBOX: undefined }],
  ]

  beforeEach(async () => {
    await queue({ clinicId }, t0)
    await deliverDue(env, t0)
  })

  it.each(deployments)('%s: there is no such page, whatever the host is called', async (_words, given) => {
    const environment = { ...env, ...given }
    for (const page of pages) {
      for (const origin of ['https://diary.test', 'http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]']) {
        const names = { host: 'localhost:8787', 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' }
        const answers = [await ask(origin + page, environment), await ask(origin + page, environment, names)]
        for (const { status, body } of answers) {
          const isOverHttp = origin.startsWith('http:') // led to HTTPS, whatever is asked for
          expect([page, origin, status]).toEqual([page, origin, isOverHttp ? 301 : 404])
          expect(body).not.toMatch(/canary|janet\.hall/)
        }
      }
    }
  })

  it.each(deployments)('%s: it looks like any page that is not there', async (_words, given) => {
    const environment = { ...env, ...given }
    const nothing = await ask('https://diary.test/dev/nothing', environment)
    for (const page of pages) {
      const { body } = await ask(`https://diary.test${page}`, environment)
      expect(body.replaceAll(page, '/dev/nothing')).toBe(nothing.body)
    }
  })

  it('while the local one shows it under any name', async () => {
    const local = { ...env, ORIGINS: 'http://localhost:8787' }
    for (const origin of ['https://diary.test', 'http://localhost:8787', 'https://elsewhere.example']) {
      expect((await ask(`${origin}/dev/mailbox.json`, local)).status).toBe(200)
    }
  })
})
