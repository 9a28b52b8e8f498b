/** Logging on with a passkey: who is let in, what is refused, and that nobody learns anything from it. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { everyMinute } from '../../../src/every-minute.ts'
import { Authenticator, type Says } from '../../support/authenticator.ts'
import { watched } from '../../support/counting.ts'
import { atEveryTrip } from '../../support/every-trip.ts'
import { aClinic, anAccess, aPatient, goodPassword, linkIn, mailbox, visitor } from '../../support/world.ts'
import {
  all,
  change,
  day,
  janetsEmail,
  logOn,
  minute,
  newPassword,
  one,
  riverside,
  second,
  start,
  visible,
  wait,
} from '../people.ts'
import { halfway, isInside, stepPage } from '../second-factor/factors.ts'
import { aPasskey, logOnWith, optionsIn } from './passkeys.ts'

let clinicId: string
let janet: { id: string }
let sam: { id: string }
let hers: Authenticator
let his: Authenticator

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId, janet, sam } = await riverside())
  hers = (await aPasskey({ clinicId, patientId: janet.id })).authenticator
  his = (await aPasskey({ clinicId, staffId: sam.id })).authenticator
})
afterEach(() => {
  vi.useRealTimers()
})

const sessions = () => all('SELECT 1 FROM session')
const wrong = 'This passkey does not let you in here'

describe('by itself', () => {
  it('lets a patient in to their home, and staff to the diary: it is something they have, and their finger or PIN', async () => {
    expect((await logOnWith(hers)).answer.location).toBe('/riverside/home')
    const { who, answer } = await logOnWith(his)
    expect(answer.location).toBe('/riverside/diary')
    expect(await isInside(who)).toBe(true)
    const acts = await all<{ act: string; detail: string }>('SELECT act, detail FROM audit ORDER BY id')
    expect(acts.map(({ act, detail }) => [act, JSON.parse(detail)])).toEqual(
      Array(2).fill(['logged-on', { by: 'passkey' }]),
    )
  })

  it('goes where they wanted to go', async () => {
    expect((await logOnWith(hers, {}, visitor(), '/riverside/details')).answer.location).toBe('/riverside/details')
    expect((await logOnWith(hers, {}, visitor(), '//evil.example')).answer.location).toBe('/riverside/home')
  })

  it('writes down where and when it was used, and how often', async () => {
    await logOnWith(hers)
    await logOnWith(hers)
    expect(await one('SELECT counter, used_at, is_backed_up FROM passkey WHERE patient_id IS NOT NULL')).toEqual({
      counter: 2,
      used_at: start,
      is_backed_up: 1,
    })
  })

  it('asks the same of everybody: whose passkeys there are is not told', async () => {
    const options = async (who = visitor()) => {
      await who.post('/riverside/logon/passkey/challenge')
      const { challenge, ...same } = optionsIn(await who.get('/riverside/logon/passkey'))
      expect(challenge).toMatch(/^[A-Za-z0-9_-]{43}$/)
      return same
    }
    const before = await options()
    expect(before).toMatchObject({ rpId: 'diary.test', userVerification: 'required' })
    expect(before.allowCredentials ?? []).toEqual([])
    await change('DELETE FROM passkey')
    expect(await options()).toEqual(before)
  })

  it('takes along where somebody wanted to go only when it is a place of this clinic', async () => {
    const ask = (next: string) => visitor().post('/riverside/logon/passkey/challenge', { next })
    expect((await ask('/riverside/book')).location).toBe('/riverside/logon/passkey?next=%2Friverside%2Fbook')
    for (const next of ['//evil.example', '/hillside/home', `/riverside/${'a'.repeat(40_000)}`])
      expect((await ask(next)).location).toBe('/riverside/logon/passkey')
  })

  it('needs a challenge of our own, asked for in this browser', async () => {
    expect((await visitor().get('/riverside/logon/passkey')).location).toBe('/riverside')
    const credential = await hers.get({ challenge: 'a'.repeat(43) })
    expect((await visitor().post('/riverside/logon/passkey', { credential })).status).toBe(422)
    const { credential: elsewhere } = await logOnWith(hers, { origin: 'https://evil.example' })
    expect((await visitor().post('/riverside/logon/passkey', { credential: elsewhere })).status).toBe(422)
    expect(await sessions()).toEqual([])
  })
})

const lies: [what: string, lies: Partial<Says>][] = [
  ['another origin', { origin: 'https://evil.example' }],
  ['our origin with another port', { origin: 'https://diary.test:8443' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['nobody verified', { isVerified: false }],
  ['nobody present', { isPresent: false, isVerified: false }],
  ['an answer to another question', { type: 'webauthn.create' }],
  ['another owner', { userHandle: 'somebody-else' }],
]

describe('what is refused', () => {
  it.each(lies)('%s', async (_what, says) => {
    const { answer, who } = await logOnWith(hers, says)
    expect([answer.status, answer.body.includes(wrong)]).toEqual([422, true])
    expect(who.cookies.has('__Host-session')).toBe(false)
    expect(await sessions()).toEqual([])
    const refused = await one<{ detail: string; of: string }>(
      "SELECT detail, of_patient AS 'of' FROM audit WHERE act = 'logon-refused'",
    )
    expect(refused).toEqual({ detail: '{"because":"passkey"}', of: janet.id })
  })

  it('the same answer a second time, in the same browser or another', async () => {
    const { who, credential } = await logOnWith(hers)
    const thief = visitor()
    thief.cookies.set('__Host-challenge', JSON.parse(atobUrl(JSON.parse(credential).response.clientDataJSON)).challenge)
    for (const browser of [who, thief]) {
      expect((await browser.post('/riverside/logon/passkey', { credential })).status).toBe(422)
    }
    expect(await sessions()).toHaveLength(1)
  })

  it('one answer fifty times at once: one session', async () => {
    const who = visitor()
    await who.post('/riverside/logon/passkey/challenge')
    const challenge = who.cookies.get('__Host-challenge')!
    const credential = await hers.get({ challenge })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => {
        const copy = visitor()
        copy.cookies.set('__Host-challenge', challenge)
        return copy.post('/riverside/logon/passkey', { credential })
      }),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(await sessions()).toHaveLength(1)
  })

  it('a right answer after a wrong one to the same question', async () => {
    const who = visitor()
    await who.post('/riverside/logon/passkey/challenge')
    const challenge = who.cookies.get('__Host-challenge')!
    await who.post('/riverside/logon/passkey', { credential: await hers.get({ challenge }, { isVerified: false }) })
    who.cookies.set('__Host-challenge', challenge)
    const right = await who.post('/riverside/logon/passkey', { credential: await hers.get({ challenge }) })
    expect(right.status).toBe(422)
  })

  it('a counter that goes back or stands still: a copy of the key', async () => {
    await logOnWith(hers)
    await logOnWith(hers)
    hers.counter = 0
    expect((await logOnWith(hers)).answer.status).toBe(422)
    hers.counter = 2
    expect((await logOnWith(hers, { counts: 0 })).answer.status).toBe(422)
    hers.counter = 2
    expect((await logOnWith(hers)).answer.status).toBe(303)
  })

  it('but not a counter that is always 0, as password managers have it', async () => {
    for (let times = 0; times < 2; times++) expect((await logOnWith(hers, { counts: null })).answer.status).toBe(303)
  })

  it('after five minutes', async () => {
    const who = visitor()
    await who.post('/riverside/logon/passkey/challenge')
    const challenge = who.cookies.get('__Host-challenge')!
    wait(5 * minute)
    const answer = await who.post('/riverside/logon/passkey', { credential: await hers.get({ challenge }) })
    expect(answer.status).toBe(422)
    wait(second)
    await everyMinute(env, Date.now())
    expect(await all('SELECT 1 FROM passkey_challenge')).toEqual([])
  })

  it('the signature of another key', async () => {
    const other = new Authenticator()
    Object.assign(other, { credentialId: hers.credentialId })
    other.belongsTo(janet.id)
    expect((await logOnWith(other)).answer.status).toBe(422)
  })

  it('nonsense, and nothing at all', async () => {
    for (const credential of ['', '{}', 'null', '[]', '"x"', '{"id":1}', '{"id":"', `{"id":"${hers.id}"}`]) {
      const who = visitor()
      await who.post('/riverside/logon/passkey/challenge')
      expect((await who.post('/riverside/logon/passkey', { credential })).status, credential).toBe(422)
    }
  })

  it('is told in the same words, whatever it was', async () => {
    const said = async (authenticator: Authenticator, says: Partial<Says> = {}) =>
      visible((await logOnWith(authenticator, says)).answer)
    const strangers = await said(new Authenticator())
    expect(await said(hers, { isVerified: false })).toEqual(strangers)
    await change("UPDATE online_access SET state = 'inactive', email = NULL")
    expect(await said(hers)).toEqual(strangers)
  })
})

const stopped: [what: string, sql: string][] = [
  ['online access is inactive', "UPDATE online_access SET state = 'inactive', email = NULL"],
  ['online access is only an invitation', "UPDATE online_access SET state = 'invited'"],
  ['the record is archived', 'UPDATE patient SET archived_at = 1'],
  ['the account has no password (M4)', 'UPDATE online_access SET password_hash = NULL, password_kind = NULL'],
  [
    'the email address has changed',
    "UPDATE patient SET email = 'j@example.com', email_canonical = 'j@example.com' WHERE email_canonical IS NOT NULL",
  ],
]

describe('somebody who may not come in', () => {
  it.each(stopped)('is refused when %s', async (_what, sql) => {
    await change(sql)
    expect((await logOnWith(hers)).answer.status).toBe(422)
    expect(await sessions()).toEqual([])
  })

  it.each([
    ['deactivated', 'UPDATE staff SET deactivated_at = 1'],
    ['without a password (M4)', 'UPDATE staff SET password_hash = NULL, password_kind = NULL'],
  ])('is refused as staff who is %s', async (_what, sql) => {
    await change(sql)
    expect((await logOnWith(his)).answer.status).toBe(422)
    expect(await sessions()).toEqual([])
  })

  it('is whoever has a passkey of another clinic', async () => {
    const hillside = (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
    const theirs = await aPatient({ clinicId: hillside, email: janetsEmail })
    await anAccess(theirs, { password: goodPassword })
    const { authenticator } = await aPasskey({ clinicId: hillside, patientId: theirs.id })
    expect((await logOnWith(authenticator)).answer.status).toBe(422)
    const who = visitor()
    await who.post('/hillside/logon/passkey/challenge')
    const challenge = who.cookies.get('__Host-challenge')!
    const here = await who.post('/riverside/logon/passkey', { credential: await hers.get({ challenge }) })
    expect(here.status).toBe(422)
    expect(await sessions()).toEqual([])
  })
})

describe('beside a temporary password', () => {
  it('needs no change first, and leaves the temporary one as it is', async () => {
    await change("UPDATE online_access SET password_kind = 'temporary', temporary_expires_at = ?", start + day)
    const { who, answer } = await logOnWith(hers)
    expect(answer.location).toBe('/riverside/home')
    expect((await who.get('/riverside/home')).status).toBe(200)
    expect((await logOn(visitor(), janetsEmail)).location).toBe('/riverside/password')
  })
})

describe('after the password', () => {
  const answerWith = async (authenticator: Authenticator, says: Partial<Says> = {}, identifier = 'sam') => {
    const who = await halfway(identifier)
    await who.post(`${stepPage}/passkey/challenge`)
    const options = optionsIn(await who.get(`${stepPage}/passkey`))
    const credential = await authenticator.get(options, says)
    return { who, options, answer: await who.post(`${stepPage}/passkey`, { credential }) }
  }

  it('staff with a passkey are asked for it, and let in by it', async () => {
    const { who, options, answer } = await answerWith(his)
    expect(options.allowCredentials.map(({ id }: { id: string }) => id)).toEqual([his.id])
    expect(answer.location).toBe('/riverside/diary')
    expect(await isInside(who)).toBe(true)
  })

  it('patients are not asked: their password is enough', async () => {
    expect((await logOn(visitor(), janetsEmail)).location).toBe('/riverside/home')
  })

  it.each(lies)('refused: %s', async (_what, says) => {
    const { answer } = await answerWith(his, says)
    expect(answer.status).toBe(422)
    expect(await sessions()).toEqual([])
  })

  it('refused: somebody else’s passkey, and a challenge from the logon page', async () => {
    expect((await answerWith(hers)).answer.status).toBe(422)
    const who = await halfway()
    await who.post('/riverside/logon/passkey/challenge')
    const credential = await his.get({ challenge: who.cookies.get('__Host-challenge')! })
    expect((await who.post(`${stepPage}/passkey`, { credential })).status).toBe(422)
    expect(await sessions()).toEqual([])
  })

  it('is not gone around by a new password (ASVS 6.4.3)', async () => {
    await visitor().post('/riverside/password/forgotten', { identifier: 'sam' })
    await visitor().post(linkIn((await mailbox())[0]), { new_password: newPassword })
    expect((await logOn(visitor(), 'sam', newPassword)).location).toBe(stepPage)
    expect((await logOnWith(his)).answer.location).toBe('/riverside/diary')
  })
})

describe('when something is down', () => {
  it('KV: passkeys work as ever', async () => {
    const { answer } = await logOnWith(hers, {}, visitor(watched({ kv: true }).env))
    expect(answer.status).toBe(303)
  })

  it('D1, at whichever trip: nobody is let in, or as always', async () => {
    await atEveryTrip(
      async (who) => {
        await change('DELETE FROM session')
        const asking = visitor()
        await asking.post('/riverside/logon/passkey/challenge')
        const challenge = asking.cookies.get('__Host-challenge')!
        who.cookies.set('__Host-challenge', challenge)
        return who.post('/riverside/logon/passkey', { credential: await hers.get({ challenge }) })
      },
      async (answer, k) => {
        const opened = (await sessions()).length
        expect([k, answer.status]).toEqual([k, opened === 1 ? 303 : 503])
      },
    )
  })
})

const atobUrl = (text: string) => atob(text.replaceAll('-', '+').replaceAll('_', '/'))
