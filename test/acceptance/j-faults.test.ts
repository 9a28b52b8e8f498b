/** What may fail, fails: D1 at every statement, KV at every call. Nothing half done, nobody let in, nobody counted out. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { forgetAllClinics } from '../../src/clinic/clinic-store.ts'
import { everyMinute } from '../../src/every-minute.ts'
import { forgetAllClaims } from '../../src/front-door/sessions/session-store.ts'
import { type Contents, changedSince, contents } from '../support/contents.ts'
import { watched } from '../support/counting.ts'
import { addressOf, nameOf, rooms } from '../support/site-map.ts'
import { failingStatement } from '../support/unsteady-database.ts'
import { acts } from './acts.ts'
import { another, doIt, expectDone, idFor, readerOf, ready } from './doing.ts'
import { aNewTown, aTown } from './riverside.ts'

describe('the acts of the acceptance tests', () => {
  it('are at least one for each form of the product', () => {
    const known = new Set(acts.map(({ room }) => `POST ${room}`))
    const forms = rooms().filter(({ method }) => method === 'POST')
    expect(forms.map(nameOf).filter((name) => !known.has(name))).toEqual([])
  })
})

describe('without KV', () => {
  it.each(acts)('J02 works: $is', async (act) => {
    const town = await aTown()
    const { env: withoutKv, work } = watched({ kv: true })
    const browser = await ready(act, town, withoutKv)
    forgetAllClaims()
    expectDone(await doIt(act, town, withoutKv, browser), act, town)
    if (act.as !== 'nobody' && !act.prepare) expect(work.kv).toContain('get') // what prepares an act may have asked before
  })
})

/** Of the counters, those of names: what a name has used up. A network's are no failure of anybody's. */
const told = ({ lockout, ...rest }: Contents): Contents => ({
  ...rest,
  lockout: (lockout ?? []).filter(({ month_tries }) => Number(month_tries) > 0),
})

describe('when D1 fails at one statement, for each of them in turn', () => {
  it.each(acts)('J03 all or nothing: $is', { timeout: 60_000 }, async (act) => {
    let town = await aTown()
    for (let k = 1; k < 60; k++) {
      const failing = failingStatement(env.DB, k)
      const browser = await ready(act, town, { ...env, DB: failing.db })
      const before = told(await contents())
      const answer = await doIt(act, town, env, browser)
      if (failing.count() < k) return expectDone(answer, act, town)
      if (answer.status === 503) {
        expect([k, answer.headers.getSetCookie()]).toEqual([k, []])
        expect([k, told(await contents())]).toEqual([k, before])
      } else {
        expectDone(answer, act, town) // it failed after the answer: the next minutes make up for it
        await everyMinute(env, Date.now() + 3 * 60_000)
        town = await aNewTown()
      }
    }
    throw new Error('this never ends')
  })
})

describe('a page, when D1 fails at one statement', () => {
  it('J03 is shown as always or answered 503, to whomever it is for, and nothing is changed', {
    timeout: 120_000,
  }, async () => {
    const town = await aTown()
    const asked = []
    for (const room of rooms().filter(({ method }) => method === 'GET')) {
      const address = addressOf(room.path, { clinic: town.slug, ...idFor(room, town) })
      const reader = await readerOf(address, town)
      for (let k = 1; k < 30; k++) {
        forgetAllClinics()
        const failing = failingStatement(env.DB, k)
        const browser = another(reader, { ...env, DB: failing.db })
        const before = await contents()
        const answer = await browser.get(address)
        if (failing.count() < k) break
        asked.push(address)
        expect([nameOf(room), k, answer.status]).toEqual([nameOf(room), k, 503])
        expect([nameOf(room), k, await changedSince(before)]).toEqual([nameOf(room), k, []])
      }
    }
    expect(new Set(asked).size).toBeGreaterThan(20)
  })
})

describe('when D1 is overloaded', () => {
  it.each(acts)('J04 says when to come back, and asks no more than twice: $is', async (act) => {
    const town = await aTown()
    for (let from = 1; from <= 3; from++) {
      const { env: overloaded, work } = watched({ d1: (trip) => trip >= from })
      const answer = await doIt(act, town, env, await ready(act, town, overloaded))
      const isAnswered = from > 1 && answer.status !== 503 // it needed no more than what D1 still gave
      expect([from, isAnswered || answer.headers.get('retry-after')]).toEqual([from, isAnswered || '10'])
      expect(work.trips.length - (from - 1)).toBeLessThanOrEqual(2)
    }
  })
})
