/**
 * The same work for everyone (security.md decisions 1 and 2, A04, A09): in production the clock does not move while
 * code runs, so time is not padded; it is equal because the statements, the hash and the calls are.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Cost } from '../../src/front-door/passwords/argon2.ts'
import { aClinicWithEverybody, everybody, notLetIn, withAddress } from '../support/everybody.ts'
import { goodPassword, linkIn, mailbox, visitor } from '../support/world.ts'
import { change, day, janetsEmail, lock } from './people.ts'

/** Each hash that was computed, by what it costs: KiB passed over, those of more memory dearer (passwords/password.ts). */
const hashed = vi.hoisted((): number[] => [])
vi.mock('../../src/front-door/passwords/argon2.ts', async (original) => {
  const real = await original<typeof import('../../src/front-door/passwords/argon2.ts')>()
  const argon2idOf = (module: WebAssembly.Module) => {
    const hash = real.argon2idOf(module)
    return (password: Uint8Array, salt: Uint8Array, cost: Cost, length?: number) => {
      hashed.push(cost.memory * cost.passes * (1 + cost.memory / 60_000))
      return hash(password, salt, cost, length)
    }
  }
  return { argon2idOf }
})
vi.resetModules() // the app was loaded before this file: here is another one, on the watched hash
const { workOfPost } = await import('../support/counting.ts')
const { forgetAllClinics } = await import('../../src/clinic/clinic-store.ts')
const oneHash = 52 // thousand KiB

beforeEach(async () => {
  await aClinicWithEverybody()
})

/** What the answer cost, from a clinic that was not in memory and a network of its own. */
async function cost(path: string, fields: Record<string, string>, network = '198.51.100.1') {
  forgetAllClinics()
  hashed.length = 0
  const { status, location, work } = await workOfPost(path, fields, { 'cf-connecting-ip': network })
  return { status, location, ...work, hashing: Math.round(hashed.reduce((sum, cost) => sum + cost, 0) / 1000) }
}

async function costs(
  of: readonly (readonly [who: string, name: string])[],
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

  it('A04 is the same three trips, the same statements and the work of one hash, whoever it is', async () => {
    const same = expectEqual(await costs(everybody, '/riverside/logon', fields))
    expect(same).toMatchObject({ status: 422, hashing: oneHash, mails: 0, kv: [] })
    expect(same.trips.map((sql) => sql.length)).toEqual([1, 3, 1]) // the clinic; count, count and look up; write down
  })

  it('A04 is the same with the right password of somebody who may not come in', async () => {
    const right = (identifier: string) => ({ identifier, password: goodPassword })
    const same = expectEqual(await costs(notLetIn, '/riverside/logon', right))
    expect(same).toMatchObject({ status: 422, hashing: oneHash })
    expect(same).toEqual(await cost('/riverside/logon', fields(janetsEmail)))
  })

  it('A04 is the same with a temporary password that was used or has expired', async () => {
    const stranger = await cost('/riverside/logon', fields('nobody@example.com'))
    const used = { identifier: 'temporary@example.com', password: goodPassword }
    await change("UPDATE online_access SET temporary_used_at = 1 WHERE password_kind = 'temporary'")
    expect(await cost('/riverside/logon', used)).toEqual(stranger)
    await change(
      "UPDATE online_access SET temporary_used_at = NULL, temporary_expires_at = 1 WHERE password_kind = 'temporary'",
    )
    expect(await cost('/riverside/logon', used)).toEqual(stranger)
  })

  it('A04 is the same for every name that must wait, known or not: no hash', async () => {
    await costs(everybody, '/riverside/logon', fields)
    await everyNameMustWait()
    const same = expectEqual(await costs(everybody, '/riverside/logon', fields))
    expect(same).toMatchObject({ status: 429, hashing: 0, mails: 0, kv: [] })
  })
})

const everyNameMustWait = () => change('UPDATE lockout SET wait_until = ? WHERE month_tries > 0', Date.now() + day)

describe('asking for a new password', () => {
  it('A06 is the same statements and no hash, whoever it is, and whether the name must wait or not', async () => {
    const path = '/riverside/password/forgotten'
    const same = expectEqual(await costs(everybody, path, (identifier) => ({ identifier })))
    await lock(janetsEmail)
    expect(await cost(path, { identifier: janetsEmail })).toEqual(same)
    expect(same).toMatchObject({ status: 303, location: '/riverside/password/sent', hashing: 0, mails: 0, kv: [] })
  })

  it('A06 is the same when the mails of this address are used up', async () => {
    const path = '/riverside/password/forgotten'
    const first = await cost(path, { identifier: janetsEmail })
    for (let times = 0; times < 3; times++) expect(await cost(path, { identifier: janetsEmail })).toEqual(first)
  })
})

describe.each(['existing', 'new'])('asking to register, by the link for %s patients', (link) => {
  const path = `/riverside/register/${link}`

  it('A09 is the same statements, whoever has the address, and whether the name must wait or not', async () => {
    const same = expectEqual(await costs(withAddress, path, (email) => ({ email })))
    await lock(janetsEmail)
    expect(await cost(path, { email: janetsEmail })).toEqual(same)
    expect(same).toMatchObject({ status: 303, location: '/riverside/register/sent', hashing: 0, mails: 0, kv: [] })
  })

  it('A09 is the same when the mails of this address are used up', async () => {
    const first = await cost(path, { email: janetsEmail })
    for (let times = 0; times < 3; times++) expect(await cost(path, { email: janetsEmail })).toEqual(first)
  })
})

describe('a link that does not work any more', () => {
  const path = (token: string) => `/riverside/password/new/${token}`
  const askForLink = async () => {
    await visitor().post('/riverside/password/forgotten', { identifier: janetsEmail })
    return linkIn((await mailbox())[0])
      .split('/')
      .at(-1)!
  }
  const changedBy = (sql: string) => async (token: string) => {
    await change(sql)
    return token
  }
  const ends: [words: string, how: (token: string) => Promise<string>][] = [
    ['never was', async () => 'no-such-token'],
    ['has one letter changed', async (token) => `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`],
    ['was cut short', async (token) => token.slice(0, -1)],
    ['is written in the other case', async (token) => token.toUpperCase()],
    ['was used', changedBy('UPDATE one_time_link SET used_at = 1')],
    ['was ended by a newer one', changedBy('UPDATE one_time_link SET ended_at = 1')],
    ['has expired', changedBy('UPDATE one_time_link SET expires_at = 1')],
    ['was made for something else', changedBy("UPDATE one_time_link SET purpose = 'registration'")],
  ]

  it('D14 is the same statements and no hash, whatever ended it', async () => {
    const list: Awaited<ReturnType<typeof costs>> = []
    for (const [words, how] of ends) {
      const token = await how(await askForLink())
      list.push([words, await cost(path(token), { new_password: 'seven small hedgehogs' })])
      await change('DELETE FROM one_time_link')
      await change('DELETE FROM forgotten_password')
    }
    expect(expectEqual(list)).toMatchObject({ status: 404, hashing: 0, mails: 0, kv: [] })
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
