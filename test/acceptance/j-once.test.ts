/** The same form twice, at once or in turn; and two builds side by side, as during a deployment. */
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { changedSince, contents } from '../support/contents.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { type Answer, goodPassword, linkIn, mailbox, type Visitor, visitor } from '../support/world.ts'
import { type Act, acts } from './acts.ts'
import { addressOfAct, another, expectDone, ready, sendForm } from './doing.ts'
import { aNewTown, aTown, type Town } from './riverside.ts'

/**
 * Acts that are something new each time, by their nature: the tables in which the second one may leave something, and
 * what it is answered where that is not the same.
 */
const anew: Record<
  string,
  { because: string; tables?: string[]; status?: number; isElsewhere?: true; isCounted?: true }
> = {
  'a patient logs on': {
    because: 'each is a session of its own',
    isCounted: true,
    tables: ['session', 'audit', 'online_access'],
  },
  'staff log on': { because: 'each is a session of its own', isCounted: true, tables: ['session', 'audit', 'staff'] },
  'somebody has forgotten a password': { because: 'written down, not mailed again', tables: ['forgotten_password'] },
  'an existing patient asks to register': { because: 'written down, not mailed again', tables: ['registration'] },
  'an existing patient asks and must call': {
    because: 'written down, not mailed again',
    tables: ['registration', 'audit'],
  },
  'a new patient asks to register': { because: 'written down, not mailed again', tables: ['registration'] },
  'a password is set by link': { because: 'a link works once (D12)', status: 404 },
  'an existing patient registers': { because: 'a link works once (D12)', status: 404, tables: ['audit'] },
  'a new patient registers': { because: 'a link works once (D12)', status: 404, tables: ['audit'] },
  'a code is shown at the counter': {
    because: 'each code ends the one before',
    isElsewhere: true,
    tables: ['one_time_link', 'audit'],
  },
  'a code at the counter sets the access to active': {
    because: 'each code ends the one before',
    isElsewhere: true,
    tables: ['one_time_link', 'audit'],
  },
  'a patient changes the password': { because: 'each counts as a try until the first is done', isCounted: true },
  'staff change the password': { because: 'each counts as a try until the first is done', isCounted: true },
}

/** The hidden fields of the form on the page from which the act is done: what it was opened with, its id. */
async function hiddenFields(act: Act, town: Town, browser: Visitor): Promise<Record<string, string>> {
  const address = addressOfAct(act, town)
  for (const page of [
    address,
    address.replace(/\/[a-z-]+$/, ''),
    address.replace(/\/[a-z-]+\/[a-z-]+$/, ''),
    `${town.base}/registrations`,
  ]) {
    const { body } = await another(browser).get(page)
    const forms = body.match(/<form[^>]*>.*?<\/form>/gs) ?? []
    const form = forms.find(
      (html) =>
        html.includes(`action="${address}"`) || (page === address && /<form method="post"(?![^>]*action)/.test(html)),
    )
    if (!form) continue
    const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
    return Object.fromEntries(
      inputs.map(([, name, value]) => [name!, value!.replaceAll('&quot;', '"').replaceAll('&amp;', '&')]),
    )
  }
  return {}
}

/** The act as its page sends it, with every hidden field. */
async function formOf(act: Act, town: Town) {
  const browser = await ready(act, town)
  const hidden = act.as === 'nobody' ? {} : await hiddenFields(act, town, browser)
  return { browser, fields: { ...hidden, ...act.fields?.(town) } }
}

/** Status and place; a name that was made anew is the same for the same thing only. */
const told = ({ status, location }: Answer) => ({ status, location })

const mailsSent = async () => (await mailbox()).map(({ to, subject }) => `${to} ${subject}`).sort()

describe('the same form', { timeout: 60_000 }, () => {
  it.each(acts)('J05 twice, one after the other, has one effect: $is', async (act) => {
    const town = await aTown()
    const { browser, fields } = await formOf(act, town)
    const first = await sendForm(browser, act, town, fields)
    expectDone(first, act, town)
    const before = await contents()
    const mails = await mailsSent()
    const second = await sendForm(browser, act, town, fields)
    const { status, isElsewhere, tables = [] } = anew[act.is] ?? {}
    expect([act.is, second.status]).toEqual([act.is, status ?? first.status])
    if (!status && !isElsewhere) expect(samePlace(second, act, town)).toEqual(samePlace(first, act, town))
    expect([act.is, (await changedSince(before)).filter((table) => ![...tables, 'lockout'].includes(table))]).toEqual([
      act.is,
      [],
    ])
    expect(await mailsSent()).toEqual(mails)
  })

  it.each(acts)('J05 ten times at once has one effect: $is', async (act) => {
    const alone = await aTown()
    const once = await formOf(act, alone)
    expectDone(await sendForm(once.browser, act, alone, once.fields), act, alone)
    const counted = await counts()
    const mails = await mailsSent()

    const town = await aNewTown()
    const { browser, fields } = await formOf(act, town)
    const slow: Bindings = { ...env, DB: slowDatabase(env.DB, 5) }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sendForm(another(browser, slow), act, town, fields)),
    )
    const { status, isElsewhere, isCounted, tables = [] } = anew[act.is] ?? {}
    const done = answers.filter(
      (answer) => answer.status === (typeof act.to === 'object' && 'file' in act.to ? 200 : 303),
    )
    if (!isElsewhere) for (const answer of done) expectPlace(answer, act, town)
    if (isCounted) expect(answers.filter((answer) => ![303, 429].includes(answer.status))).toEqual([])
    else expect([act.is, done.length]).toEqual([act.is, status ? 1 : 10])
    expect(done.length).toBeGreaterThan(0)
    const after = await counts()
    for (const table of tables) after[table] = counted[table]!
    expect([act.is, after]).toEqual([act.is, counted])
    expect([act.is, await mailsSent()]).toEqual([act.is, mails])
  })
})

/** Where it leads; a repetition may say that it was so already. */
const already = /\?(done|notice)=[a-z-]+$/
const samePlace = (answer: Answer, _act: Act, _town: Town) => ({
  ...told(answer),
  location: answer.location?.replace(already, ''),
})
function expectPlace(answer: Answer, act: Act, town: Town) {
  if (typeof act.to === 'object' && 'file' in act.to) return
  const led = (answer.location ?? '').replace(town.base, '')
  const to = typeof act.to === 'string' ? act.to.replace(already, '') : act.to.source
  if (typeof act.to === 'string') expect([act.is, led.replace(already, '')]).toEqual([act.is, to])
  else expect(led.replace(already, '')).toMatch(new RegExp(to.replace(/\\\?done=.*$/, '')))
}

/** How many rows of each kind there are. Counters of tries count tries, and are no effect. */
async function counts(): Promise<Record<string, number>> {
  const all = Object.entries(await contents()).filter(([table]) => table !== 'lockout')
  return Object.fromEntries(all.map(([table, rows]) => [table, rows.length]))
}

describe('a form with the mark of an earlier page', () => {
  const later: Record<string, Record<string, string>> = {
    'a patient gets another address': { first_name: 'Somebody', last_name: 'Else' },
    'a staff account is changed': { name: 'Somebody Else', role: 'manager' },
    'the clinic gets another phone number': { phone: '01632 960 111' },
    'opening words are set': { opening_words: 'Other words.' },
    'a colour is chosen': { colour: '#123456' },
  }
  it.each(Object.keys(later))('J05 and other words in it is answered 409, and changes nothing: %s', async (is) => {
    const act = acts.find((each) => each.is === is)!
    const town = await aTown()
    const { browser, fields } = await formOf(act, town)
    expectDone(await sendForm(browser, act, town, fields), act, town)
    const before = await contents()
    const answer = await sendForm(browser, act, town, { ...fields, ...later[is] })
    expect([answer.status, await changedSince(before)]).toEqual([409, []])
  })
})

describe('the old and the new build side by side', { timeout: 60_000 }, () => {
  /** A build of its own: nothing in memory is shared, as between isolates. */
  async function aBuild(environment: Bindings = env): Promise<Visitor> {
    vi.resetModules()
    const world = await import('../support/world.ts')
    return new world.Visitor(environment) as Visitor
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
    'J06 a form of a page without any hidden field, as an older build drew it, still works: $is',
    async (act) => {
      const town = await aTown()
      const fields = Object.entries(act.fields?.(town) ?? {}).filter(
        ([name]) => !['form_id', 'opened_with'].includes(name),
      )
      expectDone(await sendForm(await ready(act, town), act, town, Object.fromEntries(fields)), act, town)
    },
  )

  it('J06 the database that the new build brings takes what the old one writes: columns are added, never taken', async () => {
    const { reset, applyD1Migrations } = await import('cloudflare:test')
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
    expect(visitor).toBeDefined()
  })
})
