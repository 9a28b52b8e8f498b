/** The seals and their copy: whatever is done to the audit behind its back is found, each with a verdict of its own (J08). */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Hashes, hashesOf } from '../../src/audit/seal.ts'
import { hashesBy, mostRows } from '../../src/audit/seal-store.ts'
import type { Checkpoint } from '../../src/audit/seal-verdict.ts'
import type { Bindings } from '../../src/environment.ts'
import { everyMinute } from '../../src/every-minute.ts'
import { type Audit, type AuditSeal, audit, auditSeal } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { watched } from '../support/counting.ts'
import { aClinic, aStaffMember, loggedOn, type Visitor } from '../support/world.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const minute = 60_000
const hour = 60 * minute
let clinicId: string
let maya: Visitor
let now: number

const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.])/g, '$1')
const check = async (query = '') => textOf((await maya.get(`/riverside/audit/check${query}`)).body)
const write = (act: string, of = clinicId) =>
  env.DB.prepare('INSERT INTO audit (clinic_id, at, act) VALUES (?, ?, ?)').bind(of, now, act).run()
const threeRows = async () => {
  for (const act of ['logged-on', 'patient-changed', 'logged-off']) await write(act)
}
function cron(environment: Bindings = env): Promise<void> {
  now += minute
  return everyMinute(environment, now)
}
const copy = () => env.SESSIONS.get<Checkpoint>(`audit-checkpoint:${clinicId}`, 'json')
const seals = () => database(env).select().from(auditSeal)
const count = (sql: string) => env.DB.prepare(sql).first<number>('c')

/** Somebody with the keys to the database. */
async function byHand(...statements: string[]) {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'",
  ).all<{ name: string }>()
  for (const { name } of results) await env.DB.prepare(`DROP TRIGGER ${name}`).run()
  for (const statement of statements) await env.DB.prepare(statement).run()
}

/** Three seals of three rows each: rows 1–3, 4–6, 7–9. */
beforeEach(async () => {
  now = start
  clinicId = (await aClinic()).id
  const manager = await aStaffMember({ clinicId, username: 'maya', role: 'manager' })
  maya = await loggedOn({ clinicId, staffId: manager.id })
  for (let round = 0; round < 3; round++) {
    await threeRows()
    await cron()
  }
})

describe('the seals', () => {
  it('are made each minute, and say that nothing was changed', async () => {
    expect((await seals()).map(({ n, count, format }) => [n, count, format])).toEqual([
      [1, 3, 2],
      [2, 3, 2],
      [3, 3, 2],
    ])
    expect(await check()).toContain('Nothing was changed: 9 rows are as written.')
    await write('logged-on')
    expect(await check()).toContain('1 new row is sealed within a minute.')
  })

  it('are made once, although eight clocks ring at once', async () => {
    await write('logged-on')
    await Promise.all(Array.from({ length: 8 }, () => cron()))
    expect(await seals()).toHaveLength(4)
    expect(await check()).toContain('Nothing was changed: 10 rows')
  })

  it('cannot be made by whoever knows everything that is in the database, and our source', async () => {
    const [first] = await seals()
    const rows = await database(env).select().from(audit)
    const guess = await hashesOf(first!, rows.slice(0, 3), null, await hashesBy(stranger))
    expect([guess.hash, guess.contents]).not.toContain(first!.hash)
    expect(await hashesOf(first!, rows.slice(0, 3), null, await hashesBy(env))).toEqual({
      hash: first!.hash,
      contents: first!.contents,
    })
  })

  it('of the older format stay checkable, and newer ones go on from them', async () => {
    await byHand('DELETE FROM audit_seal')
    await restamp(1, await hashesBy(env))
    await env.SESSIONS.delete(`audit-checkpoint:${clinicId}`)
    await threeRows()
    await cron()
    expect((await seals()).map(({ format }) => format)).toEqual([1, 1, 1, 2])
    expect(await check()).toContain('Nothing was changed: 12 rows')
  })

  it('of one clinic say nothing of another', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    await write('logged-on', hillside.id)
    await cron()
    await byHand(`UPDATE audit SET act = 'logged-off' WHERE clinic_id = '${hillside.id}'`)
    expect(await check()).toContain('Nothing was changed: 9 rows')
  })

  it.each([
    ["UPDATE audit_seal SET hash = 'x'"],
    ['UPDATE OR REPLACE audit_seal SET n = 2 WHERE n = 1'],
    ['DELETE FROM audit_seal'],
    ["REPLACE INTO audit_seal SELECT clinic_id, n, up_to_id, count, 'x', 1, 2, NULL FROM audit_seal WHERE n = 1"],
    [
      "INSERT OR REPLACE INTO audit_seal SELECT clinic_id, n, up_to_id, count, 'x', 1, 2, NULL FROM audit_seal WHERE n = 1",
    ],
    [
      "INSERT INTO audit_seal SELECT clinic_id, n, up_to_id, count, 'x', 1, 2, NULL FROM audit_seal WHERE n = 1 ON CONFLICT DO UPDATE SET hash = 'x'",
    ],
    ['UPDATE OR REPLACE audit SET id = 2 WHERE id = 1'],
    ["INSERT INTO audit (id, clinic_id, at, act) SELECT -1, clinic_id, 1, 'logged-off' FROM audit LIMIT 1"],
  ])('J08 and rows are append-only: %s', async (statement) => {
    await expect(env.DB.prepare(statement).run()).rejects.toThrow('audit_is_append_only')
  })
})

const stranger = { ...env, DIARY_SECRET: btoa('another secret of 32 bytes, or more') }

/** All seals anew over the rows as they are now, as whoever has these hashes would make them. */
async function restamp(format: 1 | 2, by: Hashes): Promise<void> {
  const db = database(env)
  const rows = await db.select().from(audit)
  let older: AuditSeal | null = null
  for (let n = 1; n * 3 <= rows.length; n++) {
    const behind: Audit[] = rows.slice(n * 3 - 3, n * 3)
    const head = { clinicId, n, upToId: behind.at(-1)!.id, count: 3, sealedAt: start, format }
    const seal: AuditSeal = { ...head, ...(await hashesOf(head, behind, older?.hash ?? null, by)) }
    await db.insert(auditSeal).values(seal)
    older = seal
  }
}

describe('a check finds, each with its own verdict,', () => {
  const swap = [
    'UPDATE audit SET id = 100 WHERE id = 4',
    'UPDATE audit SET id = 4 WHERE id = 5',
    'UPDATE audit SET id = 5 WHERE id = 100',
  ]
  it.each([
    [
      'edit: one letter',
      ["UPDATE audit SET act = 'logged-of' WHERE id = 6"],
      'A row or its seal was changed after it was written, behind seal 2 of 23 November 2026 at 9:02am',
    ],
    [
      'edit: the moment',
      ['UPDATE audit SET at = at + 1 WHERE id = 1'],
      'A row or its seal was changed after it was written, behind seal 1',
    ],
    [
      'insert',
      ["INSERT INTO audit (id, clinic_id, at, act) SELECT -1, clinic_id, 1, 'logged-on' FROM audit LIMIT 1"],
      'Rows were put in afterwards, behind seal 1',
    ],
    ['delete in the middle', ['DELETE FROM audit WHERE id = 5'], 'Rows were taken away, behind seal 2'],
    ['delete of the tail', ['DELETE FROM audit WHERE id > 7'], 'The newest rows were taken away, behind seal 3'],
    [
      'delete of the tail with its seal',
      ['DELETE FROM audit WHERE id > 6', 'DELETE FROM audit_seal WHERE n = 3'],
      'The newest rows were taken away, behind seal 3',
    ],
    [
      'delete of everything',
      ['DELETE FROM audit', 'DELETE FROM audit_seal'],
      'The newest rows were taken away, behind seal 3',
    ],
    ['swap', swap, 'Rows were put into another order, behind seal 2'],
    ['a seal taken away', ['DELETE FROM audit_seal WHERE n = 2'], 'A seal was taken away, behind seal 2'],
    [
      'a seal with another moment',
      ['UPDATE audit_seal SET sealed_at = 1 WHERE n = 2'],
      'A row or its seal was changed after it was written, behind seal 2',
    ],
    [
      'the newest seal written anew',
      ["UPDATE audit_seal SET hash = 'x' WHERE n = 3"],
      'The seals were written anew, behind seal 3',
    ],
    [
      'a seal in the older format behind newer ones',
      ['UPDATE audit_seal SET format = 1, contents = NULL WHERE n = 2'],
      'The seals were written anew, behind seal 2',
    ],
  ])('J08 %s', async (_words, statements, verdict) => {
    await newCopy()
    await byHand(...statements)
    expect(await check()).toContain(verdict)
  })

  it.each([
    ['in the format that needs no secret', 1, env],
    ['with another secret', 2, stranger],
  ] as const)('J08 full re-stamp after an edit, %s', async (_words, format, by) => {
    await newCopy()
    await byHand("UPDATE audit SET act = 'logged-off' WHERE id = 5", 'DELETE FROM audit_seal')
    await restamp(format, await hashesBy(by))
    expect(await check()).toContain('The seals were written anew, behind seal 3')
  })

  it('J08 full re-stamp with another secret also where there is no copy: no seal fits', async () => {
    await env.SESSIONS.delete(`audit-checkpoint:${clinicId}`)
    await byHand("UPDATE audit SET act = 'logged-off' WHERE id = 5", 'DELETE FROM audit_seal')
    await restamp(2, await hashesBy(stranger))
    expect(await check()).toContain('A row or its seal was changed after it was written, behind seal 1')
  })

  it('J08 no checkpoint: where KV holds none, or does not answer', async () => {
    await env.SESSIONS.delete(`audit-checkpoint:${clinicId}`)
    expect(await check()).toMatch(/Nothing was changed: 9 rows.*There is no checkpoint to compare with/)
    const { env: withoutKv } = watched({ kv: true })
    const browser = await loggedOn(
      { clinicId, staffId: (await env.DB.prepare('SELECT id FROM staff').first<string>('id'))! },
      withoutKv,
    )
    expect(textOf((await browser.get('/riverside/audit/check')).body)).toContain(
      'There is no checkpoint to compare with',
    )
  })
})

/** The copy reaches the newest seal. */
async function newCopy(): Promise<void> {
  now += hour
  await cron()
  expect(await copy()).toMatchObject({ n: 3 })
}

describe('the copy', () => {
  it('is made at the first seal and then each hour, and holds nothing but a number, a hash and a moment', async () => {
    const [first] = await seals()
    expect(await copy()).toEqual({ n: 1, hash: first!.hash, at: start + minute })
    await newCopy()
    expect(await check()).toContain('with seal 3, agrees')
    expect(Object.keys((await copy())!)).toEqual(['n', 'hash', 'at'])
  })

  it('is not written again while there is nothing new', async () => {
    await newCopy()
    const { env: watching, work } = watched()
    now += hour
    await cron(watching)
    expect(work.kv).toEqual([])
  })

  it('that KV does not take is tried again by the next minute', async () => {
    const { env: withoutKv } = watched({ kv: true })
    now += hour
    await cron(withoutKv)
    expect(await copy()).toMatchObject({ n: 1 })
    await cron()
    expect(await copy()).toMatchObject({ n: 3 })
  })

  it('stays as it is when the seals no longer agree with it: it is the evidence', async () => {
    await newCopy()
    const evidence = await copy()
    await byHand('DELETE FROM audit WHERE id > 3', 'DELETE FROM audit_seal WHERE n > 1')
    await threeRows()
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    now += hour
    await cron()
    expect(await copy()).toEqual(evidence)
    expect(log.mock.calls.flat().join()).toContain('no longer agree with their copy')
    log.mockRestore()
    expect(await check()).toContain('The newest rows were taken away, behind seal 3')
  })
})

describe('a long audit', () => {
  /** Rows by the thousand, sealed as the cron does. */
  async function manyRows(thousands: number) {
    const values =
      "SELECT ?1, ?2, 'logged-on' FROM (WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 1000) SELECT i FROM k)"
    for (let thousand = 0; thousand < thousands; thousand++)
      await env.DB.prepare(`INSERT INTO audit (clinic_id, at, act) ${values}`).bind(clinicId, now).run()
    while ((await count('SELECT count(*) AS c FROM audit WHERE id > (SELECT max(up_to_id) FROM audit_seal)'))! > 0)
      await cron()
  }
  const nextOf = (body: string) => /href="([^"]*after=[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')

  it('is checked a stretch at a time, and says how far it came', { timeout: 60_000 }, async () => {
    await manyRows(12)
    const first = await maya.get('/riverside/audit/check')
    expect(textOf(first.body)).toMatch(/Checked up to seal \d+ of 27: 4,\d+ rows are as written/)
    let body = first.body
    let steps = 1
    for (let next = nextOf(body); next; next = nextOf(body), steps++) ({ body } = await maya.get(next))
    expect(steps).toBe(3)
    expect(textOf(body)).toContain('Nothing was changed: 12,009 rows are as written.')
  })

  it('never has more rows read than one stretch holds', { timeout: 60_000 }, async () => {
    await manyRows(6)
    const { env: watching, work } = watched()
    const manager = (await env.DB.prepare("SELECT id FROM staff WHERE username = 'maya'").first<string>('id'))!
    await (await loggedOn({ clinicId, staffId: manager }, watching)).get('/riverside/audit/check')
    const limits = work.trips.flat().filter((sql) => /from "audit(_seal)?"/.test(sql))
    expect(limits.length).toBeGreaterThan(3)
    expect(limits.every((sql) => /limit \?|"n" = \?/.test(sql))).toBe(true)
    expect(mostRows).toBeLessThanOrEqual(5_000)
  })

  it('finds a fault in a later stretch', { timeout: 60_000 }, async () => {
    await manyRows(7)
    await byHand("UPDATE audit SET act = 'logged-off' WHERE id = 6500")
    const first = await maya.get('/riverside/audit/check')
    expect(textOf((await maya.get(nextOf(first.body)!)).body)).toContain(
      'A row or its seal was changed after it was written',
    )
  })

  it('in which more was put behind one seal than it can hold says so', { timeout: 60_000 }, async () => {
    await manyRows(1)
    await byHand(
      `INSERT INTO audit (id, clinic_id, at, act) SELECT -i, '${clinicId}', 1, 'logged-on' FROM
       (WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 6000) SELECT i FROM k)`,
    )
    expect(await check()).toContain('Rows were put in afterwards, behind seal 1')
  })
})
