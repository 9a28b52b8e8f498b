/** What every new password of one's own brings with it, however it came about. */
import type { Ask } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { publicOrigin } from '../../environment.ts'
import { queueMail } from '../../mail/outbox.ts'
import { takeBackResetLinks } from '../../mail/waiting-store.ts'
import type { Database, Statement } from '../../web/database.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Account, ownerOf, setOwnPassword } from '../account-store.ts'
import { endLinksOf } from '../links/one-time-link-store.ts'
import { forgetTriesEverywhere } from '../lockout/lockout-store.ts'
import { accountKeyOf } from '../logon-try.ts'
import { endSessionsOf } from '../sessions/session-store.ts'
import { passwordChanged } from './emails.tsx'
import { hashPassword } from './password.ts'

/** What a new password must not be made of. */
export const knownWords = (clinic: { name: string; slug: string }, account: Account): string[] => [
  clinic.name,
  clinic.slug,
  account.names,
  account.logonName,
  account.email ?? '',
]

/**
 * Sets it, ends every session and every open link, forgets wrong tries, tells the owner by mail, and writes it down.
 * Refused as 'nothing-changed' when the account was stopped or got another password meanwhile.
 */
export async function newPasswordStatements(
  c: Ask,
  db: Database,
  account: Account,
  password: string,
  act: 'password-changed' | 'password-set-by-link' | 'password-set-at-counter',
): Promise<Statement[]> {
  const { clinic, now, frame } = c.var
  const owner = ownerOf(account)
  const hash = await hashPassword(c.env, password)
  return [
    setOwnPassword(db, clinic.id, account, hash, now),
    onlyIfChanged(db),
    endSessionsOf(db, clinic.id, owner),
    endLinksOf(db, clinic.id, owner, now),
    ...takeBackResetLinks(db, { clinicId: clinic.id, ...owner }, now),
    forgetTriesEverywhere(db, await accountKeyOf(c, account.logonName)),
    ...(await notice(c, db, account, publicOrigin(c.env) + frame.base)),
    auditEntry(db, {
      clinicId: clinic.id,
      act,
      at: now,
      byStaff: account.staffId,
      byPatient: account.patientId,
      ofStaff: account.staffId,
      ofPatient: account.patientId,
    }),
  ]
}

async function notice(c: Ask, db: Database, account: Account, clinicUrl: string): Promise<Statement[]> {
  const { clinic, now } = c.var
  if (!account.email) return []
  const mail = {
    clinicId: clinic.id,
    kind: 'password-changed' as const,
    to: account.email,
    ...ownerOf(account),
    letter: passwordChanged(clinic, clinicUrl),
  }
  return queueMail(c.env, db, mail, now)
}
