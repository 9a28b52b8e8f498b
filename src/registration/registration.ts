/** Who may register by which link: the table of product.md "Registration, exactly", row by row. */
import type { RegistrationLink } from '../clinic/registration-settings.ts'
import { yearsBetween } from '../web/dates.ts'

/** Why a registration is refused. The public is never told; staff are, in the words of desk.ts. */
export type Because =
  | 'closed'
  | 'unknown'
  | 'shared'
  | 'archived'
  | 'already-active'
  | 'inactive'
  | 'under-age'
  | 'known'

/** A patient whose record has the email address that was typed. */
export interface HolderOfEmail {
  /** 'YYYY-MM-DD' */
  dateOfBirth: string | null
  isArchived: boolean
  access: 'none' | 'invited' | 'active' | 'inactive'
}

type Verdict = { ok: true } | { ok: false; because: Because }

export const leastAge = 16 // years

/** @param today 'YYYY-MM-DD' in the clinic's zone */
export function registrationVerdict(
  link: RegistrationLink,
  isOpen: boolean,
  holders: HolderOfEmail[],
  today: string,
): Verdict {
  if (!isOpen) return refused('closed')
  if (link === 'new') return holders.length === 0 ? { ok: true } : refused('known')
  const [holder, ...others] = holders
  if (!holder) return refused('unknown')
  if (others.length > 0) return refused('shared')
  return holderVerdict(holder, today)
}

function holderVerdict({ isArchived, access, dateOfBirth }: HolderOfEmail, today: string): Verdict {
  if (isArchived) return refused('archived')
  if (access === 'active') return refused('already-active')
  if (access === 'inactive') return refused('inactive')
  return isUnderAge(dateOfBirth, today) ? refused('under-age') : { ok: true }
}

/** Nobody whose date of birth is not known is held to be a child. */
export const isUnderAge = (dateOfBirth: string | null, today: string): boolean =>
  dateOfBirth !== null && yearsBetween(dateOfBirth, today) < leastAge

const refused = (because: Because): Verdict => ({ ok: false, because })
