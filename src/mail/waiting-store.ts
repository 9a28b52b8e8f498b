/** Mails that still wait when what they tell of has changed: they do not go out, or go to the address as it is now. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { mail } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import type { MailKind } from './mail-kind.ts'
import type { Failure } from './mail-state.ts'

type OfPatient = { clinicId: string; patientId: string }
type OfOwner = OfPatient | { clinicId: string; staffId: string }

const links: MailKind[] = ['access-link', 'registration-link', 'reset-link', 'email-proof']
const waysIn: MailKind[] = [...links, 'access-password']
const news: MailKind[] = ['appointment-booked', 'appointment-moved', 'appointment-cancelled', 'appointment-reminder']

/** Links that a newer one has ended. @param byStaff who sends the newer one: it is dealt with */
export const supersedeLinks = (db: Database, of: OfPatient, byStaff: string, now: number): Statement[] =>
  giveUp(db, of, links, { failure: 'superseded', settledAt: now, settledBy: byStaff }, now)

/** Online access was stopped, or a newer password made: what waits does not let in any more. @param byStaff who did so */
export const withdrawWaysIn = (
  db: Database,
  of: OfPatient,
  failure: 'stopped' | 'replaced',
  byStaff: string,
  now: number,
): Statement[] => giveUp(db, of, waysIn, { failure, settledAt: now, settledBy: byStaff }, now)

/** The patient's address is another one, or none: the old one gets no way in any more, and hears of no appointment. */
export const readdressMails = (db: Database, of: OfPatient, to: string | null, now: number): Statement[] => {
  const failure = { failure: 'address-changed' as const }
  if (to === null) return giveUp(db, of, [...waysIn, ...news], failure, now)
  const redirected = db.update(mail).set({ toAddress: to }).where(isNotSent(of, news))
  return [...giveUp(db, of, waysIn, failure, now), redirected]
}

/**
 * Links of their own asking that a newer one, or another password, has ended: nobody waits for them any more, so nothing is
 * left for staff to deal with.
 */
export const takeBackResetLinks = (db: Database, of: OfOwner, now: number): Statement[] => {
  const isWaitingLink = and(isOfOwner(of), eq(mail.kind, 'reset-link'), eq(mail.state, 'queued'))
  return [auditGivenUp(db, isWaitingLink, now), db.delete(mail).where(isWaitingLink)]
}

/** What becomes of a mail is in the audit: its row stands before the change. */
function giveUp(
  db: Database,
  of: OfPatient,
  kinds: MailKind[],
  because: { failure: Failure; settledAt?: number; settledBy?: string },
  now: number,
): Statement[] {
  return [
    auditGivenUp(db, isWaiting(of, kinds), now),
    db
      .update(mail)
      .set({ ...because, state: 'abandoned', sealed: null })
      .where(isWaiting(of, kinds)),
  ]
}

const auditGivenUp = (db: Database, which: SQL | undefined, now: number): Statement =>
  db.run(sql`INSERT INTO audit (clinic_id, at, act, of_staff, of_patient, detail)
    SELECT clinic_id, ${now}, 'mail-abandoned', staff_id, patient_id, json_object('mail', id, 'kind', kind)
    FROM mail WHERE ${which}`)

/** Where a delivery is under way it may be cut off, and tried again. */
const isNotSent = (of: OfPatient, kinds: MailKind[]): SQL | undefined =>
  and(isOf(of, kinds), inArray(mail.state, ['queued', 'sending']))
const isWaiting = (of: OfPatient, kinds: MailKind[]): SQL | undefined => and(isOf(of, kinds), eq(mail.state, 'queued'))

const isOfOwner = (of: OfOwner): SQL | undefined =>
  and(eq(mail.clinicId, of.clinicId), 'staffId' in of ? eq(mail.staffId, of.staffId) : eq(mail.patientId, of.patientId))
const isOf = ({ clinicId, patientId }: OfPatient, kinds: MailKind[]): SQL | undefined =>
  and(eq(mail.clinicId, clinicId), eq(mail.patientId, patientId), inArray(mail.kind, kinds))
