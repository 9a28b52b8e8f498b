/** Posts that another site caused: whatever marks and whatever kind of body they have, they change nothing. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { changedSince, contents } from '../support/contents.ts'
import { addressOf, nameOf, type Room, rooms } from '../support/site-map.ts'
import { mailbox, origin, type Visitor } from '../support/world.ts'
import { acts } from './acts.ts'
import { doIt, expectDone, idFor } from './doing.ts'
import { aTown, entering, type Person, people, type Town } from './riverside.ts'

const evil = 'https://evil.example'
type Headers = Record<string, string>

const marks: Record<string, Headers> = {
  'an evil origin': { origin: evil },
  'an evil origin, cross-site': { origin: evil, 'sec-fetch-site': 'cross-site' },
  'origin null': { origin: 'null' },
  'origin null, cross-site': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'no mark at all': {},
  'no origin, cross-site': { 'sec-fetch-site': 'cross-site' },
  'no origin, same-site': { 'sec-fetch-site': 'same-site' },
  'a sibling site': { origin: 'https://other.diary.test', 'sec-fetch-site': 'same-site' },
  'our own origin over http': { origin: 'http://diary.test', 'sec-fetch-site': 'cross-site' },
}
const contradictions: Record<string, Headers> = {
  'an evil origin that says same-origin': { origin: evil, 'sec-fetch-site': 'same-origin' },
  'our origin that says cross-site': { origin, 'sec-fetch-site': 'cross-site' },
  'our origin that says same-site': { origin, 'sec-fetch-site': 'same-site' },
}
const spoofs: Record<string, Headers> = {
  'an evil origin that equals Host': { origin: evil, host: 'evil.example' },
  'an evil origin that equals X-Forwarded-Host': { origin: evil, 'x-forwarded-host': 'evil.example' },
}

/** Bodies as another site can make a browser send them, and as a script might. */
const kinds: Record<string, (fields: Headers) => { body?: BodyInit; type?: string }> = {
  urlencoded: (fields) => ({ body: new URLSearchParams(fields) }),
  multipart: (fields) => ({ body: formData(fields) }),
  'text/plain': (fields) => ({ body: String(new URLSearchParams(fields)), type: 'text/plain' }),
  json: (fields) => ({ body: JSON.stringify(fields), type: 'application/json' }),
  'no kind': (fields) => ({ body: new TextEncoder().encode(String(new URLSearchParams(fields))) }),
  'no body': () => ({}),
}

function formData(fields: Headers): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

let town: Town
let browsers: Record<Person, Visitor>

beforeEach(async () => {
  town = await aTown()
  const entered = await Promise.all(people.map(async (person) => [person, await entering(town, person)]))
  browsers = Object.fromEntries(entered)
})

const posts = () => rooms().filter(({ method }) => method === 'POST')

/** The form of a room as its own page would send it, by somebody who may; an empty one by the manager where none is known. */
const wellMade = (room: Room) => {
  const act = acts.find(({ room: path }) => path === room.path)
  const given = act?.given?.(town) ?? idFor(room, town)
  const path = addressOf(room.path, { clinic: town.slug, ...given })
  return { path, who: browsers[act?.as ?? 'manager'], fields: act?.fields?.(town) ?? {} }
}

function send(room: Room, kind: string, headers: Headers) {
  const { path, who, fields } = wellMade(room)
  const { body, type } = kinds[kind]!(fields)
  return who.send(path, { method: 'POST', body, headers: type ? { ...headers, 'content-type': type } : headers })
}

async function expectRefusedEverywhere(headers: Headers) {
  const before = await contents()
  for (const kind of Object.keys(kinds)) {
    for (const room of posts()) {
      const { status } = await send(room, kind, headers)
      expect([nameOf(room), kind, [403, 415].includes(status) ? 'refused' : status]).toEqual([
        nameOf(room),
        kind,
        'refused',
      ])
    }
  }
  expect(await changedSince(before)).toEqual([])
  expect(await mailbox()).toEqual([])
}

describe('a post that another site caused', { timeout: 60_000 }, () => {
  it.each(Object.keys(marks))('F01 F02 is refused by every address, whatever its body: %s', (mark) =>
    expectRefusedEverywhere(marks[mark]!),
  )

  it.each(Object.keys(contradictions))('F03 is refused when its marks contradict each other: %s', (mark) =>
    expectRefusedEverywhere(contradictions[mark]!),
  )

  it.each(Object.keys(spoofs))('F10 is refused although a forged host says the same: %s', (mark) =>
    expectRefusedEverywhere(spoofs[mark]!),
  )

  it.each(acts)('F01 would have worked from our own page: $is', async (act) => {
    expectDone(await doIt(act, town), act, town)
  })
})

describe('a body that is no form', () => {
  it.each(['text/plain', 'json'])(
    'F01 is taken by no address that reads one, even from our own page: %s',
    async (kind) => {
      const own = { origin, 'sec-fetch-site': 'same-origin' }
      for (const room of posts().filter((each) => Object.keys(wellMade(each).fields).length > 0)) {
        expect([nameOf(room), (await send(room, kind, own)).status]).toEqual([nameOf(room), 415])
      }
    },
  )
})

describe('the address of a form', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('F09 changes nothing when it is asked with %s, by anybody', async (method) => {
    const before = await contents()
    for (const room of posts()) {
      for (const person of people) {
        const { path } = wellMade(room)
        const { status } = await browsers[person].send(path, { method })
        expect([nameOf(room), person, status < 500]).toEqual([nameOf(room), person, true])
      }
    }
    expect(await changedSince(before)).toEqual([])
    expect(await mailbox()).toEqual([])
    expect(await env.SESSIONS.list().then(({ keys }) => keys.length)).toBe(people.length - 1)
  })
})
