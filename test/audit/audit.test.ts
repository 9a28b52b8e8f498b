/** The audit: every act is written with its change, read by who, what, whose and when, and checked by its seals. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { acts } from '../../src/audit/audit-store.ts'
import { actLabels } from '../../src/audit/audit-words.ts'
import { csvOf } from '../../src/audit/csv.ts'
import { everyMinute } from '../../src/every-minute.ts'
import type { Patient, Staff } from '../../src/schema.ts'
import { aClinic, aPatient, aStaffMember, goodPassword, loggedOn, type Visitor, visitor } from '../support/world.ts'

let clinicId: string
let maya: Visitor
let sam: Staff
let janet: Patient

beforeEach(async () => {
  clinicId = (await aClinic()).id
  const manager = await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager' })
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
    expect(await read('?from=yesterday')).toHaveLength(4)
  })

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
    expect((await abroad.get('/hillside/audit/csv')).body).not.toContain('Sam Okoro')
  })

  it('has words for every act', () => {
    expect(acts.filter((act) => !actLabels[act])).toEqual([])
  })
})

describe('the CSV file', () => {
  it('holds what the filters hold, under a fixed name (H09)', async () => {
    await write({ act: 'patient-changed', byStaff: sam.id, ofPatient: janet.id, detail: '{"fields":"email"}' })
    await write({ act: 'logged-on', byStaff: sam.id })
    const answer = await maya.get('/riverside/audit/csv?what=patient-changed')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = answer.body.trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain('"Sam Okoro","Changed the record","Janet Hall","fields: email"')
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

describe('the seals', () => {
  const check = async () => textOf((await maya.get('/riverside/audit/check')).body)
  const byHand = async (...statements: string[]) => {
    for (const name of [
      'audit_is_never_changed',
      'audit_is_never_deleted',
      'audit_seal_is_never_changed',
      'audit_seal_is_never_deleted',
    ])
      await env.DB.prepare(`DROP TRIGGER ${name}`).run() // somebody with the keys to the database
    for (const statement of statements) await env.DB.prepare(statement).run()
  }

  beforeEach(async () => {
    for (let minute = 0; minute < 3; minute++) {
      for (const act of ['logged-on', 'patient-changed', 'logged-off']) await write({ act, byStaff: sam.id })
      await everyMinute(env, Date.now())
    }
  })

  it('are made each minute, and say that nothing was changed', async () => {
    expect(await env.DB.prepare('SELECT count(*) AS c FROM audit_seal').first('c')).toBe(3)
    expect(await check()).toContain('Nothing was changed: 9 rows are as written.')
    await write({ act: 'logged-on' })
    expect(await check()).toContain('1 new ones are sealed within a minute')
  })

  it('are made once, although two clocks ring at once', async () => {
    await write({ act: 'logged-on' })
    await Promise.all(Array.from({ length: 8 }, () => everyMinute(env, Date.now())))
    expect(await env.DB.prepare('SELECT count(*) AS c FROM audit_seal').first('c')).toBe(4)
    expect(await check()).toContain('Nothing was changed: 10 rows')
  })

  it.each([
    [
      'a row that was edited',
      ["UPDATE audit SET act = 'logged-off' WHERE id = 5"],
      'A row was changed after it was written, behind seal 2',
    ],
    ['a row that was taken away', ['DELETE FROM audit WHERE id = 5'], 'Rows were taken away, behind seal 2'],
    ['the newest rows taken away', ['DELETE FROM audit WHERE id > 7'], 'Rows were taken away, behind seal 3'],
    [
      'two rows that changed places',
      [
        'UPDATE audit SET id = 100 WHERE id = 4',
        'UPDATE audit SET id = 4 WHERE id = 5',
        'UPDATE audit SET id = 5 WHERE id = 100',
      ],
      'A row was changed after it was written, behind seal 2',
    ],
    ['a seal that was taken away', ['DELETE FROM audit_seal WHERE n = 2'], 'A seal was taken away, behind seal 2'],
    [
      'a seal that was written anew',
      ["UPDATE audit_seal SET hash = 'x' WHERE n = 1"],
      'A row was changed after it was written, behind seal 1',
    ],
  ])('show %s (J08)', async (_words, statements, verdict) => {
    await byHand(...statements)
    expect(await check()).toContain(verdict)
  })

  it.each([
    ["UPDATE audit_seal SET hash = 'x'"],
    ['DELETE FROM audit_seal'],
    ["REPLACE INTO audit_seal SELECT clinic_id, n, up_to_id, count, 'x', 1 FROM audit_seal WHERE n = 1"],
  ])('cannot be changed themselves: %s', async (statement) => {
    await expect(env.DB.prepare(statement).run()).rejects.toThrow('audit_is_append_only')
  })
})
