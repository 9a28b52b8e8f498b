/** The same form twice: one after the other, ten times at once, and with other words under an earlier page's mark. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Bindings } from '../../src/environment.ts'
import { changedSince, contents } from '../support/contents.ts'
import { slowDatabase } from '../support/unsteady-database.ts'
import { type Answer, mailbox, type Visitor } from '../support/world.ts'
import { type Act, acts } from './acts.ts'
import { addressOfAct, another, expectDone, ready, sendForm } from './doing.ts'
import { exceptions, leavesNothing, type Outcome } from './once-exceptions.ts'
import { aNewTown, aTown, type Town } from './riverside.ts'

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
function outcomeOf({ status, location }: Answer, isElsewhere: boolean): Outcome {
  if (status !== 303) return status
  const led = location?.replace(/\?(done|notice)=[a-z-]+/, '') ?? ''
  return isElsewhere ? led.replace(/\/[a-z2-7]{16}$/, '') : led
}

/** In another town everything has another id. */
const unnamed = (outcome?: Outcome) =>
  typeof outcome === 'string' ? outcome.replace(/\b[a-z2-7]{16}\b/g, '<id>') : outcome

describe('the same form', { timeout: 60_000 }, () => {
  it('has no exception for an act that there is not', () => {
    const known = acts.map(({ is }) => is)
    expect([...Object.keys(exceptions), ...leavesNothing].filter((is) => !known.includes(is))).toEqual([])
  })

  it.each(acts)('J05 sent twice, or ten times at once, has one effect: $is', async (act) => {
    const { second, others = [], tables = [], isMailedAgain, isElsewhere = false } = exceptions[act.is] ?? {}
    const town = await aTown()
    const { browser, fields } = await formOf(act, town)
    const first = await sendForm(browser, act, town, fields)
    expectDone(first, act, town)
    const done = outcomeOf(first, isElsewhere)
    const [before, counted, mails] = [await contents(), await counts(), await mailsSent()]

    const again = await sendForm(browser, act, town, fields)
    expect([act.is, outcomeOf(again, isElsewhere)]).toEqual([act.is, second ?? done])
    const changed = await changedSince(before)
    expect([act.is, changed.filter((table) => ![...tables, 'lockout'].includes(table))]).toEqual([act.is, []])
    if (!isMailedAgain) expect(await mailsSent()).toEqual(mails)
    if (leavesNothing.has(act.is)) return

    const outcomes = (await tenAtOnce(act, await aNewTown())).map((answer) => outcomeOf(answer, isElsewhere))
    const expected = [done, second, ...others].map(unnamed)
    expect([act.is, outcomes.filter((each) => !expected.includes(unnamed(each)))]).toEqual([act.is, []])
    const led = outcomes.filter((each) => unnamed(each) === unnamed(done))
    expect([act.is, new Set(led).size]).toEqual([act.is, 1])
    const after = await counts()
    for (const table of tables) after[table] = counted[table]!
    expect([act.is, after]).toEqual([act.is, counted])
    if (!isMailedAgain) expect([act.is, await mailsSent()]).toEqual([act.is, mails])
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
