/** Two builds side by side on one database, as during a deployment: nothing is kept in memory that the other would miss. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { goodPassword, linkIn, mailbox, type Visitor } from '../support/world.ts'
import { acts } from './acts.ts'
import { doIt, expectDone } from './doing.ts'
import { aTown } from './riverside.ts'

describe('the old and the new build side by side', { timeout: 60_000 }, () => {
  /** A build of its own: nothing in memory is shared, as between isolates. */
  async function aBuild(): Promise<Visitor> {
    vi.resetModules()
    const world = await import('../support/world.ts')
    return new world.Visitor() as Visitor
  }

  /** One person's browser, whose requests are answered by one build and the other in turn. */
  async function inTurn() {
    const builds = [await aBuild(), await aBuild()]
    let turn = 0
    const next = () => {
      const [from, to] = [builds[turn % 2]!, builds[(turn + 1) % 2]!]
      to.cookies.clear()
      for (const [name, value] of from.cookies) to.cookies.set(name, value)
      turn += 1
      return to
    }
    return {
      get: (path: string) => next().get(path),
      post: (path: string, fields: Record<string, string>) => next().post(path, fields),
    }
  }

  it('J06 E13 a patient registers, logs on, changes the password and logs off, each request by the other build', async () => {
    const { at } = await aTown()
    const oliver = await inTurn()
    expect((await oliver.post('/riverside/register/existing', { email: `oliver@${at}` })).status).toBe(303)
    const link = linkIn((await mailbox()).find(({ to }) => to === `oliver@${at}`))
    expect((await oliver.get(link)).status).toBe(200)
    const born = { dob_day: '3', dob_month: '5', dob_year: '1951' }
    expect((await oliver.post(link, { ...born, new_password: goodPassword })).location).toBe(
      '/riverside?notice=registered',
    )
    const logon = await oliver.post('/riverside/logon', { identifier: `oliver@${at}`, password: goodPassword })
    expect(logon.location).toBe('/riverside/home')
    for (const page of ['/home', '/details', '/sessions', '/home'])
      expect((await oliver.get(`/riverside${page}`)).status).toBe(200)
    const change = { current_password: goodPassword, new_password: 'seven small hedgehogs' }
    expect((await oliver.post('/riverside/password', change)).location).toBe('/riverside/password?done=changed')
    expect((await oliver.get('/riverside/home')).status).toBe(200)
    expect((await oliver.post('/riverside/logoff', {})).status).toBe(303)
    expect((await oliver.get('/riverside/home')).status).toBe(303)
  })

  it('J06 staff give access, each request by the other build, and the patient comes in', async () => {
    const { at, patients } = await aTown()
    const sam = await inTurn()
    await sam.post('/riverside/logon', { identifier: 'sam', password: goodPassword })
    const panel = `/riverside/patients/${patients.without.id}/online-access`
    expect((await sam.post(`${panel}/activation`, {})).location).toBe(`${panel}?done=activated`)
    expect((await sam.post(`${panel}/password`, {})).location).toBe(panel)
    expect((await sam.post(`${panel}/email`, {})).location).toBe(`${panel}?done=password-sent`)
    const password = /Temporary password: (\S+)/.exec(
      (await mailbox()).find(({ to }) => to === `oliver@${at}`)!.text,
    )![1]!
    const oliver = await inTurn()
    const logon = await oliver.post('/riverside/logon', { identifier: `oliver@${at}`, password })
    expect(logon.location).toBe('/riverside/password')
    const change = { current_password: password, new_password: 'seven small hedgehogs' }
    expect((await oliver.post('/riverside/password', change)).location).toBe('/riverside/password?done=changed')
    expect((await oliver.get('/riverside/home')).status).toBe(200)
  })

  it.each(acts)(
    'J06 a form without the hidden fields that pages have today, as an older build drew it, works: $is',
    async (act) => {
      const town = await aTown()
      const fields = Object.entries(act.fields?.(town) ?? {}).filter(
        ([name]) => !['form_id', 'opened_with'].includes(name),
      )
      expectDone(await doIt({ ...act, fields: () => Object.fromEntries(fields) }, town), act, town)
    },
  )

  it('J06 the database that the new build brings takes what the old one writes: columns are added, never taken', async () => {
    await reset()
    const columnsOf = async () =>
      (
        await env.DB.prepare(
          "SELECT m.name AS t, c.name AS c, c.\"notnull\" AS needed, c.dflt_value AS d FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT GLOB '_cf_*'",
        ).all<{ t: string; c: string; needed: number; d: string | null }>()
      ).results
    let older: Awaited<ReturnType<typeof columnsOf>> = []
    for (let n = 1; n <= env.TEST_MIGRATIONS.length; n++) {
      await applyD1Migrations(env.DB, env.TEST_MIGRATIONS.slice(0, n))
      const newer = await columnsOf()
      const name = env.TEST_MIGRATIONS[n - 1]!.name
      const gone = older.filter(({ t, c }) => !newer.some((column) => column.t === t && column.c === c))
      expect([name, gone]).toEqual([name, []])
      const known = new Set(older.map(({ t }) => t))
      const wanting = newer.filter(
        ({ t, c, needed, d }) =>
          known.has(t) && needed && d === null && !older.some((column) => column.t === t && column.c === c),
      )
      expect([name, wanting]).toEqual([name, []])
      older = newer
    }
  })
})
