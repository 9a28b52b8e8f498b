/** A clinic of ordinary size: as many patients more, so that lists and searches have something to do. */
import { eq } from 'drizzle-orm'
import { insertPatient } from '../src/patients/patient-store.ts'
import { clinic } from '../src/schema.ts'
import { database } from '../src/web/database.ts'
import { newId } from '../src/web/random.ts'

const patients = 5_000
const atOnce = 100 // statements of one batch
const firstNames = ['Ada', 'Ben', 'Cara', 'Dev', 'Elsie', 'Farah', 'Gus', 'Hana', 'Ivo', 'June', 'Karim', 'Lena']
const lastNames = ['Abbott', 'Birch', 'Chaudhry', 'Dale', 'Evans', 'Frost', 'Gill', 'Hart', 'Iqbal', 'Jones', 'Khan']

/** @returns how many were added */
export async function fill(DB) {
  const db = database({ DB })
  const [{ id: clinicId }] = await db.select().from(clinic).where(eq(clinic.slug, 'riverside'))
  const statements = Array.from({ length: patients }, (_, n) => insertPatient(db, person(n, clinicId), Date.now()))
  for (let at = 0; at < patients; at += atOnce) {
    const [first, ...rest] = statements.slice(at, at + atOnce).flat()
    await db.batch([first, ...rest])
  }
  return patients
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
