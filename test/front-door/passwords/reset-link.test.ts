/** The link for a new password: what it may do, once, for an hour, and how all dead ones look alike. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../../../src/app.tsx'
import type { Bindings } from '../../../src/environment.ts'
import { everyMinute } from '../../../src/every-minute.ts'
import { hashToken } from '../../../src/web/random.ts'
import { fieldsOf } from '../../patients/reading.ts'
import {
  type Answer,
  aClinic,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  Visitor,
  visitor,
} from '../../support/world.ts'
import {
  all,
  change,
  hour,
  janetsEmail,
  logOn,
  minute,
  newPassword,
  one,
  riverside,
  second,
  start,
  stranger,
  visible,
  wait,
} from '../people.ts'

let clinicId: string
let janet: { id: string }
let sam: { id: string }

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet, sam } = await riverside())
})
afterEach(() => {
  vi.useRealTimers()
})

const ask = (identifier: string, who = visitor()) => who.post('/riverside/password/forgotten', { identifier })
const setNew = (link: string, new_password = newPassword, who = visitor()) => who.post(link, { new_password })
const askForLink = async (identifier = janetsEmail) => {
  await ask(identifier)
  return linkIn((await mailbox())[0])
}
const isDead = ({ status, body }: Answer) => status === 404 && body.includes('This link does not work any more')

describe('the link in the mail', () => {
  it('starts with the configured address, whatever the request says of itself (F06, F07)', async () => {
    const lies: [url: string, headers: Record<string, string>][] = [
      ['https://evil.example', {}],
      ['https://diary.test', { 'x-forwarded-host': 'evil.example' }],
      ['https://diary.test', { forwarded: 'host=evil.example;proto=http' }],
      ['https://diary.test:8080', { 'x-forwarded-proto': 'http' }],
    ]
    for (const [url, headers] of lies) {
      wait(2 * minute)
      const context = createExecutionContext()
      const request = new Request(`${url}/riverside/password/forgotten`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ identifier: janetsEmail }),
        headers: { origin: 'https://diary.test', 'sec-fetch-site': 'same-origin', ...headers },
      })
      await app.fetch(request, env, context)
      await waitOnExecutionContext(context)
    }
    const mails = await mailbox()
    expect(mails).toHaveLength(lies.length)
    for (const { text, html } of mails) {
      expect(text).toContain('https://diary.test/riverside/password/new/')
      expect(`${text}${html}`).not.toContain('evil.example')
      for (const [, href] of html.matchAll(/href="([^"]+)"/g)) expect(href).toMatch(/^(https:\/\/diary\.test\/|tel:)/)
    }
  })

  it('holds 256 random bits, and only their hash is kept', async () => {
    const token = (await askForLink()).split('/').at(-1)!
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await all('SELECT token_hash FROM one_time_link')).toEqual([{ token_hash: hashToken(token) }])
    const kept = [
      await all('SELECT * FROM one_time_link'),
      await all('SELECT * FROM mail'),
      await all('SELECT * FROM audit'),
    ]
    expect(JSON.stringify(kept)).not.toContain(token)
  })

  it('B19 opens a page and uses nothing up, however often a scanner opens it; then it works once', async () => {
    const link = await askForLink()
    for (let times = 0; times < 5; times++) {
      expect((await visitor().get(link)).status).toBe(200)
      expect((await visitor().send(link, { method: 'HEAD' })).status).toBe(200)
    }
    expect((await setNew(link)).location).toBe('/riverside?notice=password-set')
    expect(isDead(await setNew(link))).toBe(true)
  })

  it('shows its page to nobody else: no store, no referrer, nothing that carries the link (D17)', async () => {
    const link = await askForLink()
    const { headers, body } = await visitor().get(link)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.getSetCookie()).toEqual([])
    expect(body).toContain('You will log on as <strong>janet.hall@example.com</strong>')
    for (const [, address] of body.matchAll(/(?:src|href|action)="([^"]*)"/g)) expect(address).not.toContain('/new/')
  })

  it('D15 sets the password once: then the old one is dead, and nobody is logged on by it', async () => {
    const browser = visitor()
    const answer = await setNew(await askForLink(), newPassword, browser)
    expect([answer.status, answer.location]).toEqual([303, '/riverside?notice=password-set'])
    expect(browser.cookies.size).toBe(0)
    expect((await browser.get('/riverside?notice=password-set')).body).toContain(
      'Your password is set. Log on with it now.',
    )
    expect((await logOn(visitor(), janetsEmail)).status).toBe(422)
    expect((await logOn(visitor(), janetsEmail, newPassword)).location).toBe('/riverside/home')
  })

  it('sets a staff password too', async () => {
    await setNew(await askForLink('sam'))
    expect((await logOn(visitor(), 'sam', newPassword)).location).toBe('/riverside/diary')
  })

  it('D15 ends every session, and tells the owner by mail without the password', async () => {
    const phone = await loggedOn({ clinicId, patientId: janet.id })
    const his = await loggedOn({ clinicId, staffId: sam.id })
    const link = await askForLink()
    wait(second)
    await setNew(link)
    expect((await phone.get('/riverside/home')).status).toBe(303)
    expect((await his.get('/riverside/patients')).status).toBe(200)
    const [notice] = await mailbox()
    expect([notice!.to, notice!.subject]).toEqual([janetsEmail, 'Your password for Riverside Clinic was changed'])
    expect(JSON.stringify(notice)).not.toContain(newPassword)
    expect(notice!.text).not.toContain('/new/')
  })

  it('does not set a password that the rules refuse, and is not used up by it', async () => {
    const link = await askForLink()
    for (const [wanted, says] of [
      ['', 'Enter a password'],
      ['short', 'Password must be 12 characters or more'],
      ['1qaz2wsx3edc', 'This password is used by many people'],
      ['riverside-2026-password', 'Password must not be made of'],
    ] as const) {
      const { status, body } = await setNew(link, wanted)
      expect([status, body.includes(says)], wanted).toEqual([422, true])
    }
    expect((await setNew(link)).status).toBe(303)
  })

  it('D12 is used once when fifty people press the button at the same moment, and never again', async () => {
    const link = await askForLink()
    const wishes = Array.from({ length: 50 }, (_none, index) => `hedgehog number ${index} of many`)
    const answers = await Promise.all(wishes.map((wish, index) => setNew(link, wish, stranger(`198.51.100.${index}`))))
    const winners = wishes.filter((_wish, index) => answers[index]!.status === 303)
    expect(winners).toHaveLength(1)
    expect(answers.filter(isDead)).toHaveLength(49)
    expect(isDead(await setNew(link))).toBe(true)
    expect((await logOn(visitor(), janetsEmail, winners[0])).status).toBe(303)
    expect(await all("SELECT 1 FROM audit WHERE act = 'password-set-by-link'")).toHaveLength(1)
  })

  it('works for one hour', async () => {
    const link = await askForLink()
    wait(hour - second)
    expect((await visitor().get(link)).status).toBe(200)
    wait(second)
    expect(isDead(await visitor().get(link))).toBe(true)
    expect(isDead(await setNew(link))).toBe(true)
  })
})

describe('a link that does not work any more', () => {
  it('says to whoever pressed twice that they can log on: the first press has set the password', async () => {
    const link = await askForLink()
    const [first, second] = [await setNew(link), await setNew(link)]
    expect([first.location, second.status]).toEqual(['/riverside?notice=password-set', 404])
    expect(second.body).toContain('If you have chosen your password already, you can log on with it.')
    expect(second.body).toContain('<a href="/riverside">Log on</a>')
  })

  const ends: [words: string, how: (link: string) => Promise<unknown>][] = [
    ['was used', (link) => setNew(link)],
    [
      'was followed by a newer one',
      () => {
        wait(2 * minute)
        return ask(janetsEmail)
      },
    ],
    ['has expired', async () => wait(hour + second)],
    [
      'was followed by a changed password',
      async () => {
        const hers = await loggedOn({ clinicId, patientId: janet.id })
        await hers.post('/riverside/password', {
          current_password: goodPassword,
          new_password: 'nine old walnut trees',
        })
      },
    ],
    [
      'belongs to somebody whose access was stopped',
      async () => {
        const his = await loggedOn({ clinicId, staffId: sam.id })
        await his.post(`/riverside/patients/${janet.id}/online-access/deactivation`)
      },
    ],
    [
      'was followed by a generated password',
      async () => {
        const his = await loggedOn({ clinicId, staffId: sam.id })
        await his.post(`/riverside/patients/${janet.id}/online-access/password`)
      },
    ],
    [
      'was followed by another email address on the record',
      async () => {
        const his = await loggedOn({ clinicId, staffId: sam.id })
        const edit = `/riverside/patients/${janet.id}/edit`
        const form = fieldsOf((await his.get(edit)).body)
        expect((await his.post(edit, { ...form, email: 'janet@example.org' })).status).toBe(303)
      },
    ],
    [
      'belongs to somebody who was stopped behind the diary’s back',
      () => change("UPDATE online_access SET state = 'inactive', email = NULL"),
    ],
  ]

  it.each(ends)('D13 D14 because it %s, is one page, and sets nothing', async (_words, how) => {
    const link = await askForLink()
    await how(link)
    const before = await one('SELECT password_hash FROM online_access')
    const never = await visitor().get('/riverside/password/new/there-never-was-such-a-link')
    expect(isDead(never)).toBe(true)
    expect(visible(await visitor().get(link))).toEqual(visible(never))
    expect(visible(await setNew(link))).toEqual(visible(never))
    expect(await one('SELECT password_hash FROM online_access')).toEqual(before)
  })

  it('D14 is one that was changed, cut short or written in other letters: one page, as for one that was used', async () => {
    const link = await askForLink()
    const token = link.split('/').at(-1)!
    const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`
    const swapped = token.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
    const never = '/riverside/password/new/there-never-was-such-a-link'
    const others = [flipped, swapped, token.slice(0, -1), `${token}A`, hashToken(token), `${token}%00`]
    for (const other of others) {
      const path = `/riverside/password/new/${other}`
      expect(visible(await visitor().get(path)), other).toEqual(visible(await visitor().get(never)))
      expect(visible(await setNew(path)), other).toEqual(visible(await setNew(never)))
      expect((await setNew(path)).status, other).toBe(404)
    }
    expect((await setNew(link)).status).toBe(303)
  })

  it('is the link of another clinic', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const link = await askForLink()
    const elsewhere = link.replace('/riverside/', '/hillside/')
    expect(isDead(await visitor().get(elsewhere))).toBe(true)
    expect(isDead(await setNew(elsewhere))).toBe(true)
    expect((await setNew(link)).status).toBe(303)
  })

  it('is a link that was made for something else (ASVS 6.6.2)', async () => {
    const link = await askForLink()
    await change("UPDATE one_time_link SET purpose = 'registration'")
    expect(isDead(await visitor().get(link))).toBe(true)
    expect(isDead(await setNew(link))).toBe(true)
  })

  it('leads to a new one, and to the clinic’s phone number', async () => {
    const { body } = await visitor().get('/riverside/password/new/nothing')
    expect(body).toContain('href="/riverside/password/forgotten"')
    expect(body).toContain('01632 960 001')
    expect(body).not.toContain('janet')
  })

  describe('while its mail still waits, because the mail service is down', () => {
    const broken: Bindings = {
      ...env,
      MAILBOX: new Proxy(env.MAILBOX!, { get: () => () => Promise.reject(new Error('the mail service is down')) }),
    }
    const askInVain = async (identifier: string) => {
      const answer = await ask(identifier, new Visitor(broken))
      expect([answer.status, answer.location]).toEqual([303, '/riverside/password/sent'])
      wait(2 * minute)
    }
    const whatGoesOut = async () => {
      await everyMinute(env, Date.now())
      return (await mailbox()).map(({ subject }) => subject)
    }

    it('does not go out behind a newer one', async () => {
      await askInVain(janetsEmail)
      await ask(janetsEmail, stranger())
      await everyMinute(env, Date.now())
      const links = (await mailbox()).map(linkIn)
      expect(links).toHaveLength(1)
      expect((await visitor().get(links[0]!)).status).toBe(200)
    })

    it.each([
      ['a patient', janetsEmail, () => ({ patientId: janet.id })],
      ['staff', 'sam', () => ({ staffId: sam.id })],
    ])('does not go out to %s who has set another password meanwhile', async (_who, identifier, owner) => {
      await askInVain(identifier)
      const browser = await loggedOn({ clinicId, ...owner() })
      const form = { current_password: goodPassword, new_password: newPassword }
      expect((await browser.post('/riverside/password', form)).status).toBe(303)
      expect(await whatGoesOut()).toEqual(['Your password for Riverside Clinic was changed'])
      expect(await all("SELECT detail ->> 'kind' AS kind FROM audit WHERE act = 'mail-abandoned'")).toEqual([
        { kind: 'reset-link' },
      ])
    })

    it.each([
      ['were deactivated', 'deactivation'],
      ['got a temporary password', 'password'],
      ['got a set-up link', 'email'],
      ['have another address', 'edit'],
    ])('does not go out to staff who %s meanwhile', async (_what, act) => {
      const { id: staffId } = await aStaffMember({
        clinicId,
        role: 'manager',
        username: 'maya',
        password: goodPassword,
      })
      const maya = await loggedOn({ clinicId, staffId })
      await askInVain('sam')
      const address = `/riverside/staff/${sam.id}/${act}`
      const form = act === 'edit' ? { ...fieldsOf((await maya.get(address)).body), email: 'sam@example.org' } : {}
      expect((await maya.post(address, form)).status).toBe(303)
      await whatGoesOut()
      expect(await all("SELECT 1 FROM mail WHERE kind = 'reset-link'")).toEqual([])
    })
  })
})
