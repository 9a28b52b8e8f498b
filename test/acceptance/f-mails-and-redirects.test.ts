/** Where a mail leads and what it says, where logging on leads: nothing that a request claims has a say in it. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { app } from '../../src/app.tsx'
import { mailKinds } from '../../src/mail/mail-kind.ts'
import { type DeliveredMail, goodPassword, mailbox, origin, visitor } from '../support/world.ts'
import { type Act, acts } from './acts.ts'
import { addressOfAct, doIt, ready } from './doing.ts'
import { aNewTown, aTown, type Town } from './riverside.ts'

const thatMail = [
  'somebody has forgotten a password',
  'an existing patient asks to register',
  'an existing patient asks and must call',
  'a new patient asks to register',
  'a set-up link is mailed',
  'the temporary password is mailed',
  'staff get a set-up link',
  'a patient changes the password',
]

/** The act with a request that lies about where it was sent. @returns its status */
async function liedAbout(act: Act, town: Town, url: string, headers: Record<string, string>): Promise<number> {
  const { cookies } = await ready(act, town)
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const marks = { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': '203.0.113.7' }
  const request = new Request(`${url}${addressOfAct(act, town)}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(act.fields?.(town) ?? {}),
    headers: { ...marks, ...(cookie && { cookie }), ...headers },
  })
  const context = createExecutionContext()
  const { status } = await app.fetch(request, env, context)
  await waitOnExecutionContext(context)
  return status
}

const hrefsIn = ({ html }: DeliveredMail): string[] =>
  [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to]) => to!)
const addressesIn = ({ text }: DeliveredMail): string[] => text.match(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi) ?? []

describe('a request that lies about its host', () => {
  const lies: [is: string, url: string, headers: Record<string, string>][] = [
    ['Host', origin, { host: 'evil.example' }],
    ['Host with a port and a name', origin, { host: 'A:123@evil.example' }],
    ['two Hosts', origin, { host: 'diary.test, evil.example' }],
    ['X-Forwarded-Host', origin, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }],
    ['Forwarded', origin, { forwarded: 'host=evil.example;proto=http' }],
    ['X-Original-URL', origin, { 'x-original-url': 'https://evil.example/', 'x-rewrite-url': '/evil' }],
    ['another host in its address', 'https://evil.example', {}],
    ['a name in its address', 'https://diary.test:123', {}],
  ]
  it.each(lies)('F06 sends mails that lead to the configured origin all the same: %s', async (_is, url, headers) => {
    for (const act of acts.filter(({ is }) => thatMail.includes(is))) {
      const status = await liedAbout(act, await aNewTown(), url, headers)
      const mails = (await mailbox()).slice(0, 1)
      expect([act.is, status, mails.length]).toEqual([act.is, 303, 1])
      for (const mail of mails) {
        const links = [...hrefsIn(mail), ...addressesIn(mail)]
        expect(links.length).toBeGreaterThan(0)
        for (const link of links) expect([act.is, link.startsWith(`${origin}/riverside`)]).toEqual([act.is, true])
        expect(`${mail.text}${mail.html}`).not.toContain('evil')
      }
    }
  })
})

/** Every mail that any act causes, with its kind and whom it is about. */
async function allMails() {
  const found: { act: string; kind: string; mail: DeliveredMail; town: Town }[] = []
  for (const act of acts) {
    const town = await aNewTown()
    await doIt(act, town)
    const { results } = await env.DB.prepare('SELECT id, kind FROM mail').all<{ id: string; kind: string }>()
    const kinds = new Map(results.map(({ id, kind }) => [id, kind]))
    for (const mail of await mailbox()) found.push({ act: act.is, kind: kinds.get(mail.id) ?? '', mail, town })
  }
  return found
}

/** The words of the html part, in the order of the plain one, without the hint for those who cannot follow a link. */
const words = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/If the link does not open, copy this address into your browser:/g, '')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim()

describe('every mail that the diary sends', { timeout: 240_000 }, () => {
  it('F07 F08 leads to the configured origin only, tells one person, and says no more than it must', async () => {
    const mails = await allMails()
    const elsewhere = [
      'appointment-reminder', // test/diary/messages/reminders.test.ts
      'second-factor-removed', // the operator's: test/staff/lost-factor.test.ts
    ]
    const kinds = Object.keys(mailKinds).filter((kind) => !elsewhere.includes(kind))
    expect([...new Set(mails.map(({ kind }) => kind))].sort()).toEqual(kinds.sort())
    for (const { act, kind, mail, town } of mails) {
      const said = `${mail.subject}\n${mail.text}\n${words(mail.html)}`
      const links = [...hrefsIn(mail), ...addressesIn(mail)]
      // F07
      expect([act, kind, links.filter((link) => !link.startsWith(`${origin}/riverside`))]).toEqual([act, kind, []])
      expect([act, kind, /https?:/.test(said.replaceAll(origin, ''))]).toEqual([act, kind, false])
      // F08
      expect([act, kind, mail.to]).toEqual([act, kind, expect.stringMatching(/^[^\s@,;<>]+@[^\s@,;<>]+$/)])
      for (const paragraph of mail.text.split(/\n\n|:\n/)) {
        const line = paragraph.replace(/: /g, ' ').replace(/\s+/g, ' ').trim()
        expect([act, kind, words(mail.html).replace(/: /g, ' ').includes(line) || line]).toEqual([act, kind, true])
      }
      expect(mail.html).not.toMatch(/<(img|script|style|link|iframe|object)\b|url\(|style=/i)
      const isOfDiary = kind.startsWith('appointment-') // to a patient, by their first name, about when and where
      for (const { firstName } of Object.values(town.patients))
        expect([act, !isOfDiary && said.includes(firstName)]).toEqual([act, false])
      expect([act, said.includes(goodPassword), said.includes('hedgehogs')]).toEqual([act, false, false])
      expect([act, kind, /password: /i.test(mail.text)]).toEqual([act, kind, kind === 'access-password'])
      const tells = isOfDiary ? said.replace(/appointments?\b/gi, '') : said
      expect([act, /\b(appointment|treatment|diagnos|health|symptom|birth)/i.exec(tells)]).toEqual([act, null])
    }
  })
})

describe('where a form leads', () => {
  const evil = ['//evil.example', '/\\evil.example', '///evil.example', 'https:evil.example', 'http://a@evil.example']
  const odd = [
    'javascript:alert(1)',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/..//evil.example',
    '/riverside/..//evil',
  ]
  const broken = ['/riverside/home\r\nSet-Cookie: a=b', `/riverside/${'a'.repeat(10_000)}`, '/hillside/home', '']

  it.each([...evil, ...odd, ...broken])('F04 is a place of this clinic: %j', async (next) => {
    const { at } = await aTown()
    const janet = visitor()
    const logon = await janet.post('/riverside/logon', { identifier: `janet@${at}`, password: goodPassword, next })
    expect([logon.status, logon.location]).toEqual([303, '/riverside/home'])
    expect((await janet.get(`/riverside?next=${encodeURIComponent(next)}`)).location).toBe('/riverside/home')
    expect((await janet.post('/riverside/appearance', { appearance: 'dark', next })).location).toBe('/riverside')
    const page = await visitor().get(`/riverside?next=${encodeURIComponent(next)}`)
    expect(page.status).toBe(200)
    expect(page.body.match(/(href|action|src)="[^"]*evil/)).toBeNull()
  })

  it('F04 is nowhere when two places come at once', async () => {
    await aTown()
    const body = new URLSearchParams(
      `identifier=sam&password=${goodPassword}&next=/riverside/diary&next=//evil.example`,
    )
    const headers = { origin, 'sec-fetch-site': 'same-origin' }
    expect((await visitor().send('/riverside/logon', { method: 'POST', body, headers })).status).toBe(400)
  })
})
