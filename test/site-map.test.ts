/** Who may open what: every address of the router, grouped by who is asking. A new room without a line here fails. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { app } from '../src/app.tsx'
import { landingFor } from '../src/front-door/landing.ts'
import { safeHeaders } from '../src/web/guards.ts'
import { contents, everythingInD1 } from './support/contents.ts'
import { addressOf, nameOf, type Room, rooms } from './support/site-map.ts'
import { aClinic, anAccess, aPatient, aStaffMember, goodPassword, loggedOn, Visitor, visitor } from './support/world.ts'

vi.setConfig({ testTimeout: 60_000 }) // each walks through every room

/** Open to everybody: the front door and what leads to it. */
const open = [
  'GET /',
  'GET /:clinic',
  'GET /:clinic/password/forgotten',
  'GET /:clinic/password/sent',
  'GET /:clinic/privacy',
  'GET /:clinic/privacy/:version{[1-9][0-9]*}',
  'GET /:clinic/register/existing',
  'GET /:clinic/register/new',
  'GET /:clinic/register/sent',
  'GET /dev/mailbox',
  'GET /dev/mailbox.json',
]
/**
 * Open too, but there is nothing to see without the token of a mail, a password that was right a moment ago, or the name
 * of a file that a page names.
 */
const openWithToken = [
  'GET /:clinic/logon/second-factor',
  'GET /:clinic/logon/second-factor/recovery',
  'GET /:clinic/logon/second-factor/passkey',
  'GET /:clinic/logon/passkey',
  'GET /:clinic/email/:token',
  'GET /:clinic/password/new/:token',
  'GET /:clinic/registration/:token',
  'GET /:clinic/calendar/:file',
  'GET /:clinic/:file{(theme|logo)\\.[0-9a-f]+\\.(css|png|jpg|webp)}',
]
const openPosts = [
  'POST /:clinic/appearance',
  'POST /:clinic/logoff',
  'POST /:clinic/logon',
  'POST /:clinic/logon/second-factor',
  'POST /:clinic/logon/second-factor/recovery',
  'POST /:clinic/logon/second-factor/passkey',
  'POST /:clinic/logon/second-factor/passkey/challenge',
  'POST /:clinic/logon/passkey',
  'POST /:clinic/logon/passkey/challenge',
  'POST /:clinic/password/forgotten',
  'POST /:clinic/email/:token',
  'POST /:clinic/password/new/:token',
  'POST /:clinic/register/existing',
  'POST /:clinic/register/new',
  'POST /:clinic/registration/:token',
]

type Person = 'manager' | 'reception' | 'practitioner' | 'patient'
const allStaff: Person[] = ['manager', 'reception', 'practitioner']
const frontDesk: Person[] = ['manager', 'reception']
const manager: Person[] = ['manager']
const patient: Person[] = ['patient']

/** Behind the door: who is let in. Everyone else is told 403. */
const behind: Record<string, Person[]> = {
  'GET /:clinic/password': [...allStaff, ...patient],
  'POST /:clinic/password': [...allStaff, ...patient],
  'GET /:clinic/passkeys': [...allStaff, ...patient],
  'GET /:clinic/passkeys/new': [...allStaff, ...patient],
  'POST /:clinic/passkeys/new': [...allStaff, ...patient],
  'POST /:clinic/passkeys': [...allStaff, ...patient],
  'GET /:clinic/passkeys/:id': [...allStaff, ...patient],
  'POST /:clinic/passkeys/:id/name': [...allStaff, ...patient],
  'POST /:clinic/passkeys/:id/removal': [...allStaff, ...patient],
  'POST /:clinic/passkeys/offer/refusal': patient,
  'GET /:clinic/second-factor': allStaff,
  'GET /:clinic/second-factor/app': allStaff,
  'POST /:clinic/second-factor/app': allStaff,
  'POST /:clinic/second-factor/app/confirmation': allStaff,
  'GET /:clinic/second-factor/app/removal': allStaff,
  'POST /:clinic/second-factor/app/removal': allStaff,
  'GET /:clinic/second-factor/recovery-codes': allStaff,
  'POST /:clinic/second-factor/recovery-codes': allStaff,
  'GET /:clinic/sessions': [...allStaff, ...patient],
  'POST /:clinic/sessions/ending': [...allStaff, ...patient],
  'GET /:clinic/diary': allStaff,
  'GET /:clinic/patients/:id/appointments': allStaff,
  'GET /:clinic/diary/why': allStaff,
  'GET /:clinic/diary/book': allStaff,
  'POST /:clinic/diary/book': allStaff,
  'GET /:clinic/diary/book/patients': allStaff,
  'GET /:clinic/diary/appointments/:id': allStaff,
  'POST /:clinic/diary/appointments/:id/status': allStaff,
  'POST /:clinic/diary/appointments/:id/move': allStaff,
  'POST /:clinic/diary/appointments/:id/note': allStaff,
  'POST /:clinic/diary/appointments/:id/undo': allStaff,
  'GET /:clinic/diary/appointments/:id/cancellation': allStaff,
  'POST /:clinic/diary/appointments/:id/cancellation': allStaff,
  'GET /:clinic/diary/:date{[-0-9]+}': allStaff,
  'GET /:clinic/diary/:date{[-0-9]+}/grid': allStaff,
  'GET /:clinic/diary/:date{[-0-9]+}/print': allStaff,
  'GET /:clinic/diary/:date{[-0-9]+}/week': allStaff,
  'GET /:clinic/calendar-feed': allStaff,
  'POST /:clinic/calendar-feed': allStaff,
  'POST /:clinic/calendar-feed/ending': allStaff,
  'GET /:clinic/home': patient,
  'GET /:clinic/acting-for': patient,
  'POST /:clinic/acting-for': patient,
  'GET /:clinic/book': patient,
  'POST /:clinic/book': patient,
  'GET /:clinic/appointments': patient,
  'GET /:clinic/appointments/:id': patient,
  'GET /:clinic/appointments/:id/calendar.ics': patient,
  'GET /:clinic/appointments/:id/cancellation': patient,
  'POST /:clinic/appointments/:id/cancellation': patient,
  'GET /:clinic/appointments/:id/move': patient,
  'POST /:clinic/appointments/:id/move': patient,
  'GET /:clinic/details': patient,
  'GET /:clinic/details/contact': patient,
  'POST /:clinic/details/contact': patient,
  'GET /:clinic/details/email': patient,
  'POST /:clinic/details/email': patient,
  'GET /:clinic/patients': allStaff,
  'GET /:clinic/patients/results': allStaff,
  'GET /:clinic/patients/new': frontDesk,
  'POST /:clinic/patients/new': frontDesk,
  'GET /:clinic/patients/:id': allStaff,
  'GET /:clinic/patients/:id/edit': frontDesk,
  'POST /:clinic/patients/:id/edit': frontDesk,
  'GET /:clinic/patients/:id/history': allStaff,
  'GET /:clinic/patients/:id/archiving': frontDesk,
  'POST /:clinic/patients/:id/archiving': frontDesk,
  'POST /:clinic/patients/:id/restoring': frontDesk,
  'GET /:clinic/patients/:id/acting-for': frontDesk,
  'GET /:clinic/patients/:id/acting-for/patients': frontDesk,
  'POST /:clinic/patients/:id/acting-for': frontDesk,
  'GET /:clinic/patients/:id/acting-for/:grant/renewal': frontDesk,
  'POST /:clinic/patients/:id/acting-for/:grant/renewal': frontDesk,
  'GET /:clinic/patients/:id/acting-for/:grant/ending': frontDesk,
  'POST /:clinic/patients/:id/acting-for/:grant/ending': frontDesk,
  'GET /:clinic/patients/:id/merging': frontDesk,
  'GET /:clinic/patients/:id/merging/:other': frontDesk,
  'POST /:clinic/patients/:id/merging/:other': frontDesk,
  'GET /:clinic/patients/:id/online-access': allStaff,
  'POST /:clinic/patients/:id/online-access/activation': frontDesk,
  'GET /:clinic/patients/:id/online-access/deactivation': frontDesk,
  'POST /:clinic/patients/:id/online-access/deactivation': frontDesk,
  'POST /:clinic/patients/:id/online-access/password': frontDesk,
  'POST /:clinic/patients/:id/online-access/email': frontDesk,
  'GET /:clinic/patients/:id/online-access/counter': frontDesk,
  'POST /:clinic/patients/:id/online-access/counter': frontDesk,
  'GET /:clinic/patients/:id/online-access/counter/:link': frontDesk,
  'GET /:clinic/patients/:id/online-access/counter/:link/state': frontDesk,
  'POST /:clinic/patients/:id/online-access/counter/:link/cancellation': frontDesk,
  'GET /:clinic/invitations': frontDesk,
  'GET /:clinic/invitations/never': frontDesk,
  'GET /:clinic/invitations/expired': frontDesk,
  'GET /:clinic/invitations/again': frontDesk,
  'POST /:clinic/invitations/again': frontDesk,
  'POST /:clinic/invitations/:id/settlement': frontDesk,
  'GET /:clinic/registrations': frontDesk,
  'POST /:clinic/registrations/:id/dismissal': frontDesk,
  'GET /:clinic/staff': manager,
  'GET /:clinic/staff/new': manager,
  'POST /:clinic/staff/new': manager,
  'GET /:clinic/staff/:id': manager,
  'GET /:clinic/staff/:id/edit': manager,
  'POST /:clinic/staff/:id/edit': manager,
  'GET /:clinic/staff/:id/deactivation': manager,
  'POST /:clinic/staff/:id/deactivation': manager,
  'POST /:clinic/staff/:id/activation': manager,
  'POST /:clinic/staff/:id/sessions/ending': manager,
  'GET /:clinic/staff/:id/second-factor/removal': manager,
  'POST /:clinic/staff/:id/second-factor/removal': manager,
  'POST /:clinic/staff/:id/password': manager,
  'POST /:clinic/staff/:id/email': manager,
  'GET /:clinic/audit': manager,
  'GET /:clinic/audit/csv': manager,
  'POST /:clinic/audit/csv': manager,
  'GET /:clinic/audit/check': manager,
  'GET /:clinic/settings': manager,
  'GET /:clinic/settings/links': manager,
  'GET /:clinic/settings/links/poster': manager,
  'GET /:clinic/settings/registration': manager,
  'GET /:clinic/settings/registration/preview': manager,
  'POST /:clinic/settings/registration': manager,
  'GET /:clinic/settings/clinic': manager,
  'POST /:clinic/settings/clinic': manager,
  'GET /:clinic/settings/texts': manager,
  'POST /:clinic/settings/texts': manager,
  'POST /:clinic/settings/texts/preview': manager,
  'POST /:clinic/settings/texts/standard': manager,
  'GET /:clinic/settings/look': manager,
  'GET /:clinic/settings/look/sample': manager,
  'POST /:clinic/settings/look/colour': manager,
  'POST /:clinic/settings/look/logo': manager,
  'POST /:clinic/settings/look/logo/removal': manager,
  'GET /:clinic/settings/privacy': manager,
  'GET /:clinic/settings/privacy/draft': manager,
  'POST /:clinic/settings/privacy/draft': manager,
  'POST /:clinic/settings/privacy/draft/preview': manager,
  'POST /:clinic/settings/privacy/draft/removal': manager,
  'GET /:clinic/settings/privacy/publication': manager,
  'POST /:clinic/settings/privacy/publication': manager,
  'GET /:clinic/settings/practitioners': manager,
  'GET /:clinic/settings/practitioners/new': manager,
  'POST /:clinic/settings/practitioners/new': manager,
  'GET /:clinic/settings/practitioners/:id': manager,
  'POST /:clinic/settings/practitioners/:id': manager,
  'POST /:clinic/settings/practitioners/:id/earlier': manager,
  'GET /:clinic/settings/practitioners/:id/ending': manager,
  'POST /:clinic/settings/practitioners/:id/ending': manager,
  'GET /:clinic/settings/practitioners/:id/hours': manager,
  'GET /:clinic/settings/practitioners/:id/hours/week': manager,
  'POST /:clinic/settings/practitioners/:id/hours/week': manager,
  'GET /:clinic/settings/practitioners/:id/hours/absence': manager,
  'POST /:clinic/settings/practitioners/:id/hours/absence': manager,
  'POST /:clinic/settings/practitioners/:id/hours/absence/:absence/removal': manager,
  'GET /:clinic/settings/appointment-types': manager,
  'GET /:clinic/settings/appointment-types/new': manager,
  'POST /:clinic/settings/appointment-types/new': manager,
  'GET /:clinic/settings/appointment-types/:id': manager,
  'POST /:clinic/settings/appointment-types/:id': manager,
  'POST /:clinic/settings/appointment-types/:id/earlier': manager,
  'GET /:clinic/settings/appointment-types/:id/retirement': manager,
  'POST /:clinic/settings/appointment-types/:id/retirement': manager,
  'GET /:clinic/hours': allStaff,
  'GET /:clinic/hours/week': allStaff,
  'POST /:clinic/hours/week': allStaff,
  'GET /:clinic/hours/absence': allStaff,
  'POST /:clinic/hours/absence': allStaff,
  'POST /:clinic/hours/absence/:absence/removal': allStaff,
  'GET /:clinic/settings/booking-rules': manager,
  'GET /:clinic/settings/booking-rules/preview': manager,
  'POST /:clinic/settings/booking-rules': manager,
  'GET /:clinic/settings/closed-days': manager,
  'POST /:clinic/settings/closed-days': manager,
  'POST /:clinic/settings/closed-days/bank-holidays': manager,
  'POST /:clinic/settings/closed-days/nation': manager,
  'POST /:clinic/settings/closed-days/:date/removal': manager,
  'GET /:clinic/settings/second-factor': manager,
  'POST /:clinic/settings/second-factor': manager,
}

let clinicId: string
let given: Record<string, string>
let people: Record<Person, Visitor>

beforeEach(async () => {
  const clinic = await aClinic()
  clinicId = clinic.id
  const janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  await anAccess(janet, { password: goodPassword })
  given = { version: '1', clinic: 'riverside', id: janet.id, date: '2026-11-23', token: 'no-such-token' }
  const asStaff = async (role: 'manager' | 'reception' | 'practitioner') => {
    const member = await aStaffMember({ clinicId, username: role, role })
    return loggedOn({ clinicId, staffId: member.id })
  }
  people = {
    manager: await asStaff('manager'),
    reception: await asStaff('reception'),
    practitioner: await asStaff('practitioner'),
    patient: await loggedOn({ clinicId, patientId: janet.id }),
  }
})

const ask = (who: Visitor, room: Room, headers: Record<string, string> = {}) => {
  const address = addressOf(room.path, given)
  return room.method === 'GET' ? who.get(address, headers) : who.post(address, {}, headers)
}
const named = (names: string[]) => rooms().filter((room) => names.includes(nameOf(room)))

describe('the site map', () => {
  it('G01 has a line here for every address of the router, and no line for an address that is gone', () => {
    const known = [...open, ...openWithToken, ...openPosts, ...Object.keys(behind)]
    expect(rooms().map(nameOf).sort()).toEqual(known.sort())
  })

  it('knows GET and POST only, as plain forms do; every other method is answered 405', async () => {
    expect(new Set(app.routes.filter(({ path }) => !path.endsWith('*')).map(({ method }) => method))).toEqual(
      new Set(['GET', 'POST']),
    )
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      for (const path of ['/riverside/logon', '/riverside/patients/new']) {
        const answer = await people.manager.send(path, { method })
        expect([method, answer.status, answer.headers.get('allow')]).toEqual([
          method,
          405,
          expect.stringContaining('POST'),
        ])
      }
    }
  })
})

describe('somebody who is not logged on', () => {
  it('G01 G09 finds exactly the open pages answering 200', async () => {
    for (const headers of [{}, { 'hx-request': 'true' }] as Record<string, string>[]) {
      const answering: string[] = []
      for (const room of rooms().filter(({ method }) => method === 'GET')) {
        if ((await ask(visitor(), room, headers)).status === 200) answering.push(nameOf(room))
      }
      expect(answering.sort()).toEqual([...open].sort())
    }
  })

  it('G01 G09 is sent to the logon page by every room behind the door, and nothing is changed', async () => {
    const before = await everythingInD1()
    for (const room of named(Object.keys(behind))) {
      const answer = await ask(visitor(), room)
      expect([nameOf(room), answer.status, answer.location?.startsWith('/riverside')]).toEqual([
        nameOf(room),
        303,
        true,
      ])
    }
    expect(await everythingInD1()).toEqual(before)
  })

  it('is told by htmx to go to the logon page, never shown it inside a fragment', async () => {
    const answer = await visitor().get('/riverside/patients/results?q=hall', { 'hx-request': 'true' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('hx-redirect')).toBe('/riverside?next=%2Friverside%2Fpatients%2Fresults%3Fq%3Dhall')
  })
})

describe.each(['manager', 'reception', 'practitioner', 'patient'] as const)('the %s', (person) => {
  it('G01 G11 is let into their rooms and told 403 by every other', async () => {
    for (const room of named(Object.keys(behind))) {
      const answer = await ask(people[person], room)
      const letIn = behind[nameOf(room)]!.includes(person)
      expect([nameOf(room), answer.status === 403]).toEqual([nameOf(room), !letIn])
      expect([nameOf(room), answer.status < 500]).toEqual([nameOf(room), true])
    }
  })

  it('is taken to whichever of their rooms they had asked for, when they log on', () => {
    const who = { role: person === 'patient' ? null : person, mustChangePassword: false }
    for (const room of named(Object.keys(behind))) {
      if (room.method !== 'GET' || room.path.endsWith('.ics') || !behind[nameOf(room)]!.includes(person)) continue
      const path = addressOf(room.path, given)
      expect(landingFor('/riverside', who, path)).toBe(path)
    }
  })
})

describe('a session of one clinic', () => {
  it('G01 G05 is nothing at another clinic', async () => {
    await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    given = { ...given, clinic: 'hillside' }
    for (const person of ['manager', 'patient'] as const) {
      const { cookies } = people[person]
      for (const room of named(Object.keys(behind))) {
        const abroad = new Visitor()
        for (const [name, value] of cookies) abroad.cookies.set(name, value)
        expect([nameOf(room), (await ask(abroad, room)).status]).toEqual([nameOf(room), 303])
      }
    }
  })
})

describe('a POST that another site caused (F01–F03, F10)', () => {
  const foreign: Record<string, Record<string, string>> = {
    'an evil origin': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    'origin null': { origin: 'null', 'sec-fetch-site': 'cross-site' },
    'a sibling site': { origin: 'https://other.diary.test', 'sec-fetch-site': 'same-site' },
    'marks that contradict each other': { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    'our origin and a foreign mark': { origin: 'https://diary.test', 'sec-fetch-site': 'cross-site' },
    'a spoofed host that equals the origin': { origin: 'https://evil.example', host: 'evil.example' },
  }
  it.each(Object.entries(foreign))('is refused everywhere with %s', async (_name, headers) => {
    const before = await allButTheAudit()
    for (const room of rooms().filter(({ method }) => method === 'POST')) {
      const answer = await ask(people.manager, room, headers)
      expect([nameOf(room), answer.status]).toEqual([nameOf(room), 403])
    }
    expect(await allButTheAudit()).toEqual(before)
  })

  it('is refused without any mark at all', async () => {
    for (const room of rooms().filter(({ method }) => method === 'POST')) {
      const answer = await people.manager.send(addressOf(room.path, given), {
        method: 'POST',
        body: 'a=b',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect([nameOf(room), answer.status]).toEqual([nameOf(room), 403])
    }
  })

  it('cannot send anything but a form', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const answer = await visitor().send('/riverside/logon', {
        method: 'POST',
        body: '{"identifier":"maya","password":"x"}',
        headers: { origin: 'https://diary.test', 'content-type': type },
      })
      expect(answer.status).toBe(415)
    }
  })
})

describe('every answer', () => {
  it('carries the safe headers, whatever its status (I01)', async () => {
    const answers = [
      await visitor().get('/'),
      await visitor().get('/riverside'),
      await visitor().get('/riverside/patients'),
      await visitor().get('/riverside/no-such-page'),
      await visitor().get('/nobody'),
      await visitor().get('/riverside/logoff'),
      await people.patient.get('/riverside/patients'),
      await people.manager.get('/riverside/patients'),
      await visitor().post('/riverside/logon', { identifier: 'maya', password: 'wrong' }),
      await visitor().post('/riverside/logon', { identifier: 'x'.repeat(70_000) }),
      await visitor().post('/riverside/logon', {}, { origin: 'https://evil.example' }),
      await visitor({ ...env, DB: brokenDatabase }).get('/another-clinic'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 303, 404, 404, 405, 403, 200, 422, 413, 403, 503])
    for (const { status, headers } of answers) {
      for (const [name, value] of Object.entries(safeHeaders))
        expect([status, name, headers.get(name)]).toEqual([status, name, value])
      expect([status, headers.get('cache-control')]).toEqual([status, 'no-store'])
      if (status !== 303) expect(headers.get('content-type')).toBe('text/html; charset=UTF-8')
    }
  })

  it('tells what is allowed where a method is wrong, and ends no session by GET (E02)', async () => {
    const answer = await people.manager.get('/riverside/logoff')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await people.manager.get('/riverside/patients')).status).toBe(200)
  })

  it('never shows what went wrong inside, only a reference (I06)', async () => {
    const answer = await visitor({ ...env, DB: brokenDatabase }).get('/another-clinic')
    expect(answer.status).toBe(503)
    expect(answer.body).toMatch(/reference <strong>[A-Z0-9]{4}<\/strong>/)
    expect(answer.body).not.toMatch(/D1_ERROR|SELECT|\.ts|stack/)
  })
})

const brokenDatabase = new Proxy(env.DB, {
  get: () => () => {
    throw new Error('D1_ERROR: Network connection lost.')
  },
})

/** That somebody known was refused is written down, and changes nothing else. */
const allButTheAudit = async () => ({ ...(await contents()), audit: [] })
