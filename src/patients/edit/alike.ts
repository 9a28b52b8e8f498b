/** Somebody who is added may be here already: whom staff are asked about first. */
import type { Patient } from '../../schema.ts'
import { plainDateInWords } from '../../web/dates.ts'
import { fullName } from '../patient.ts'
import type { PatientRecord } from '../patient-record.ts'

type Called = Pick<Patient, 'firstName' | 'lastName' | 'dateOfBirth' | 'archivedAt'>

/** Called the same, and nothing says that they were born on different days. */
export const mayBeTheSame = (record: Pick<PatientRecord, 'dateOfBirth'>, other: Pick<Called, 'dateOfBirth'>): boolean =>
  !record.dateOfBirth || !other.dateOfBirth || record.dateOfBirth === other.dateOfBirth

export const alikeProblem = (other: Called): string =>
  `There is already ${other.archivedAt === null ? 'a patient' : 'an archived record of'} ${fullName(other)}${bornInWords(other)}. ${
    other.archivedAt === null ? 'Tick' : 'Open it to restore it, or tick'
  } “Add anyway” if this is a different person`

const bornInWords = ({ dateOfBirth }: Called): string => (dateOfBirth ? `, born ${plainDateInWords(dateOfBirth)}` : '')
