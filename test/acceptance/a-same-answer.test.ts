/**
 * Area A of the acceptance list: nobody learns from an answer whose address the clinic holds (rule M10). Every class of
 * person is asked about by a stranger; status, headers, cookies and body must be equal, byte for byte.
 */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { lock } from '../front-door/people.ts'
import { wordsOf } from '../patients/reading.ts'
import { aClinicWithEverybody, type Class, everybody, notLetIn, people, withAddress } from '../support/everybody.ts'
import { rooms } from '../support/site-map.ts'
import {
  type Answer,
  aClinic,
  aStaffMember,
  goodPassword,
  loggedOn,
  mailbox,
  Visitor,
  visitor,
} from '../support/world.ts'

const phone = '01632 960 001'
let clinicId: string

beforeEach(async () => {
  ;({ clinicId } = await aClinicWithEverybody())
})

type Fields = (name: string) => Record<string, string>
type Headers_ = Record<string, string>
const htmx = { 'hx-request': 'true', 'hx-current-url': 'https://diary.test/riverside' }

/** Each from a network of its own: what is counted by network is not what is compared here. */
let networks = 0
function somebody(): Visitor {
  const who = new Visitor()
  networks += 1
  who.headers = { 'cf-connecting-ip': `198.18.${networks >> 8}.${networks & 255}` }
  return who
}

/** Everything that a stranger can compare; what they typed themselves is no news to them. */
const seen = ({ status, headers, body }: Answer, typed: string) => ({
  status,
  headers: [...headers].sort(),
  body: body.replaceAll(`value="${typed.replaceAll("'", '&#39;')}"`, 'value="what was typed"'),
})

/** The answer to each class, and the page to which it leads. */
async function answersTo(of: (readonly [Class, string])[], path: string, fields: Fields, headers: Headers_ = {}) {
  const list: [who: Class, typed: string, answer: Answer, page: Answer | null][] = []
  for (const [who, typed] of of) {
    const browser = somebody()
    const answer = await browser.post(path, fields(typed), headers)
    list.push([who, typed, answer, answer.location ? await browser.get(answer.location) : null])
  }
  return list
}

function expectSame(list: Awaited<ReturnType<typeof answersTo>>): Answer {
  const [[, firstTyped, first, firstPage]] = list as [(typeof list)[number]]
  for (const [who, typed, answer, page] of list) {
    expect(seen(answer, typed), who).toEqual(seen(first, firstTyped))
    expect(page && seen(page, typed), who).toEqual(firstPage && seen(firstPage, firstTyped))
    expect(answer.headers.getSetCookie(), who).toEqual([])
  }
  return first
}

const wrong: Fields = (identifier) => ({ identifier, password: 'a wild guess' })
const right: Fields = (identifier) => ({ identifier, password: goodPassword })
const asIdentifier: Fields = (identifier) => ({ identifier })
const asEmail: Fields = (email) => ({ email })

/** What a stranger may ask, of whom, and the status that everyone gets. */
const asked: [words: string, path: string, of: (readonly [Class, string])[], fields: Fields, status: number][] = [
  ['A01 A02 logging on with a wrong password', '/riverside/logon', everybody, wrong, 422],
  ['A03 logging on with the right password of somebody who may not come in', '/riverside/logon', notLetIn, right, 422],
  ['A05 A06 a forgotten password', '/riverside/password/forgotten', everybody, asIdentifier, 303],
  [
    'A07 the link for existing patients, which asks for the email address only',
    '/riverside/register/existing',
    withAddress,
    asEmail,
    303,
  ],
  [
    'A08 the link for new patients, which asks for the email address only',
    '/riverside/register/new',
    withAddress,
    asEmail,
    303,
  ],
]

describe.each(asked)('%s', (words, path, of, fields, status) => {
  const numbers = words.match(/^(?:A\d\d )+/)![0]

  it(`${numbers}is answered the same for every class of person, and gives no cookie`, async () => {
    expect(expectSame(await answersTo(of, path, fields)).status).toBe(status)
  })

  it(`A18 ${numbers}is answered the same for every class when htmx asks`, async () => {
    expect(expectSame(await answersTo(of, path, fields, htmx)).status).toBe(status)
  })

  it(`A10 ${numbers}names no email address but the one that was typed`, async () => {
    for (const [who, typed, ...answers] of await answersTo(of, path, fields)) {
      const all = answers.map((answer) => answer && `${[...answer.headers]} ${answer.body}`).join(' ')
      const found = all.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g) ?? []
      expect(
        found.filter((address) => address !== typed),
        who,
      ).toEqual([])
    }
  })
})

describe('logging on with a name that must wait', () => {
  it('A02 A18 is answered the same, known or not: tries are counted by the name that was typed', async () => {
    for (const name of [people['an active patient'], 'nobody@example.com']) await lock(name, somebody())
    const locked = everybody.filter(([who]) => who === 'an active patient' || who === 'an address nobody has')
    for (const headers of [{}, htmx]) {
      for (const fields of [wrong, right]) {
        expect(expectSame(await answersTo(locked, '/riverside/logon', fields, headers)).status).toBe(429)
      }
    }
  })
})

describe('a forgotten password', () => {
  it('A05 sends one mail to the address on the account, and nothing to those who have none', async () => {
    await answersTo(everybody, '/riverside/password/forgotten', asIdentifier)
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual(
      [
        people['an active patient'],
        people['an active patient with an older hash'],
        people['a patient without a password'],
        people['a patient with a temporary password'],
        'sam@riverside.example',
        'tom@riverside.example',
        'una@riverside.example',
      ].sort(),
    )
  })

  it('A06 A18 is answered the same while the name must wait', async () => {
    await lock(people['an active patient'], somebody())
    for (const headers of [{}, htmx]) {
      expectSame(await answersTo(everybody, '/riverside/password/forgotten', asIdentifier, headers))
    }
  })
})

describe('both registration links', () => {
  it.each(['existing', 'new'])('A07 A08 lead to a page with the clinic’s telephone number: %s', async (link) => {
    for (const [who, , , page] of await answersTo(withAddress, `/riverside/register/${link}`, asEmail)) {
      expect([page?.status, page?.body.includes(phone)], who).toEqual([200, true])
    }
  })

  it('A08 answer the same while an earlier registration with this address is pending', async () => {
    const pending = [['an address nobody has', 'fresh@example.com']] as [Class, string][]
    const first = await answersTo(pending, '/riverside/register/new', asEmail)
    expectSame([...first, ...(await answersTo(pending, '/riverside/register/new', asEmail))])
  })

  it('A15 answer 404 with the telephone number when they are off, and say nothing of anybody, whatever is typed', async () => {
    await aClinic({
      slug: 'meadow',
      name: 'Meadow Clinic',
      phone: '01632 960 003',
      allowExisting: false,
      allowNew: false,
    })
    for (const link of ['existing', 'new']) {
      expect((await visitor().get(`/riverside/register/${link}`)).status).toBe(200)
      const off = await visitor().get(`/meadow/register/${link}`)
      expect([off.status, off.body.includes('01632 960 003'), off.body.includes('name="email"')]).toEqual([
        404,
        true,
        false,
      ])
      const posted = await answersTo(withAddress, `/meadow/register/${link}`, asEmail)
      expect(expectSame(posted).body).toBe(off.body)
    }
  })

  it('A15 of a clinic that is not there answer 404 and name nobody’s number', async () => {
    for (const link of ['existing', 'new']) {
      const { status, body } = await visitor().get(`/no-such-clinic/register/${link}`)
      expect([status, body.includes('Page not found'), body.includes('tel:')]).toEqual([404, true, false])
    }
  })
})

describe('a reception that adds a patient whose address is used', () => {
  const added = { first_name: 'Ada', last_name: 'Moreau', email: people['an active patient'] }

  it('A17 is told whose it is, and the adding stands in the audit', async () => {
    const nora = await aStaffMember({ clinicId, username: 'nora' })
    const browser = await loggedOn({ clinicId, staffId: nora.id })
    const { location } = await browser.post('/riverside/patients/new', added)
    expect(wordsOf((await browser.get(location!)).body)).toMatch(
      /The email address janet\.hall@example\.com is on more than one record\..* also on the record of: Janet Hall/,
    )
    const { results } = await env.DB.prepare("SELECT by_staff FROM audit WHERE act = 'patient-added'").all()
    expect(results).toEqual([{ by_staff: nora.id }])
  })

  it('A17 is sent to the logon page when nobody is logged on, used address or not', async () => {
    for (const email of [people['an active patient'], 'nobody@example.com']) {
      const { status, location, body } = await visitor().post('/riverside/patients/new', { ...added, email })
      expect([status, location, body]).toEqual([
        303,
        '/riverside?next=%2Friverside%2Fpatients%2Fnew&notice=not-saved',
        '',
      ])
    }
    expect(await env.DB.prepare("SELECT count(*) AS c FROM audit WHERE act = 'patient-added'").first('c')).toBe(0)
  })
})

describe('the public addresses', () => {
  const open = rooms().filter(({ method, path }) => method === 'GET' && path.startsWith('/:clinic'))
  const names = ['email', 'identifier', 'q', 'username']

  it('A19 hold none that tells whether an email address is free: asked about Janet or nobody, they answer the same', async () => {
    for (const { path } of open) {
      const address = path.replace(':clinic', 'riverside').replace(/:\w+(\{[^}]*\})?/g, 'x')
      const ask = (email: string, headers: Headers_) =>
        somebody().get(`${address}?${new URLSearchParams(names.map((name) => [name, email]))}`, headers)
      for (const headers of [{}, htmx]) {
        const [known, unknown] = [
          await ask(people['an active patient'], headers),
          await ask('nobody@example.com', headers),
        ]
        const told = ({ status, headers: all, body }: Answer, typed: string) =>
          [status, ...[...all].flat(), body]
            .join('\n')
            .replaceAll(typed, '')
            .replaceAll(encodeURIComponent(encodeURIComponent(typed)), '')
        expect(told(known, people['an active patient']), path).toBe(told(unknown, 'nobody@example.com'))
      }
    }
  })

  it('A19 hold no page that asks while somebody types', async () => {
    for (const path of ['', '/register/existing', '/register/new', '/password/forgotten']) {
      const { body } = await visitor().get(`/riverside${path}`)
      expect(body, path).not.toMatch(/hx-|htmx|oninput|onblur/)
    }
  })
})
