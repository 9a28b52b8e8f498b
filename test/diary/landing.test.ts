/** Where people land after logging on (rule M3): honest about what is not there yet, and with every link alive. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noonOf } from '../../src/diary/day.ts'
import { mail, registration } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { wordsOf } from '../patients/reading.ts'
import { aClinic, anAccess, aPatient, aStaffMember, goodPassword, loggedOn } from '../support/world.ts'

let clinicId: string

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-07-05T23:30:00Z'), toFake: ['Date'] })
  clinicId = (await aClinic()).id
})
afterEach(() => {
  vi.useRealTimers()
})

const as = async (role: 'manager' | 'reception' | 'practitioner') =>
  loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId, username: role, role, password: goodPassword })).id })

/** Every link and form of a page, without the parts of an address behind "?". */
const leadsTo = (body: string): string[] => [
  ...new Set([...body.matchAll(/(?:href|action)="(\/riverside[^"?]*)/g)].map(([, path]) => path!)),
]

describe('the diary of the staff', () => {
  it('opens today, as the date is at the clinic', async () => {
    const answer = await (await as('reception')).get('/riverside/diary')
    expect([answer.status, answer.location]).toEqual([303, '/riverside/diary/2026-07-06'])
  })

  it('says the day in words, and whom to ask while nobody sees patients', async () => {
    const { status, body } = await (await as('reception')).get('/riverside/diary/2026-07-06')
    expect(status).toBe(200)
    expect(body).toContain('<title>Monday 6 July 2026 – Riverside Clinic</title>')
    expect(body).toContain('<h1>Monday 6 July 2026</h1>')
    expect(wordsOf(body)).toContain('Nobody sees patients here yet. A manager says who does, and when, under Settings.')
  })

  it.each([
    ['diary/2026-07-06/week', 'Nobody sees patients here yet. A manager says who does'],
    ['diary/book', 'Nothing can be booked yet'],
    ['diary/why', 'Nothing can be booked yet'],
  ])('says so at /%s too, and leads the manager to where it is changed', async (address, words) => {
    for (const role of ['manager', 'reception'] as const) {
      const { body } = await (await as(role)).get(`/riverside/${address}`)
      const [, said = ''] = /<p class="empty">(.*?)<\/p>/s.exec(body) ?? []
      expect(wordsOf(said)).toContain(words)
      expect(said.includes('href="/riverside/settings"')).toBe(role === 'manager')
    }
  })

  it.each(['2026-02-30', '2026-13-01', '2026-7-6', 'tomorrow', '0000-00-00', '2026-07-06x'])(
    'has no day %s',
    async (date) => {
      expect((await (await as('reception')).get(`/riverside/diary/${date}`)).status).toBe(404)
    },
  )

  it('leads nowhere that is not there, for each role', async () => {
    for (const role of ['manager', 'reception', 'practitioner'] as const) {
      const person = await as(role)
      const { body } = await person.get('/riverside/diary/2026-07-06')
      expect(leadsTo(body)).toContain('/riverside/patients')
      expect(leadsTo(body).includes('/riverside/patients/new')).toBe(role !== 'practitioner')
      for (const path of leadsTo(body).filter((path) => !/logoff|appearance/.test(path))) {
        const { status } = await person.get(path)
        expect([role, path, status === 404 || status === 403]).toEqual([role, path, false])
      }
    }
  })

  it('counts patients by their online access, without the archived and other clinics’', async () => {
    await aPatient({ clinicId })
    await aPatient({ clinicId, archivedAt: 1 })
    for (const state of ['active', 'inactive'] as const)
      await anAccess(await aPatient({ clinicId, email: `${state}@example.com` }), { state })
    await aPatient({ clinicId: (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id })
    const { body } = await (await as('practitioner')).get('/riverside/diary/2026-07-06')
    expect(wordsOf(body)).toContain('Active 1 patient Invited 0 patients Inactive 1 patient Not registered 1 patient')
    expect(body).toContain('<a href="/riverside/patients?access=none">')
  })
})

describe('what is to be looked at first', () => {
  const first = async (role: 'manager' | 'reception' | 'practitioner') =>
    wordsOf((await (await as(role)).get('/riverside/diary/2026-07-06')).body)

  it('says nothing on a quiet day', async () => {
    expect(await first('manager')).not.toContain('To look at first')
  })

  it('is the registration desk, mails that were given up and staff without a password, for whoever may act on it', async () => {
    const janet = await aPatient({ clinicId })
    await aStaffMember({ clinicId, username: 'tom', role: 'practitioner' })
    await aStaffMember({ clinicId, username: 'gone', deactivatedAt: 1 })
    await database(env)
      .insert(registration)
      .values(
        [1, 2].map((n) => ({
          id: `registration-${n}`,
          clinicId,
          link: 'existing' as const,
          email: 'nobody@example.com',
          network: 'n',
          reference: `R7K${n}`,
          askedAt: 1,
          deskSince: 2,
        })),
      )
    const settler = await aStaffMember({ clinicId, username: 'settler', password: goodPassword })
    const given = (id: string, patientId: string | null, createdAt: number) => ({
      id,
      clinicId,
      kind: 'access-link',
      toAddress: 'x@example.com',
      patientId,
      state: 'abandoned' as const,
      createdAt,
      nextAttemptAt: 0,
    })
    await database(env)
      .insert(mail)
      .values([
        given('a', janet.id, Date.now()),
        given('b', janet.id, Date.now()),
        given('c', null, Date.now()),
        { ...given('d', janet.id, Date.now()), settledAt: 1, settledBy: settler.id }, // somebody has dealt with it
      ])
    const desk = '2 registrations on the registration desk'
    const mails = '3 emails could not be delivered, to Janet Hall'
    const accounts = '1 staff account without a password, so nobody can log on with it'
    const seen = { manager: await first('manager'), reception: await first('reception') }
    for (const words of [desk, mails, accounts]) expect(seen.manager).toContain(words)
    for (const words of [desk, mails]) expect(seen.reception).toContain(words)
    expect(seen.reception).not.toContain('without a password')
    expect(await first('practitioner')).not.toContain('To look at first')
  })
})

describe('a patient', () => {
  const asAsha = async (given: Partial<Parameters<typeof aPatient>[0]> = {}) => {
    const asha = await aPatient({
      clinicId,
      firstName: 'Asha',
      lastName: 'Patel',
      email: 'asha@example.com',
      notes: 'For staff only',
      ...given,
    })
    await anAccess(asha, { password: goodPassword })
    return loggedOn({ clinicId, patientId: asha.id })
  }

  it('is greeted by name; while nothing can be booked online, is told to call', async () => {
    const { body } = await (await asAsha()).get('/riverside/home')
    expect(body).toContain('<h1>Hello Asha</h1>')
    expect(wordsOf(body)).toContain('You have no appointments. Appointments cannot be booked online at the moment.')
    expect(body).toContain('<a class="phone" href="tel:01632960001">01632 960 001</a>')
    const greeted = await (await asAsha({ preferredName: 'Ash', email: 'ash@example.com' })).get('/riverside/home')
    expect(greeted.body).toContain('<h1>Hello Ash</h1>')
  })

  it('finds only links that work', async () => {
    const asha = await asAsha()
    for (const page of ['/riverside/home', '/riverside/details']) {
      for (const path of leadsTo((await asha.get(page)).body).filter((path) => !/logoff|appearance/.test(path))) {
        const { status } = await asha.get(path)
        expect([path, status === 404 || status === 403]).toEqual([path, false])
      }
    }
  })

  it('sees what the clinic has on record, how to correct it, and not the notes of the staff', async () => {
    const { body } = await (await asAsha()).get('/riverside/details')
    expect(wordsOf(body)).toContain('First name Asha')
    expect(wordsOf(body)).toContain('Date of birth 3 May 1951')
    expect(wordsOf(body)).toContain('Postcode Not provided')
    expect(wordsOf(body)).toContain(
      'If your name or your date of birth is wrong, call Riverside Clinic on 01632 960 001',
    )
    expect(body).toContain('<a href="/riverside/password">Change my password</a>')
    expect(body).not.toContain('For staff only')
  })
})

describe('the two sides', () => {
  it('are shut to each other', async () => {
    const asha = await aPatient({ clinicId, email: 'asha@example.com' })
    await anAccess(asha, { password: goodPassword })
    const patient = await loggedOn({ clinicId, patientId: asha.id })
    const maya = await as('manager')
    for (const path of ['/riverside/diary', '/riverside/diary/2026-07-06', '/riverside/patients'])
      expect((await patient.get(path)).status).toBe(403)
    for (const path of ['/riverside/home', '/riverside/details']) expect((await maya.get(path)).status).toBe(403)
  })
})

describe('a day in an address', () => {
  it('that no diary has is not found, on each of its pages', async () => {
    const maya = await as('manager')
    for (const page of ['', '/week', '/print', '/grid'])
      expect([page, (await maya.get(`/riverside/diary/9999-12-31${page}`)).status]).toEqual([page, 404])
    expect((await maya.get('/riverside/diary/why?date=9999-12-31')).status).toBe(200) // asks for another
  })

  it('is a date that the calendar has, else null', () => {
    expect(noonOf('2024-02-29')).toBe(Date.parse('2024-02-29T12:00:00Z'))
    expect(['2023-02-29', '2026-1-1', '', '2026-07-06T00:00'].map(noonOf)).toEqual([null, null, null, null])
    expect(['9999-12-31', '2200-01-01', '1899-12-31', '0001-01-01'].map(noonOf)).toEqual([null, null, null, null])
  })
})
