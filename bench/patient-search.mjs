/**
 * Finding patients at full size: 100,000 of one clinic beside 999 other clinics with 100 each. Rows read and the time D1 took,
 * by what is typed. By hand, it takes minutes: `node --experimental-strip-types bench/patient-search.mjs` (Node 22).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'
import { prepare, secretsFile } from '../scripts/local/data-folder.mjs'
import { root } from '../scripts/local/install.mjs'
import { patientNames } from '../src/patients/patient.ts'
import { patientsFound, patientsListed } from '../src/patients/search/patient-list-store.ts'
import { searchOf } from '../src/patients/search/patient-search.ts'
import { database } from '../src/web/database.ts'
import { newId } from '../src/web/random.ts'

const largest = 'largest'
const atOnce = 5_000 // rows of one statement
const rounds = 7
const typed = [
  ...['', 'sm', 'smith', 'smith ol', 'jo sm', 'joanna smithers', '3/5/1951', 'smith 1951', '07700', '900 123'],
  ...['smith-123', 'person.4711@example.org', '@example', 'nobody at all'],
]

const columns =
  'id, clinic_id, first_name, last_name, date_of_birth, email, email_canonical, mobile, sort_name, search_text, created_at'

const folder = mkdtempSync(join(tmpdir(), 'clinic-diary-search-'))
await prepare(folder)
const platform = await getPlatformProxy({
  configPath: join(root, 'wrangler.toml'),
  environment: 'local',
  envFiles: [secretsFile(folder)],
  persist: { path: join(folder, 'v3') },
  remoteBindings: false,
})
try {
  const { DB } = platform.env
  const clinics = [largest, ...Array.from({ length: 999 }, (_clinic, n) => `clinic-${n}`)]
  await run(
    DB,
    'id, slug, name, phone, timezone, created_at',
    'clinic',
    clinics.map((id) => [id, id, id, '1', 'UTC', 1]),
  )
  const sizes = clinics.flatMap((id) =>
    Array.from({ length: id === largest ? 100_000 : 100 }, (_one, n) => person(id, n)),
  )
  await run(DB, columns, 'patient', sizes)
  await report(DB)
} finally {
  await platform.dispose()
  rmSync(folder, { recursive: true, force: true })
}

async function report(DB) {
  const db = database(platform.env)
  const statements = typed.map((q) => [q || 'everybody', statementFor(db, q, {})])
  statements.push(['smith, not registered', statementFor(db, 'smith', { filter: 'none' })])
  statements.push(['not registered, a later page', statementFor(db, '', { filter: 'none', after: 'p50000' })])
  console.log('100,000 patients of one clinic, and 999 clinics with 100 each\n')
  console.log('| typed | found | rows read | ms in D1, median |\n|---|--:|--:|--:|')
  for (const [name, { sql, params }] of statements) {
    const answers = []
    for (let round = 0; round < rounds; round++)
      answers.push(
        await DB.prepare(sql)
          .bind(...params)
          .all(),
      )
    const times = answers.map(({ meta }) => meta.duration).sort((a, b) => a - b)
    const [first] = answers[0].results
    const found = first?.isMore ? `more than ${first.total}` : (first?.total ?? (first?.id ? 'a page' : 0))
    console.log(`| ${name} | ${found} | ${answers[0].meta.rows_read} | ${times[(rounds - 1) / 2]} |`)
  }
}

function statementFor(db, q, wanted) {
  const search = searchOf(q)
  return search.kind === 'everybody'
    ? patientsListed(db, largest, wanted).toSQL()
    : patientsFound(db, largest, search.terms, wanted).getQuery()
}

/** Rows by their values, several thousand in a statement. */
async function run(DB, names, table, rows) {
  const values = names.split(', ').map((_name, index) => `value ->> ${index}`)
  const insert = DB.prepare(`INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM json_each(?)`)
  for (let from = 0; from < rows.length; from += atOnce) {
    await insert.bind(JSON.stringify(rows.slice(from, from + atOnce))).run()
  }
}

/** Names about as common as in the United Kingdom: one in 80 is a Smith, one in 40 a John. */
function person(clinicId, n) {
  const firsts = ['John', 'Joan', 'Joanna', 'Oliver', 'Olivia', ...Array.from({ length: 35 }, (_name, i) => `Anna${i}`)]
  const lasts = ['Smith', 'Smithers', ...Array.from({ length: 78 }, (_name, i) => `Brown${i}`)]
  const lastName = n % 997 === 0 ? `Smith-${n / 997}` : lasts[(n * 7) % lasts.length]
  const two = (of) => String(of).padStart(2, '0')
  const record = {
    firstName: firsts[(n * 3 + Math.floor(n / 80)) % firsts.length],
    lastName,
    preferredName: '',
    dateOfBirth: `${1930 + (n % 85)}-${two((n % 12) + 1)}-${two((n % 28) + 1)}`,
    email: `person.${n}@example.org`,
    mobile: `07700 ${String(900_000 + n)}`,
    phone: '',
    postcode: `SW${1 + (n % 20)} ${n % 10}ZZ`,
  }
  const { sortName, searchText } = patientNames(record)
  const id = clinicId === largest ? `p${n}` : newId()
  const { firstName, dateOfBirth, email, mobile } = record
  return [id, clinicId, firstName, lastName, dateOfBirth, email, email, mobile, sortName, searchText, 1]
}
