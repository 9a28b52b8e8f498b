/**
 * How each statement finds its rows. The whole product is walked through (every page, every act, a minute of the cron), and
 * what it really sends is asked for its plan: nothing scans a table of the clinics (performance.md "Growth").
 */
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { listenedTo, type Sent } from './support/sent-to-d1.ts'

/** Exported functions of the stores that were called on the way. */
const called = new Set<string>()
const stores = Object.keys(import.meta.glob('../src/**/*-store.ts', { query: '?raw', import: 'default', eager: true }))
const nameIn = (path: string) => path.replace('../src/', '')
const exported: string[] = []

for (const path of stores) {
  vi.doMock(path, async (original) => {
    const real = await original<Record<string, unknown>>()
    const heard = Object.entries(real).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value]
      exported.push(`${nameIn(path)}: ${name}`)
      const listening = (...given: unknown[]) => {
        called.add(`${nameIn(path)}: ${name}`)
        return value(...given)
      }
      return [name, listening]
    })
    return Object.fromEntries(heard)
  })
}

/** Stores whose statements are each looked at elsewhere, with the rows they read; those that are sent on the way, here too. */
const shownElsewhere: Record<string, string> = {
  'diary/appointments-store.ts': 'test/diary/rows-read.test.ts',
  'diary/booking-store.ts': 'test/diary/rows-read.test.ts',
  'diary/time/clinic-time-store.ts': 'test/diary/rows-read.test.ts',
  'diary/time/practitioner-store.ts': 'test/diary/rows-read.test.ts',
  'diary/time/time-store.ts': 'test/diary/rows-read.test.ts',
}

/** Sent only after a fault or a refusal, or of one row by its key: each is shown by the test of its own that is named. */
const notOnTheWay: Record<string, string> = {
  'acting-for/of-another-store.ts: patientOfAppointment': 'one appointment by its id: test/acting-for/two-tabs.test.ts',
  'clinic/privacy/privacy-store.ts: noticeByVersion': 'one notice by its version: test/clinic',
  'diary/messages/feed-store.ts: feedRows': 'behind a secret address: test/diary',
  'diary/messages/reminders-store.ts: markReminded': 'one appointment by its id: test/diary',
  'clinic/look/look-store.ts: lookFileByName': 'a file by its name: test/clinic',
  'front-door/links/one-time-link-store.ts: auditStopped':
    'five wrong dates of birth: test/registration/behind-the-link.test.ts',
  'front-door/links/one-time-link-store.ts: giveLinkTryBack': 'trouble of ours: test/acceptance/j-faults.test.ts',
  'front-door/lockout/lockout-store.ts: onDevice': 'no statement: a key',
  'front-door/sessions/session-store.ts: forgetAllClaims': 'no statement: for the tests',
  'front-door/sessions/session-store.ts: endOneOf':
    'one session by its hash: test/front-door/sessions/own-sessions.test.ts',
  'front-door/sessions/session-store.ts: markSeen': 'one session by its hash: test/front-door/sessions/session.test.ts',
  'mail/mail-store.ts: markAbandoned': 'one mail by its id: test/mail/redelivery.test.ts',
  'mail/mail-store.ts: markToRetry': 'one mail by its id: test/mail/redelivery.test.ts',
  'patients/merge/merge-store.ts: readdressAccess': 'one access by its key: test/patients/merge/access.test.ts',
  'registration/registration-store.ts: refuseUnmailed': 'one registration by its id: test/registration/asking.test.ts',
  'registration/registration-store.ts: sendToDesk':
    'one registration by its id: test/registration/behind-the-link.test.ts',
  'staff/staff-store.ts: staffByUsername': 'after a refused username: test/staff/accounts.test.ts',
}

/** Pages with what is asked of them. */
const asked = (id: string) => [
  ...['jan', 'jan hall', '3/5/1951', '27 3 2007', '01632 960', 'rv1 4ab', '@example.com'].map(
    (q) => `/patients?q=${q}`,
  ),
  `/patients?q=jan&after=${id}`,
  `/patients?after=${id}`,
  '/patients?access=active',
  `/patients?access=archived&q=jan&after=${id}`,
  `/patients/${id}/history?before=9`,
  '/registrations?q=R7K2',
  '/audit?who=patients&from=2026-01-01&to=2026-12-31&before=9',
  '/audit?what=logged-on',
  '/audit?whose=janet',
]

let sent: Sent[]

beforeAll(async () => {
  vi.resetModules()
  const { everyMinute } = await import('../src/every-minute.ts')
  const { acts } = await import('./acceptance/acts.ts')
  const { doIt, idFor, readerOf, another } = await import('./acceptance/doing.ts')
  const { aNewTown, entering } = await import('./acceptance/riverside.ts')
  const { goodPassword, Visitor } = await import('./support/world.ts')
  const { addressOf, rooms } = await import('./support/site-map.ts')
  const listened = listenedTo()
  sent = listened.sent
  let town = await aNewTown()
  for (const room of rooms().filter(({ method }) => method === 'GET')) {
    const address = addressOf(room.path, { clinic: town.slug, ...idFor(room, town) })
    const reader = await readerOf(address, town).catch(() => null) // a file that is not there has no reader
    if (reader) await another(reader, listened.env).get(address)
  }
  const manager = another(await entering(town, 'manager'), listened.env)
  for (const address of asked(town.patients.active.id)) {
    expect([address, (await manager.get(`${town.base}${address}`)).status]).toEqual([address, 200])
  }
  const halfway = { identifier: town.staff.practitioner.username, password: goodPassword }
  expect((await new Visitor(listened.env).post(`${town.base}/logon`, halfway)).location).toMatch(/second-factor$/)
  for (const act of acts) {
    town = await aNewTown()
    await doIt(act, town, listened.env)
    await everyMinute(listened.env, Date.now() + 3 * 60_000)
  }
}, 240_000)

/** Statements that read a table through, by a piece of each, with the reason. */
const scans: Record<string, string> = {
  'c USING COVERING INDEX sqlite_autoindex_clinic_1': 'the cron: whichever clinics have rows to seal',
  'registration USING INDEX registration_undecided':
    'the cron: what waits, in all clinics, by an index of nothing else',
  'oa USING INDEX sqlite_autoindex_online_access_2':
    'the half for patients, when staff are meant: its condition is false',
  'a USING INDEX appointment_to_remind': 'the cron: of whom to remind, in all clinics, by an index of nothing else',
  'forgotten_password USING INDEX forgotten_password_undecided': 'the cron: what waits, by an index of nothing else',
}

/** Steps that find rows by the clinic alone, so that their number could grow with it, with the reason why it does not. */
const byClinicAlone: Record<string, string> = {
  'staff USING': 'the staff of a clinic are few',
  'other USING': 'the staff of a clinic are few',
  'patient_count USING': 'five lines for each clinic',
  'look_file USING': 'a theme and a logo',
  'patient USING INDEX patient_not_archived': 'in the order of the page, which ends after 26',
  'mail USING INDEX mail_abandoned': 'mails that were given up: seldom, and swept after 30 days',
  'one_time_link USING INDEX one_time_link_at_counter': 'codes on the screens of the desk: an index of nothing else',
  'registration USING': 'swept after 30 days, and limited for each network',
  'audit USING INDEX audit_by_time': 'the audit itself, newest first, a page or a file of it',
  'audit_seal USING': 'the check reads every seal; the cron the newest',
  's USING PRIMARY KEY': 'the newest seal',
  's USING INDEX sqlite_autoindex_staff': 'the staff of a clinic are few',
  'm USING INDEX mail_to_settle': 'mails that were given up: an index of nothing else',
  'mail USING INDEX mail_to_settle': 'mails that were given up: an index of nothing else',
  'mail USING INDEX mail_of_clinic': 'in the order of the page, which ends',
  'online_access USING INDEX online_access_never_in': 'in the order of the page, which ends',
  'l USING INDEX one_time_link_run_out': 'in the order of the page, which ends',
  'o USING PRIMARY KEY': 'whether there is one: ends at the first',
  'd USING COVERING INDEX sqlite_autoindex_privacy_draft': 'one draft',
  'privacy_draft USING': 'one draft',
  'n USING INDEX sqlite_autoindex_privacy_notice': 'a few versions',
  'privacy_notice USING': 'a few versions',
  'booking_rules USING': 'one row',
  'r EXISTS USING': 'one row of booking rules',
  'appointment_type USING': 'the types of a clinic are few',
  'practitioner USING': 'the practitioners of a clinic are few',
  'working_hours USING': 'a week of each practitioner',
  'closed_day USING': 'a few days of each year, read when the timetable has changed',
  'r USING PRIMARY KEY': 'one line of rules',
  'p USING PRIMARY KEY': 'the practitioners of a clinic are few',
  'practitioner_type USING': 'the practitioners and types of a clinic are few',
  't USING PRIMARY KEY': 'the types of a clinic are few',
}

/** Names that stand for no table of the product: subqueries, JSON, our own WITH. */
const noTable = /^SCAN (\(|CONSTANT ROW|json_each|\d+-ROW VALUES|places|waits|part|rarest|seen|found|page|s( |$))/

let steps: { sql: string; step: string }[]

beforeAll(async () => {
  const bySql = new Map(sent.map((one) => [one.sql.replace(/\s+/g, ' '), one]))
  steps = []
  for (const [sql, { sql: exact, values }] of bySql) {
    if (/ and false\)/.test(sql)) continue // asked for none of nothing: no row is looked at
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${exact}`)
      .bind(...values)
      .all<{ detail: string }>()
    steps.push(...results.map(({ detail }) => ({ sql, step: detail })))
  }
})

const unexcused = (of: typeof steps, excuses: Record<string, string>) =>
  of
    .filter(({ step }) => !Object.keys(excuses).some((excuse) => step.includes(` ${excuse}`)))
    .map(({ sql, step }) => `${step}: ${sql.slice(0, 200)}`)

describe('every statement', () => {
  it('of every store was sent on the way', () => {
    const excused = (name: string) => name in notOnTheWay || name.split(':')[0]! in shownElsewhere
    expect(exported.filter((name) => !called.has(name) && !excused(name))).toEqual([])
    expect(exported.length).toBeGreaterThan(100)
  })

  it('finds its rows by an index, and scans no table of the clinics', () => {
    const scanning = steps.filter(({ step }) => step.startsWith('SCAN ') && !noTable.test(step))
    expect(unexcused(scanning, scans)).toEqual([])
    expect(steps.filter(({ step }) => step.startsWith('SEARCH ')).length).toBeGreaterThan(200)
  })

  it('finds them by more than the clinic, where they grow with it', () => {
    const wide = steps.filter(({ sql, step }) => /^SEARCH .*\(clinic_id=\?\)$/.test(step) && !isKeyCheck(sql, step))
    expect(unexcused(wide, byClinicAlone)).toEqual([])
  })
})

/** A deferred foreign key would be looked for when such a row is added; no key of ours is deferred, so it never is. */
const isKeyCheck = (sql: string, step: string) =>
  /^insert into "(patient|appointment_type)"/.test(sql) && / (appointment|acting_grant) /.test(step)
