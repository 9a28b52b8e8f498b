/** Area D of the acceptance list: what a password may be, where none may lie, and how one comes to be. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import commonPasswords from '../../src/front-door/passwords/common-passwords.txt'
import {
  day,
  hour,
  janetsEmail,
  logOn,
  riverside,
  second,
  start,
  stranger,
  visible,
  wait,
} from '../front-door/people.ts'
import { wordsOf } from '../patients/reading.ts'
import { everythingInD1 } from '../support/contents.ts'
import { aPatient, goodPassword, linkIn, loggedOn, mailbox, type Visitor, visitor } from '../support/world.ts'

const appScript = import.meta.glob('../../src/web/look/app.js', { query: '?raw', import: 'default', eager: true })

vi.setConfig({ testTimeout: 60_000 })

let clinicId: string
let janet: { id: string }
let desk: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  const world = await riverside()
  ;({ clinicId, janet } = world)
  desk = await loggedOn({ clinicId, staffId: world.sam.id })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Text that repeats nothing. */
const prose = (length: number) => 'the quick brown fox jumps over a lazy dog, '.repeat(9).slice(0, length)
const emoji = [...'🦔🌵🍏🐝🌂🎈🧭🥁🪁🐌🍋🧵']
const accessOf = (id: string) => `/riverside/patients/${id}/online-access`
const secretIn = (body: string) => /class="secret"[^>]*>\s*([^<\s]+)\s*</.exec(body)?.[1] ?? null

/** Staff generate a temporary password, and read it off their page. */
async function generated(id = janet.id): Promise<string> {
  await desk.post(`${accessOf(id)}/password`)
  return secretIn((await desk.get(accessOf(id))).body)!
}

describe('a new password', () => {
  let hers: Visitor
  let current: string

  beforeEach(async () => {
    hers = await loggedOn({ clinicId, patientId: janet.id })
    current = goodPassword
  })

  /** What the page answers to a wish: 'taken', or what is wrong with it. */
  async function wish(new_password: string): Promise<string> {
    const answer = await hers.post('/riverside/password', { current_password: current, new_password })
    if (answer.status === 303) current = new_password
    return answer.status === 303
      ? 'taken'
      : `${answer.status} ${/<a href="#new_password">([^<]*)</.exec(answer.body)?.[1]}`
  }

  it.each([
    ['11 characters', prose(11), '422 Password must be 12 characters or more'],
    ['12 characters', prose(12), 'taken'],
    ['64 characters', prose(64), 'taken'],
    ['128 characters', prose(128), 'taken'],
    ['256 characters', prose(256), 'taken'],
    ['257 characters', prose(257), '422 Password must be 256 characters or fewer'],
    ['11 emoji', emoji.slice(1).join(''), '422 Password must be 12 characters or more'],
    ['12 emoji', emoji.join(''), 'taken'],
  ])('D01 of %s', async (_words, wanted, answer) => {
    expect(await wish(wanted)).toBe(answer)
    expect((await logOn(stranger(), janetsEmail, wanted)).status).toBe(answer === 'taken' ? 303 : 422)
  })

  it.each(['only lower case words', 'onelongwordwithoutanything', '   spaces   around   ', '918273645546372819'])(
    'D02 may be “%s”: there is no rule about kinds of characters',
    async (wanted) => {
      expect(await wish(wanted)).toBe('taken')
    },
  )

  it('D03 is none that many people use, nor made of the clinic’s name or one’s own', async () => {
    const [mostUsed, , another] = commonPasswords.split('\n')
    const common = '422 This password is used by many people. Choose a different one'
    const own =
      '422 Password must not be made of the clinic’s name, your name or your email address. Choose a different one'
    expect([await wish(mostUsed!), await wish(another!.toUpperCase())]).toEqual([common, common])
    for (const wanted of [
      'Riverside Clinic',
      'riverside-2026-password',
      janetsEmail,
      'janet.hall.1951',
      'Janet Hall 1951',
    ])
      expect(await wish(wanted), wanted).toBe(own)
    expect(current).toBe(goodPassword)
  })

  it.each([
    ['the 73rd character', `${'P'.repeat(36)}${'q'.repeat(36)}x`, `${'P'.repeat(36)}${'q'.repeat(36)}y`],
    ['a space at its end', 'seven small hedgehogs ', 'seven small hedgehogs'],
    ['a space at its start', ' seven small hedgehogs', 'seven small hedgehogs'],
    ['what follows a NUL', 'seven small\0hedgehogs', 'seven small\0badgers'],
    ['its case', 'Seven Small Hedgehogs', 'seven small hedgehogs'],
  ])('D04 counts with every character of it: %s', async (_words, wanted, other) => {
    expect(await wish(wanted)).toBe('taken')
    expect((await logOn(stranger(), janetsEmail, other)).status).toBe(422)
    expect((await logOn(stranger(), janetsEmail, wanted)).status).toBe(303)
  })
})

describe('secrets', () => {
  it('D06 lie nowhere in the clear: not in D1, nor the outbox, nor KV, nor the log; a generated one is shown once', async () => {
    const log = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockReturnValue(),
    )
    const secrets: Record<string, string> = { wrong: 'a wrong canary password', own: 'an own canary password' }
    const phone = visitor()
    await logOn(stranger(), janetsEmail, secrets.wrong)
    await phone.post('/riverside/password/forgotten', { identifier: janetsEmail })
    secrets['the link of a mail'] = linkIn((await mailbox())[0])
      .split('/')
      .at(-1)!
    await phone.post(`/riverside/password/new/${secrets['the link of a mail']}`, { new_password: secrets.own! })
    await phone.post('/riverside/register/new', { email: 'fresh@example.com' })
    secrets['the link of a registration'] = linkIn((await mailbox()).find(({ to }) => to === 'fresh@example.com'))
      .split('/')
      .at(-1)!
    secrets.generated = await generated()
    expect((await desk.get(accessOf(janet.id))).body).not.toContain(secrets.generated)
    await desk.post(`${accessOf(janet.id)}/email`)
    expect((await mailbox()).some(({ text }) => text.includes(secrets.generated!))).toBe(true)
    expect((await logOn(phone, janetsEmail, secrets.generated)).location).toBe('/riverside/password')
    secrets['a session'] = phone.cookies.get('__Host-session')!
    secrets['a device'] = phone.cookies.get('__Host-device')!

    const sealed = "SELECT count(*) AS n FROM mail WHERE state = 'sent' AND sealed IS NOT NULL"
    expect(await env.DB.prepare(sealed).first('n')).toBe(0)
    const kept = (await env.SESSIONS.list()).keys.map(async ({ name }) => `${name} ${await env.SESSIONS.get(name)}`)
    const logged = JSON.stringify(log.flatMap(({ mock }) => mock.calls))
    for (const spy of log) spy.mockRestore()
    const places = { D1: await everythingInD1(), KV: (await Promise.all(kept)).join(), log: logged }
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret.length, what).toBeGreaterThan(20)
      for (const [place, text] of Object.entries(places))
        expect(text.includes(secret), `${what} in ${place}`).toBe(false)
    }
  })

  it('D07 that two patients are given differ, the password and the link', async () => {
    const ben = await aPatient({ clinicId, firstName: 'Ben', email: 'ben@example.com' })
    await desk.post(`${accessOf(ben.id)}/activation`)
    const passwords = [await generated(), await generated(ben.id)]
    for (const { id } of [janet, ben]) await desk.post(`${accessOf(id)}/email`, { instead: 'link' })
    const links = (await mailbox()).map(linkIn)
    expect([new Set(passwords).size, new Set(links).size, links.length]).toEqual([2, 2, 2])
    expect((await logOn(stranger(), janetsEmail, passwords[1])).status).toBe(422)
  })
})

describe('a temporary password', () => {
  it('D10 that has expired is answered like a wrong one; staff give another, and only that one works', async () => {
    const older = await generated()
    wait(72 * hour + second)
    const wrong = await logOn(stranger('192.0.2.1'), janetsEmail, 'a wild guess')
    expect(visible(await logOn(stranger('192.0.2.2'), janetsEmail, older))).toEqual(visible(wrong))
    desk = await loggedOn({ clinicId, staffId: (await env.DB.prepare('SELECT id FROM staff').first<string>('id'))! })
    const newer = await generated()
    expect((await logOn(stranger(), janetsEmail, older)).status).toBe(422)
    expect((await logOn(stranger(), janetsEmail, newer)).location).toBe('/riverside/password')
  })

  it('D10 works until its last second', async () => {
    const password = await generated()
    wait(72 * hour - second)
    expect((await logOn(stranger(), janetsEmail, password)).location).toBe('/riverside/password')
  })

  it('D08 D09 leads to choosing another one, which must differ; then it is dead', async () => {
    const password = await generated()
    const phone = visitor()
    await logOn(phone, janetsEmail, password)
    const choose = (new_password: string) =>
      phone.post('/riverside/password', { current_password: password, new_password })
    for (const room of ['home', 'details', 'sessions'])
      expect((await phone.get(`/riverside/${room}`)).location).toBe('/riverside/password')
    expect((await choose(password)).status).toBe(422)
    expect((await choose('seven small hedgehogs')).status).toBe(303)
    expect((await logOn(stranger(), janetsEmail, password)).status).toBe(422)
    expect((await phone.get('/riverside/home')).status).toBe(200)
  })
})

describe('the page of a link in a mail', () => {
  const links: [words: string, link: () => Promise<string>][] = [
    [
      'a forgotten password',
      async () => {
        await visitor().post('/riverside/password/forgotten', { identifier: janetsEmail })
        return linkIn((await mailbox())[0])
      },
    ],
    [
      'a new patient',
      async () => {
        await visitor().post('/riverside/register/new', { email: 'fresh@example.com' })
        return linkIn((await mailbox())[0])
      },
    ],
    [
      'an existing patient',
      async () => {
        await aPatient({ clinicId, email: 'oliver@example.com' })
        await visitor().post('/riverside/register/existing', { email: 'oliver@example.com' })
        return linkIn((await mailbox())[0])
      },
    ],
  ]

  it.each(links)(
    'D17 tells its address to nobody: no referrer, nothing foreign, not stored (%s)',
    async (_words, link) => {
      const path = await link()
      const token = path.split('/').at(-1)!
      for (const { status, headers, body } of [
        await visitor().get(path),
        await visitor().post(path, { new_password: 'short' }),
      ]) {
        expect([200, 422]).toContain(status)
        expect(headers.get('referrer-policy')).toBe('no-referrer')
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.getSetCookie()).toEqual([])
        const addresses = [...body.matchAll(/(?:src|href|action|srcset|poster|data-\w+)="([^"]*)"/g)].map(
          ([, address]) => address!,
        )
        expect(addresses.length).toBeGreaterThan(3)
        for (const address of addresses) expect(address).toMatch(/^(\/(?!\/)|#|tel:|strict|system|public|patient|$)/)
        expect(body).not.toContain(token)
        // The page itself softens it for older Safari: an origin, never a path.
        expect([...body.matchAll(/<meta name="referrer" content="([^"]*)"/g)].map(([, policy]) => policy)).toEqual([
          'strict-origin',
        ])
      }
    },
  )

  const passwordFields = (body: string) =>
    [...body.matchAll(/<input [^>]*>/g)]
      .map(([field]) => field)
      .filter((field) => /name="\w*password"/.test(field))
      .map((field) => [/name="(\w+)"/, /type="(\w+)"/, /autocomplete="([\w-]+)"/].map((part) => part.exec(field)?.[1]))

  it('D19 and every other page with a password: hidden, named for password managers, and pasting is allowed', async () => {
    const [reset, fresh, existing] = links.map(([, link]) => link)
    const pages: [path: string, fields: string[][], name: string][] = [
      ['/riverside', [['password', 'password', 'current-password']], 'identifier'],
      [
        '/riverside/password',
        [
          ['current_password', 'password', 'current-password'],
          ['new_password', 'password', 'new-password'],
        ],
        '',
      ],
      [await reset!(), [['new_password', 'password', 'new-password']], ''],
      [await fresh!(), [['new_password', 'password', 'new-password']], ''],
      [await existing!(), [['new_password', 'password', 'new-password']], ''],
    ]
    const hers = await loggedOn({ clinicId, patientId: janet.id })
    for (const [path, fields, name] of pages) {
      const { body } = await (path === '/riverside/password' ? hers : visitor()).get(path)
      expect(passwordFields(body), path).toEqual(fields)
      expect(body, path).toMatch(/<input [^>]*autocomplete="username"/)
      if (name) expect(body).toMatch(new RegExp(`<input [^>]*name="${name}"[^>]*autocomplete="username"`))
      expect(body, path).not.toMatch(
        /autocomplete="(off|one-time-code|nope)"|onpaste|oncopy|oncontextmenu|readonly[^>]*type="password"/,
      )
    }
    const [script] = Object.values(appScript) as [string]
    expect(script.length).toBeGreaterThan(1000)
    expect(script).not.toMatch(/['"](paste|beforeinput|copy|contextmenu|keydown:v)['"]/)
  })
})

describe('a password that is five years old', () => {
  it('D18 is as good as on its first day', async () => {
    wait(5 * 365 * day)
    expect((await logOn(stranger(), janetsEmail)).location).toBe('/riverside/home')
    expect(wordsOf((await visitor().get('/riverside')).body)).not.toContain('expired')
  })
})
