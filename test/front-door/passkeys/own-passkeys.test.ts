/** `/:clinic/passkeys`: everybody adds, names and removes their own; patients are offered one, never made to. */
import { beforeEach, describe, expect, it } from 'vitest'
import { Authenticator, type Says } from '../../support/authenticator.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  goodPassword,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'
import { all, change, janetsEmail, logOn, one, riverside } from '../people.ts'
import { isInside, stepPage } from '../second-factor/factors.ts'
import { addPasskey, aPasskey, begin, logOnWith } from './passkeys.ts'

const list = '/riverside/passkeys'
let clinicId: string
let janet: { id: string }
let sam: { id: string }
let hers: Visitor
let his: Visitor

beforeEach(async () => {
  ;({ clinicId, janet, sam } = await riverside())
  hers = await loggedOn({ clinicId, patientId: janet.id })
  his = await loggedOn({ clinicId, staffId: sam.id })
})

const rows = () => all('SELECT * FROM passkey')
const acts = async () => (await all<{ act: string }>('SELECT act FROM audit ORDER BY id')).map(({ act }) => act)
const subjects = async () => (await mailbox()).map(({ subject }) => subject)

describe('adding a passkey', () => {
  it('asks for the current password, then the authenticator; and lets in with it', async () => {
    expect((await hers.post(`${list}/new`, { current_password: 'a wild guess' })).status).toBe(422)
    expect((await hers.get(`${list}/new`)).body).not.toContain('data-options')
    const { authenticator, options, answer } = await addPasskey(hers)
    expect(options).toMatchObject({
      rp: { id: 'diary.test', name: 'Riverside Clinic' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(atob(options.user.id)).toBe(janet.id)
    expect(answer.location).toBe(`${list}?done=added`)
    expect(await rows()).toEqual([
      expect.objectContaining({ patient_id: janet.id, counter: 0, can_be_backed_up: 1, is_backed_up: 1 }),
    ])
    expect(await acts()).toContain('passkey-added')
    expect(await subjects()).toContain('A passkey was added to your account at Riverside Clinic')
    expect((await logOnWith(authenticator)).answer.location).toBe('/riverside/home')
  })

  it('names those that are there already, so that a device makes no second one', async () => {
    const { authenticator } = await aPasskey({ clinicId, patientId: janet.id })
    const { excludeCredentials } = await begin(hers)
    expect(excludeCredentials).toEqual([expect.objectContaining({ id: authenticator.id })])
  })

  const lies: [string, Partial<Says>][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['nobody verified', { isVerified: false }],
    ['an answer to another question', { type: 'webauthn.get' }],
  ]
  it.each(lies)('refuses %s', async (_what, says) => {
    const { answer } = await addPasskey(hers, says)
    expect([answer.status, answer.body.includes('The passkey was not added')]).toEqual([422, true])
    expect(await rows()).toEqual([])
  })

  it('takes each answer once, in the session that asked', async () => {
    const { credential } = await addPasskey(hers)
    expect((await hers.post(list, { credential })).status).toBe(422)
    const options = await begin(hers)
    const other = await loggedOn({ clinicId, patientId: janet.id })
    other.cookies.set('__Host-challenge', hers.cookies.get('__Host-challenge')!)
    expect((await other.post(list, { credential: await new Authenticator().create(options) })).status).toBe(422)
    expect(await rows()).toHaveLength(1)
  })

  it('refuses a credential that somebody has, at whichever clinic', async () => {
    const hillside = (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
    const other = await aPatient({ clinicId: hillside, email: janetsEmail })
    await anAccess(other, { password: goodPassword })
    const { authenticator } = await aPasskey({ clinicId: hillside, patientId: other.id })
    const credential = await authenticator.create(await begin(hers))
    expect((await hers.post(list, { credential })).status).toBe(422)
    expect(await rows()).toHaveLength(1)
  })

  it('is a second factor for staff: recovery codes are shown, others logged off, and it is asked for from now on', async () => {
    const other = await loggedOn({ clinicId, staffId: sam.id })
    const { answer } = await addPasskey(his)
    expect(answer.location).toBe('/riverside/second-factor/recovery-codes')
    expect((await his.get(answer.location!)).body).toContain('id="recovery-codes"')
    expect([await isInside(his), await isInside(other)]).toEqual([true, false])
    expect((await logOn(visitor(), 'sam')).location).toBe(stepPage)
    expect((await his.get('/riverside/second-factor')).body).toContain('One passkey')
  })

  it('is open to staff who must set up a second factor before anything else', async () => {
    await change('UPDATE clinic SET staff_need_second_factor = 1')
    expect((await his.get('/riverside/patients')).location).toBe('/riverside/second-factor')
    await addPasskey(his)
    expect((await his.get('/riverside/patients')).status).toBe(200)
  })
})

describe('the list', () => {
  it('shows name, when it was added and used, and where', async () => {
    const { authenticator } = await aPasskey({ clinicId, patientId: janet.id }, 'My phone')
    expect((await hers.get(list)).body).toContain('Not used yet')
    const phone = visitor()
    phone.headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    await logOnWith(authenticator, {}, phone)
    const { body } = await hers.get(list)
    expect(body).toContain('My phone')
    expect(body).toContain('Last used just now, in Firefox on a Linux computer')
  })

  it('is one’s own only', async () => {
    const { id } = await aPasskey({ clinicId, staffId: sam.id })
    expect((await hers.get(`${list}/${id}`)).status).toBe(404)
    for (const act of ['name', 'removal']) {
      const answer = await hers.post(`${list}/${id}/${act}`, { name: 'Mine', current_password: goodPassword })
      expect(answer.status).toBe(404)
    }
    expect(await rows()).toHaveLength(1)
  })

  it('keeps the name that its owner gives', async () => {
    const { id } = await aPasskey({ clinicId, patientId: janet.id })
    expect((await hers.post(`${list}/${id}/name`, { name: ' Kitchen tablet ' })).location).toBe(`${list}?done=renamed`)
    expect(await one('SELECT name FROM passkey')).toEqual({ name: 'Kitchen tablet' })
    await hers.post(`${list}/${id}/name`, { name: 'گوشی علی\u200cرضا' })
    expect(await one('SELECT name FROM passkey')).toEqual({ name: 'گوشی علی\u200cرضا' })
    for (const name of ['', 'x'.repeat(61), 'a\u202eb', 'a \u200cb']) {
      expect((await hers.post(`${list}/${id}/name`, { name })).status).toBe(422)
    }
  })
})

describe('removing a passkey', () => {
  it('takes the current password, ends the sessions that it began, and tells the owner', async () => {
    const { id, authenticator } = await aPasskey({ clinicId, patientId: janet.id })
    const { who: phone } = await logOnWith(authenticator)
    expect((await hers.post(`${list}/${id}/removal`, { current_password: 'a wild guess' })).status).toBe(422)
    expect((await hers.post(`${list}/${id}/removal`, { current_password: goodPassword })).location).toBe(
      `${list}?done=removed`,
    )
    expect(await rows()).toEqual([])
    expect((await phone.get('/riverside/home')).status).toBe(303)
    expect((await hers.get('/riverside/home')).status).toBe(200)
    expect((await logOnWith(authenticator)).answer.status).toBe(422)
    expect(await acts()).toContain('passkey-removed')
    expect(await subjects()).toContain('A passkey was removed from your account at Riverside Clinic')
  })

  it('does not log off whoever does it with that passkey: they have just typed the password', async () => {
    const { id, authenticator } = await aPasskey({ clinicId, patientId: janet.id })
    const { who: phone } = await logOnWith(authenticator)
    await phone.post(`${list}/${id}/removal`, { current_password: goodPassword })
    expect((await phone.get(list)).status).toBe(200)
  })

  it('is refused to staff whose only second factor it is, where the clinic asks for one', async () => {
    const { id } = await aPasskey({ clinicId, staffId: sam.id })
    await change('UPDATE clinic SET staff_need_second_factor = 1')
    const { status, body } = await his.post(`${list}/${id}/removal`, { current_password: goodPassword })
    expect([status, body.includes('this is your only one')]).toEqual([200, true])
    expect(await rows()).toHaveLength(1)
    await aPasskey({ clinicId, staffId: sam.id })
    expect((await his.post(`${list}/${id}/removal`, { current_password: goodPassword })).status).toBe(303)
  })
})

describe('the offer on a patient’s home', () => {
  const offer = 'Log on faster next time'

  it('is there until they have one, hidden where the browser has no passkeys', async () => {
    const { body } = await hers.get('/riverside/home')
    expect(body).toMatch(/<section[^>]*data-passkey[^>]*hidden/)
    expect(body).toContain(offer)
    await aPasskey({ clinicId, patientId: janet.id })
    expect((await hers.get('/riverside/home')).body).not.toContain(offer)
  })

  it('is gone after "Not now", in every browser', async () => {
    expect((await hers.post(`${list}/offer/refusal`)).location).toBe('/riverside/home')
    const elsewhere = await loggedOn({ clinicId, patientId: janet.id })
    expect((await elsewhere.get('/riverside/home')).body).not.toContain(offer)
    expect((await elsewhere.get(list)).body).toContain('Add a passkey')
  })
})

describe('the script', () => {
  it('is loaded by the pages that need it only', async () => {
    const has = async (who: Visitor, path: string) =>
      /src="\/passkeys\.[0-9a-f]{10}\.js"/.test((await who.get(path)).body)
    await hers.post(`${list}/new`, { current_password: goodPassword })
    expect(await has(hers, `${list}/new`)).toBe(true)
    expect(await has(visitor(), '/riverside')).toBe(false)
    expect(await has(hers, '/riverside/home')).toBe(false)
    expect(await has(hers, '/riverside/details')).toBe(false)
    expect(await has(his, '/riverside/patients')).toBe(false)
    expect(await has(visitor(), '/riverside/register/new')).toBe(false)
  })
})
