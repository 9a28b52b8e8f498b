/** A tour of everything, with names, addresses and secrets that are found again wherever they should not be. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addressOf, nameOf, rooms } from '../support/site-map.ts'
import { failingStatement } from '../support/unsteady-database.ts'
import { type Answer, goodPassword } from '../support/world.ts'
import { acts } from './acts.ts'
import { doIt, idFor, readerOf, ready } from './doing.ts'
import { aNewTown, aTown, type Town } from './riverside.ts'

let logged: string[]

beforeEach(() => {
  logged = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words.map(String).join(' ')))
  }
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** What identifies a person or proves something: of the town, and as its forms send it. */
const canaries = ({ patients, links, at }: Town): string[] => [
  ...Object.values(patients).flatMap(({ firstName, email }) => [firstName, email]),
  ...['ada@', 'Added', 'Newcomer', 'moved@', 'fresh@', `@${at}`, '07700', '1951', 'hedgehogs', goodPassword],
  ...[links.reset, links.existing, links.new],
]

const found = (text: string, town: Town) => canaries(town).filter((canary) => decode(text).includes(canary))
const decode = (text: string) =>
  text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
const addressesIn = ({ body, location }: Answer): string[] => [
  location ?? '',
  ...[...body.matchAll(/\s(?:href|src|action|hx-get|hx-post)="([^"]*)"/g)]
    .map(([, to]) => to!)
    .filter((to) => !/^(mailto|tel):/.test(to)),
]
const titleOf = ({ body }: Answer) => /<title>([^<]*)<\/title>/.exec(body)?.[1] ?? ''
/** By the record's name in the title staff tell their tabs apart (a title of its own for each page, WCAG 2.4.2). */
const isOfARecord = (path: string) => /^\/:clinic\/(patients|diary\/appointments)\/:id/.test(path)

describe('names, addresses and secrets', { timeout: 90_000 }, () => {
  it('I12 stand in no address that a form leads to or a page shows, and in no title but that of a patient’s record', async () => {
    for (const act of acts) {
      const town = await aNewTown()
      const answer = await doIt(act, town)
      expect([act.is, found(addressesIn(answer).join('\n'), town)]).toEqual([act.is, []])
    }
    const town = await aNewTown()
    for (const room of rooms().filter(({ method }) => method === 'GET')) {
      const address = addressOf(room.path, { clinic: town.slug, ...idFor(room, town) })
      const answer = await (await readerOf(address, town)).get(address)
      const others = addressesIn(answer).filter((to) => to !== address) // the page of a link has its own address only
      expect([nameOf(room), found(others.join('\n'), town)]).toEqual([nameOf(room), []])
      if (!isOfARecord(room.path)) expect([nameOf(room), found(titleOf(answer), town)]).toEqual([nameOf(room), []])
    }
  })

  it('I12 go to no other page as a Referer: the header forbids it, and a page softens it to the origin only', async () => {
    const town = await aTown()
    for (const room of rooms().filter(({ method }) => method === 'GET')) {
      const address = addressOf(room.path, { clinic: town.slug, ...idFor(room, town) })
      const { headers, body } = await (await readerOf(address, town)).get(address)
      expect([nameOf(room), headers.get('referrer-policy')]).toEqual([nameOf(room), 'no-referrer'])
      for (const [, policy] of body.matchAll(/<meta name="referrer" content="([^"]*)"/g))
        expect(policy).toBe('strict-origin')
    }
  })

  it('I12 stand in no line of the log, whatever works and whatever fails', async () => {
    for (const act of acts) {
      const town = await aNewTown()
      for (const k of [2, 4, 7]) {
        const failing = failingStatement(env.DB, k)
        await doIt(act, town, env, await ready(act, town, { ...env, DB: failing.db }))
      }
      const said = logged.splice(0).join('\n')
      expect([act.is, found(said, town), /argon2id|SELECT |insert into/i.test(said)]).toEqual([act.is, [], false])
      everSaid.push(said)
    }
    expect(everSaid.join('')).toContain('"trouble"')
  })
  const everSaid: string[] = []
})
