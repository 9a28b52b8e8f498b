/**
 * The same work for everyone (security.md decisions 1 and 2, A04, A09): in production the clock does not move while
 * code runs, so time is not padded; it is equal because the statements, the hash and the calls are.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import { workOfPost } from '../support/counting.ts'
import { aClinic, anAccess, aPatient, aStaffMember, goodPassword } from '../support/world.ts'
import { change, day, janetsEmail, riverside } from './people.ts'

/** Each comparison of a password ends in this one call, right after its hash was computed. */
const compared = vi.spyOn(crypto.subtle, 'timingSafeEqual')

/** Everybody that a clinic may know or not, by what they type. */
const people = {
  'an address nobody has': 'nobody@example.com',
  'a username nobody has': 'nobody',
  'text that is no name': "' OR 1=1 --",
  'an active patient': janetsEmail,
  'a patient without access': 'none@example.com',
  'a patient without a password': 'no.password@example.com',
  'a patient who is invited': 'invited@example.com',
  'a patient whose access was stopped': 'inactive@example.com',
  'a patient with a temporary password': 'temporary@example.com',
  'an archived patient': 'archived@example.com',
  'a patient under 16': 'child@example.com',
  'two patients with one address': 'shared@example.com',
  'a patient of another clinic only': 'elsewhere@example.com',
  'a member of staff': 'sam',
  'staff without a password': 'tom',
  'staff who was deactivated': 'uma',
  'staff of another clinic only': 'vic',
}
const addresses = Object.entries(people).filter(([, name]) => name.includes('@'))

beforeEach(async () => {
  const { clinicId } = await riverside()
  const hillside = (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
  const patient = (email: string, given: object = {}) => aPatient({ clinicId, email, ...given })
  await patient('none@example.com')
  await anAccess(await patient('no.password@example.com'))
  await anAccess(await patient('invited@example.com'), { state: 'invited' })
  await anAccess(await patient('inactive@example.com'), { state: 'inactive', password: goodPassword })
  const kind = { passwordKind: 'temporary' as const, temporaryExpiresAt: Date.now() + day }
  await anAccess(await patient('temporary@example.com'), { password: goodPassword, ...kind })
  await patient('archived@example.com', { archivedAt: 1 })
  await patient('child@example.com', { dateOfBirth: '2015-02-01' })
  await patient('shared@example.com')
  await patient('shared@example.com', { firstName: 'Ben' })
  await anAccess(await aPatient({ clinicId: hillside, email: 'elsewhere@example.com' }), { password: goodPassword })
  await aStaffMember({ clinicId, username: 'tom', email: 'tom@riverside.example' })
  await aStaffMember({ clinicId, username: 'uma', password: goodPassword, deactivatedAt: 1 })
  await aStaffMember({ clinicId: hillside, username: 'vic', password: goodPassword })
})

/** What the answer cost, from a clinic that was not in memory and a network of its own. */
async function cost(path: string, fields: Record<string, string>, network = '198.51.100.1') {
  forgetAllClinics()
  compared.mockClear()
  const { status, location, work } = await workOfPost(path, fields, { 'cf-connecting-ip': network })
  return { status, location, ...work, hashes: compared.mock.calls.length }
}

async function costs(
  of: [who: string, name: string][],
  path: string,
  fields: (name: string) => Record<string, string>,
) {
  const list: [who: string, cost: Awaited<ReturnType<typeof cost>>][] = []
  for (const [who, name] of of) list.push([who, await cost(path, fields(name), `198.51.100.${list.length}`)])
  return list
}

function expectEqual(list: Awaited<ReturnType<typeof costs>>) {
  const [[, first] = [], ...others] = list
  for (const [who, other] of others) expect(other, who).toEqual(first)
  return first!
}

describe('a logon with a wrong password', () => {
  const fields = (identifier: string) => ({ identifier, password: 'a wild guess' })

  it('is the same three trips, the same statements and one hash, whoever it is (A01, A02, A04)', async () => {
    const same = expectEqual(await costs(Object.entries(people), '/riverside/logon', fields))
    expect(same).toMatchObject({ status: 422, hashes: 1, mails: 0, kv: [] })
    expect(same.trips.map((sql) => sql.length)).toEqual([1, 3, 1]) // the clinic; count, count and look up; write down
  })

  it('is the same with the right password of somebody who may not come in (A03)', async () => {
    const mayNot = Object.entries(people).filter(
      ([, name]) => ![janetsEmail, 'sam', 'temporary@example.com'].includes(name),
    )
    const right = (identifier: string) => ({ identifier, password: goodPassword })
    const same = expectEqual(await costs(mayNot, '/riverside/logon', right))
    expect(same).toMatchObject({ status: 422, hashes: 1 })
    expect(same).toEqual(await cost('/riverside/logon', fields(janetsEmail)))
  })

  it('is the same with a temporary password that was used or has expired', async () => {
    const stranger = await cost('/riverside/logon', fields('nobody@example.com'))
    const used = { identifier: 'temporary@example.com', password: goodPassword }
    await change("UPDATE online_access SET temporary_used_at = 1 WHERE password_kind = 'temporary'")
    expect(await cost('/riverside/logon', used)).toEqual(stranger)
    await change(
      "UPDATE online_access SET temporary_used_at = NULL, temporary_expires_at = 1 WHERE password_kind = 'temporary'",
    )
    expect(await cost('/riverside/logon', used)).toEqual(stranger)
  })

  it('is the same for every name that must wait: no hash, known or not', async () => {
    const locked: Awaited<ReturnType<typeof costs>> = []
    for (const [index, name] of [janetsEmail, 'nobody@example.com', 'sam', 'nobody', 'tom'].entries()) {
      await cost('/riverside/logon', fields(name), `192.0.2.${index}`)
      await change('UPDATE lockout SET wait_until = ? WHERE month_tries > 0', Date.now() + day)
      locked.push([name, await cost('/riverside/logon', fields(name), `192.0.2.${index}`)])
      await change('DELETE FROM lockout')
    }
    expect(expectEqual(locked)).toMatchObject({ status: 429, hashes: 0 })
  })
})

describe('asking for a new password', () => {
  it('is the same statements and no hash, whoever it is (A06)', async () => {
    const names = Object.entries(people)
    const same = expectEqual(await costs(names, '/riverside/password/forgotten', (identifier) => ({ identifier })))
    expect(same).toMatchObject({ status: 303, location: '/riverside/password/sent', hashes: 0, mails: 0, kv: [] })
  })

  it('is the same when the mails of this address are used up', async () => {
    const path = '/riverside/password/forgotten'
    const first = await cost(path, { identifier: janetsEmail })
    for (let times = 0; times < 3; times++) expect(await cost(path, { identifier: janetsEmail })).toEqual(first)
  })
})

describe.each(['existing', 'new'])('asking to register, by the link for %s patients', (link) => {
  const path = `/riverside/register/${link}`

  it('is the same statements, whoever has the address (A07, A08, A09)', async () => {
    const same = expectEqual(await costs(addresses, path, (email) => ({ email })))
    expect(same).toMatchObject({ status: 303, location: '/riverside/register/sent', hashes: 0, mails: 0, kv: [] })
  })

  it('is the same when the mails of this address are used up', async () => {
    const first = await cost(path, { email: janetsEmail })
    for (let times = 0; times < 3; times++) expect(await cost(path, { email: janetsEmail })).toEqual(first)
  })
})

describe('the work after the answer', () => {
  it('may differ: that is where the rules are', async () => {
    forgetAllClinics()
    const known = await workOfPost('/riverside/password/forgotten', { identifier: janetsEmail })
    const unknown = await workOfPost('/riverside/password/forgotten', { identifier: 'nobody@example.com' })
    expect([known.inAll.mails, unknown.inAll.mails]).toEqual([1, 0])
    expect(known.inAll.trips.length).toBeGreaterThan(unknown.inAll.trips.length)
  })
})
