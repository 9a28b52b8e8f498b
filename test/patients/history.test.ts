/** The history of a record: who did what and when, in plain words. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditEntry } from '../../src/audit/audit-store.ts'
import { happened, whoDidIt } from '../../src/patients/history/history-words.ts'
import { database } from '../../src/web/database.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  loggedOn,
  type Visitor,
  visitor,
} from '../support/world.ts'
import { fieldsOf, wordsOf } from './reading.ts'

let clinicId: string
let samId: string
let sam: Visitor
let id: string

beforeEach(async () => {
  clinicId = (await aClinic()).id
  samId = (await aStaffMember({ clinicId, name: 'Sam Okoro' })).id
  sam = await loggedOn({ clinicId, staffId: samId })
  const janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  await anAccess(janet, { password: goodPassword })
  id = janet.id
})

const history = async (query = '', who = sam) =>
  wordsOf((await who.get(`/riverside/patients/${id}/history${query}`)).body)
/** What happened, from top to bottom. */
const acts = async (query = '') =>
  [...(await sam.get(`/riverside/patients/${id}/history${query}`)).body.matchAll(/<li><strong>([^<]*)/g)].map(
    ([, words]) => words,
  )

describe('the history of a record', () => {
  it('says that there is none yet', async () => {
    expect(await history()).toContain('Nothing has been written down about this record yet.')
  })

  it('tells who did what and when, the newest first, and never what a field held', async () => {
    const path = `/riverside/patients/${id}`
    const form = fieldsOf((await sam.get(`${path}/edit`)).body)
    await sam.post(`${path}/edit`, { ...form, mobile: '07700 900 982', notes: 'Likes tea' })
    await sam.post(`${path}/online-access/password`)
    await sam.post(`${path}/archiving`)
    await sam.post(`${path}/restoring`)
    expect(await acts()).toEqual([
      'Restored the record',
      'Archived the record, and stopped online access',
      'Generated a temporary password',
      'Changed mobile phone and notes',
    ])
    expect(await history()).toMatch(/Restored the record Sam Okoro, \d+ \w+ \d{4} at \d+:\d\d[ap]m/)
    expect(await history()).not.toContain('Likes tea')
  })

  it('tells of tries at the door, which nobody had a name for', async () => {
    await visitor().post('/riverside/logon', { identifier: 'janet.hall@example.com', password: 'not this one' })
    expect(await history()).toContain('Was refused at the door: wrong password Somebody who was not logged on')
  })

  it('goes back page by page to the beginning', async () => {
    const db = database(env)
    for (let n = 0; n < 30; n++) {
      await auditEntry(db, { clinicId, act: 'access-mailed', at: n, byStaff: samId, ofPatient: id })
    }
    const first = (await sam.get(`/riverside/patients/${id}/history`)).body
    const older = /<a href="([^"]+)">Older/.exec(first)![1]!
    expect(older).toMatch(/history\?before=\d+$/)
    const rest = older.slice(older.indexOf('?'))
    expect([(await acts()).length, (await acts(rest)).length]).toEqual([25, 5])
    expect(await history(rest)).toContain('Newest')
    expect(await history(rest)).not.toContain('Older')
    expect(await history('?before=1')).toContain('There is nothing older.')
  })

  it('is of this patient alone', async () => {
    const ben = await aPatient({ clinicId, firstName: 'Ben' })
    await sam.post(`/riverside/patients/${ben.id}/archiving`)
    expect(await acts()).toEqual([])
  })

  it('may be read by all staff, and not by those of another clinic', async () => {
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    expect(await history('', await loggedOn({ clinicId, staffId: priya.id }))).toContain('History')
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const maya = await aStaffMember({ clinicId: hillside.id, username: 'maya', role: 'manager' })
    const asMaya = await loggedOn({ clinicId: hillside.id, staffId: maya.id })
    expect((await asMaya.get(`/hillside/patients/${id}/history`)).status).toBe(404)
  })
})

describe('in words', () => {
  it.each([
    [
      'patient-changed',
      '{"fields":"firstName email notes","version":2}',
      'Changed first name, email address and notes',
    ],
    ['patient-changed', '{}', 'Changed the record'],
    ['logon-refused', '{"because":"too-many"}', 'Was refused at the door: too many tries'],
    ['patient-archived', '{"stopped":"active"}', 'Archived the record, and stopped online access'],
    ['a-new-act', '{}', 'a new act'],
  ])('%s with %s is: %s', (act, detail, words) => {
    expect(happened(act, detail)).toBe(words)
  })

  it.each([
    [{ act: 'patient-changed', byStaff: 'Sam Okoro', byPatient: null }, 'Sam Okoro'],
    [{ act: 'registration-completed', byStaff: null, byPatient: 'x' }, 'Janet Hall, online'],
    [{ act: 'logon-refused', byStaff: null, byPatient: null }, 'Somebody who was not logged on'],
    [{ act: 'mail-sent', byStaff: null, byPatient: null }, 'The diary'],
  ])('%j was done by: %s', (of, words) => {
    expect(whoDidIt(of, 'Janet Hall')).toBe(words)
  })
})
