/** Somebody who is added may be here already: whom staff are asked about first. */
import type { Patient } from '../../schema.ts'
import { birthDateInWords } from '../../web/dates.ts'
import { fullName } from '../patient.ts'
import type { PatientRecord } from '../patient-record.ts'

type Called = Pick<Patient, 'firstName' | 'lastName' | 'dateOfBirth'>

/** Called the same, and nothing says that they were born on different days. */
export const mayBeTheSame = (record: Pick<PatientRecord, 'dateOfBirth'>, other: Called): boolean =>
  !record.dateOfBirth || !other.dateOfBirth || record.dateOfBirth === other.dateOfBirth

export const alikeProblem = (other: Called): string =>
  `There is already a patient ${fullName(other)}${other.dateOfBirth ? `, born ${birthDateInWords(other.dateOfBirth)}` : ''}. Tick “Add anyway” if this is a different person`
