/** A forgotten password: one answer for everyone, and a link for the owner of the mailbox. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everyMinute } from '../../../src/every-minute.ts'
import { watched } from '../../support/counting.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  mailbox,
  Visitor,
  visitor,
} from '../../support/world.ts'
import { all, day, janetsEmail, logOn, minute, riverside, second, start, visible, wait } from '../people.ts'

let clinicId: string
let janet: { id: string }

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet } = await riverside())
})
afterEach(() => {
  vi.useRealTimers()
})

const ask = (identifier: string, who = visitor()) => who.post('/riverside/password/forgotten', { identifier })

describe('asking for a new password', () => {
  const classes: [words: string, typed: string, mailTo: string | null, world: () => Promise<unknown>][] = [
    ['an active patient', janetsEmail, janetsEmail, async () => undefined],
    ['a member of staff with an address', 'sam', 'sam@riverside.example', async () => undefined],
    [
      'a patient who has no password yet',
      'ada@example.com',
      'ada@example.com',
      async () => anAccess(await aPatient({ clinicId, email: 'ada@example.com' })),
    ],
    ['a member of staff without an address', 'tom', null, () => aStaffMember({ clinicId, username: 'tom' })],
    ['an address nobody has', 'nobody@example.com', null, async () => undefined],
    ['a username nobody has', 'nobody', null, async () => undefined],
    ['no name at all, but text', "Robert'); DROP TABLE patient", null, async () => undefined],
    ['a patient without access', 'ada@example.com', null, () => aPatient({ clinicId, email: 'ada@example.com' })],
    [
      'a patient who is invited',
      'ada@example.com',
      null,
      async () => anAccess(await aPatient({ clinicId, email: 'ada@example.com' }), { state: 'invited' }),
    ],
    [
      'a patient whose access was stopped',
      'ada@example.com',
      null,
      async () => anAccess(await aPatient({ clinicId, email: 'ada@example.com' }), { state: 'inactive' }),
    ],
    [
      'staff who was deactivated',
      'tom',
      null,
      () => aStaffMember({ clinicId, username: 'tom', email: 'tom@riverside.example', deactivatedAt: 1 }),
    ],
    [
      'two patients with one address',
      'ada@example.com',
      null,
      async () => {
        await aPatient({ clinicId, email: 'ada@example.com' })
        await aPatient({ clinicId, firstName: 'Ben', email: 'ada@example.com' })
      },
    ],
    [
      'a patient of another clinic',
      'ada@example.com',
      null,
      async () => {
        const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
        await anAccess(await aPatient({ clinicId: hillside.id, email: 'ada@example.com' }), { password: goodPassword })
      },
    ],
  ]

  it.each(classes)('A05 A06 %s gets the answer that everyone gets', async (_words, typed, mailTo, world) => {
    await world()
    const answer = await ask(typed)
    expect([answer.status, answer.location]).toEqual([303, '/riverside/password/sent'])
    expect(visible(answer)).toEqual(visible(await ask('a-perfect-stranger')))
    expect((await mailbox()).map(({ to }) => to)).toEqual(mailTo ? [mailTo] : [])
  })

  it('is answered by a page that says to call the clinic when nothing arrives', async () => {
    const { status, body } = await visitor().get('/riverside/password/sent')
    expect(status).toBe(200)
    expect(body).toContain('If you have online access here, we have sent you a link')
    expect(body).toMatch(/If nothing arrives within 10 minutes, please call Riverside Clinic on <a[^>]*>01632 960 001</)
  })

  it('needs a name, and an address in the correct format', async () => {
    const empty = await ask('')
    expect([empty.status, empty.body.includes('Enter your email address or username')]).toEqual([422, true])
    const wrong = await ask('janet@@example')
    expect([wrong.status, wrong.body.includes('Enter an email address in the correct format')]).toEqual([422, true])
    expect(wrong.body).toContain('value="janet@@example"')
    expect(await all('SELECT 1 FROM forgotten_password')).toEqual([])
  })

  it('finds the account however the name is typed, and mails the address on the account, not what was typed', async () => {
    await ask('  JANET.HALL@Example.com ')
    expect((await mailbox()).map(({ to }) => to)).toEqual([janetsEmail])
  })

  it('does not change anything: the password works, sessions go on', async () => {
    const hers = await loggedOn({ clinicId, patientId: janet.id })
    await ask(janetsEmail)
    expect((await hers.get('/riverside/home')).status).toBe(200)
    expect((await logOn(visitor(), janetsEmail)).status).toBe(303)
  })

  it('C11 sends one mail a minute and five a day to one address, silently', async () => {
    const stranger = visible(await ask('a-perfect-stranger'))
    const mailsAfter = async (times: number, pause: number) => {
      for (let asked = 0; asked < times; asked++) {
        expect(visible(await ask(janetsEmail))).toEqual(stranger)
        wait(pause)
      }
      return (await mailbox()).length
    }
    expect(await mailsAfter(10, 5 * second)).toBe(1)
    wait(minute)
    expect(await mailsAfter(8, minute + second)).toBe(5)
    wait(day)
    expect(await mailsAfter(1, 0)).toBe(6)
  })

  it('C11 sends one mail when it is asked for twenty times at the same moment', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask(janetsEmail)))
    expect(await mailbox()).toHaveLength(1)
  })

  it('is worked on a minute later when it was cut short, and then once', async () => {
    const { env: cutShort } = watched({ d1: (_trip, sql) => sql.some((text) => text.includes('one_time_link')) })
    const answer = await ask(janetsEmail, new Visitor(cutShort))
    expect([answer.status, answer.location]).toEqual([303, '/riverside/password/sent'])
    expect(await mailbox()).toEqual([])
    for (const minutes of [1, 2, 3]) await everyMinute(env, start + minutes * minute)
    expect(await mailbox()).toHaveLength(1)
  })

  it('says that the trouble is ours when it could not be written down (J03)', async () => {
    const { env: broken } = watched({ d1: (_trip, sql) => sql.some((text) => text.includes('forgotten_password')) })
    for (const name of [janetsEmail, 'nobody@example.com']) {
      expect((await ask(name, new Visitor(broken))).status).toBe(503)
    }
  })
})
