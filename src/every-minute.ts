/** What the cron does each minute: whatever was written down and not yet worked on, then the mails, then the broom. */
import { copySeals } from './audit/checkpoint-store.ts'
import { sealAudit } from './audit/seal-store.ts'
import { sweepLookFiles } from './clinic/look/look-store.ts'
import { remind } from './diary/messages/reminders.ts'
import { type Bindings, reportTrouble } from './environment.ts'
import { sweepLinks } from './front-door/links/one-time-link-store.ts'
import { sweepLockouts } from './front-door/lockout/lockout-store.ts'
import { sweepChallenges } from './front-door/passkeys/passkey-store.ts'
import { decideForgottenPasswords } from './front-door/passwords/forgotten-password.ts'
import { sweepForgotten } from './front-door/passwords/forgotten-store.ts'
import { sweepHalfLogons } from './front-door/second-factor/half-logon-store.ts'
import { sweepSessions } from './front-door/sessions/session-store.ts'
import { sweepMail } from './mail/mail-store.ts'
import { deliverDue } from './mail/outbox.ts'
import { decideRegistrations } from './registration/decide.ts'
import { sweepRegistrations } from './registration/registration-store.ts'
import { database } from './web/database.ts'

/** Each step stands alone: one that fails is reported and the others go on. */
export async function everyMinute(env: Bindings, now: number): Promise<void> {
  const db = database(env)
  await step('registrations', () => decideRegistrations(env, now))
  await step('forgotten passwords', () => decideForgottenPasswords(env, now))
  await step('reminders', () => remind(env, now))
  await step('mail', () => deliverDue(env, now))
  await step('audit', () => sealAudit(env, now))
  await step('audit checkpoints', () => copySeals(env, now))
  await step('broom', () =>
    db.batch([
      sweepSessions(db, now),
      sweepHalfLogons(db, now),
      sweepChallenges(db, now),
      sweepForgotten(db, now),
      sweepLockouts(db, now),
      sweepLinks(db, now),
      ...sweepRegistrations(db, now),
      ...sweepMail(db, now),
      sweepLookFiles(db, now),
    ]),
  )
}

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) => reportTrouble(`every minute: ${name}`, error)) // the next minute tries again
}
