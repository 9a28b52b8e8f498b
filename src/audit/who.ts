/** Who did it, as the audit is read: a name, or what stands behind the act when it is nobody's. */
import { apart } from '../web/apart.ts'

interface By {
  act: string
  byStaff: string | null
  byPatient: string | null
  /** JSON */
  detail: string
}

export function whoIn({ act, byStaff, byPatient, detail }: By): string {
  if (byStaff) return apart(byStaff)
  if (byPatient) return `${apart(byPatient)} (patient)`
  if ((JSON.parse(detail) as { by?: unknown }).by === 'operator') return 'The operator'
  return strangers.includes(act) ? 'Somebody not logged on' : 'The diary'
}

/** Acts of people whom the diary does not know yet, or not any more. */
export const strangers = ['logon-refused', 'password-forgotten', 'registration-invited', 'registration-refused']
