/** What patients may change of their record themselves: how they are reached. Everything else is the clinic's to correct. */
import type { Patient } from '../../schema.ts'
import type { Problems } from '../../web/form.ts'
import { readPatient, recordFields, recordOf, typedOf } from '../patient-record.ts'

const contactFields = ['mobile', 'phone', 'address', 'postcode'] as const

/** The record with what was typed in these four fields; all others stay as they are, whatever was sent. */
export function readContact(patient: Patient, typed: Record<string, string>, today: string) {
  const names = contactFields.map((field) => recordFields[field].name)
  const sent = Object.fromEntries(names.map((name) => [name, typed[name] ?? '']))
  const read = readPatient({ ...typedOf(patient), ...sent }, today)
  const record = { ...recordOf(patient) }
  for (const field of contactFields) record[field] = read.record[field]
  const problems: Problems = Object.fromEntries(
    Object.entries(read.problems).filter(([name]) => names.some((each) => each === name)),
  )
  return { record, problems }
}
