/** A patient's permission to use the diary: its states, and the moves that staff may make (product.md). */
import { fullName } from '../patients/patient.ts'
import { leastAge } from '../registration/registration.ts'
import type { OnlineAccess } from '../schema.ts'

export type AccessState = OnlineAccess['state'] | 'none'

/** One table of permitted moves; `none → invited` is the patient's own, through a registration link. */
const moves: Record<AccessState, readonly AccessState[]> = {
  none: ['invited', 'active'],
  invited: ['active', 'inactive'],
  active: ['inactive'],
  inactive: ['active'],
}

export const mayMove = (from: AccessState, to: AccessState): boolean => moves[from].includes(to)

export type Refusal = 'archived' | 'no-email' | 'shared' | 'under-age' | 'no-move'
export type Verdict = { ok: true } | { ok: false; because: Refusal }

/**
 * Active needs an email address that stands on this record and on no other; and a word of the staff for whoever is too young
 * to register.
 * @param of.sharers how many others have it
 * @param of.isDecided staff have said so, with a tick
 */
export function activationVerdict(of: {
  state: AccessState
  isArchived: boolean
  email: string | null
  sharers: number
  isUnderAge: boolean
  isDecided: boolean
}): Verdict {
  if (of.state === 'active') return { ok: false, because: 'no-move' } // doing it again changes nothing, whoever has the address
  if (of.isArchived) return { ok: false, because: 'archived' }
  if (!of.email) return { ok: false, because: 'no-email' }
  if (of.sharers > 0) return { ok: false, because: 'shared' }
  if (of.isUnderAge && !of.isDecided) return { ok: false, because: 'under-age' }
  return mayMove(of.state, 'active') ? { ok: true } : { ok: false, because: 'no-move' }
}

export const underAgeProblem = `Tick to give online access to a patient under ${leastAge}`

/** Staff may see who the others are (rule M9 binds the public page). */
export function activationProblem(
  { patient, sharers }: { patient: { email: string }; sharers: { firstName: string; lastName: string }[] },
  because: Refusal,
): string {
  if (because === 'archived') return 'This record is archived. Restore it first'
  if (because === 'under-age') return underAgeProblem
  if (because === 'no-email') return 'Add an email address first. The patient logs on with it'
  const names = new Intl.ListFormat('en-GB').format(sharers.map(fullName))
  return `${patient.email} is also the email address of ${names}. Let one of them act for the others, or give one of them another address first`
}
