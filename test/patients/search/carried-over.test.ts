/** Records that were there before the index of words came are found like new ones. */
import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { patientNames } from '../../../src/patients/patient.ts'

const search = '0006_patient_search.sql'
const older = env.TEST_MIGRATIONS.filter(({ name }) => name < search)

const people = [
  {
    firstName: 'Liam',
    lastName: 'O’Connor',
    email: 'Liam_OC+diary@mail.example.com',
    phone: '+44 (0)1632 960-101',
    postcode: 'SW1A 1AA',
  },
  {
    firstName: 'Zoë',
    lastName: 'Müller-Groß',
    preferredName: 'Zo',
    mobile: '07700 900 982',
    dateOfBirth: '1951-05-03',
    postcode: '-',
  },
  { firstName: '小龍', lastName: '李', postcode: 'd02-x285' },
  { firstName: '"],["x', lastName: '100%', postcode: '10115' },
].map((person) => ({ preferredName: '', email: '', phone: '', mobile: '', dateOfBirth: null, ...person }))

/** What stood in `search_text` before: names, figures, address. */
const before = [
  'liam oconnor 01632960101 liam_oc+diary@mail.example.com',
  'zoe muller gross zo 07700900982',
  '小龍 李',
  '"] ["x 100%',
]

beforeEach(async () => {
  await reset()
  await applyD1Migrations(env.DB, older)
  await env.DB.prepare(
    "INSERT INTO clinic (id, slug, name, phone, timezone, created_at) VALUES ('c', 'riverside', 'R', '1', 'UTC', 1)",
  ).run()
  for (const [n, { firstName, lastName, email, dateOfBirth, postcode }] of people.entries()) {
    await env.DB.prepare(
      `INSERT INTO patient (id, clinic_id, first_name, last_name, email, email_canonical, date_of_birth, postcode, sort_name,
         search_text, created_at, archived_at) VALUES (?, 'c', ?, ?, ?, ?, ?, ?, 'x', ?, 1, ?)`,
    )
      .bind(
        `p${n}`,
        firstName,
        lastName,
        email,
        email.toLowerCase() || null,
        dateOfBirth,
        postcode,
        before[n],
        n === 3 ? 1 : null,
      )
      .run()
  }
  await env.DB.prepare(
    "INSERT INTO online_access (clinic_id, patient_id, state, since, email) SELECT 'c', 'p0', 'active', 1, email_canonical FROM patient WHERE id = 'p0'",
  ).run()
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
})

it('they have the same words as if they were added now', async () => {
  for (const [n, person] of people.entries()) {
    const { results } = await env.DB.prepare('SELECT word FROM patient_word WHERE patient_id = ? ORDER BY word')
      .bind(`p${n}`)
      .all()
    const kept = await env.DB.prepare('SELECT search_text FROM patient WHERE id = ?')
      .bind(`p${n}`)
      .first<string>('search_text')
    const now = patientNames(person).searchText.trim().split(' ')
    expect(new Set(results.map(({ word }) => word))).toEqual(new Set(now))
    expect(new Set(kept!.trim().split(' '))).toEqual(new Set(now))
  }
})

it('they stand in the list of their online access, and are counted there', async () => {
  const { results } = await env.DB.prepare('SELECT id, listed_as FROM patient ORDER BY id').all()
  expect(results.map(({ listed_as }) => listed_as)).toEqual(['active', 'none', 'none', 'archived'])
  const counts = await env.DB.prepare('SELECT listed_as, patients FROM patient_count ORDER BY listed_as').all()
  expect(counts.results.map((row) => Object.values(row))).toEqual([
    ['active', 1],
    ['archived', 1],
    ['none', 2],
  ])
})
