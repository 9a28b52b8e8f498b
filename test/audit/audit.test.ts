/** The audit: every act is written with its change, read by who, what, whose and when, and checked by its seals. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { acts } from '../../src/audit/audit-store.ts'
import { actLabels } from '../../src/audit/audit-words.ts'
import { csvOf } from '../../src/audit/csv.ts'
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
