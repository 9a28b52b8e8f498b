/** What a record holds, as a list of facts: for staff on the record, for patients on their own page. */
import type { Patient } from '../schema.ts'
import { plainDateInWords } from '../web/dates.ts'
import { PhoneLink } from '../web/layout.tsx'
import type { Fact } from '../web/parts.tsx'
import { type RecordField, recordFields } from './patient-record.ts'

/** Everything that the patient may see too. @param email what stands for the address, where they have none of their own */
export function patientFacts(patient: Patient, email: Fact['value'] = patient.email): Fact[] {
  const { dateOfBirth, mobile, phone, address } = patient
  return [
    fact('title', patient.title),
    fact('firstName', patient.firstName),
    fact('lastName', patient.lastName),
    fact('preferredName', patient.preferredName),
    fact('dateOfBirth', dateOfBirth && plainDateInWords(dateOfBirth)),
    fact('email', email),
    fact('mobile', mobile && <PhoneLink phone={mobile} />),
    fact('phone', phone && <PhoneLink phone={phone} />),
    fact('address', address && <span class="lines">{address}</span>),
    fact('postcode', patient.postcode),
  ]
}

/** For staff only. */
export const notesFact = ({ notes }: Patient): Fact => fact('notes', notes && <span class="lines">{notes}</span>)

const fact = (field: RecordField, value: Fact['value']): Fact => ({ term: recordFields[field].label, value })
