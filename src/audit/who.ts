/** Who did it, as the audit is read: a name, or what stands behind the act when it is nobody's. */
import { apart } from '../web/apart.ts'

interface By {
  act: string
  byStaff: string | null
  byPatient: string | null
  /** The patient for whom they did it, where that is somebody else. */
  actedFor?: string | null
  /** JSON */
  detail: string
}

export function whoIn({ act, byStaff, byPatient, actedFor, detail }: By): string {
  if (byStaff) return apart(byStaff)
  if (byPatient) return `${apart(byPatient)} (patient)${actedFor ? ` for ${apart(actedFor)}` : ''}`
  if ((JSON.parse(detail) as { by?: unknown }).by === 'operator') return 'The operator'
  return strangers.includes(act) ? 'Somebody not logged on' : 'The diary'
}

/** "Anna Reed for Tim Reed, online": of what a patient did, or somebody who acts for them. @param holder their name, where it is somebody else */
export const onlineBy = (patientName: string, holder: string | null): string =>
  holder ? `${apart(holder)} for ${patientName}, online` : `${patientName}, online`

/** Acts of people whom the diary does not know yet, or not any more. */
export const strangers = ['logon-refused', 'password-forgotten', 'registration-invited', 'registration-refused']
