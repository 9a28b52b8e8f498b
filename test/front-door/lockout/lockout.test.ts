/** How often one may try with one name (security.md "Throttling"). The clock is moved by hand. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllClinics } from '../../../src/clinic/clinic-store.ts'
import { everyMinute } from '../../../src/every-minute.ts'
import { watched } from '../../support/counting.ts'
import { aClinic, anAccess, aPatient, goodPassword, Visitor } from '../../support/world.ts'
import {
  all,
  change,
  day,
  guess,
  isIn,
  janetsEmail,
  lock,
  logOn,
  minute,
  newPassword,
  one,
  refusals,
  riverside,
  second,
  setNewPassword,
  start,
  stranger,
  tooMany,
  wait,
  wrong,
} from '../people.ts'

let clinicId: string

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  ;({ clinicId } = await riverside())
})
afterEach(() => {
  vi.useRealTimers()
})

describe('wrong tries with one name', () => {
  it('C01 are refused unseen from the sixth, with the same words for a right password as for a wrong one', async () => {
    for (let tries = 1; tries <= 5; tries++) {
      const answer = await guess(janetsEmail)
      expect([answer.status, answer.body.includes(wrong)], `try ${tries}`).toEqual([422, true])
    }
    for (let tries = 6; tries <= 11; tries++) {
      const answer = await guess(janetsEmail)
      expect([answer.status, answer.body.includes(tooMany)], `try ${tries}`).toEqual([429, true])
    }
    const right = await logOn(stranger(), janetsEmail)
    expect(right).toEqual(await guess(janetsEmail))
    wait(minute + second)
    expect(await isIn()).toBe(true)
  })

  it('make the wait longer each time: 1, 2, 4, 8 and 15 minutes, and never longer', async () => {
    await lock(janetsEmail)
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      wait(minutes * minute - second)
      expect((await logOn(stranger(), janetsEmail)).status, `a second before ${minutes} minutes`).toBe(429)
      wait(second)
      expect((await guess(janetsEmail)).status, `after ${minutes} minutes`).toBe(422)
    }
  })

  it('do not make the wait longer by being refused', async () => {
    await lock(janetsEmail)
    for (let tries = 0; tries < 6; tries++) {
      wait(9 * second)
      await guess(janetsEmail)
    }
    wait(7 * second)
    expect(await isIn()).toBe(true)
  })

  it('are forgotten after five quiet minutes, while they were fewer than five', async () => {
    for (let round = 0; round < 3; round++) {
      for (let tries = 0; tries < 4; tries++) expect((await guess(janetsEmail)).status).toBe(422)
      wait(5 * minute + second)
    }
    expect(await isIn()).toBe(true)
  })

  it('go on counting while they come at less than five minutes’ distance', async () => {
    for (let tries = 0; tries < 5; tries++) {
      expect((await guess(janetsEmail)).status).toBe(422)
      wait(4 * minute)
    }
    // the wait of one minute is over by now, and the next wrong one waits two
    expect((await guess(janetsEmail)).status).toBe(422)
    wait(minute + second)
    expect((await guess(janetsEmail)).status).toBe(429)
  })

  it('start again when it was quiet for as long as the longest wait', async () => {
    await lock(janetsEmail)
    wait(16 * minute + second)
    await lock(janetsEmail)
    wait(minute)
    expect(await isIn()).toBe(true)
  })

  it('C02 are counted when fifty come at once: no more than five passwords are looked at', async () => {
    const compared = vi.spyOn(crypto.subtle, 'timingSafeEqual') // each hash of a password ends in it
    const many = Array.from({ length: 50 }, (_none, index) => guess(janetsEmail, stranger(`198.51.100.${index}`)))
    const statuses = (await Promise.all(many)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(45)
    expect(compared).toHaveBeenCalledTimes(5)
    compared.mockRestore()
    const because = await refusals()
    expect(because.filter((why) => why === 'wrong')).toHaveLength(5)
    expect(because.filter((why) => why === 'too-many')).toHaveLength(45)
  })

  it('A02 are counted for a name that nobody has, just the same', async () => {
    const seen = async (name: string) => {
      const statuses: number[] = []
      for (const pause of [0, 0, 0, 0, 0, 0, minute, second, 2 * minute, 3 * minute, second]) {
        wait(pause)
        statuses.push((await guess(name)).status)
      }
      return statuses
    }
    const known = await seen(janetsEmail)
    expect(await seen('nobody@example.com')).toEqual(known)
    expect(await seen('no-such-user')).toEqual(known)
    expect(known).toContain(429)
  })

  it('C04 are one count, however the name is typed', async () => {
    await guess('JANET.HALL@EXAMPLE.COM')
    await guess('  janet.hall@example.com ')
    await guess('janet.hall@Example.Com')
    await guess('\u00a0janet.hall@example.com\u3000')
    await guess('janet.hall＠example.com') // a wide @, which NFKC makes the usual one
    expect((await logOn(stranger(), janetsEmail)).status).toBe(429)
  })

  it('C04 are one count for a domain in its own script and in ASCII', async () => {
    const anna = await aPatient({ clinicId, firstName: 'Anna', email: 'anna@münchen.example' })
    await anAccess(anna, { password: goodPassword })
    for (const typed of ['anna@münchen.example', 'anna@MU\u0308NCHEN.example', 'Anna@xn--mnchen-3ya.example']) {
      await guess(typed)
    }
    expect(await one('SELECT max(month_tries) AS n FROM lockout')).toEqual({ n: 3 })
    expect(await isIn('anna@xn--mnchen-3ya.example')).toBe(true)
  })

  it('are one count per clinic: the same name elsewhere is another person', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await anAccess(await aPatient({ clinicId: hillside.id, email: janetsEmail }), { password: goodPassword })
    await lock(janetsEmail)
    const there = await stranger().post('/hillside/logon', { identifier: janetsEmail, password: goodPassword })
    expect(there.status).toBe(303)
  })

  it('are kept without the name: a list of counters tells nobody who was tried', async () => {
    await guess(janetsEmail)
    for (const { key } of await all<{ key: string }>('SELECT key FROM lockout')) expect(key).toMatch(/^[0-9a-f]{64}/)
  })

  it('C13 survive the loss of everything that KV knew', async () => {
    await lock(janetsEmail)
    const { env: withoutKv } = watched({ kv: true })
    expect((await logOn(new Visitor(withoutKv), janetsEmail)).status).toBe(429)
  })

  it('after a hundred in 30 days only a new password helps ', async () => {
    await guess(janetsEmail)
    await change('UPDATE lockout SET month_tries = 99 WHERE month_tries > 0')
    wait(20 * minute)
    expect((await guess(janetsEmail)).status).toBe(422)
    wait(10 * day)
    expect((await logOn(stranger(), janetsEmail)).status).toBe(429)

    await setNewPassword()
    expect((await logOn(stranger(), janetsEmail, newPassword)).status).toBe(303)
  })

  it('a hundred are forgotten when the 30 days are over', async () => {
    await guess(janetsEmail)
    await change('UPDATE lockout SET month_tries = 100 WHERE month_tries > 0')
    wait(30 * day - second)
    expect((await logOn(stranger(), janetsEmail)).status).toBe(429)
    wait(second)
    expect(await isIn()).toBe(true)
  })

  it('are swept away when they have nothing left to say', async () => {
    await guess(janetsEmail)
    wait(31 * day)
    await everyMinute(env, Date.now())
    expect(await all('SELECT key FROM lockout')).toEqual([])
  })
})

describe('a forgotten password during the wait', () => {
  it('C09 can be asked for, and setting the new one ends the wait', async () => {
    await lock(janetsEmail)
    await setNewPassword()
    expect((await logOn(stranger(), janetsEmail)).status).toBe(422) // the old one is dead
    expect((await logOn(stranger(), janetsEmail, newPassword)).status).toBe(303)
  })
})

describe('trouble of our own', () => {
  /** What Janet sees when each trip to D1 fails in turn, from the first to the last. */
  async function troubledBy(password: string) {
    const { env: whole, work } = watched()
    forgetAllClinics()
    await logOn(new Visitor(whole), janetsEmail, password)
    const trips = work.trips.length
    const seen: { status: number; tries: number; sessions: number; cookies: number }[] = []
    for (let failing = 1; failing <= trips; failing++) {
      forgetAllClinics() // so that the clinic is read from D1, as on a first visit
      await env.DB.batch([env.DB.prepare('DELETE FROM lockout'), env.DB.prepare('DELETE FROM session')])
      const { status, headers } = await logOn(
        new Visitor(watched({ d1: (trip) => trip === failing }).env),
        janetsEmail,
        password,
      )
      const counted = await one<{ n: number }>('SELECT coalesce(sum(month_tries), 0) AS n FROM lockout')
      const sessions = await all('SELECT 1 FROM session')
      const cookies = headers.getSetCookie().length
      seen.push({ status, tries: counted!.n, sessions: sessions.length, cookies })
    }
    return seen
  }

  it('is never counted against the person, lets nobody in and is told as what it is (J03)', async () => {
    for (const password of [goodPassword, 'a wild guess']) {
      const seen = await troubledBy(password)
      expect(seen.length).toBe(3) // the clinic, the try, its outcome
      for (const trouble of seen) expect(trouble).toEqual({ status: 503, tries: 0, sessions: 0, cookies: 0 })
    }
  })

  it('says when to come back (J04)', async () => {
    const { env: broken } = watched({ d1: (_trip, sql) => sql.some((text) => text.includes('INSERT INTO lockout')) })
    const { status, headers, body } = await logOn(new Visitor(broken), janetsEmail)
    expect([status, headers.get('retry-after')]).toEqual([503, '10'])
    expect(body).toContain('01632 960 001')
    expect(body).not.toContain(wrong)
  })

  it('gives no try back to somebody who was refused anyway', async () => {
    await lock(janetsEmail)
    const { env: forgetful } = watched({ d1: (_trip, sql) => sql.some((text) => text.includes('"audit"')) })
    const browser = new Visitor(forgetful)
    expect((await guess(janetsEmail, browser)).status).toBe(503)
    expect((await guess(janetsEmail)).status).toBe(429)
  })
})
