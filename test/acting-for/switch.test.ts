/** An account holder turns to a patient whom staff let them act for, and back (product.md §1); nobody else ever does. */
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllClaims } from '../../src/front-door/sessions/session-store.ts'
import { bookingForm, headingOf } from '../diary/booking/booking-world.ts'
import { aDiary, days, hours, minutes, nine } from '../diary/diary-world.ts'
import { wordsOf } from '../patients/reading.ts'
import { watched } from '../support/counting.ts'
import { aGrant, anAccess, aPatient, loggedOn, mailbox, type Visitor, visitor } from '../support/world.ts'
import { aFamily, asHannah, type Family, forToby, hannahsEmail, turnTo } from './family.ts'

let family: Family
let hannah: Visitor

beforeEach(async () => {
  vi.useFakeTimers({ now: nine - 2 * days, toFake: ['Date'] })
  family = await aFamily()
  hannah = await asHannah(family)
})
afterEach(() => {
  vi.useRealTimers()
})

const sessions = async () =>
  (await env.DB.prepare('SELECT * FROM session ORDER BY created_at').all<Record<string, unknown>>()).results
const tokenOf = (browser: Visitor) => browser.cookies.get('__Host-session')
const home = async (browser = hannah) => (await browser.get('/riverside/home')).body
const set = (sql: string, ...values: unknown[]) =>
  env.DB.prepare(sql)
    .bind(...values)
    .run()
const isOver = async (browser: Visitor) => {
  const answer = await browser.get('/riverside/home')
  expect(answer.body).not.toContain('Toby')
  return [answer.status, headingOf(answer)]
}
const over = [403, 'You can no longer act for this patient']

describe('what is booked for somebody', () => {
  it('is told to the holder, where the patient has no address of their own', async () => {
    const browser = await forToby(family)
    const booked = await browser.post('/riverside/book', bookingForm(family.diary, nine, { patient: family.toby.id }))
    expect([booked.status, booked.location]).toEqual([303, expect.stringContaining('?done=booked')])
    expect((await mailbox()).map(({ to, text }) => [to, /Dear \w+/.exec(text)?.[0]])).toEqual([
      [hannahsEmail, 'Dear Toby'],
    ])
  })
})

describe('turning to somebody', () => {
  it('is a list: oneself, and each patient for whom one may act', async () => {
    const { clinicId, hannah: holder, diary } = family
    const ella = await aPatient({ clinicId, firstName: 'Ella', lastName: 'Reed' })
    await aGrant({ clinicId, holderId: holder.id, patientId: ella.id, by: diary.priya })
    const words = wordsOf((await hannah.get('/riverside/acting-for')).body)
    expect(words).toContain('Hannah Reed Myself You are acting for yourself now')
    expect(words).toContain('Ella Reed Act for Ella Reed Toby Reed Act for Toby Reed')
    expect(words).not.toContain('Janet')
  })

  it('leads home, where every page says for whom one acts, and how to change that', async () => {
    expect(await turnTo(hannah, family.toby)).toMatchObject({ status: 303, location: '/riverside/home' })
    for (const page of ['home', 'appointments', 'book', 'details', 'password', 'sessions', 'passkeys', 'acting-for']) {
      const [, said = ''] = /<p class="acted-for">(.*?)<\/p>/s.exec((await hannah.get(`/riverside/${page}`)).body) ?? []
      expect([page, said.replace(/<[^>]+>/g, '')]).toEqual([page, 'Acting for Toby Reed Change who you are acting for'])
      expect(said).toContain('href="/riverside/acting-for"')
    }
  })

  it('goes back to oneself the same way', async () => {
    await turnTo(hannah, family.toby)
    await turnTo(hannah, family.hannah)
    expect(await home()).not.toContain('Acting for')
    expect(await home()).toContain('Hello Hannah')
  })

  it('goes on to where one wanted to be, if that is a room of patients', async () => {
    expect(await turnTo(hannah, family.toby, { next: '/riverside/book' })).toMatchObject({
      location: '/riverside/book',
    })
    expect(await turnTo(hannah, family.hannah, { next: '//evil.example' })).toMatchObject({
      location: '/riverside/home',
    })
  })

  it('is in the audit: who, for whom, and that they went back', async () => {
    await turnTo(hannah, family.toby)
    await turnTo(hannah, family.hannah)
    const rows = await env.DB.prepare(
      "SELECT by_patient, of_patient, detail FROM audit WHERE act = 'acting-switched' ORDER BY id",
    ).all()
    expect(rows.results).toEqual([
      { by_patient: family.hannah.id, of_patient: family.toby.id, detail: '{"to":"another"}' },
      { by_patient: family.hannah.id, of_patient: family.hannah.id, detail: '{"to":"oneself"}' },
    ])
  })

  it('changes nothing when one is there already: neither the session nor the audit', async () => {
    await turnTo(hannah, family.toby)
    const before = [await sessions(), tokenOf(hannah)]
    expect(await turnTo(hannah, family.toby)).toMatchObject({ status: 303, location: '/riverside/home' })
    expect([await sessions(), tokenOf(hannah)]).toEqual(before)
    expect(await env.DB.prepare("SELECT count(*) AS n FROM audit WHERE act = 'acting-switched'").first('n')).toBe(1)
  })
})

describe('the session', () => {
  it('is another one afterwards, with a token of its own; the old one has ended everywhere', async () => {
    const old = visitor()
    old.cookies.set('__Host-session', tokenOf(hannah)!)
    await turnTo(hannah, family.toby)
    expect(tokenOf(hannah)).not.toBe(tokenOf(old))
    expect((await old.get('/riverside/home')).location).toContain('/riverside?next=')
    expect(await sessions()).toHaveLength(1)
  })

  it('never says of one token two patients, whatever a browser sends along', async () => {
    const planted = tokenOf(hannah)!
    await turnTo(hannah, family.toby)
    hannah.cookies.set('__Host-session', planted)
    expect((await turnTo(hannah, family.toby)).location).toContain('/riverside?')
    expect(await sessions()).toHaveLength(1)
  })

  it('is as old as the one it came from: turning to and fro keeps nobody logged on', async () => {
    const [before] = await sessions()
    vi.setSystemTime(nine - 2 * days + 10 * hours)
    await turnTo(hannah, family.toby)
    const [after] = await sessions()
    expect(after).toMatchObject({
      created_at: before!.created_at,
      user_agent: before!.user_agent,
      patient_id: family.hannah.id,
    })
    expect(after!.last_seen_at).toBe(nine - 2 * days + 10 * hours)
    for (let day = 1; day < 30; day++) {
      vi.setSystemTime((before!.created_at as number) + day * days - 5 * hours)
      await set('UPDATE session SET last_seen_at = ?', Date.now())
      await turnTo(hannah, day % 2 ? family.hannah : family.toby)
    }
    expect((await hannah.get('/riverside/home')).status).toBe(200)
    vi.setSystemTime((before!.created_at as number) + 30 * days)
    expect((await hannah.get('/riverside/home')).status).toBe(303)
  })

  it('stays one of the holder’s: in their list, and ended from another browser', async () => {
    await turnTo(hannah, family.toby)
    const phone = await asHannah(family)
    expect(wordsOf((await phone.get('/riverside/sessions')).body)).toContain('Log off everywhere else')
    await phone.post('/riverside/sessions/ending')
    expect((await hannah.get('/riverside/home')).status).toBe(303)
  })

  it('works in an isolate that knows nothing, and while KV does not answer', async () => {
    await turnTo(hannah, family.toby)
    const { env: environment } = watched({ kv: true })
    const elsewhere = visitor(environment)
    elsewhere.cookies.set('__Host-session', tokenOf(hannah)!)
    forgetAllClaims()
    expect(await home(elsewhere)).toContain('Acting for')
    expect(await turnTo(elsewhere, family.hannah)).toMatchObject({ status: 303, location: '/riverside/home' })
    forgetAllClaims()
    expect(await home(elsewhere)).toContain('Hello Hannah')
  })

  it('that acts for nobody is told nothing of it, and asks D1 once a page, as ever', async () => {
    const { env: environment, work } = watched()
    const janet = await aPatient({ clinicId: family.clinicId, email: 'oliver.grant@example.com' })
    await anAccess(janet)
    const browser = await loggedOn({ clinicId: family.clinicId, patientId: janet.id }, environment)
    await home(browser) // and the clinic is kept
    work.trips.length = 0
    const body = await home(browser)
    expect(work.trips).toHaveLength(1)
    expect(body).not.toMatch(/acting|somebody else/i)
  })
})

describe('nobody', () => {
  const refused = async (patient: { id: string }, browser = hannah) => {
    const before = [await sessions(), tokenOf(browser)]
    const answer = await turnTo(browser, patient)
    expect([await sessions(), tokenOf(browser)]).toEqual(before)
    return answer.status
  }

  it('turns to a patient whom staff have not let them act for, or to nobody', async () => {
    expect(await refused({ id: family.diary.patientId })).toBe(404)
    expect(await refused({ id: '' })).toBe(404)
    expect(await refused({ id: 'no-such-patient' })).toBe(404)
  })

  it('turns to the holder the other way round', async () => {
    await set(
      "UPDATE patient SET email = 'toby@example.com', email_canonical = 'toby@example.com' WHERE id = ?",
      family.toby.id,
    )
    await anAccess({ ...family.toby, emailCanonical: 'toby@example.com' })
    const toby = await loggedOn({ clinicId: family.clinicId, patientId: family.toby.id })
    expect(await refused(family.hannah, toby)).toBe(404)
  })

  it('turns to a patient of another clinic, whatever has been granted there', async () => {
    const hillside = await aDiary({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const { clinicId, priya } = hillside
    const there = await aPatient({ clinicId, firstName: 'Hannah', lastName: 'Reed', email: hannahsEmail })
    await aGrant({ clinicId, holderId: there.id, patientId: hillside.patientId, by: priya })
    expect(await refused({ id: hillside.patientId })).toBe(404)
    expect((await hannah.post('/hillside/acting-for', { patient: family.toby.id })).location).toContain('/hillside')
  })

  it('turns to a patient once the grant has ended, run out, or the record is archived', async () => {
    await set('UPDATE acting_grant SET ended_at = ?', Date.now())
    expect(await refused(family.toby)).toBe(404)
    await set('UPDATE acting_grant SET ended_at = NULL, review_at = NULL, ends_at = ?', Date.now() + minutes)
    vi.setSystemTime(Date.now() + minutes)
    expect(await refused(family.toby)).toBe(404)
    await set('UPDATE acting_grant SET ends_at = NULL, review_at = 1')
    await set('UPDATE patient SET archived_at = 1 WHERE id = ?', family.toby.id)
    expect(await refused(family.toby)).toBe(404)
  })

  it('is stopped because a review is due: staff look at it, and it goes on', async () => {
    await set('UPDATE acting_grant SET review_at = 1')
    expect((await turnTo(hannah, family.toby)).status).toBe(303)
  })
})

describe('a grant that is over', () => {
  it('stops at the next request, with a calm page, and nothing of the patient on it', async () => {
    const browser = await forToby(family)
    await set('UPDATE acting_grant SET ended_at = ?', Date.now())
    for (const page of ['home', 'appointments', 'book', 'details', 'details/contact', 'password', 'sessions']) {
      const answer = await browser.get(`/riverside/${page}`)
      expect([page, answer.status, headingOf(answer)]).toEqual([page, ...over])
      expect(answer.body).not.toContain('Toby')
    }
  })

  it('stops when its time has come, by the clock', async () => {
    const endsAt = Date.now() + hours
    await set('UPDATE acting_grant SET review_at = NULL, ends_at = ?', endsAt)
    const browser = await forToby(family)
    vi.setSystemTime(endsAt - 1)
    expect((await browser.get('/riverside/home')).status).toBe(200)
    vi.setSystemTime(endsAt)
    expect(await isOver(browser)).toEqual(over)
  })

  it('stops when the patient’s record is archived', async () => {
    const browser = await forToby(family)
    await set('UPDATE patient SET archived_at = 1 WHERE id = ?', family.toby.id)
    expect(await isOver(browser)).toEqual(over)
  })

  it('lets the holder go on as themselves, with one button', async () => {
    const browser = await forToby(family)
    await set('UPDATE acting_grant SET ended_at = ?', Date.now())
    const { body } = await browser.get('/riverside/home')
    expect(body).toContain(`name="patient" value="${family.hannah.id}"`)
    expect(await turnTo(browser, family.toby)).toMatchObject({ status: 404 })
    expect(await turnTo(browser, family.hannah)).toMatchObject({ status: 303, location: '/riverside/home' })
    expect(await home(browser)).toContain('Hello Hannah')
  })
})

describe('a holder whose access is stopped', () => {
  it('loses everything at the next request, whoever they act for', async () => {
    const browser = await forToby(family)
    await set("UPDATE online_access SET state = 'inactive', email = NULL WHERE patient_id = ?", family.hannah.id)
    expect((await browser.get('/riverside/home')).location).toContain('/riverside?next=')
    expect((await turnTo(browser, family.hannah)).location).toContain('/riverside?')
  })
})
