/** Whoever asks, of the staff: their account, what they have besides the password, and whether the clinic asks for it. */
import type { Ask } from '../../ask.ts'
import { type Account, accountOf } from '../account-store.ts'
import { SessionEnded } from '../sessions/visit.ts'
import { type Factors, factorsOf, requirementOf } from './factor-store.ts'

export interface OwnFactors {
  account: Account
  factors: Factors
  isRequired: boolean
}

export async function ownFactors(c: Ask): Promise<OwnFactors> {
  const { visit } = c.var
  const staffId = visit.claim.staffId ?? ''
  const [[account], [factors], [requirement]] = await visit.read(
    accountOf(visit.db, visit.clinicId, { staffId }),
    factorsOf(visit.db, { clinicId: visit.clinicId, staffId }),
    requirementOf(visit.db, visit.clinicId),
  )
  if (!account || !factors) throw new SessionEnded()
  return { account, factors, isRequired: requirement?.isRequired ?? false }
}

/** Whether this person would be left without any, where the clinic asks for one. */
export const isNeeded = ({ factors, isRequired }: OwnFactors): boolean =>
  isRequired && factors.passkeys + (factors.appSince === null ? 0 : 1) <= 1
