/**
 * Somebody who is logged on says their current password once more: for what must not be done by whoever finds a desk
 * left open (G11, ASVS 7.5.3). A wrong one counts like a wrong one at the door (security.md D16), and is written down.
 */
import type { Ask } from '../../ask.ts'
import { boundedEntry, refusalsOfOne } from '../../audit/audit-store.ts'
import { writeAll } from '../../web/database.ts'
import type { Problems } from '../../web/form.ts'
import { type Account, accountOf } from '../account-store.ts'
import { tooManyTries } from '../lockout/lockout.ts'
import { countTry, forgetTries, giveTryBack } from '../lockout/lockout-store.ts'
import { seriesOf } from '../logon-try.ts'
import { forgivingTrouble } from '../own-trouble.ts'
import { SessionEnded } from '../sessions/visit.ts'
import { verifyPassword } from './password.ts'

export async function ownAccount(c: Ask): Promise<Account> {
  const { visit } = c.var
  const { staffId, patientId } = visit.claim
  const owner = staffId ? { staffId } : { patientId: patientId ?? '' }
  const [[account]] = await visit.read(accountOf(visit.db, visit.clinicId, owner))
  if (!account) throw new SessionEnded()
  return account
}

/** What the field is called in which it is asked for. */
export const currentName = ({ passwordKind }: Pick<Account, 'passwordKind'>): string =>
  passwordKind === 'temporary' ? 'temporary password' : 'current password'

type Proof = { ok: true } | { ok: false; problems: Problems; status: 422 | 429 }

/**
 * Does the work if the password is right.
 * @param work given the counter of the try, to be given back in its batch
 * @param already the password that the work sets: when it is so, the same form was sent twice, and all is done
 */
export async function provingPassword(
  c: Ask,
  account: Account,
  current: string,
  work: (seriesKey: string) => Promise<void>,
  already?: string,
): Promise<Proof> {
  const { db } = c.var.visit
  const { seriesKey, series } = await seriesOf(c, account.logonName)
  const [counted] = await countTry(db, seriesKey, series, c.var.now)
  if (counted?.refused) return refuse(c, tooManyTries, 'too-many')
  return forgivingTrouble(
    c,
    () => giveTryBack(db, seriesKey),
    async () => {
      const { ok } = await verifyPassword(c.env, current, account.passwordHash)
      if (!ok && already && (await verifyPassword(c.env, already, account.passwordHash)).ok) {
        await writeAll(db, [forgetTries(db, [seriesKey])])
        return { ok: true }
      }
      if (!ok) return refuse(c, `Check your ${currentName(account)} and try again`, 'wrong')
      await work(seriesKey)
      return { ok: true }
    },
  )
}

async function refuse(c: Ask, words: string, because: 'wrong' | 'too-many'): Promise<Proof> {
  const { visit, now } = c.var
  const { clinicId, staffId: byStaff, patientId: byPatient } = visit.claim
  const whose = { byStaff, byPatient, ofStaff: byStaff, ofPatient: byPatient }
  const entry = { clinicId, act: 'password-refused' as const, at: now, ...whose, detail: { because } }
  await writeAll(visit.db, [boundedEntry(visit.db, entry, refusalsOfOne)])
  return { ok: false, problems: { current_password: words }, status: because === 'wrong' ? 422 : 429 }
}
