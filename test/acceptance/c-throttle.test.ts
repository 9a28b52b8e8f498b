/** Area C of the acceptance list: how often one may try. Each limit with as many tries as the list names. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  change,
  janetsEmail,
  lock,
  logOn,
  minute,
  newPassword,
  riverside,
  second,
  start,
  stranger,
  tooMany,
  visible,
  wait,
} from '../front-door/people.ts'
import { type Answer, goodPassword, linkIn, mailbox, type Visitor, visitor } from '../support/world.ts'

vi.setConfig({ testTimeout: 60_000 }) // hundreds of requests

beforeEach(async () => {
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  await riverside()
})
afterEach(() => {
  vi.useRealTimers()
})

const register = (email: string, who: Visitor) => who.post('/riverside/register/new', { email })
const forget = (who: Visitor, identifier = janetsEmail) => who.post('/riverside/password/forgotten', { identifier })
/** @returns the one answer that all of them got */
function theSame(answers: Answer[]): Answer {
  expect(new Set(answers.map((answer) => JSON.stringify(visible(answer)))).size).toBe(1)
  return answers[0]!
}
const mails = async () => (await mailbox()).length

describe('two hundred registrations of different addresses from one network', () => {
  it.each([
    ['in one minute cause twenty mails', 0, 20],
    ['in one hour cause sixty', 17 * second, 60],
  ])('C10 %s, and all get one answer', async (_words, pause, most) => {
    const network = stranger('198.51.100.1')
    const answers: Answer[] = []
    for (let index = 0; index < 200; index++) {
      answers.push(await register(`somebody${index}@example.com`, network))
      wait(pause)
    }
    expect(theSame(answers).location).toBe('/riverside/register/sent')
    expect(await mails()).toBe(most)
  })
})

describe('a hundred forgotten passwords of one address', () => {
  it.each([
    ['in one minute cause one mail', 0, 1],
    ['in one day cause five', 14 * minute, 5],
  ])('C11 %s, and all get one answer, which a stranger’s address gets too', async (_words, pause, most) => {
    const answers = [await forget(stranger(), 'nobody@example.com')]
    for (let index = 0; index < 100; index++) {
      answers.push(await forget(stranger(`198.51.100.${index}`)))
      wait(pause)
    }
    expect(theSame(answers).location).toBe('/riverside/password/sent')
    expect(await mails()).toBe(most)
  })
})

describe('a thousand made-up links from one network', () => {
  const madeUp = (index: number) => `/riverside/password/new/${String(index).padStart(43, 'a')}`

  it('C12 are refused with 429 after thirty in a minute, and do not touch whoever has a true one', async () => {
    await forget(visitor())
    const link = linkIn((await mailbox())[0])
    const guesser = stranger('198.51.100.1')
    const statuses: number[] = []
    for (let index = 0; index < 1000; index++)
      statuses.push((await guesser.post(madeUp(index), { new_password: newPassword })).status)
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404))
    expect(statuses.slice(30)).toEqual(Array(970).fill(429))
    expect((await guesser.get(madeUp(1))).status).toBe(429)
    expect((await guesser.get('/riverside/registration/made-up')).status).toBe(429)
    expect((await stranger('198.51.100.2').get(madeUp(1))).status).toBe(404)
    expect((await guesser.get(link)).status).toBe(200) // the same clinic’s wireless network
    expect((await guesser.post(link, { new_password: newPassword })).location).toBe('/riverside?notice=password-set')
    wait(minute)
    expect((await guesser.get(madeUp(1))).status).toBe(404)
  })
})

describe('the counters', () => {
  /** Another isolate: nothing of what this one holds in memory. */
  async function restarted(): Promise<Visitor> {
    vi.resetModules()
    const world = await import('../support/world.ts')
    const { app } = await import('../../src/app.tsx')
    expect(app).not.toBe((await running).app)
    return new world.Visitor()
  }
  const running = import('../../src/app.tsx')

  it('C13 of a name and of a network hold after a restart, and without anything that KV knew', async () => {
    await lock(janetsEmail)
    await stranger('198.51.100.7').post('/riverside/logon', { identifier: 'somebody', password: 'a wild guess' })
    await change('UPDATE lockout SET tries = 30 WHERE month_tries = 0')
    for (const { name } of (await env.SESSIONS.list()).keys) await env.SESSIONS.delete(name)
    const browser = await restarted()
    browser.headers = { 'cf-connecting-ip': '192.0.2.1' }
    const answer = await logOn(browser, janetsEmail)
    expect([answer.status, answer.body.includes(tooMany)]).toEqual([429, true])
    browser.headers = { 'cf-connecting-ip': '198.51.100.7' }
    expect((await logOn(browser, 'sam', goodPassword)).status).toBe(429)
    wait(minute)
    expect((await logOn(browser, 'sam', goodPassword)).status).toBe(303)
  })
})
