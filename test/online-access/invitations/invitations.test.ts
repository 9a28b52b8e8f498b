/** Invitations with a state: the mails, who never logged on, whose link ran out, and inviting them again. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { wayInWords } from '../../../src/online-access/invitations/invitation.ts'
import { mail as mails, type Patient } from '../../../src/schema.ts'
import { database } from '../../../src/web/database.ts'
import { newId } from '../../../src/web/random.ts'
import { another } from '../../acceptance/doing.ts'
import { watched } from '../../support/counting.ts'
import { inFrontOf } from '../../support/unsteady-database.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  type Visitor,
  visitor,
} from '../../support/world.ts'

const minute = 60_000
const hour = 60 * minute
let clinicId: string
let janet: Patient
let samsId: string
let sam: Visitor

beforeEach(async () => {
  clinicId = (await aClinic()).id
  janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  samsId = (await aStaffMember({ clinicId, name: 'Sam Okoro' })).id
  sam = await loggedOn({ clinicId, staffId: samsId })
})

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const page = async (path = '', who = sam) => textOf((await who.get(`/riverside/invitations${path}`)).body)
const again = (...patients: string[]) => sam.post('/riverside/invitations/again', { patients: patients.join(' ') })
const openLinks = () =>
  env.DB.prepare('SELECT count(*) AS c FROM one_time_link WHERE ended_at IS NULL AND used_at IS NULL').first('c')

/** A mail as the outbox has it, sent an hour ago unless said otherwise. */
async function aMail(given: Partial<typeof mails.$inferInsert> = {}): Promise<string> {
  const createdAt = Date.now() - hour
  const row = {
    ...{ id: newId(), clinicId, kind: 'access-link', toAddress: 'janet.hall@example.com', patientId: janet.id },
    ...{ byStaff: samsId, state: 'sent' as const, createdAt, sentAt: createdAt, nextAttemptAt: createdAt, attempts: 1 },
    ...given,
  }
  await database(env).insert(mails).values(row)
  return row.id
}

const abandoned = { state: 'abandoned', failure: 'refused', sentAt: null } as const
const failed = {
  state: 'queued' as const,
  failure: 'no-answer',
  sentAt: null,
  nextAttemptAt: Date.now() + 5 * minute + 1000,
}
const queued = { state: 'queued', sentAt: null, attempts: 0 } as const

/** Somebody who was invited and never came. */
async function anInvited(firstName: string, since = Date.now()) {
  const patient = await aPatient({ clinicId, firstName, email: `${firstName.toLowerCase()}@example.com` })
  await anAccess(patient, { since })
  return patient
}

describe('the mails', () => {
  it('say who got what, where, when, by whom, how far it is and why, in plain words', async () => {
    await anAccess(janet)
    await aMail()
    expect(await page()).toMatch(
      /Set-up link for Janet Hall , to janet\.hall@example\.com .+ by Sam Okoro\. Sent 1 hour ago/,
    )
  })

  it.each([
    ['queued', queued, 'Waiting to be sent'],
    ['failed', failed, 'Not sent yet: the mail service did not answer. The next try is in 5 minutes'],
    ['sent', {}, 'Sent 1 hour ago'],
    ['abandoned', abandoned, 'Not sent, and given up: the mail service refused this address'],
  ] as const)('that are %s are found by that, in the words of the patient’s panel', async (state, given, words) => {
    await aMail(given)
    const others = { queued: aMail(queued), failed: aMail(failed), sent: aMail(), abandoned: aMail(abandoned) }
    await Promise.all(Object.values(others))
    await env.DB.prepare('DELETE FROM mail WHERE id NOT IN (SELECT min(id) FROM mail GROUP BY state, failure)').run()
    const found = await page(`?state=${state}`)
    expect(found.match(/Set-up link for/g)).toHaveLength(1)
    expect(found).toContain(words)
    expect(textOf((await sam.get(`/riverside/patients/${janet.id}/online-access`)).body)).toContain(words)
  })

  it('that nobody of the staff sent say so, and those without a record name the address only', async () => {
    await aMail({ byStaff: null, patientId: null, kind: 'registration-link', toAddress: 'new@example.com' })
    expect(await page()).toMatch(/Registration link , to new@example\.com .+ by the diary itself\./)
    expect(await page()).not.toContain('Send a new link')
  })

  it('are told to be none, all in all and for each state', async () => {
    expect(await page()).toContain('No access mail was sent in the last 30 days.')
    expect(await page('?state=queued')).toContain('No mail is “Queued”.')
    expect(await page('?state=abandoned')).toContain('No mail was given up in the last 30 days.')
  })

  it('come a page at a time, without gaps when several have the same instant', async () => {
    const createdAt = Date.now() - hour
    for (let index = 0; index < 60; index++) {
      await aMail({ createdAt, toAddress: `mail-${index}@example.com`, patientId: null })
    }
    const seen: string[] = []
    let next: string | undefined = '/riverside/invitations'
    for (let pages = 0; next && pages < 5; pages++) {
      const { body } = await sam.get(next)
      seen.push(...[...body.matchAll(/to (mail-\d+@example\.com)/g)].map(([, to]) => to!))
      next = /href="([^"]+)">Next page/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(60)
    expect(new Set(seen).size).toBe(60)
  })
})

describe('a mail that was given up', () => {
  it('is counted in the navigation of the reception, and on the day, until somebody has dealt with it', async () => {
    await anAccess(janet)
    const id = await aMail({ ...abandoned, kind: 'password-changed' })
    const nav = async () => textOf((await sam.get('/riverside/patients')).body)
    expect(await nav()).toContain('Invitations 1 not delivered')
    expect(await page()).toContain('1 mail was given up, and nobody has dealt with it yet.')
    expect(textOf((await sam.get('/riverside/diary/2026-11-25')).body)).toContain('could not be delivered')
    const answer = await sam.post(`/riverside/invitations/${id}/settlement`)
    expect(answer.location).toBe('/riverside/invitations?state=abandoned&settled=yes')
    expect(await page('?state=abandoned')).toContain('Dealt with.')
    expect(await nav()).not.toContain('not delivered')
    const priya = await aStaffMember({ clinicId, username: 'priya', role: 'practitioner' })
    const hers = await (await loggedOn({ clinicId, staffId: priya.id })).get('/riverside/patients')
    expect(textOf(hers.body)).not.toContain('Invitations')
  })

  it('is dealt with once, and not before it is given up', async () => {
    const id = await aMail(abandoned)
    await Promise.all(Array.from({ length: 5 }, () => sam.post(`/riverside/invitations/${id}/settlement`)))
    const rows = await env.DB.prepare("SELECT detail FROM audit WHERE act = 'mail-settled'").all<{ detail: string }>()
    expect(rows.results.map(({ detail }) => JSON.parse(detail))).toEqual([{ mail: id, kind: 'access-link' }])
    expect((await sam.post(`/riverside/invitations/${await aMail()}/settlement`)).status).toBe(404)
  })
})

describe('a new link', () => {
  beforeEach(async () => {
    await anAccess(janet)
  })

  it('ends the older one, deals with what was given up, and is in the audit', async () => {
    await sam.post(`/riverside/patients/${janet.id}/online-access/email`)
    const older = linkIn((await mailbox())[0])
    await env.DB.prepare(
      "UPDATE mail SET state = 'abandoned', failure = 'refused', created_at = created_at - 120000",
    ).run()
    expect(await page()).toContain('1 mail was given up')
    expect((await again(janet.id)).location).toBe('/riverside/invitations?invited=1')
    expect(await page('?invited=1')).toContain('1 invitation is on the way.')
    expect((await visitor().get(older)).status).toBe(404)
    const newer = linkIn((await mailbox())[0])
    expect((await visitor().post(newer, { new_password: goodPassword })).status).toBe(303)
    expect(await page()).not.toContain('given up, and nobody')
    const entry = await env.DB.prepare("SELECT by_staff, of_patient FROM audit WHERE detail LIKE '%again%'").first()
    expect(entry).toEqual({ by_staff: samsId, of_patient: janet.id })
  })

  it('takes back the mail that still waits with the older one', async () => {
    const waiting = await aMail({ ...failed, sealed: 'sealed' })
    await again(janet.id)
    const row = await env.DB.prepare('SELECT state, failure, sealed, settled_by FROM mail WHERE id = ?')
      .bind(waiting)
      .first()
    expect(row).toEqual({ state: 'abandoned', failure: 'superseded', sealed: null, settled_by: samsId })
    expect(await page('?state=abandoned')).toContain('given up: a newer link took its place. Dealt with.')
    expect(await mailbox()).toHaveLength(1)
  })

  it('goes out once a minute and five times a day, and says nothing else when it does not', async () => {
    for (let time = 0; time < 3; time++)
      expect((await again(janet.id)).location).toBe('/riverside/invitations?invited=1')
    expect(await mailbox()).toHaveLength(1)
    for (let time = 0; time < 8; time++) {
      await env.DB.prepare('UPDATE mail SET created_at = created_at - 61000').run()
      await again(janet.id)
    }
    expect(await mailbox()).toHaveLength(5)
    expect(await openLinks()).toBe(1)
  })

  it('asked for by ten at once is one mail', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => again(janet.id)))
    expect(answers.every(({ status }) => status === 303)).toBe(true)
    expect(await mailbox()).toHaveLength(1)
    expect(await openLinks()).toBe(1)
  })

  const run = (sql: string) => () => env.DB.prepare(sql).run()
  const meanwhiles: [words: string, change: () => Promise<unknown>, led: string, to: string[]][] = [
    [
      'stopped, it goes nowhere',
      run("UPDATE online_access SET state = 'inactive', email = NULL"),
      'invited=0&left=1',
      [],
    ],
    [
      'given another address, it goes to that one',
      run("UPDATE patient SET email = 'jan@example.com', email_canonical = 'jan@example.com'"),
      'invited=1',
      ['jan@example.com'],
    ],
    ['sent one by a colleague, it is not the second', () => aMail({ createdAt: Date.now() }), 'invited=1', []],
  ]
  it.each(meanwhiles)('for somebody who is at the same moment %s', async (_words, change, led, to) => {
    let batches = 0
    const DB = inFrontOf(env.DB, async (sql) => {
      if (sql === 'batch') batches += 1
      if (sql === 'batch' && batches === 2) await change() // it was read, and is about to be written
    })
    const browser = another(sam, { ...env, DB })
    const { location } = await browser.post('/riverside/invitations/again', { patients: janet.id })
    expect(location).toBe(`/riverside/invitations?${led}`)
    expect(batches, 'read, refused, and read again').toBeGreaterThan(2)
    expect((await mailbox()).map((mail) => mail.to)).toEqual(to)
  })

  it('is not made without its row in the audit', async () => {
    await env.DB.prepare(
      "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'audit_is_full'); END",
    ).run()
    expect((await again(janet.id)).status).toBe(503)
    expect([await openLinks(), await mailbox()]).toEqual([0, []])
  })

  it('waits where the mail service does not answer, and nobody is told otherwise', async () => {
    const MAILBOX = new Proxy(env.MAILBOX!, { get: () => () => Promise.reject(new Error('no answer')) })
    const lena = await loggedOn({ clinicId, staffId: samsId }, { ...env, MAILBOX })
    expect((await lena.post('/riverside/invitations/again', { patients: janet.id })).status).toBe(303)
    expect(await page('?state=failed')).toContain(
      'Not sent yet: the mail service did not answer. The next try is in 1 minute',
    )
  })
})

describe('who never logged on', () => {
  it('is everybody with access and no logon, with since when and what their way in is worth', async () => {
    await anInvited('Amara', Date.now() - 48 * hour)
    await anAccess(janet, { lastLogonAt: Date.now() })
    const ian = await aPatient({ clinicId, firstName: 'Ian', email: 'ian@example.com' })
    await anAccess(ian, { state: 'inactive' })
    const text = await page('/never')
    expect(text).toContain('Amara Hall')
    expect(text).toContain('No way to log on yet')
    expect(text).not.toMatch(/Ian Hall|Janet Hall/)
  })

  it('can be only the active or only the invited ones', async () => {
    await anInvited('Amara')
    await anAccess(janet, { state: 'invited' })
    expect(await page('/never?access=invited')).toMatch(/Janet Hall/)
    expect(await page('/never?access=invited')).not.toContain('Amara Hall')
    expect(await page('/never?access=active')).not.toContain('Janet Hall')
  })

  it('may be nobody', async () => {
    expect(await page('/never')).toContain('Everybody who was given access has logged on.')
  })

  it.each([
    [{ passwordKind: 'own', temporaryExpiresAt: null, linkUntil: null }, 'Has chosen a password'],
    [{ passwordKind: null, temporaryExpiresAt: null, linkUntil: 22 * hour }, 'Link expires in 22 hours'],
    [{ passwordKind: null, temporaryExpiresAt: null, linkUntil: -2 * hour }, 'Link expired 2 hours ago'],
    [
      { passwordKind: 'temporary', temporaryExpiresAt: 5 * hour, linkUntil: null },
      'Temporary password expires in 5 hours',
    ],
    [
      { passwordKind: 'temporary', temporaryExpiresAt: -hour, linkUntil: -hour },
      'Temporary password expired 1 hour ago',
    ],
    [{ passwordKind: null, temporaryExpiresAt: null, linkUntil: null }, 'No way to log on yet'],
  ] as const)('their way in is told: %j', (way, words) => {
    expect(wayInWords(way, 0)).toBe(words)
  })

  it('come a page at a time', async () => {
    for (let index = 0; index < 30; index++) await anInvited(`P${index}`, Date.now() - Math.floor(index / 10) * hour)
    const first = (await sam.get('/riverside/invitations/never')).body
    const next = /href="([^"]+)">Next page/.exec(first)![1]!
    const second = (await sam.get(next)).body
    const names = [...`${first}${second}`.matchAll(/>(P\d+) Hall</g)].map(([, name]) => name)
    expect(new Set(names).size).toBe(30)
  })
})

describe('expired invitations', () => {
  const runOut = () =>
    env.DB.prepare('UPDATE one_time_link SET expires_at = ?')
      .bind(Date.now() - 3 * hour)
      .run()

  it('are links that ran out unused, of patients who never came', async () => {
    await anAccess(janet)
    await again(janet.id)
    expect(await page('/expired')).toContain('No invitation has run out.')
    await runOut()
    expect(await page('/expired')).toMatch(/Janet Hall janet\.hall@example\.com Set-up link, sent by staff 3 hours ago/)
    await env.DB.prepare('UPDATE online_access SET last_logon_at = 1').run()
    expect(await page('/expired')).not.toContain('Janet Hall')
  })

  it('are those of an online registration too', async () => {
    await visitor().post('/riverside/register/existing', { email: 'janet.hall@example.com' })
    await runOut()
    expect(await page('/expired')).toContain('Registration link, asked for online')
  })

  it('are no longer there when a newer link was sent', async () => {
    await anAccess(janet)
    await again(janet.id)
    await runOut()
    await env.DB.prepare('UPDATE mail SET created_at = created_at - 61000').run()
    await again(janet.id)
    expect(await page('/expired')).not.toContain('Janet Hall')
  })
})

describe('inviting several again', () => {
  it('asks first, with the number, and names who cannot be invited and why', async () => {
    const amara = await anInvited('Amara')
    const ben = await anInvited('Ben')
    const ian = await aPatient({ clinicId, firstName: 'Ian', email: 'ian@example.com' })
    await anAccess(ian, { state: 'inactive' })
    const ask = await page(`/again?patient=${amara.id}&patient=${ben.id}&patient=${ian.id}`)
    expect(ask).toContain('Invite 2 patients again?')
    expect(ask).toContain('Ian Hall : online access is not active')
    expect(ask).toContain('Send 2 invitations')
    expect(await mailbox()).toEqual([])
    const answer = await again(amara.id, ben.id, ian.id)
    expect(answer.location).toBe('/riverside/invitations?invited=2&left=1')
    expect((await mailbox()).map(({ to }) => to).sort()).toEqual(['amara@example.com', 'ben@example.com'])
    const written = await env.DB.prepare("SELECT count(*) AS c FROM audit WHERE act = 'access-mailed'").first('c')
    expect(written).toBe(2)
  })

  it('says so when nobody is ticked', async () => {
    expect(await page('/again')).toContain('Nobody is ticked.')
    expect((await again()).location).toBe('/riverside/invitations?invited=0')
  })

  it('takes one page’s worth at most, in one transaction', async () => {
    const ids: string[] = []
    for (let index = 0; index < 30; index++) ids.push((await anInvited(`P${index}`)).id)
    const { env: environment, work } = watched()
    const lena = await loggedOn({ clinicId, staffId: samsId }, environment)
    work.trips.length = 0
    await lena.post('/riverside/invitations/again', { patients: ids.join(' ') })
    expect(await openLinks()).toBe(25)
    expect(work.trips.filter((sql) => sql.some((text) => /insert into "one_time_link"/.test(text)))).toHaveLength(1)
  })

  it('refuses whose address is on another record too, or whose record is archived', async () => {
    const amara = await anInvited('Amara')
    await aPatient({ clinicId, firstName: 'Luc', email: 'amara@example.com' })
    expect(await page(`/again?patient=${amara.id}`)).toContain('another record has the same email address')
    await env.DB.prepare('UPDATE patient SET archived_at = 1').run()
    expect((await again(amara.id)).location).toBe('/riverside/invitations?invited=0&left=1')
    expect(await mailbox()).toEqual([])
  })
})

describe('another clinic', () => {
  it('is not seen, not counted, and nobody of it is invited', async () => {
    const hillside = await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })
    const foreign = await aPatient({ clinicId: hillside.id, firstName: 'Fay', email: 'fay@example.com' })
    await anAccess(foreign)
    const id = await aMail({ ...abandoned, clinicId: hillside.id, patientId: foreign.id, byStaff: null })
    for (const path of ['', '/never', '/expired', `/again?patient=${foreign.id}`]) {
      const text = await page(path)
      expect(text).not.toMatch(/Fay|not delivered/)
    }
    await again(foreign.id)
    expect((await sam.post(`/riverside/invitations/${id}/settlement`)).status).toBe(404)
    expect([await mailbox(), await openLinks()]).toEqual([[], 0])
  })
})

describe('each page', () => {
  it.each(['', '?state=abandoned', '/never', '/expired', '/again?patient=x'])('%s is one round trip', async (path) => {
    const { env: environment, work } = watched()
    const lena = await loggedOn({ clinicId, staffId: samsId }, environment)
    await lena.get('/riverside/invitations')
    work.trips.length = 0
    expect((await lena.get(`/riverside/invitations${path}`)).status).toBe(200)
    expect(work.trips).toHaveLength(1)
  })

  it.each([
    ['', 'mail_of_clinic'],
    ['?before=x', 'mail_of_clinic'],
    ['?state=abandoned', 'mail_abandoned'],
    ['?state=failed', 'mail_on_its_way'],
    ['/never', 'online_access_never_in'],
    ['/never?after=x', 'online_access_never_in'],
    ['/expired', 'one_time_link_run_out'],
    ['/expired?after=x', 'one_time_link_run_out'],
  ])('%s is read by its index, in its order', async (path, index) => {
    const { env: environment, work } = watched()
    const lena = await loggedOn({ clinicId, staffId: samsId }, environment)
    await lena.get(`/riverside/invitations${path}`)
    const [session, list] = work.trips.at(-1)!
    const planOf = async (sql: string) =>
      (
        await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...Array.from({ length: sql.split('?').length - 1 }, () => 1))
          .all<{ detail: string }>()
      ).results
        .map(({ detail }) => detail)
        .join('\n')
    const plan = await planOf(list!)
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/USE TEMP B-TREE FOR ORDER BY|SCAN (?!.*CONSTANT)/)
    expect(await planOf(session!), 'the count in the navigation').toContain('mail_to_settle')
  })
})
