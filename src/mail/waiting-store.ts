/** Mails that still wait when what they tell of has changed: they do not go out, or go to the address as it is now. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { contactEmail, patientNamed } from '../acting-for/contact-store.ts'
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
  giveUp(db, of.clinicId, isWaiting(of, links), { failure: 'superseded', settledAt: now, settledBy: byStaff }, now)

/** Online access was stopped, or a newer password made: what waits does not let in any more. @param byStaff who did so */
export const withdrawWaysIn = (
  db: Database,
  of: OfPatient,
  failure: 'stopped' | 'replaced',
  byStaff: string,
  now: number,
): Statement[] => giveUp(db, of.clinicId, isWaiting(of, waysIn), { failure, settledAt: now, settledBy: byStaff }, now)

/** The patient's address is another one, or none: the old one gets no way in any more, and hears of no appointment. */
export const readdressMails = (db: Database, of: OfPatient, now: number): Statement[] => [
  ...giveUp(db, of.clinicId, isWaiting(of, waysIn), { failure: 'address-changed' }, now),
  ...redirectNews(db, of, now),
]

/**
 * News of appointments goes to where its patient is reached now, and nowhere when that is nowhere: of this patient, and of
 * those for whom they act. Behind the change, in its batch.
 */
export function redirectNews(db: Database, { clinicId, patientId }: OfPatient, now: number): Statement[] {
  const isTheirs = sql`${mail.clinicId} = ${clinicId} AND ${inArray(mail.kind, news)} AND ${mail.patientId} IN (
    SELECT ${patientId} UNION ALL SELECT a.patient_id FROM acting_grant a
      WHERE a.clinic_id = ${clinicId} AND a.holder_id = ${patientId} AND a.ended_at IS NULL)`
  const contact = sql`(SELECT ${contactEmail(now, patientNamed('p'))}
    FROM patient p WHERE p.clinic_id = ${mail.clinicId} AND p.id = ${mail.patientId})`
  const isNowhere = sql`${isTheirs} AND ${mail.state} = 'queued' AND ${contact} IS NULL`
  const isNotSent = inArray(mail.state, ['queued', 'sending']) // a delivery under way may be cut off, and tried again
  return [
    ...giveUp(db, clinicId, isNowhere, { failure: 'address-changed' }, now),
    db.update(mail).set({ toAddress: contact }).where(sql`${isTheirs} AND ${isNotSent} AND ${contact} IS NOT NULL`),
  ]
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
  clinicId: string,
  which: SQL | undefined,
  because: { failure: Failure; settledAt?: number; settledBy?: string },
  now: number,
): Statement[] {
  const isMeant = and(eq(mail.clinicId, clinicId), which)
  return [
    auditGivenUp(db, isMeant, now),
    db
      .update(mail)
      .set({ ...because, state: 'abandoned', sealed: null })
      .where(isMeant),
  ]
}

const auditGivenUp = (db: Database, which: SQL | undefined, now: number): Statement =>
  db.run(sql`INSERT INTO audit (clinic_id, at, act, of_staff, of_patient, detail)
    SELECT clinic_id, ${now}, 'mail-abandoned', staff_id, patient_id, json_object('mail', id, 'kind', kind)
    FROM mail WHERE ${which}`)

const isOfOwner = (of: OfOwner): SQL | undefined =>
  and(eq(mail.clinicId, of.clinicId), 'staffId' in of ? eq(mail.staffId, of.staffId) : eq(mail.patientId, of.patientId))
const isWaiting = (of: OfPatient, kinds: MailKind[]): SQL | undefined =>
  and(isOfOwner(of), inArray(mail.kind, kinds), eq(mail.state, 'queued'))
