/** Finding somebody is the same work in a small clinic, in a large one, and beside a hundred others: rows read, not time. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { mostLookedAt } from '../../../src/patients/search/patient-list-store.ts'
import { dateIn } from '../../../src/web/dates.ts'
import { aCrowd } from '../../support/crowd.ts'
import { listenedTo } from '../../support/sent-to-d1.ts'
import { aClinic, anAccess, aPatient, aStaffMember, loggedOn, type Visitor } from '../../support/world.ts'
import { wordsOf } from '../reading.ts'

/** The pages that staff open all day, by what somebody types. Nobody of the crowd is called Hall or was born then. */
const pages = {
  'the list': '/patients',
  'its next page': '/patients?after=janet',
  'a last name': '/patients?q=hall',
  'two parts of names': '/patients?q=jan+ha',
  'a name and a date of birth': '/patients?q=hall+3%2F5%2F1929',
  'a date of birth': '/patients?q=3+may+1929',
  'a phone number': '/patients?q=01632960101',
  'the last figures of a phone number': '/patients?q=960101',
  'a postcode': '/patients?q=rv1+4ab',
  'the beginning of a postcode': '/patients?q=rv1',
  'an email address': '/patients?q=janet.hall%40example.com',
  'a name among the active': '/patients?q=hall&access=active',
  'the active': '/patients?access=active',
  'the inactive': '/patients?access=inactive',
  'the archived': '/patients?access=archived',
  'a record': '/patients/janet',
  'its history': '/patients/janet/history',
  'its online access': '/patients/janet/online-access',
  'its form': '/patients/janet/edit',
  'the diary of today': `/diary/${dateIn(Date.now(), 'Europe/London')}`,
}
/** What names thousands: their number must not matter beyond the limit. */
const common = [
  '/patients?q=jo',
  '/patients?q=smith',
  '/patients?q=jo+sm',
  '/patients?q=07',
  '/patients?q=sw1a',
  '/patients?q=jo&access=none',
]

let clinicId: string
let sam: Visitor
let sent: ReturnType<typeof listenedTo>['sent']

beforeEach(async () => {
  clinicId = (await aClinic()).id
  const person = { clinicId, dateOfBirth: '1929-05-03', phone: '01632 960 101', postcode: 'RV1 4AB' }
  await anAccess(await aPatient({ ...person, id: 'janet', email: 'janet.hall@example.com' }))
  for (const [lastName, given] of [
    ['Hall', {}],
    ['Aaron', { archivedAt: 1 }],
  ] as const) {
    const ben = await aPatient({ clinicId, firstName: 'Ben', lastName, dateOfBirth: null, ...given })
    if (lastName === 'Hall') await anAccess(ben, { state: 'inactive' })
  }
  const { env: listened, sent: statements } = listenedTo()
  sent = statements
  sam = await loggedOn({ clinicId, staffId: (await aStaffMember({ clinicId })).id }, listened)
})

/** Rows that D1 read for one page, the session's included, when what may be kept is kept. */
async function rowsRead(address: string): Promise<number> {
  await sam.get(`/riverside${address}`)
  sent.length = 0
  expect((await sam.get(`/riverside${address}`)).status).toBe(200)
  return sent.reduce((sum, { rowsRead }) => sum + rowsRead, 0)
}
async function rowsReadByPage(): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const [name, address] of Object.entries(pages)) counted[name] = await rowsRead(address)
  return counted
}

describe('rows read', { timeout: 60_000 }, () => {
  it('are the same beside a hundred clinics', async () => {
    await aCrowd(clinicId, 100)
    for (const id of ['0', 'z']) await aCrowd((await aClinic({ id, slug: `neighbour-${id}` })).id, 100) // on either side
    const alone = await rowsReadByPage()
    for (let n = 0; n < 100; n++) await aCrowd((await aClinic({ slug: `clinic-${n}` })).id, 100)
    expect(await rowsReadByPage()).toEqual(alone)
    expect(Object.values(alone).every((rows) => rows > 0 && rows < 60)).toBe(true)
  })

  it('are the same for 1,000 patients and for 21,000', async () => {
    await aCrowd(clinicId, 1_000)
    const few = await rowsReadByPage()
    await aCrowd(clinicId, 20_000)
    expect(await rowsReadByPage()).toEqual(few)
  })

  it('are bounded where thousands match, and the page says that there are more', async () => {
    await aCrowd(clinicId, 11_000)
    const before: Record<string, number> = {}
    for (const address of common) before[address] = await rowsRead(address)
    await aCrowd(clinicId, 5_000)
    for (const address of common) {
      const rows = await rowsRead(address)
      expect([address, rows / before[address]! < 1.01, rows < mostLookedAt.withMore * 11]).toEqual([
        address,
        true,
        true,
      ])
    }
    const body = wordsOf((await sam.get('/riverside/patients?q=jo')).body)
    expect(body).toMatch(/More than [\d,]+ patients found\. Type more to narrow it down/)
  })

  it('stay few where a common name stands beside a rare one: the rare one is looked up', async () => {
    await aCrowd(clinicId, 4_000)
    await aPatient({ clinicId, firstName: 'John', lastName: 'Zebedee' })
    expect(await rowsRead('/patients?q=zebedee')).toBeLessThan(200)
    expect(await rowsRead('/patients?q=john+zebedee')).toBeLessThan(mostLookedAt.withMore + 300)
    expect(wordsOf((await sam.get('/riverside/patients?q=john+zebedee')).body)).toContain('1 patient found')
  })
})

describe('the index of words', () => {
  const words = async () =>
    (await env.DB.prepare("SELECT word FROM patient_word WHERE patient_id = 'janet' ORDER BY word").all()).results.map(
      ({ word }) => word,
    )

  it('follows the record, and goes with it', async () => {
    expect(await words()).toContain('janet')
    await env.DB.prepare("UPDATE patient SET search_text = ' jane hall' WHERE id = 'janet'").run()
    expect(await words()).toEqual(['hall', 'jane'])
  })

  it('takes names that look like JSON or SQL as they are', async () => {
    await aPatient({ clinicId, id: 'bobby', firstName: '"],["x', lastName: "\\'); DROP TABLE patient; --" })
    const { results } = await env.DB.prepare("SELECT word FROM patient_word WHERE patient_id = 'bobby'").all()
    expect(results.map(({ word }) => word)).toContain('"]')
    expect(await rowsRead(`/patients?q=${encodeURIComponent('"]')}`)).toBeGreaterThan(0)
    expect(wordsOf((await sam.get(`/riverside/patients?q=${encodeURIComponent('"]')}`)).body)).toContain(
      '1 patient found',
    )
  })
})

describe('the counts of the lists', () => {
  it('follow every change of online access and of the archive', async () => {
    const counts = async () =>
      Object.fromEntries(
        (await env.DB.prepare('SELECT listed_as, patients FROM patient_count').all()).results.map((row) =>
          Object.values(row),
        ),
      )
    expect(await counts()).toEqual({ none: 0, active: 1, inactive: 1, archived: 1 })
    await env.DB.prepare("UPDATE online_access SET state = 'inactive', email = NULL WHERE patient_id = 'janet'").run()
    expect(await counts()).toEqual({ none: 0, active: 0, inactive: 2, archived: 1 })
    await env.DB.prepare('UPDATE patient SET archived_at = 2').run()
    expect(await counts()).toEqual({ none: 0, active: 0, inactive: 0, archived: 3 })
    await env.DB.prepare('UPDATE patient SET archived_at = NULL').run()
    expect(await counts()).toEqual({ none: 1, active: 0, inactive: 2, archived: 0 })
  })
})
