/** Many patients at once, for tests of what grows with them. */
import { env } from 'cloudflare:workers'
import { patientNames } from '../../src/patients/patient.ts'
import { newId } from '../../src/web/random.ts'

const firstNames = ['John', 'Joan', 'Mary', 'Peter', 'Susan', 'David', 'Sarah', 'Joseph', 'Paul', 'Anna']
const atOnce = 2_000 // rows of one statement

/** Made-up people of whom none is called Hall, in one statement for each two thousand. */
export async function aCrowd(clinicId: string, size: number): Promise<void> {
  for (let from = 0; from < size; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, size - from) }, (_row, index) => person(from + index))
    await env.DB.prepare(
      `INSERT INTO patient (id, clinic_id, first_name, last_name, date_of_birth, email, email_canonical, mobile,
         sort_name, search_text, created_at)
       SELECT value ->> 'id', ?, value ->> 'firstName', value ->> 'lastName', value ->> 'dateOfBirth', value ->> 'email',
         value ->> 'email', value ->> 'mobile', value ->> 'sortName', value ->> 'searchText', 1 FROM json_each(?)`,
    )
      .bind(clinicId, JSON.stringify(rows))
      .run()
  }
}

function person(n: number) {
  const two = (of: number) => String(of).padStart(2, '0')
  const record = {
    firstName: firstNames[n % firstNames.length]!,
    lastName: `Smith${String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26))}`,
    preferredName: '',
    dateOfBirth: `${1930 + (n % 80)}-${two((n % 12) + 1)}-${two((n % 28) + 1)}`,
    email: `person.${n}@example.org`,
    mobile: `07${String(n).padStart(9, '0')}`,
    phone: '',
    postcode: `SW1A ${n % 10}ZZ`,
  }
  return { ...record, ...patientNames(record), id: newId() }
}
