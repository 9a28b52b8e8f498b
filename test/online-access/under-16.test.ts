/** A patient under 16 cannot register online: staff decide, are told so before, and say so with a tick (product.md). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { detailInWords } from '../../src/audit/audit-words.ts'
import { activationVerdict } from '../../src/online-access/online-access.ts'
import type { Patient } from '../../src/schema.ts'
import { dateIn } from '../../src/web/dates.ts'
import { wordsOf } from '../patients/reading.ts'
import { aClinic, aPatient, aStaffMember, loggedOn, type Visitor, visitor } from '../support/world.ts'

const email = 'toby.reed@example.com'
const warning = 'Toby is under 16 and cannot register online.'
const problem = 'Tick to give online access to a patient under 16'
let clinicId: string
let toby: Patient
let sam: Visitor
let here: string

const yearsAgo = (years: number) => {
  const [year, ...rest] = dateIn(Date.now(), 'Europe/London').split('-')
  return [Number(year) - years, ...rest].join('-').replace('-02-29', '-02-28')
}

beforeEach(async () => {
  clinicId = (await aClinic()).id
  toby = await aPatient({ clinicId, email, firstName: 'Toby', lastName: 'Reed', dateOfBirth: yearsAgo(11) })
  sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id })
  here = `/riverside/patients/${toby.id}/online-access`
})

const state = () => env.DB.prepare('SELECT state FROM online_access').first('state')
const activations = async () =>
  (
    await env.DB.prepare("SELECT detail FROM audit WHERE act = 'access-activated'").all<{ detail: string }>()
  ).results.map(({ detail }) => JSON.parse(detail))

describe('the verdict on giving access', () => {
  const of = { state: 'none', isArchived: false, email, sharers: 0, isUnderAge: true, isDecided: false } as const
  it.each([
    [{}, 'under-age'],
    [{ isDecided: true }, true],
    [{ isUnderAge: false }, true],
    [{ sharers: 1 }, 'shared'], // what cannot be is told first
    [{ email: null }, 'no-email'],
    [{ state: 'active' }, 'no-move'], // it was decided before
  ] as const)('with %j is %s', (given, expected) => {
    const verdict = activationVerdict({ ...of, ...given })
    expect(verdict.ok || verdict.because).toBe(expected)
  })
})

describe('on the panel', () => {
  it('is said beforehand, with a tick', async () => {
    const { body } = await sam.get(here)
    expect(wordsOf(body)).toContain(warning)
    expect(body).toContain('name="under_age"')
  })

  it('nothing changes without the tick, and the page says why', async () => {
    const { status, body } = await sam.post(`${here}/activation`)
    expect([status, await state(), await activations()]).toEqual([422, null, []])
    expect(wordsOf(body)).toContain(problem)
    expect(body).toContain('href="#under_age"')
    expect(body).toMatch(/<input id="under_age"/)
  })

  it('goes on with the tick, and the audit and the history of the record say it', async () => {
    const { location } = await sam.post(`${here}/activation`, { under_age: 'on' })
    expect(location).toBe(`${here}?done=activated`)
    expect([await state(), await activations()]).toEqual(['active', [{ underAge: true }]])
    expect(detailInWords('{"underAge":true}')).toBe('the patient was under 16')
    const history = await sam.get(`/riverside/patients/${toby.id}/history`)
    expect(wordsOf(history.body)).toContain('Set online access to active: the patient was under 16')
  })

  it.each([
    ['16 today', { dateOfBirth: yearsAgo(16) }],
    ['whose date of birth is not known', { dateOfBirth: null }],
  ])('is nothing for a patient who is %s', async (_who, { dateOfBirth }) => {
    await env.DB.prepare('UPDATE patient SET date_of_birth = ?').bind(dateOfBirth).run()
    expect((await sam.get(here)).body).not.toContain('under_age')
    expect((await sam.post(`${here}/activation`)).location).toBe(`${here}?done=activated`)
    expect(await activations()).toEqual([{}])
  })
})

describe('at the counter', () => {
  it('is said before the code is shown, and no code is made without the tick', async () => {
    const offer = await sam.get(`${here}/counter`)
    expect(wordsOf(offer.body)).toContain(warning)
    const refused = await sam.post(`${here}/counter`, { activate: 'yes' })
    expect([refused.status, await state()]).toEqual([422, null])
    expect(wordsOf(refused.body)).toContain(problem)
    expect(await env.DB.prepare('SELECT count(*) AS n FROM one_time_link').first('n')).toBe(0)
  })

  it('goes on with the tick, and is not asked again once access was given', async () => {
    const { location } = await sam.post(`${here}/counter`, { activate: 'yes', under_age: 'on' })
    expect(location).toMatch(new RegExp(`^${here}/counter/\\w{16}$`))
    expect([await state(), await activations()]).toEqual(['active', [{ underAge: true }]])
    expect((await sam.get(`${here}/counter`)).body).not.toContain('under_age')
    expect((await sam.post(`${here}/counter`)).status).toBe(303)
  })
})

describe('on the registration desk', () => {
  it('access is not one press away: the way leads to the panel, where it is said', async () => {
    await visitor().post('/riverside/register/existing', { email })
    const { body } = await sam.get('/riverside/registrations')
    expect(wordsOf(body)).toContain('This patient is under 16')
    expect(body).not.toContain(`${here}/activation`)
    expect(body).toContain(`href="${here}"`)
  })
})
