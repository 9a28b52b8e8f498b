/** Who may do what, and whose it is: over every address of the router, for everybody, at two clinics. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Contents, changedSince, contents } from '../support/contents.ts'
import { type Work, watched } from '../support/counting.ts'
import { addressOf, nameOf, type Room, rooms } from '../support/site-map.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { type Answer, aPatient, loggedOn, mailbox, type Visitor, visitor } from '../support/world.ts'
import { type Act, acts } from './acts.ts'
import { another, doIt, expectDone, idFor, ready, sendForm } from './doing.ts'
import { aNewTown, aTown, entering, people, type Town } from './riverside.ts'

let riverside: Town
let hillside: Town

beforeEach(async () => {
  riverside = await aTown()
  hillside = await aTown('hillside', 'Hillside Physiotherapy')
})

/** What somebody else has, under each name that an address may hold. */
const idsOf = ({ staff, patients, asked, links }: Town): Record<string, string> => ({
  'a patient': patients.active.id,
  'a patient without access': patients.without.id,
  staff: staff.reception.id,
  'a registration': asked.refused,
  'a link to set a password': links.reset,
  'a link to register': links.existing,
})
const nothing = (id: string) => (id.length > 20 ? 'A'.repeat(id.length) : 'a'.repeat(id.length))

/** Rooms whose address names a thing, and not only a day. */
const namingRooms = () => rooms().filter(({ path }) => /:(?!clinic|date)/.test(path))

/** Each from a network of its own: how often one may try is not what these tests are about. */
let networks = 0
const ask = (who: Visitor, { method, path }: Room, thing: string, fields: Record<string, string>) => {
  who.headers = { 'cf-connecting-ip': `198.18.${++networks >> 8}.${networks & 255}` }
  const address = path.replace(':clinic', 'riverside').replace(/:(?!clinic)(\w+)(\{[^}]*\})?/g, thing)
  return method === 'GET' ? who.get(address) : who.post(address, fields)
}
const fieldsFor = (room: Room) => acts.find(({ room: path }) => path === room.path)?.fields?.(riverside) ?? {}
/** Everything but the name of the thing, which an address and a form may say back. */
const seen = ({ status, headers, body }: Answer, thing: string) =>
  JSON.stringify({ status, headers: [...headers].sort(), body }).replaceAll(thing, '<thing>')

/** The clinic itself is read anew every five seconds, whoever asks. */
const ownTrips = ({ trips }: Work) =>
  trips.filter(([sql]) => !/^select .* from "clinic" where "clinic"."slug"/.test(sql!))

/** Whoever asks with a link that does not work is counted, by their network (C12): that changes nothing of anybody's. */
const changedBut = async (before: Contents) => (await changedSince(before)).filter((table) => table !== 'lockout')

describe('the things of another clinic', { timeout: 60_000 }, () => {
  it('G02 G05 are answered as things that do not exist, byte for byte and with the same work, to everybody', async () => {
    const statuses = new Set<number>()
    for (const person of people) {
      const who = await entering(riverside, person)
      for (const room of namingRooms()) {
        const before = await contents()
        for (const id of new Set(Object.values(idsOf(hillside)))) {
          const { env: seenBy, work } = watched()
          const foreign = await ask(another(who, seenBy), room, id, fieldsFor(room))
          const { env: seenNot, work: without } = watched()
          const absent = await ask(another(who, seenNot), room, nothing(id), fieldsFor(room))
          expect([person, nameOf(room), seen(foreign, id)]).toEqual([person, nameOf(room), seen(absent, nothing(id))])
          expect([person, nameOf(room), ownTrips(work)]).toEqual([person, nameOf(room), ownTrips(without)])
          statuses.add(foreign.status)
        }
        expect([person, nameOf(room), await changedBut(before)]).toEqual([person, nameOf(room), []])
      }
    }
    expect([...statuses].sort()).toEqual([303, 403, 404]) // not logged on, not for you, not there
    expect(await mailbox()).toEqual([])
  })

  it('G02 are not there either when a form or a query names them', async () => {
    const manager = await entering(riverside, 'manager')
    const reception = await entering(riverside, 'reception')
    const { patients, staff } = hillside
    const pages = await Promise.all([
      manager.get(`/riverside/staff?generated=${staff.without.id}&sent=${staff.without.id}`),
      manager.get(`/riverside/audit?who=${staff.reception.id}&whose=${encodeURIComponent(patients.active.lastName)}`),
      reception.get(`/riverside/patients?q=${encodeURIComponent(patients.active.lastName)}`),
      reception.get(`/riverside/registrations?q=${encodeURIComponent(hillside.at)}`),
    ])
    for (const { status, body } of pages) {
      expect(status).toBe(200)
      expect(body.replaceAll(/(value|href)="[^"]*"|“[^”]*”/g, '')).not.toMatch(/Hillside|hillside/)
    }
  })
})

describe('a patient', () => {
  it('G02 is told of another patient what they are told of nobody', async () => {
    const janet = await entering(riverside, 'patient')
    for (const room of namingRooms()) {
      const [other, nobody] = [riverside.patients.without.id, 'a'.repeat(16)]
      const there = await ask(janet, room, other, fieldsFor(room))
      const absent = await ask(janet, room, nobody, fieldsFor(room))
      expect([nameOf(room), seen(there, other)]).toEqual([nameOf(room), seen(absent, nobody)])
      expect([403, 404]).toContain(there.status)
    }
  })
})

describe('a session of the other clinic', { timeout: 60_000 }, () => {
  it('G05 is nothing here: its people are strangers, whatever they ask and send', async () => {
    const browsers = await Promise.all(people.map((person) => entering(hillside, person)))
    const before = await contents()
    for (const [index, person] of people.entries()) {
      const browser = browsers[index]!
      for (const room of rooms().filter(({ path }) => path.startsWith('/:clinic/'))) {
        const address = addressOf(room.path, { clinic: 'riverside', ...idFor(room, riverside) })
        const fields =
          room.path.endsWith('/logoff') || acts.some(({ as, room: path }) => as === 'nobody' && path === room.path)
        if (room.method === 'POST' && fields) continue // open to strangers too
        const own = await (room.method === 'GET' ? another(browser).get(address) : another(browser).post(address))
        const strange = await (room.method === 'GET' ? visitor().get(address) : visitor().post(address))
        expect([person, nameOf(room), own.status, own.location]).toEqual([
          person,
          nameOf(room),
          strange.status,
          strange.location,
        ])
      }
    }
    expect(await changedBut(before)).toEqual([])
  })
})

/** Fields that the forms do not have, each of them the name of a column or what a form elsewhere calls it. */
const smuggled = (town: Town, other: Town): Record<string, string> => ({
  ...{ id: 'smuggled', clinic_id: other.clinic.id, clinicId: other.clinic.id, patient_id: other.patients.active.id },
  ...{ patientId: town.patients.without.id, staff_id: town.staff.manager.id, status: 'smuggled', state: 'inactive' },
  ...{ active: '1', is_admin: '1', created_at: '1', archived_at: '1', archivedAt: '1', deactivated_at: '1' },
  ...{
    password_hash: 'smuggled',
    password_kind: 'own',
    slug: 'smuggled',
    created_by: 'smuggled',
    email_canonical: 'smuggled@x.org',
  },
  ...{ email_verified: '1', __proto__: 'smuggled', constructor: 'smuggled', outcome: 'registered', used_at: '1' },
})
const notOfThisForm = (act: Act, town: Town, extra: Record<string, string>) =>
  Object.fromEntries(Object.entries(extra).filter(([name]) => !(name in (act.fields?.(town) ?? {}))))

/** What stands in D1, without what is new at each time: random names, hashes, seals, instants. */
function shape(all: Contents, towns: Town[]): string {
  const names = new Map(towns.flatMap(namesOfRows))
  const named = (text: string) => text.replace(/\b[a-z2-7]{16}\b/g, (id) => names.get(id) ?? 'new id')
  const plain = (value: unknown) => {
    if (typeof value === 'number' && value > 1_000_000_000_000) return 'time'
    if (typeof value !== 'string') return value
    const isSecret = /^\$argon2id|^([0-9a-f]{16}){1,4}$|^[\w-]{43,}$|^[\w+/]{16}\.[\w+/=]{20,}$/.test(value)
    return isSecret ? 'secret' : named(value).replace(/^[A-Z0-9]{4}$/, 'reference')
  }
  // The audit counts its rows: of two mails that are sent at once, either may be told of first.
  const cell = (name: string, value: unknown) => [
    name,
    name === 'id' && typeof value === 'number' ? 'next' : plain(value),
  ]
  const lineOf = (table: string, row: object) =>
    JSON.stringify([table, ...Object.entries(row).map(([name, value]) => cell(name, value))])
  return Object.entries(all)
    .flatMap(([table, rows]) => rows.map((row) => lineOf(table, row)))
    .sort()
    .join('\n')
}

/** The rows that were there from the first day, by their names. */
const namesOfRows = ({ slug, clinic, staff, patients, asked }: Town): [string, string][] => [
  [clinic.id, slug],
  ...Object.entries(staff).map(([who, { id }]): [string, string] => [id, `${slug} staff ${who}`]),
  ...Object.entries(patients).map(([who, { id }]): [string, string] => [id, `${slug} patient ${who}`]),
  ...Object.entries(asked).map(([which, id]): [string, string] => [id, `${slug} ${which}`]),
]

describe('fields that a form does not have', { timeout: 60_000 }, () => {
  it.each(acts)('G03 change nothing: $is', async (act) => {
    expectDone(await doIt(act, riverside), act, riverside)
    const asAlways = shape(await contents(), [riverside, hillside])

    riverside = await aNewTown()
    hillside = await aTown('hillside', 'Hillside Physiotherapy')
    const browser = await ready(act, riverside)
    const typed = { ...act.fields?.(riverside), ...(await act.prepare?.(riverside, browser)) }
    const fields = { ...notOfThisForm(act, riverside, smuggled(riverside, hillside)), ...typed }
    expectDone(await sendForm(browser, act, riverside, fields), act, riverside)
    expect(shape(await contents(), [riverside, hillside])).toBe(asAlways)
  })
})

describe('somebody who may not', { timeout: 60_000 }, () => {
  it.each(acts.filter(({ as }) => as !== 'nobody'))('G04 writes nothing and mails nothing: $is', async (act) => {
    for (const person of people) {
      const browser = await entering(riverside, person)
      const before = await contents()
      const { env: watching, work } = watched()
      const answer = await doIt({ ...act, first: undefined }, riverside, env, another(browser, watching))
      if (answer.status !== 403 && !answer.location?.match(/^\/riverside(\?next=.*)?$/)) continue // may
      const changes = work.trips.flat().filter((sql) => /^\s*(insert|update|delete|replace)\b/i.test(sql))
      expect([person, changes.filter((sql) => !/^\s*insert into "?audit\b/i.test(sql))]).toEqual([person, []])
      expect([person, await changedSince(before)]).toEqual([person, []])
      expect([person, work.mails]).toEqual([person, 0])
      refused.add(act.is)
    }
    if (act.as !== 'patient' || !act.room.includes('logoff')) expect(refused).toContain(act.is)
  })
  const refused = new Set<string>()
})

describe('two clinics at once', { timeout: 60_000 }, () => {
  it('G07 never mix: a hundred requests in turn, on a database that answers in any order', async () => {
    const slow = { ...env, DB: slowDatabase(env.DB) }
    const asking: Promise<{ town: Town; answer: Answer }>[] = []
    const reading = [
      '/diary',
      '/patients',
      '/staff',
      '/audit',
      '/settings/links',
      '/registrations',
      '/settings/registration',
    ]
    const browsers = new Map<Town, Visitor>()
    for (const town of [riverside, hillside]) browsers.set(town, await entering(town, 'manager'))
    for (let n = 0; n < 100; n++) {
      const town = n % 2 === 0 ? riverside : hillside
      const browser = n % 3 === 0 ? visitor(slow) : another(browsers.get(town)!, slow)
      browser.headers = { 'cf-connecting-ip': `198.51.100.${n}` }
      const act = acts.find(
        ({ is }) => is === ['somebody has forgotten a password', 'a new patient asks to register'][n % 2],
      )!
      const answered =
        n % 3 === 0
          ? browser.post(`${town.base}${act.room.replace('/:clinic', '')}`, act.fields!(town))
          : browser.get(`${town.base}${reading[n % reading.length]}`)
      asking.push(answered.then((answer) => ({ town, answer })))
    }
    for (const { town, answer } of await Promise.all(asking)) {
      const [own, other] = town === riverside ? ['Riverside', 'Hillside'] : ['Hillside', 'Riverside']
      const said = `${answer.location ?? ''}${answer.body}`
      expect(answer.status).toBeLessThan(400)
      expect(said).not.toMatch(new RegExp(other, 'i'))
      expect(said).toMatch(new RegExp(own, 'i'))
    }
    const mails = await mailbox()
    expect(mails.length).toBeGreaterThan(1)
    for (const { to, text, html } of mails) {
      const other = to.endsWith('riverside.example.com') ? 'hillside' : 'riverside'
      expect(`${text}${html}`.toLowerCase()).not.toContain(other)
    }
    const crossed = await env.DB.prepare(
      'SELECT count(*) AS n FROM mail m JOIN patient p ON p.id = m.patient_id AND p.clinic_id <> m.clinic_id',
    ).first<number>('n')
    expect(crossed).toBe(0)
  })
})

describe('online access that is not active', () => {
  const states: Record<string, keyof Town['patients']> = {
    'not registered': 'without',
    invited: 'invited',
    inactive: 'inactive',
  }
  it.each(Object.keys(states))('G10 sees nothing, even with a session: %s', async (state) => {
    const browser = await loggedOn({ clinicId: riverside.clinic.id, patientId: riverside.patients[states[state]!].id })
    for (const room of rooms().filter(({ path }) => path.startsWith('/:clinic/'))) {
      const address = addressOf(room.path, { clinic: 'riverside', ...idFor(room, riverside) })
      if (room.method !== 'GET') continue
      const theirs = await another(browser).get(address)
      const strangers = await visitor().get(address)
      expect([nameOf(room), theirs.status, theirs.location]).toEqual([
        nameOf(room),
        strangers.status,
        strangers.location,
      ])
      expect(theirs.body).not.toMatch(/Oliver|Amara|George|Janet/)
    }
  })
})

describe('the search', () => {
  it.each([
    ...['of', 'Hillside', 'janet', '%', '_', '%%%', '*', "' OR 1=1--", '" OR clinic_id', '\\', 'hillside.example.com'],
    ...[
      'a'.repeat(51),
      'ä'.repeat(60),
      `${'%_'.repeat(40)}`,
      'x'.repeat(5000),
      '1951-05-03',
      '(((((',
      '.*',
      '\u0000',
      'of of of of of of',
    ],
  ])('G12 never finds a patient of another clinic, and never fails: %j', async (words) => {
    await aPatient({
      clinicId: hillside.clinic.id,
      firstName: 'Hidden',
      lastName: 'Elsewhere',
      notes: words.slice(0, 100),
    })
    const reception = await entering(riverside, 'reception')
    for (const room of ['patients', 'patients/results', 'registrations']) {
      const { status, body } = await reception.get(`/riverside/${room}?q=${encodeURIComponent(words)}`, {
        'hx-request': 'true',
      })
      expect([room, status]).toEqual([room, 200])
      expect(body.replaceAll(/(value|href)="[^"]*"/g, '')).not.toMatch(
        /of Hillside|Hidden|Elsewhere|@hillside\.example/,
      )
    }
  })

  it('G12 does find those of this clinic by the same words', async () => {
    const reception = await entering(riverside, 'reception')
    expect((await reception.get('/riverside/patients?q=janet')).body).toContain('of Riverside Clinic')
  })
})
