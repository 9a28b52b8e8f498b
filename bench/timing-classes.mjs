/** Who is asked about, fifty of each class, and what a stranger may ask (security.md "Timing"). */
import { createHash, randomBytes } from 'node:crypto'
import { insertPatient } from '../src/patients/patient-store.ts'
import { database } from '../src/web/database.ts'
import { requestText } from './client.mjs'
import { person } from './fill.mjs'
import { origin } from './world.mjs'

const many = 50
const olderHash = '$argon2id$v=19$m=8192,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$/LPIKizuiopeNkvAeOgX/ULLY1JvhTQ4zEQaawQe2TQ'
const hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$89a4NYv0tGL+MkyHelc4+2S5WHT2kTGhQ5PQWTFBj/k'

/** What stands in D1 of each class: the clinic's slug, records for each address, the access and its hash. */
const classes = {
  active: { access: 'active', hash },
  'not yet activated': { access: 'invited', hash: null },
  disabled: { access: 'inactive', hash },
  'of another clinic': { slug: 'hillside', access: 'active', hash },
  'two with one address': { records: 2 },
  'with an older hash': { access: 'active', hash: olderHash },
  locked: { access: 'active', hash },
}
const addressOf = (who, n) => `${who.replaceAll(' ', '.')}.${n % many}@example.com`
const lockedNobody = (n) => `locked.nobody.${n % many}@example.com`
const nobody = (n) => `nobody.${n % many}@example.com`

/** Each request from a network of its own (RFC 2544): the limits of networks are not what is asked about. */
let networks = 0
function post(path, form) {
  networks += 1
  const network = `198.${18 + ((networks >> 16) & 1)}.${(networks >> 8) & 255}.${networks & 255}`
  const headers = { origin, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': network }
  return requestText({ method: 'POST', path: `/riverside${path}`, headers, form })
}

const logon = (name) => post('/logon', { identifier: name, password: 'a wild guess' })

/** @returns what is compared: `known(n)` and `unknown(n)` make the n-th pair's requests; of some, work goes on after the answer */
export function questions(tokens) {
  const forgotten = (name) => post('/password/forgotten', { identifier: name })
  const register = (link) => (name) => post(`/register/${link}`, { email: name })
  const link = (token) => post(`/password/new/${token}`, { new_password: 'seven small hedgehogs' })
  const kinds = [
    ['logging on', logon, 422],
    ['a forgotten password', forgotten, 303, true],
    ['existing link', register('existing'), 303, true],
    ['new link', register('new'), 303, true],
  ]
  const ofPeople = kinds.flatMap(([what, ask, expected, goesOn]) =>
    Object.keys(classes).map((who) => {
      const isLocked = who === 'locked'
      const waits = isLocked && what === 'logging on'
      return {
        name: `${what}, ${who}`,
        isControl: what === 'logging on' && who === 'active',
        known: (n) => ask(addressOf(who, n)),
        unknown: (n) => ask(isLocked ? lockedNobody(n) : nobody(n)),
        expected: waits ? 429 : expected,
        isLocked,
        goesOn,
      }
    }),
  )
  const ofStaff = {
    name: 'logging on, staff',
    known: (n) => logon(`staff.${n % many}`),
    unknown: (n) => logon(nobody(n)),
  }
  const ofLinks = ['used', 'expired'].map((state) => ({
    name: `set a password, ${state} against made up`,
    known: (n) => link(tokens[state][n % many]),
    unknown: () => link(randomBytes(32).toString('base64url')),
    expected: 404,
  }))
  return [...ofPeople, { ...ofStaff, expected: 422 }, ...ofLinks]
}

export async function fillClasses(DB) {
  const { results } = await DB.prepare('SELECT slug, id FROM clinic').all()
  const clinics = Object.fromEntries(results.map(({ slug, id }) => [slug, id]))
  for (const [who, { slug = 'riverside', records = 1, access, hash: kept }] of Object.entries(classes)) {
    const clinicId = clinics[slug]
    const db = database({ DB })
    const patients = []
    const accesses = []
    for (let n = 0; n < many; n++) {
      const email = addressOf(who, n)
      for (let record = 0; record < records; record++) {
        const id = idOf(who, n, record)
        patients.push(insertPatient(db, { ...person(n, clinicId), id, email, emailCanonical: email }, Date.now()))
        if (access) accesses.push(accessOf(DB, { clinicId, id, email, state: access, kept }))
      }
    }
    await db.batch(patients.flat())
    if (accesses.length > 0) await DB.batch(accesses)
  }
  await DB.batch(Array.from({ length: many }, (_none, n) => memberOf(DB, clinics.riverside, n)))
}

const idOf = (who, n, record = 0) => `timing-${who.replaceAll(' ', '-')}-${n}-${record}`

const memberOf = (DB, clinicId, n) =>
  DB.prepare(
    `INSERT INTO staff (id, clinic_id, username, name, role, password_hash, password_kind, password_set_at, created_at)
      VALUES (?, ?, ?, 'Nora Bell', 'reception', ?, 'own', 1, 1)`,
  ).bind(`timing-staff-${n}`, clinicId, `staff.${n}`, hash)

const accessOf = (DB, { clinicId, id, email, state, kept }) =>
  DB.prepare(
    `INSERT INTO online_access (clinic_id, patient_id, state, since, email, password_hash, password_kind, password_set_at)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?)`,
  ).bind(clinicId, id, state, state === 'inactive' ? null : email, kept, kept && 'own', kept && 1)

/** Links that were used and that have expired, fifty of each. */
export async function prepareTokens(DB) {
  const tokens = { used: [], expired: [] }
  const clinicId = await DB.prepare("SELECT id FROM clinic WHERE slug = 'riverside'").first('id')
  const statements = Object.keys(tokens).flatMap((state) =>
    Array.from({ length: many }, (_none, n) => {
      const token = randomBytes(32).toString('base64url')
      tokens[state].push(token)
      return DB.prepare(
        `INSERT INTO one_time_link (id, clinic_id, purpose, token_hash, patient_id, created_at, expires_at, used_at)
          VALUES (?, ?, 'reset', ?, ?, 1, ?, ?)`,
      ).bind(
        `timing-${state}-${n}`,
        clinicId,
        createHash('sha256').update(token).digest('hex'),
        idOf('active', n),
        state === 'used' ? Date.now() + 1e9 : 2,
        state === 'used' ? 2 : null,
      )
    }),
  )
  await DB.batch(statements)
  return tokens
}

/** The limits stay as they are: what they count starts again, but for the names that are to stay locked. */
export async function startCountingAgain(DB, { staysLocked = false } = {}) {
  const tables = ['registration', 'forgotten_password', ...(staysLocked ? [] : ['lockout'])]
  const links = 'one_time_link WHERE registration_id IS NOT NULL' // they name what they came from
  await DB.batch([links, ...tables].map((rows) => DB.prepare(`DELETE FROM ${rows}`)))
}

/** Every name that the questions about locked ones ask about has to wait from now on. */
export async function lockNames(DB, send) {
  for (let n = 0; n < many; n++) {
    for (const name of [addressOf('locked', n), lockedNobody(n)]) await send(logon(name))
  }
  await DB.prepare('UPDATE lockout SET wait_until = ? WHERE month_tries > 0')
    .bind(Date.now() + 1e9)
    .run()
}
