/** One try at the second factor: counted before it is looked at (ASVS 6.6.3), and let in by one batch when it is right. */
import { type Ask, afterTheAnswer } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { database, writeAll } from '../../web/database.ts'
import type { Account } from '../account-store.ts'
import { letIn, type Proof } from '../let-in.ts'
import { accountSeries } from '../lockout/lockout.ts'
import { counterKey, countTry, giveTryBack } from '../lockout/lockout-store.ts'
import { forgivingTrouble } from '../own-trouble.ts'
import { forgetHalfLogon } from './half-logon.ts'
import { type HalfLogon, useHalfLogon } from './half-logon-store.ts'

export const tooManyCodes = 'You have tried too many times. Wait 15 minutes, and try again'

type With = 'code' | 'recovery-code' | 'passkey'
export type Outcome = { ok: true; to: string } | { ok: false; because: 'too-many' | 'wrong' }
/** What a right proof uses up and writes; null when it is wrong. */
export type Evidence = Pick<Proof, 'uses' | 'and'> | null

/**
 * @param look compares what was typed; a fault in it is thrown on, and the try does not count
 * @returns where to go, or why not
 */
export async function trySecondFactor(
  c: Ask,
  half: HalfLogon & { account: Account },
  by: With,
  look: () => Promise<Evidence>,
): Promise<Outcome> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const seriesKey = await counterKey(c.env, 'second factor', clinic.id, half.staffId)
  const [counted] = await countTry(db, seriesKey, accountSeries, now)
  if (counted?.refused) return refuse(c, half, by, 'too-many')
  return forgivingTrouble(
    c,
    () => giveTryBack(db, seriesKey),
    async () => {
      const evidence = await look()
      const uses = [useHalfLogon(db, clinic.id, half.tokenHash, now), ...(evidence?.uses ?? [])]
      const proof = { by, uses, and: evidence?.and, counters: [seriesKey] }
      const to = evidence ? await letIn(c, db, half.account, proof, half.next) : null
      if (!to) return refuse(c, half, by, 'wrong')
      forgetHalfLogon(c)
      if (evidence?.and) afterTheAnswer(c, deliverDue)
      return { ok: true, to }
    },
  )
}

async function refuse(c: Ask, half: HalfLogon, by: With, because: 'too-many' | 'wrong'): Promise<Outcome> {
  const db = database(c.env)
  await writeAll(db, [
    auditEntry(db, {
      clinicId: c.var.clinic.id,
      act: 'second-factor-refused',
      at: c.var.now,
      ofStaff: half.staffId,
      detail: { because, by },
    }),
  ])
  return { ok: false, because }
}
