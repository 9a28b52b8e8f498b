/** How often one network may try (security.md "Throttling", C06, C07, C14). */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { networkOf } from '../../../src/front-door/lockout/lockout.ts'
import { all, change, guess, isIn, janetsEmail, logOn, minute, riverside, start, stranger, wait } from '../people.ts'

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  await riverside()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('wrong tries from one network', () => {
  /** As if 29 more tries had come from it in this minute. */
  const tryOften = async (network: string) => {
    await guess('somebody', stranger(network))
    await change('UPDATE lockout SET tries = 30 WHERE month_tries = 0')
  }

  it('are refused after thirty in a minute, whatever the names', async () => {
    await tryOften('198.51.100.1')
    expect((await logOn(stranger('198.51.100.1'), janetsEmail)).status).toBe(429)
    expect(await isIn('sam', stranger('198.51.100.2'))).toBe(true)
    wait(minute)
    expect(await isIn(janetsEmail, stranger('198.51.100.1'))).toBe(true)
  })

  it('are counted one by one up to the thirtieth', async () => {
    await guess('somebody', stranger('198.51.100.1'))
    await change('UPDATE lockout SET tries = 29 WHERE month_tries = 0')
    expect((await guess('another', stranger('198.51.100.1'))).status).toBe(422)
    expect((await guess('a-third', stranger('198.51.100.1'))).status).toBe(429)
  })

  it('C06 are counted by the address that the edge saw: what the sender says of itself is ignored', async () => {
    await tryOften('198.51.100.1')
    for (const header of ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded', 'X-Client-IP', 'Via']) {
      const liar = stranger('198.51.100.1')
      liar.headers[header] = header === 'Forwarded' ? 'for=203.0.113.9' : '203.0.113.9'
      expect((await logOn(liar, janetsEmail)).status, header).toBe(429)
    }
  })

  it('C07 are one count for the addresses of one IPv6 line', async () => {
    await tryOften('2001:db8:1:2::1')
    expect((await logOn(stranger('2001:db8:1:2:ffff::9'), janetsEmail)).status).toBe(429)
    expect(await isIn(janetsEmail, stranger('2001:db8:1:3::1'))).toBe(true)
  })

  it('C14 stay counted when somebody there logs on: a success resets only its own name', async () => {
    await guess('somebody', stranger('198.51.100.1'))
    await guess(janetsEmail, stranger('198.51.100.1'))
    await guess(janetsEmail, stranger('198.51.100.1'))
    const counts = () => all<{ tries: number }>('SELECT tries FROM lockout ORDER BY month_tries, tries')
    expect(await counts()).toEqual([{ tries: 3 }, { tries: 1 }, { tries: 2 }]) // network, somebody, Janet
    await logOn(stranger('198.51.100.1'), janetsEmail)
    expect(await counts()).toEqual([{ tries: 3 }, { tries: 1 }])
  })
})

describe('the network of an address (C07)', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2'],
    ['2001:db8:1:3::', '2001:db8:1:3'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['', ''],
  ])('C07 %s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
