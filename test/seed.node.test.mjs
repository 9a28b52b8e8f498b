/** The demo clinics (product.md §5), made as npm start makes them, and read from the files that the local D1 leaves. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { hillsideDiary, riversideDiary } from '../scripts/demo/diary.mjs'
import { fortnight, mondayOf } from '../scripts/demo/fortnight.mjs'
import { demoLogons, demoPassword } from '../scripts/demo/logons.mjs'
import { prepare, secretsFile } from '../scripts/local/data-folder.mjs'

const data = mkdtempSync(join(tmpdir(), 'clinic-diary-seed-'))
let db
const open = () => {
  const folder = join(data, 'v3/d1/miniflare-D1DatabaseObject')
  const [file] = readdirSync(folder).filter((name) => /^[0-9a-f]+\.sqlite$/.test(name))
  return new DatabaseSync(join(folder, file), { readOnly: true })
}
const all = (sql, ...values) =>
  db
    .prepare(sql)
    .all(...values)
    .map((row) => ({ ...row }))
const one = (sql, ...values) => Object.values(all(sql, ...values)[0] ?? {})[0]
const stateOf = (email) =>
  all(
    'SELECT state, a.email, password_kind FROM patient p LEFT JOIN online_access a ON a.patient_id = p.id WHERE p.email = ?',
    email,
  )

describe('the demo clinics', () => {
  before(async () => {
    await prepare(data)
    db = open()
  })
  after(() => {
    db?.close()
    rmSync(data, { recursive: true, force: true })
  })

  it('are Riverside, where everyone may register, and Hillside, where nobody may', () => {
    assert.deepEqual(
      all('SELECT slug, name, phone, timezone, allow_existing, allow_new FROM clinic ORDER BY slug DESC'),
      [
        {
          slug: 'riverside',
          name: 'Riverside Clinic',
          phone: '01632 960 001',
          timezone: 'Europe/London',
          allow_existing: 1,
          allow_new: 1,
        },
        {
          slug: 'hillside',
          name: 'Hillside Physiotherapy',
          phone: '01632 960 002',
          timezone: 'Europe/London',
          allow_existing: 0,
          allow_new: 0,
        },
      ],
    )
  })

  it('have a maya each, who are two people, and Tom without a password', () => {
    const people = all(`SELECT slug, username, role, staff.email, password_hash IS NOT NULL AS has_password
      FROM staff JOIN clinic ON clinic.id = clinic_id ORDER BY slug DESC, staff.created_at`)
    assert.deepEqual(
      people.map(({ slug, username, role, has_password }) => `${slug} ${username} ${role} ${has_password}`),
      [
        'riverside maya manager 1',
        'riverside sam reception 1',
        'riverside priya practitioner 1',
        'riverside tom practitioner 0',
        'hillside maya manager 1',
      ],
    )
    assert.equal(one("SELECT count(DISTINCT name) FROM staff WHERE username = 'maya'"), 2)
    assert.equal(people[0].email, 'maya@riverside.example.com')
  })

  it('have about forty patients, some without an email address, all findable', () => {
    assert.equal(one('SELECT count(*) FROM patient'), 40)
    assert.ok(one("SELECT count(*) FROM patient WHERE email = ''") >= 5)
    assert.equal(one("SELECT count(*) FROM patient WHERE search_text LIKE '%hall%01632960101%'"), 1)
  })

  it('have a patient for every row of the registration table', () => {
    assert.deepEqual(stateOf('janet.hall@example.com'), [
      { state: 'active', email: 'janet.hall@example.com', password_kind: 'own' },
    ])
    assert.deepEqual(stateOf('oliver.grant@example.com'), [{ state: null, email: null, password_kind: null }])
    assert.equal(stateOf('family.reed@example.com').length, 2)
    assert.deepEqual(stateOf('george.whitfield@example.com'), [{ state: 'inactive', email: null, password_kind: null }])
    assert.equal(stateOf('amara.nwosu@example.com')[0].state, 'invited')
    assert.equal(one("SELECT date_of_birth FROM patient WHERE email = 'janet.hall@example.com'"), '1951-05-03')
    assert.equal(one("SELECT date_of_birth FROM patient WHERE email = 'oliver.grant@example.com'"), '1984-03-27')
    assert.ok(one("SELECT date_of_birth FROM patient WHERE email = 'freya.dawson@example.com'") > '2011')
  })

  it('tell in the audit who gave each online access', () => {
    assert.equal(
      one('SELECT count(*) FROM online_access WHERE patient_id NOT IN (SELECT of_patient FROM audit WHERE at = since)'),
      0,
    )
  })

  it('use addresses and numbers that belong to nobody', () => {
    assert.equal(one("SELECT count(*) FROM patient WHERE email <> '' AND email NOT LIKE '%@example.com'"), 0)
    const numbers = all(
      "SELECT mobile AS n FROM patient WHERE mobile <> '' UNION ALL SELECT phone FROM patient WHERE phone <> ''",
    )
    for (const { n } of numbers) assert.match(n, /^(07700 900 \d{3}|01632 960 \d{3})$/)
  })

  it('have practitioners with hours, types, an absence and a closed day', () => {
    const counts = (table) =>
      all(
        `SELECT slug, count(*) AS n FROM ${table} JOIN clinic ON clinic.id = clinic_id GROUP BY slug ORDER BY slug`,
      ).map(({ n }) => n)
    assert.deepEqual(counts('practitioner'), [1, 2])
    assert.deepEqual(counts('appointment_type'), [hillsideDiary.types.length, riversideDiary.types.length])
    assert.deepEqual(
      [counts('absence'), counts('closed_day')],
      [
        [1, 2],
        [1, 1],
      ],
    )
    assert.ok(counts('working_hours').every((n) => n >= 5))
    assert.equal(one('SELECT count(*) FROM booking_rules WHERE is_online'), 2)
  })

  it('have a fortnight of appointments, told in the audit, and what is taken is kept beside them', () => {
    assert.ok(one('SELECT count(*) FROM appointment') > 100)
    assert.equal(
      one("SELECT count(*) FROM audit WHERE act = 'appointment-booked'"),
      one('SELECT count(*) FROM appointment'),
    )
    assert.equal(
      one("SELECT sum(length(spans) - length(replace(spans, '+', ''))) FROM busy_day"),
      one("SELECT count(*) FROM appointment WHERE status <> 'cancelled'"),
    )
    const janets = all(
      "SELECT status FROM appointment a JOIN patient p ON p.id = patient_id WHERE p.email = 'janet.hall@example.com' ORDER BY start_at",
    )
    assert.deepEqual(janets, [{ status: 'fulfilled' }, { status: 'booked' }])
  })

  it('print one line for each person, the password behind "password:"', () => {
    const lines = demoLogons('http://localhost:8787')
    for (const name of ['maya', 'sam', 'priya', 'janet.hall@example.com']) {
      assert.ok(
        lines.some((line) => line.trim().startsWith(`${name} `) && line.endsWith(`password: ${demoPassword}`)),
        name,
      )
    }
    assert.ok(!lines.some((line) => line.trim().startsWith('tom ') && line.includes('password:')))
  })

  it('are not made again, and the secret stays, when the folder is used again', async () => {
    const before = [all('SELECT id FROM patient ORDER BY id'), readFileSync(secretsFile(data), 'utf8')]
    db.close()
    await prepare(data)
    db = open()
    assert.deepEqual([all('SELECT id FROM patient ORDER BY id'), readFileSync(secretsFile(data), 'utf8')], before)
  })
})

describe('the appointments of a fortnight', () => {
  const minute = 60_000 // ms
  const type = (id, minutes) => ({ id, minutes, bufferMinutes: 5 })
  const hours = [1, 2, 3, 4, 5].map((weekday) => ({
    weekday,
    fromMinute: 540,
    untilMinute: 1020,
    validFrom: '2000-01-01',
    validUntil: null,
  }))
  const time = {
    zone: 'Europe/London',
    types: [type('a', 20), type('b', 45)],
    practitioners: [{ id: 'p', typeIds: ['a', 'b'], hours, absences: [], taken: [] }],
    closedDays: [],
  }
  // Every day of two weeks, in the night, in the morning, during the day and in the evening; both changes of the clock.
  const moments = ['2026-11-23', '2026-03-20', '2026-10-19'].flatMap((first) =>
    Array.from({ length: 14 * 4 }, (_each, quarter) => Date.parse(`${first}T01:30:00Z`) + quarter * 360 * minute),
  )

  it('are believable whenever the diary is started', () => {
    for (const now of moments) {
      const turns = fortnight(time, 40, now)
      assert.ok(turns.length > 60)
      assert.ok(turns.some(({ startAt }) => startAt < now - 2 * 1440 * minute) || new Date(now).getUTCDay() <= 3)
      assert.ok(turns.filter(({ startAt }) => startAt > now).length > 20)
      const inTime = [...turns].sort((a, b) => a.startAt - b.startAt)
      assert.ok(inTime.every((turn, index) => index === 0 || inTime[index - 1].bufferUntil <= turn.startAt))
      for (const { startAt, endAt, status } of turns) {
        if (startAt > now + 10 * minute) assert.ok(['booked', 'cancelled'].includes(status))
        if (endAt <= now) assert.ok(['fulfilled', 'noshow', 'cancelled'].includes(status))
      }
      const janets = turns.filter(({ patient }) => patient === 0)
      assert.ok(janets.some(({ startAt, status }) => startAt > now + 2 * 1440 * minute && status === 'booked'))
    }
  })

  it('begin on Monday of the week', () => {
    assert.equal(mondayOf(Date.parse('2026-11-29T23:30:00Z'), 'Europe/London'), '2026-11-23')
    assert.equal(mondayOf(Date.parse('2026-11-30T00:30:00Z'), 'Europe/London'), '2026-11-30')
  })
})
