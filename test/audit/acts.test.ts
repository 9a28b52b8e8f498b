/**
 * Every act by its line in act-lines.ts: it gives exactly one row with who, what, whose, when and outcome (J07), in the
 * batch of its change, and without that row there is no change (J09).
 */
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { acts } from '../../src/audit/audit-store.ts'
import { actLabels } from '../../src/audit/audit-words.ts'
import { watched } from '../support/counting.ts'
import { nameOf, rooms } from '../support/site-map.ts'
import { sources } from '../support/sources.ts'
import type { Answer } from '../support/world.ts'
import { type Line, lines, unaudited } from './act-lines.ts'
import { type AuditRow, auditRows, contentsWithout, type Person, riverside, type World } from './act-world.ts'

vi.setConfig({ testTimeout: 30_000 }) // a hash is slow on purpose

const table = lines.map((line, index) => [`${index + 1}. ${line.act} by ${line.room}`, line] as const)
/** Where an act is only named, or a mail has the same name. */
const lists = [
  ...['audit/audit-store.ts', 'audit/audit-words.ts', 'audit/who.ts'],
  ...['mail/mail-kind.ts', 'diary/messages/appointment-mail.ts'],
]
const isMail = (act: string) => act.startsWith('mail-')

/** The id in a column that names staff, or one that names patients. */
function idOf(world: World, person: Line['by'] | Line['of'], column: 'staff' | 'patient') {
  const isStaff = person !== undefined && ['maya', 'sam', 'tom', 'new staff'].includes(person)
  if (!person || isStaff !== (column === 'staff')) return null
  return person in world.ids ? world.ids[person as Person] : expect.any(String)
}

describe('the lines', () => {
  it('are there for every act of the closed list that some part of the product does', () => {
    const isDone = (act: string) => sources.some(({ path, text }) => !lists.includes(path) && text.includes(`'${act}'`))
    const known = new Set<string>(lines.map(({ act }) => act))
    expect(acts.filter((act) => isDone(act) && !known.has(act))).toEqual([])
    expect(acts.length).toBeGreaterThan(30)
  })

  it('are of acts that have words', () => {
    expect(lines.filter(({ act }) => !actLabels[act])).toEqual([])
  })

  it('pass through every room that writes, but for those with a reason', () => {
    const writing = rooms()
      .map(nameOf)
      .filter((name) => name.startsWith('POST'))
    const covered = new Set([...lines.map(({ room }) => room), ...Object.keys(unaudited)])
    expect(writing.filter((name) => !covered.has(name))).toEqual([])
    expect(Object.keys(unaudited).filter((name) => !writing.includes(name))).toEqual([])
  })
})

/** Does what the line says. @returns the rows that the audit has since, without the mails that went out besides */
async function rowsOf(line: Line, world: World): Promise<AuditRow[]> {
  await line.first?.(world)
  const last = (await auditRows()).at(-1)?.id ?? 0
  await line.does(world)
  return (await auditRows(last)).filter(({ act }) => isMail(line.act) || !isMail(act))
}

describe('each act', () => {
  it.each(table)('J07 %s: one row says who, what, whose, when and outcome', async (_name, line) => {
    const world = await riverside()
    const before = Date.now()
    const rows = await rowsOf(line, world)
    const own = rows.filter(({ act }) => act === line.act)
    expect(rows.map(({ act }) => act).sort()).toEqual([line.act, ...(line.also ?? [])].sort())
    expect(own).toEqual([
      expect.objectContaining({
        ...{ by_staff: idOf(world, line.by, 'staff'), by_patient: idOf(world, line.by, 'patient') },
        ...{ of_staff: idOf(world, line.of, 'staff'), of_patient: idOf(world, line.of, 'patient') },
      }),
    ])
    expect(JSON.parse(own[0]!.detail)).toMatchObject(line.detail ?? {})
    expect(own[0]!.at).toBeGreaterThanOrEqual(before)
    expect(own[0]!.at).toBeLessThanOrEqual(Date.now() + 1000)
  })

  const inProduct = table.filter(([, { room }]) => room !== 'the operator')
  it.each(inProduct)('%s: is in the batch of its change, and nothing is changed beside it', async (_name, line) => {
    const { env: environment, work } = watched()
    const world = await riverside(environment)
    await line.first?.(world)
    work.trips.length = 0
    await line.does(world)
    const writing = work.trips.filter((sql) => sql.some((text) => isChange(text)))
    expect(writing.filter((sql) => !sql.some((text) => /^\s*insert into "?audit\b/i.test(text)))).toEqual([])
    expect(writing.length).toBeGreaterThan(0)
  })
})

/** Writes that are no act: counters, when somebody was last seen, what was asked and waits, what was claimed. */
const noAct = [
  /"?lockout\b/,
  /^update "session" set "last_seen_at"/,
  /^insert into "(registration|forgotten_password)"/,
  /^update "(registration|forgotten_password)" set "decided_at" = \?(, "outcome" = \?, "because" = \?)? where/,
  /^update "mail" set "state" = \?, "attempts" = "mail"."attempts" \+ 1/,
  /^update "one_time_link" set "tries"/,
  /"passkey_challenge"/,
]
const isChange = (sql: string) =>
  /^\s*(insert|update|delete|replace)\b/i.test(sql) && !noAct.some((one) => one.test(sql))

/** What was written down to be worked on, and how far it got: not the change itself. */
const waiting = ['registration', 'forgotten_password', 'mail']

describe('without its row in the audit', () => {
  it.each(table)('J09 %s: nothing is changed, and the answer is calm', async (_name, line) => {
    const world = await riverside()
    await line.first?.(world)
    await env.DB.prepare(
      `CREATE TRIGGER no_audit BEFORE INSERT ON audit WHEN NEW.act = '${line.act}'
       BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END`,
    ).run()
    const without = ['lockout', ...(line.later ? waiting : [])]
    const before = await contentsWithout(without)
    const answer = (await line.does(world).catch((error) => error)) as Answer | Error | undefined
    expect(await contentsWithout(without)).toEqual(before)
    expect(await unfinished()).toEqual([])
    if (line.room === 'the operator') expect(String(answer)).toContain('audit_is_full')
    else if (line.later) expect((answer as Answer | undefined)?.status ?? 303).toBe(303)
    else
      expect(answer).toMatchObject({ status: 503, body: expect.stringContaining('There is a problem with the diary') })
  })
})

/** What counts as done although the audit does not have it. */
const unfinished = async () =>
  (
    await env.DB.prepare(
      `SELECT 'mail' AS done FROM mail WHERE state IN ('sent', 'abandoned')
         AND id NOT IN (SELECT json_extract(detail, '$.mail') FROM audit WHERE act LIKE 'mail-%')
       UNION ALL SELECT 'registration' FROM registration WHERE decided_at IS NOT NULL
         AND id NOT IN (SELECT json_extract(detail, '$.registration') FROM audit WHERE act LIKE 'registration-%')`,
    ).all()
  ).results
