/** Works on what was asked, after the answer: a link goes to the address on the account, and to nobody else. */
import { auditEntry } from '../../audit/audit-store.ts'
import { type Bindings, publicOrigin, reportTrouble } from '../../environment.ts'
import { queueMail } from '../../mail/outbox.ts'
import { takeBackResetLinks } from '../../mail/waiting-store.ts'
import type { Clinic } from '../../schema.ts'
import { type Database, database, onlyIfChanged, writeAll } from '../../web/database.ts'
import { type Account, accountByLogonName, ownerOf } from '../account-store.ts'
import { newLink } from '../links/one-time-link-store.ts'
import { resetLink } from './emails.tsx'
import { markDecided, takeForMail, undecidedForgotten } from './forgotten-store.ts'

/** What cannot be worked on now stays written down for the next minute. @param id this one only */
export async function decideForgottenPasswords(env: Bindings, now: number, id?: string): Promise<void> {
  const db = database(env)
  for (const request of await undecidedForgotten(db, id)) {
    await decide(env, db, request, now).catch((error) => reportTrouble('forgotten password', error))
  }
}

type Request = Awaited<ReturnType<typeof undecidedForgotten>>[number]

async function decide(env: Bindings, db: Database, { asked, clinic }: Request, now: number): Promise<void> {
  const [account] = clinic.closedAt === null ? await accountByLogonName(db, clinic.id, asked.identifier) : []
  if (account?.email) await mailLink(env, db, { asked, clinic }, account, now)
  await markDecided(db, asked, now)
}

/** Nothing is written when there were enough mails: the request is then decided without one. */
async function mailLink(env: Bindings, db: Database, { asked, clinic }: Request, account: Account, now: number) {
  const owner = ownerOf(account)
  const link = newLink(db, { clinicId: clinic.id, purpose: 'reset', owner }, now)
  await writeAll(db, [
    takeForMail(db, asked, now),
    onlyIfChanged(db),
    ...takeBackResetLinks(db, { clinicId: clinic.id, ...owner }, now),
    ...link.statements,
    ...(await queueMail(env, db, { ...mailTo(env, clinic, account, link.token), ...owner }, now)),
    auditEntry(db, {
      clinicId: clinic.id,
      act: 'password-forgotten',
      at: now,
      ofStaff: account.staffId,
      ofPatient: account.patientId,
    }),
  ])
}

const mailTo = (env: Bindings, clinic: Clinic, account: Account, token: string) => ({
  clinicId: clinic.id,
  kind: 'reset-link' as const,
  to: account.email!,
  letter: resetLink(clinic, `${publicOrigin(env)}/${clinic.slug}/password/new/${token}`),
})
