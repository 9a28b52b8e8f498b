/** The history of a record in plain words. The audit holds codes and ids; what a field held before is kept nowhere. */
import { actInWords, detailInWords } from '../../audit/audit-words.ts'
import { onlineBy, strangers } from '../../audit/who.ts'
import { apart } from '../../web/apart.ts'
import { recordFieldNames, recordFields } from '../patient-record.ts'

export const pageLength = 25 // acts

/** "Changed mobile phone and notes", or the act's own label. @param detail JSON of the audit */
export function happened(act: string, detail: string): string {
  const { fields, because, stopped, underAge, to, relation } = JSON.parse(detail) as Record<string, unknown>
  if (act === 'patient-changed' && typeof fields === 'string') return `Changed ${fieldsInWords(fields)}`
  if (act === 'patients-merged' && fields) return `${actInWords(act)}, and took its ${fieldsInWords(String(fields))}`
  if (act === 'patient-archived' && stopped) return `${actInWords(act)}, and stopped online access`
  if (act === 'acting-switched')
    return to === 'another' ? 'Began to act for the patient' : 'Went back to their own pages'
  if (typeof relation === 'string') return `${actInWords(act)}: ${detailInWords(detail)}`
  if (underAge) return `${actInWords(act)}: the patient was under 16`
  const reason = reasons[String(because)]
  return reason ? `${actInWords(act)}: ${reason}` : actInWords(act)
}

const reasons: Record<string, string> = {
  wrong: 'wrong password',
  'too-many': 'too many tries',
}

/** @param codes 'mobile notes' */
function fieldsInWords(codes: string): string {
  const changed = recordFieldNames.filter((field) => codes.split(' ').includes(field))
  return new Intl.ListFormat('en-GB').format(changed.map((field) => recordFields[field].label.toLowerCase()))
}

/** @param patientName whose record it is */
export function whoDidIt(
  of: { act: string; byStaff: string | null; byPatient: string | null; holder?: string | null },
  patientName: string,
): string {
  if (of.byStaff) return apart(of.byStaff)
  if (of.byPatient) return onlineBy(patientName, of.holder ?? null)
  return strangers.includes(of.act) ? 'Somebody who was not logged on' : 'The diary'
}
