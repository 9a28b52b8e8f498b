/** Whoever asks: their account, their passkeys, and for staff what else they have. */
import type { Ask } from '../../ask.ts'
import type { Passkey } from '../../schema.ts'
import { type Account, accountOf } from '../account-store.ts'
import { type Factors, factorsOf, requirementOf } from '../second-factor/factor-store.ts'
import { SessionEnded } from '../sessions/visit.ts'
import { passkeysOf } from './passkey-store.ts'

export interface OwnPasskeys {
  account: Account
  passkeys: Passkey[]
  /** Staff only. */
  factors?: Factors
  isRequired: boolean
}

export async function ownPasskeys(c: Ask): Promise<OwnPasskeys> {
  const { visit } = c.var
  const { staffId, patientId } = visit.claim
  const owner = staffId ? { staffId } : { patientId: patientId ?? '' }
  const [[account], passkeys, [factors], [requirement]] = await visit.read(
    accountOf(visit.db, visit.clinicId, owner),
    passkeysOf(visit.db, visit.clinicId, owner),
    factorsOf(visit.db, { clinicId: visit.clinicId, staffId: staffId ?? '' }),
    requirementOf(visit.db, visit.clinicId),
  )
  if (!account) throw new SessionEnded()
  const isRequired = staffId !== null && (requirement?.isRequired ?? false)
  return { account, passkeys, factors: staffId ? factors : undefined, isRequired }
}
