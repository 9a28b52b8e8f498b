/** The same form twice: one after the other, ten times at once, and with other words under an earlier page's mark. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { changedSince, contents } from '../support/contents.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { type Answer, mailbox, type Visitor } from '../support/world.ts'
import { type Act, acts } from './acts.ts'
import { addressOfAct, another, expectDone, ready, sendForm } from './doing.ts'
import { aNewTown, aTown, type Town } from './riverside.ts'

interface Exception {
  because: string
  /** What the second is answered, where that is not the same. */
  second?: number
  /** What some of ten at once may be answered besides. */
  others?: number[]
  /** In which the second may leave something. */
  tables?: string[]
  /** What is made anew has an address of its own. */
  isElsewhere?: true
}

/** Acts that are something new each time, by their nature, or are refused the second time. */
const exceptions: Record<string, Exception> = {
  'a patient logs on': {
    because: 'each is a session of its own',
    others: [429],
    tables: ['session', 'audit', 'online_access'],
  },
  'staff log on': { because: 'each is a session of its own', others: [429], tables: ['session', 'audit', 'staff'] },
  'somebody has forgotten a password': { because: 'written down, not mailed again', tables: ['forgotten_password'] },
  'an existing patient asks to register': { because: 'written down, not mailed again', tables: ['registration'] },
  'an existing patient asks and must call': {
    because: 'written down, not mailed again',
    tables: ['registration', 'audit'],
  },
  'a new patient asks to register': { because: 'written down, not mailed again', tables: ['registration'] },
  'a password is set by link': { because: 'a link works once (D12)', second: 404 },
  'an existing patient registers': { because: 'a link works once (D12)', second: 404, tables: ['audit'] },
  'a new patient registers': { because: 'a link works once (D12)', second: 404, tables: ['audit'] },
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
  'a patient changes the password': { because: 'each counts as a try until the first is done', others: [429] },
  'staff change the password': { because: 'each counts as a try until the first is done', others: [429] },
  'the audit is downloaded': {
    because: 'each file that leaves is written down (G11)',
    others: [429],
    tables: ['audit'],
  },
}

/** They show something, or put it into a cookie: ten at once of nothing are nothing. */
const leavesNothing = new Set([
  'somebody chooses dark',
  'words are looked at before they are saved',
  'the notice is looked at before it is saved',
  'a passkey is asked for',
  'a passkey is asked for after the password',
  'a passkey is begun',
  'an authenticator app is begun',
])

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
  const prepared = await act.prepare?.(town, browser)
  return { browser, fields: { ...hidden, ...act.fields?.(town), ...prepared } }
}

const mailsSent = async () => (await mailbox()).map(({ to, subject }) => `${to} ${subject}`).sort()

/** How many rows of each kind there are. Counters of tries count tries, and are no effect. */
async function counts(): Promise<Record<string, number>> {
  const all = Object.entries(await contents()).filter(([table]) => table !== 'lockout')
  return Object.fromEntries(all.map(([table, rows]) => [table, rows.length]))
}

/** Where it leads; a repetition may say that it was so already, and what was made anew has a name of its own. */
const placeOf = ({ location }: Answer, isElsewhere: boolean): string | undefined =>
  location?.replace(/\?(done|notice)=[a-z-]+$/, '').replace(isElsewhere ? /\/[a-z2-7]{16}$/ : '', '')

describe('the same form', { timeout: 60_000 }, () => {
  it.each(acts)('J05 sent twice, or ten times at once, has one effect: $is', async (act) => {
    const { second, others = [], tables = [], isElsewhere = false } = exceptions[act.is] ?? {}
    const town = await aTown()
    const { browser, fields } = await formOf(act, town)
    const first = await sendForm(browser, act, town, fields)
    expectDone(first, act, town)
    const [before, counted, mails] = [await contents(), await counts(), await mailsSent()]

    const again = await sendForm(browser, act, town, fields)
    expect([act.is, again.status]).toEqual([act.is, second ?? first.status])
    if (!second) expect(placeOf(again, isElsewhere)).toBe(placeOf(first, isElsewhere))
    const changed = await changedSince(before)
    expect([act.is, changed.filter((table) => ![...tables, 'lockout'].includes(table))]).toEqual([act.is, []])
    expect(await mailsSent()).toEqual(mails)
    if (leavesNothing.has(act.is)) return

    const other = await aNewTown()
    const answers = await tenAtOnce(act, other)
    const done = answers.filter(({ status }) => status === first.status)
    const refused = answers.map(({ status }) => status).filter((status) => status !== first.status)
    expect(refused.filter((status) => ![second, ...others].includes(status))).toEqual([])
    if (second) expect([act.is, done.length]).toEqual([act.is, 1])
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map((answer) => placeOf(answer, isElsewhere)))).toHaveProperty('size', 1)
    const after = await counts()
    for (const table of tables) after[table] = counted[table]!
    expect([act.is, after]).toEqual([act.is, counted])
    expect([act.is, await mailsSent()]).toEqual([act.is, mails])
  })
})

/** Ten clicks of one person, whose requests overlap in every way. */
async function tenAtOnce(act: Act, town: Town): Promise<Answer[]> {
  const { browser, fields } = await formOf(act, town)
  const slow: Bindings = { ...env, DB: slowDatabase(env.DB, 5) }
  return Promise.all(Array.from({ length: 10 }, () => sendForm(another(browser, slow), act, town, fields)))
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
