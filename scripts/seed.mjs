/**
 * Fills an empty local database with the demo clinics. Called by npm start on Node 22: `seed.mjs --data DIR`.
 * It writes to the data folder on this machine; there is no way to point it at a deployment.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeBase64NoPadding } from '@oslojs/encoding'
import { getPlatformProxy } from 'wrangler'
import { auditEntry } from '../src/audit/audit-store.ts'
import { argon2idOf } from '../src/front-door/passwords/argon2.ts'
import { patientNames } from '../src/patients/patient.ts'
import { emailAddress } from '../src/registration/email-address.ts'
import { clinic, mail, onlineAccess, patient, staff } from '../src/schema.ts'
import { database } from '../src/web/database.ts'
import { newId } from '../src/web/random.ts'
import { hillside, riverside } from './demo/clinics.mjs'
import { hillsideDiary, riversideDiary } from './demo/diary.mjs'
import { demoPassword } from './demo/logons.mjs'
import { riversidePatients } from './demo/patients.mjs'
import { appointmentRows, diaryRows } from './demo/seed-diary.mjs'
import { secretsFile } from './local/data-folder.mjs'
import { root } from './local/install.mjs'

const minute = 60 * 1000 // ms
const day = 24 * 60 * minute
const openedDaysAgo = 400

const passwordHash = hashed(demoPassword) // once, for everyone

const { values } = parseArgs({ options: { data: { type: 'string' } } })
const data = resolve(values.data ?? '.data')
const platform = await getPlatformProxy({
  configPath: join(root, 'wrangler.toml'),
  environment: 'local',
  envFiles: [secretsFile(data)],
  persist: { path: join(data, 'v3') },
  remoteBindings: false,
})
try {
  const db = database(platform.env)
  if ((await db.select({ id: clinic.id }).from(clinic).limit(1)).length === 0) {
    const [first, ...rest] = demo(db, Date.now())
    await db.batch([first, ...rest]) // all of it or nothing: an empty database stays empty
  }
} finally {
  await platform.dispose()
}

function demo(db, now) {
  // In opening hours, a different minute each: 9:00 to 16:00 UTC of that day, which is over.
  const ago = (days) => (Math.floor(now / day) - days) * day + (9 * 60 + ((days * 37) % 420)) * minute
  const byRiverside = clinicRows(db, riverside, ago)
  const byHillside = clinicRows(db, hillside, ago)
  const people = riversidePatients.map((person) => ({ ...person, id: newId() }))
  const patients = people.flatMap((person, index) => patientRows(db, byRiverside, person, index, ago))
  const diary = diaryRows(db, riversideDiary, byRiverside, { now, ago })
  const rows = [
    ...byRiverside.rows,
    ...byHillside.rows,
    ...patients,
    ...diary.rows,
    ...diaryRows(db, hillsideDiary, byHillside, { now, ago }).rows,
    ...appointmentRows(db, diary.time, { ...byRiverside, people }, { now, ago }),
  ]
  const history = rows.filter(({ entry }) => entry).sort((a, b) => a.entry.at - b.entry.at)
  return [...rows.filter(({ entry }) => !entry), ...history.map(({ entry }) => auditEntry(db, entry))]
}

/** What was done is told afterwards, in the order of time. @returns the clinic's id and zone, its staff's ids by username, and the statements that write them */
function clinicRows(db, { slug, name, phone, timezone, registration, staff: people }, ago) {
  const id = newId()
  const createdAt = ago(openedDaysAgo)
  const itself = { id, slug, name, phone, timezone, allowExisting: registration, allowNew: registration, createdAt }
  const members = people.map(({ hasPassword, ...person }, index) => ({
    ...person,
    id: newId(),
    clinicId: id,
    email: `${person.username}@${slug}.example.com`,
    createdAt: ago(openedDaysAgo - index),
    ...(hasPassword ? { ...ownPassword(ago(90 - index)), lastLogonAt: ago(1 + index) } : {}),
  }))
  const ids = Object.fromEntries(members.map(({ username, id }) => [username, id]))
  return {
    id,
    timezone,
    staff: ids,
    rows: [db.insert(clinic).values(itself), ...members.map((m) => db.insert(staff).values(m))],
  }
}

function patientRows(db, { id: clinicId, staff: ids }, { online, id, ...person }, index, ago) {
  const record = {
    ...person,
    ...patientNames(person),
    id,
    clinicId,
    emailCanonical: emailAddress(person.email)?.canonical ?? null,
    createdAt: ago(openedDaysAgo - 1 - index * 2),
    createdBy: ids.sam,
  }
  const added = { clinicId, act: 'patient-added', at: record.createdAt, byStaff: ids.sam, ofPatient: id }
  const rows = [db.insert(patient).values(record), { entry: added }]
  return online.access ? [...rows, ...accessRows(db, record, online, ids, ago)] : rows
}

/** Online access as it came about: registered by themselves, or given (and taken away again) by staff. */
function accessRows(db, { id, clinicId, emailCanonical }, { access, since, seen, by }, ids, ago) {
  const at = ago(since)
  const stopped = access === 'inactive'
  const given = {
    clinicId,
    patientId: id,
    state: access,
    since: at,
    byStaff: by ? ids[by] : null,
    email: stopped ? null : emailCanonical,
    ...(access === 'active' ? ownPassword(at) : {}),
    lastLogonAt: seen ? ago(seen) : null,
  }
  const act = stopped ? 'access-deactivated' : access === 'invited' ? 'access-mailed' : 'access-activated'
  const entry = by ? { act, byStaff: ids[by] } : { act: 'registration-completed', byPatient: id }
  const invitation = access === 'invited' ? [invitationMail(db, given)] : []
  return [...invitation, db.insert(onlineAccess).values(given), { entry: { clinicId, at, ofPatient: id, ...entry } }]
}

/** The set-up link that went out with the invitation. It is over by now, so there is no link to make. */
function invitationMail(db, { clinicId, patientId, email, since }) {
  const sent = { state: 'sent', sentAt: since, attempts: 1, createdAt: since, nextAttemptAt: since }
  return db.insert(mail).values({ id: newId(), clinicId, kind: 'access-link', toAddress: email, patientId, ...sent })
}

function ownPassword(at) {
  return { passwordHash, passwordKind: 'own', passwordSetAt: at }
}

/** As front-door/passwords/password.ts does it, which stands on a module that only the bundler can read. */
function hashed(password) {
  const compiled = new WebAssembly.Module(readFileSync(join(root, 'node_modules/@phi-ag/argon2/dist/argon2.wasm')))
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const hash = argon2idOf(compiled)(new TextEncoder().encode(password), salt, { memory: 19_456, passes: 2, lanes: 1 })
  return `$argon2id$v=19$m=19456,t=2,p=1$${encodeBase64NoPadding(salt)}$${encodeBase64NoPadding(hash)}`
}
