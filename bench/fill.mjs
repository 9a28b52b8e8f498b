/** A clinic of ordinary size: as many patients more, and a full diary, so that lists and searches have something to do. */
import { eq } from 'drizzle-orm'
import { insertPatient } from '../src/patients/patient-store.ts'
import { appointment, appointmentType, clinic } from '../src/schema.ts'
import { database } from '../src/web/database.ts'
import { newId } from '../src/web/random.ts'
import { diaryRows } from './fill-diary.mjs'

const patients = 5_000
const atOnce = 100 // statements of one batch
const firstNames = ['Ada', 'Ben', 'Cara', 'Dev', 'Elsie', 'Farah', 'Gus', 'Hana', 'Ivo', 'June', 'Karim', 'Lena']
const lastNames = ['Abbott', 'Birch', 'Chaudhry', 'Dale', 'Evans', 'Frost', 'Gill', 'Hart', 'Iqbal', 'Jones', 'Khan']

/** @returns how many patients were added, and what the scenarios ask of the diary */
export async function fill(DB) {
  const db = database({ DB })
  const [{ id: clinicId }] = await db.select().from(clinic).where(eq(clinic.slug, 'riverside'))
  const types = await db.select().from(appointmentType).where(eq(appointmentType.clinicId, clinicId))
  const now = Date.now()
  await DB.prepare('CREATE TABLE least (at INTEGER)').run() // of the limit: one row for whatever is written
  const people = Array.from({ length: patients }, (_, n) => person(n, clinicId))
  const ids = people.map(({ id }) => id)
  const { accounts, appointments, diary } = diaryRows(db, clinicId, types, ids, now)
  await send(db, people, (each) => insertPatient(db, each, now))
  await send(db, accounts, (statement) => statement)
  await send(db, appointments, (row) => db.insert(appointment).values(row))
  return { patients, diary: { ...diary, patientIds: ids } }
}

/** A batch is made when the one before is through. On a busy machine a connection may be closed meanwhile: asked again. */
async function send(db, items, statementOf) {
  for (let at = 0; at < items.length; at += atOnce) {
    const statements = items.slice(at, at + atOnce).flatMap(statementOf)
    await db.batch(statements).catch(() => db.batch(statements))
  }
}

/** The n-th of them. */
export function person(n, clinicId) {
  const email = `patient.${n}@example.com`
  return {
    id: newId(),
    clinicId,
    formId: null,
    createdBy: null,
    title: '',
    firstName: firstNames[n % firstNames.length],
    lastName: `${lastNames[n % lastNames.length]}-${String.fromCharCode(65 + (n % 26))}`,
    preferredName: '',
    dateOfBirth: `${1930 + (n % 80)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`,
    email,
    emailCanonical: email,
    mobile: `07700 9${String(n).padStart(5, '0')}`,
    phone: '',
    address: '',
    postcode: '',
    notes: '',
  }
}
