/** What a new email address on the record means for the patient's logon (rule M9, product.md "Online Diary Access"). */
import type { OnlineAccess } from '../../schema.ts'
import { calledName, fullName } from '../patient.ts'

type EmailChange =
  | { ok: true /** The logon name moves with it: both addresses are told, open links end. */; movesLogon: boolean }
  | { ok: false; because: 'needed' | 'shared' }

interface Addresses {
  /** Canonical, or null for none. */
  before: string | null
  after: string | null
  access: OnlineAccess['state'] | undefined
  /** How many other records hold the new address. */
  others: number
}

export function emailChange({ before, after, access, others }: Addresses): EmailChange {
  const logsOnWithIt = access === 'active' || access === 'invited'
  if (before === after || !logsOnWithIt) return { ok: true, movesLogon: false }
  if (after === null) return { ok: false, because: 'needed' }
  if (others > 0) return { ok: false, because: 'shared' }
  return { ok: true, movesLogon: true }
}

type Named = { firstName: string; lastName: string; preferredName: string }

/** Staff may see who the others are. */
export function emailChangeProblem(
  because: 'needed' | 'shared',
  patient: Named,
  others: Pick<Named, 'firstName' | 'lastName'>[],
): string {
  const name = calledName(patient)
  if (because === 'needed')
    return `${name} needs an email address to log on with. To take it away, set online access to Inactive first`
  const holders = new Intl.ListFormat('en-GB').format(others.map(fullName)) || 'another patient'
  return `This email address is also on the record of ${holders}. ${name} logs on with their address, so it must be theirs alone. Type another, or set online access to Inactive first`
}
