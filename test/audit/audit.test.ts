/** The audit: every act is written with its change, read by who, what, whose and when, and checked by its seals. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { acts } from '../../src/audit/audit-store.ts'
import { actLabels, detailInWords } from '../../src/audit/audit-words.ts'
import { csvOf } from '../../src/audit/csv.ts'
import type { Patient, Staff } from '../../src/schema.ts'
import { watched } from '../support/counting.ts'
import { aClinic, aPatient, aStaffMember, goodPassword, loggedOn, type Visitor, visitor } from '../support/world.ts'

let clinicId: string
let maya: Visitor
let sam: Staff
let janet: Patient

beforeEach(async () => {
  clinicId = (await aClinic()).id
  const manager = await aStaffMember({
    clinicId,
    username: 'maya',
    name: 'Maya Rossi',
    role: 'manager',
    password: goodPassword,
  })
  sam = await aStaffMember({ clinicId, username: 'sam', name: 'Sam Okoro', password: goodPassword })
  janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  maya = await loggedOn({ clinicId, staffId: manager.id })
})

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const rowsOf = (html: string) =>
  [...html.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) => textOf(row).trim())
const read = async (query = '') => rowsOf((await maya.get(`/riverside/audit${query}`)).body)
const write = (row: { at?: number; act: string; byStaff?: string; ofPatient?: string; detail?: string }) =>
  env.DB.prepare('INSERT INTO audit (clinic_id, at, act, by_staff, of_patient, detail) VALUES (?, ?, ?, ?, ?, ?)')
    .bind(clinicId, row.at ?? Date.now(), row.act, row.byStaff ?? null, row.ofPatient ?? null, row.detail ?? '{}')
    .run()

describe('reading', () => {
  it('tells who did what, whose it was, and when, newest first', async () => {
    await visitor().post('/riverside/logon', { identifier: 'sam', password: goodPassword })
    const desk = await loggedOn({ clinicId, staffId: sam.id })
    await desk.post(`/riverside/patients/${janet.id}/online-access/activation`)
    const rows = await read()
    expect(rows[0]).toContain('Sam Okoro Set online access to active Janet Hall')
    expect(rows[1]).toContain('Sam Okoro Logged on')
  })

  it('filters by who, what and whose', async () => {
    const ben = await aPatient({ clinicId, firstName: 'Zoë', lastName: 'Reed' })
    await write({ act: 'patient-changed', byStaff: sam.id, ofPatient: janet.id })
    await write({ act: 'patient-changed', ofPatient: ben.id })
    await write({ act: 'logged-on', byStaff: sam.id })
    expect(await read(`?who=${sam.id}`)).toHaveLength(2)
    expect(await read('?what=patient-changed')).toHaveLength(2)
    expect(await read('?whose=zoe')).toHaveLength(1)
    expect(await read(`?who=${sam.id}&what=patient-changed&whose=hall+janet`)).toHaveLength(1)
    expect(await read('?whose=nobody')).toHaveLength(0)
    expect(textOf((await maya.get('/riverside/audit?whose=nobody')).body)).toContain('Nothing matches')
  })

  it('filters by days of the clinic, the last one included, also where the clocks change', async () => {
    await write({ act: 'logged-on', at: Date.parse('2026-10-24T22:59:00Z') }) // 24 October 23:59 in London
    await write({ act: 'logged-on', at: Date.parse('2026-10-24T23:00:00Z') }) // 25 October 00:00, summer time
    await write({ act: 'logged-on', at: Date.parse('2026-10-25T23:59:00Z') }) // 25 October 23:59, winter time
    await write({ act: 'logged-on', at: Date.parse('2026-10-26T00:00:00Z') })
    expect(await read('?from=2026-10-25&to=2026-10-25')).toHaveLength(2)
    expect(await read('?to=2026-10-24')).toHaveLength(1)
    expect(await read('?from=2026-10-26')).toHaveLength(1)
    expect(await read('?from=25/10/2026&to=25.10.2026')).toHaveLength(2)
  })

  it.each(['yesterday', '2026-02-30', '31/2/2026', 'x', '9999-12-31', '0001-01-01'])(
    'says that %s is no date, keeps it, and shows no rows as if they were those',
    async (typed) => {
      await write({ act: 'logged-on' })
      for (const [name, label] of [
        ['from', 'From'],
        ['to', 'To'],
      ] as const) {
        const { status, body } = await maya.get(`/riverside/audit?${new URLSearchParams({ [name]: typed })}`)
        expect([status, rowsOf(body)]).toEqual([422, []])
        expect(body).toContain(`<a href="#${name}">${label} must be a real date, like 3/12/2026</a>`)
        expect(new RegExp(`<input id="${name}"[^>]*>`).exec(body)?.[0]).toMatch(`type="text" value="${typed}"`)
        expect(textOf(body)).not.toContain('Nothing matches')
        const file = await maya.get(`/riverside/audit/csv?${new URLSearchParams({ [name]: typed })}`)
        expect(file.location).toBe(`/riverside/audit?${new URLSearchParams({ [name]: typed })}`)
      }
    },
  )

  it('shows fifty rows a page, and each row once', async () => {
    const many = Array.from({ length: 120 }, () => write({ act: 'logged-on', byStaff: sam.id }))
    await Promise.all(many)
    const counts: number[] = []
    let address: string | undefined = '/riverside/audit'
    while (address) {
      const { body }: { body: string } = await maya.get(address)
      counts.push(rowsOf(body).length)
      address = /href="([^"]*)">Older</.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(counts).toEqual([50, 50, 20])
  })

  it('is of this clinic only', async () => {
    await write({ act: 'logged-on', byStaff: sam.id })
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const other = await aStaffMember({ clinicId: hillside.id, role: 'manager' })
    const abroad = await loggedOn({ clinicId: hillside.id, staffId: other.id })
    expect(rowsOf((await abroad.get(`/hillside/audit?who=${sam.id}`)).body)).toEqual([])
    expect((await abroad.get(`/hillside/audit?of=patient-${janet.id}`)).body).not.toContain('Janet')
    expect(textOf((await abroad.get('/hillside/audit?whose=okoro')).body)).toContain('Nothing matches')
  })

  it('has words for every act', () => {
    expect(acts.filter((act) => !actLabels[act])).toEqual([])
  })
})

describe('whose it is', () => {
  const linksIn = (html: string) =>
    [...html.matchAll(/href="[^"]*[?&;]of=((?:patient|staff)-\w+)[^"]*">([^<]+)</g)].map(([, , name]) => name)

  it('is asked when several people are called so: each is one choice, archived ones and staff too', async () => {
    await aPatient({ clinicId, firstName: 'Sam', lastName: 'Hall', archivedAt: 1 })
    await aPatient({ clinicId, firstName: 'Sam', lastName: 'Reed', dateOfBirth: null })
    await write({ act: 'patient-changed', byStaff: sam.id, ofPatient: janet.id })
    const { body } = await maya.get('/riverside/audit?whose=sam')
    expect(linksIn(body)).toEqual(['Sam Okoro', 'Sam Hall', 'Sam Reed'])
    expect(textOf(body)).toMatch(/Who is meant\?.*Sam Okoro staff.*Sam Hall born 3 May 1951.*Sam Reed patient/)
    expect(rowsOf(body)).toEqual([])
  })

  it('is remembered from page to page, by an id and not by a name', async () => {
    await Promise.all(Array.from({ length: 60 }, () => write({ act: 'patient-changed', ofPatient: janet.id })))
    const { body } = await maya.get('/riverside/audit?whose=hall')
    const older = /href="([^"]*)">Older</.exec(body)![1]!.replaceAll('&amp;', '&')
    expect(older).toContain(`of=patient-${janet.id}`)
    expect(rowsOf((await maya.get(older)).body)).toHaveLength(10)
  })

  it('is found as in the list of patients: by the beginnings of words, a date of birth or an address', async () => {
    await aPatient({ clinicId, firstName: 'Aoife', lastName: 'O’Brien', email: 'aoife@example.com' })
    await write({ act: 'patient-changed', ofPatient: janet.id })
    expect(await read('?whose=jan+hal')).toHaveLength(1)
    expect(await read('?whose=janet.hall@example.com')).toHaveLength(1)
    expect(linksIn((await maya.get('/riverside/audit?whose=3/5/1951')).body)).toHaveLength(2)
    expect((await maya.get('/riverside/audit?whose=o’brien')).body).not.toContain('Who is meant')
    expect(await read('?whose=anet')).toEqual([]) // inside a word: in no index
  })

  it('says that there are more when a name is too common', async () => {
    for (let index = 0; index < 12; index++) await aPatient({ clinicId, firstName: `Ann${index}`, lastName: 'Common' })
    const { body } = await maya.get('/riverside/audit?whose=common')
    expect(linksIn(body)).toHaveLength(10)
    expect(textOf(body)).toContain('There are more. Type more of the name.')
  })
})

describe('what a reader is told', () => {
  it.each([
    ['{"because":"wrong"}', 'the password was wrong'],
    ['{"fields":"lastName email","version":4}', 'changed: last name, email'],
    ['{"allowExisting":true,"allowNew":false}', 'existing patients may register: yes · new patients may register: no'],
    ['{"fields":"role","from":"reception","to":"manager"}', 'changed: role · from reception · to manager'],
    ['{"mail":"abc","kind":"access-link"}', 'Set-up link'],
    ['{"because":"role","room":"GET /:clinic/patients/:id/edit"}', 'the page is for others · /patients/…/edit'],
    ['{"rows":1200}', '1,200 rows'],
    ['{"by":"password"}', 'with a password'],
    ['{"by":"recovery-code"}', 'with a password and a recovery code'],
    ['{"by":"operator","role":"manager"}', 'as manager'],
    ['{"days":"2027-01-01 2027-03-26"}', 'on 1 January 2027, 26 March 2027'],
    ['{"from":"2027-03-03"}', 'from 3 March 2027'],
    [
      '{"absence":"abc","from":"2027-03-03T14:00+00:00","to":"2027-03-04T00:00+00:00"}',
      'from 3 March 2027 at 2:00pm · to 4 March 2027 at 12:00am',
    ],
    ['{"type":"abc","name":"Blood test"}', '“Blood test”'],
    ['{"fields":"is_online notice_hours"}', 'changed: is online, notice hours'],
    ['{"again":true}', 'invited again'],
    ['{"required":false}', 'up to each of them'],
    ['{"left":3}', '3 left'],
    ['{"outcome":"taken"}', 'another record has it'],
    ['{"somethingNew":"some-code"}', 'something new: some code'],
    ['{}', ''],
  ])('of %s is "%s"', (detail, words) => {
    expect(detailInWords(detail)).toBe(words)
  })

  it('is who did it, also when that is nobody with a name', async () => {
    await write({ act: 'clinic-closed', detail: '{"by":"operator"}' })
    await write({ act: 'logon-refused', detail: '{"because":"wrong"}' })
    await write({ act: 'mail-abandoned', ofPatient: janet.id, detail: '{"kind":"access-link"}' })
    expect(await read()).toEqual([
      expect.stringMatching(/The diary Mail given up Failed Janet Hall Set-up link$/),
      expect.stringMatching(/Somebody not logged on Was refused at the door Refused the password was wrong$/),
      expect.stringMatching(/The operator Closed the clinic$/),
    ])
  })
})

describe('a long audit', () => {
  /** What SQLite says it will do. */
  const planOf = async (query: string) => {
    const { env: watching, work } = watched()
    const manager = (await env.DB.prepare("SELECT id FROM staff WHERE username = 'maya'").first<string>('id'))!
    await (await loggedOn({ clinicId, staffId: manager }, watching)).get(`/riverside/audit${query}`)
    const sql = work.trips.flat().findLast((text) => text.includes('by_staff_name'))!
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...sql.match(/\?/g)!.map(() => 1))
      .all<{ detail: string }>()
    return results.map(({ detail }) => detail)
  }

  it.each([
    ['', 'audit_by_time'],
    ['?who=SAM', 'audit_by_staff'],
    ['?who=patients', 'audit_by_patients'],
    ['?what=logged-on', 'audit_by_act'],
    ['?of=patient-JANET', 'audit_of_patient'],
    ['?of=staff-SAM', 'audit_of_staff'],
    ['?from=2026-10-25&to=2026-10-26', 'audit_by_moment'],
    ['?before=100', 'audit_by_time'],
  ])('is read by an index of its own with %s: no scan, no sorting', async (query, index) => {
    const plan = await planOf(query.replace('SAM', sam.id).replace('JANET', janet.id))
    expect(plan.join('\n')).toContain(index)
    expect(plan.filter((step) => /^SCAN|TEMP B-TREE/.test(step))).toEqual([])
  })

  const some = (...parts: string[]) => parts.map((part) => [part, ''])
  const together = [some('who=SAM', 'who=patients'), some('what=logged-on'), some('of=patient-JANET', 'of=staff-SAM')]
    .concat([some('from=2026-10-25&to=2026-10-26', 'from=2026-10-25', 'to=2026-10-26'), some('before=100')])
    .map((one) => [...new Set(one.flat())])
    .reduce<string[]>((all, parts) => all.flatMap((before) => parts.map((part) => `${before}&${part}`)), ['?'])
    .map((query) => query.replace('?&', '?').replace(/&+/g, '&'))

  it('is read in its order by an index, whatever is asked together: a page never sorts the audit of the clinic', async () => {
    const sorted: string[] = []
    for (const query of together) {
      const plan = await planOf(query.replaceAll('SAM', sam.id).replace('JANET', janet.id))
      const steps = plan.filter(
        (step) => /^SCAN|TEMP B-TREE/.test(step) || /^SEARCH audit .*audit_by_moment/.test(step),
      )
      sorted.push(...steps.map((step) => `${query}: ${step}`))
    }
    expect(together.length).toBe(144)
    expect(sorted).toEqual([])
  })

  it('finds a day in the middle of it by two steps in an index, also where rows came a little late', async () => {
    const at = Date.parse('2026-10-25T12:00:00Z')
    for (let hour = 0; hour < 30; hour++)
      await write({ act: 'logged-on', at: at + (hour - 15) * 3_600_000 + (hour % 2 ? 0 : 3_000_000) })
    expect(await read('?from=2026-10-25&to=2026-10-25')).toHaveLength(
      Array.from({ length: 30 }, (_row, hour) => at + (hour - 15) * 3_600_000 + (hour % 2 ? 0 : 3_000_000)).filter(
        (instant) => instant >= Date.parse('2026-10-24T23:00:00Z') && instant < Date.parse('2026-10-26T00:00:00Z'),
      ).length,
    )
  })
})

describe('the CSV file', () => {
  const download = (fields: Record<string, string> = {}, who = maya) =>
    who.post('/riverside/audit/csv', { current_password: goodPassword, ...fields })
  const exports = async () =>
    (
      await env.DB.prepare("SELECT detail FROM audit WHERE act = 'audit-exported'").all<{ detail: string }>()
    ).results.map(({ detail }) => JSON.parse(detail))

  it('G11 holds what the filters hold, under a fixed name, and its count is written down (H09)', async () => {
    await write({ act: 'patient-changed', byStaff: sam.id, ofPatient: janet.id, detail: '{"fields":"email"}' })
    await write({ act: 'logged-on', byStaff: sam.id })
    const answer = await download({ what: 'patient-changed' })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = answer.body.trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('"Sam Okoro","Changed the record","Janet Hall","Done","changed: email"')
    expect(await exports()).toEqual([{ rows: 1 }])
  })

  it('is of this clinic only (G05)', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const other = await aStaffMember({ clinicId: hillside.id, role: 'manager', password: goodPassword })
    await write({ act: 'logged-on', byStaff: sam.id })
    const abroad = await loggedOn({ clinicId: hillside.id, staffId: other.id })
    const { body } = await abroad.post('/hillside/audit/csv', { current_password: goodPassword, who: sam.id })
    expect(body.trim().split('\r\n')).toHaveLength(1)
  })

  it('G11 is not given without the password, and the filters stay in the form', async () => {
    const { status, body } = await download({ current_password: '', what: 'logged-on' })
    expect(status).toBe(422)
    expect(textOf(body)).toContain('Enter your current password')
    expect(body).toContain('<input type="hidden" name="what" value="logged-on"/>')
    expect(await exports()).toEqual([])
  })

  it('G11 is not given for a wrong password: it is counted like one at the door, and written down', async () => {
    for (let tries = 0; tries < 5; tries++)
      expect((await download({ current_password: 'a wild guess' })).status).toBe(422)
    expect((await download()).status).toBe(429)
    expect((await visitor().post('/riverside/logon', { identifier: 'maya', password: goodPassword })).status).toBe(429)
    expect(await read('?what=password-refused')).toHaveLength(6)
    expect(await exports()).toEqual([])
  })

  it('may be taken as often as it is needed: a right password is no try', async () => {
    for (let times = 0; times < 7; times++) expect((await download()).status).toBe(200)
    expect(await exports()).toHaveLength(7)
  })

  it('is never of everybody when a name was typed: first it is chosen who is meant', async () => {
    const { status, location } = await download({ whose: 'hall' })
    expect([status, location]).toEqual([303, '/riverside/audit?whose=hall'])
    expect((await maya.get('/riverside/audit/csv?whose=hall')).location).toBe('/riverside/audit?whose=hall')
    expect(await exports()).toEqual([])
  })

  it('is asked for on a page that says what is in it', async () => {
    const { body } = await maya.get(`/riverside/audit/csv?of=patient-${janet.id}`)
    expect(textOf(body)).toContain('The file holds names of patients')
    expect(body).toContain(`name="of" value="patient-${janet.id}"`)
  })

  it.each([
    ['=1+1', `"'=1+1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['-2', `"'-2"`],
    ['O"Neill, Ada', '"O""Neill, Ada"'],
  ])('shows %s as text, never as a formula (H01)', (value, cell) => {
    expect(csvOf([[value]])).toBe(`\uFEFF${cell}\r\n`)
  })
})
