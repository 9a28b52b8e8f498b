/** Mails on their way: a mail is claimed by one conditional UPDATE, and its sealed body goes with its delivery. */
import { and, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import { auditEntry } from '../audit/audit-store.ts'
import { clinic, type Mail, mail } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { minute, wholeDay } from '../web/durations.ts'
import { kept } from '../web/kept.ts'
import type { Failure } from './mail-state.ts'

const lease = 2 * minute // ms a claim lasts: a delivery that was cut off is taken up again after it
const keptFor = 30 * wholeDay
const longestOnItsWay = 2 * wholeDay // retry.ts gives up after one; this is for what is cut off at every try

export const insertMail = (db: Database, row: typeof mail.$inferInsert): Statement => db.insert(mail).values(row)

/** Takes up to `limit` mails that are due: nobody else gets the same ones while the claim lasts. */
export const claimDue = (db: Database, now: number, limit: number): Promise<Mail[]> =>
  db
    .update(mail)
    .set({ state: 'sending', attempts: sql`${mail.attempts} + 1`, nextAttemptAt: now + lease })
    .where(
      inArray(
        mail.id,
        sql`(SELECT id FROM mail WHERE state IN ('queued', 'sending') AND next_attempt_at <= ${now} ORDER BY next_attempt_at LIMIT ${limit})`,
      ),
    )
    .returning()

/** In whose name each mail goes out, and whom to call. */
export const clinicsOf = (db: Database, ids: string[]) =>
  db.select({ id: clinic.id, name: clinic.name, phone: clinic.phone }).from(clinic).where(inArray(clinic.id, ids))

export const markSent = (db: Database, id: string, at: number): Statement =>
  db
    .update(mail)
    .set({ state: 'sent', sentAt: at, sealed: null, failure: null })
    .where(and(eq(mail.id, id), ne(mail.state, 'sent')))

export const markToRetry = (db: Database, id: string, failure: Failure, nextAttemptAt: number): Statement =>
  db
    .update(mail)
    .set({ state: 'queued', failure, nextAttemptAt })
    .where(and(eq(mail.id, id), eq(mail.state, 'sending')))

export const markAbandoned = (db: Database, id: string, failure: Failure): Statement =>
  db
    .update(mail)
    .set({ state: 'abandoned', failure, sealed: null })
    .where(and(eq(mail.id, id), eq(mail.state, 'sending')))

/** What became of a mail, in the audit of its clinic: in the batch that says so of the mail. */
export const fateEntry = (db: Database, mail: Mail, act: 'mail-sent' | 'mail-abandoned', at: number): Statement =>
  auditEntry(db, {
    clinicId: mail.clinicId,
    act,
    at,
    ofStaff: mail.staffId,
    ofPatient: mail.patientId,
    detail: { mail: mail.id, kind: mail.kind },
  })

export const deliveryOf = {
  id: mail.id,
  kind: mail.kind,
  toAddress: mail.toAddress,
  patientId: mail.patientId,
  staffId: mail.staffId,
  state: mail.state,
  createdAt: mail.createdAt,
  nextAttemptAt: mail.nextAttemptAt,
  sentAt: mail.sentAt,
  failure: mail.failure,
}

/** What was mailed to a patient, newest first. */
export const mailsOfPatient = (db: Database, clinicId: string, patientId: string) =>
  ofPatient(db, { clinicId, patientId })
const ofPatient = kept(['clinicId', 'patientId'], (db, { clinicId, patientId }) =>
  db
    .select(deliveryOf)
    .from(mail)
    .where(and(eq(mail.clinicId, clinicId), eq(mail.patientId, patientId)))
    .orderBy(desc(mail.createdAt))
    .limit(20),
)

/** Mails that were given up and that nobody has dealt with, newest first: staff must tell these people another way. */
export const abandonedMails = (db: Database, clinicId: string) =>
  db
    .select(deliveryOf)
    .from(mail)
    .where(and(eq(mail.clinicId, clinicId), eq(mail.state, 'abandoned'), isNull(mail.settledAt)))
    .orderBy(desc(mail.createdAt))
    .limit(50)

export type MailLine = Awaited<ReturnType<typeof mailsOfPatient>>[number]

const neverEnds = (now: number) =>
  and(lt(mail.createdAt, now - longestOnItsWay), inArray(mail.state, ['queued', 'sending']))

/** That a mail went out is remembered for 30 days. What never comes to an end is given up, and its body goes. */
export const sweepMail = (db: Database, now: number): Statement[] => [
  db.run(sql`insert into "audit" (clinic_id, at, act, of_staff, of_patient, detail)
    SELECT clinic_id, ${now}, 'mail-abandoned', staff_id, patient_id, json_object('mail', id, 'kind', kind)
    FROM mail WHERE ${neverEnds(now)}`),
  db
    .update(mail)
    .set({ state: 'abandoned', failure: 'no-answer' satisfies Failure, sealed: null })
    .where(neverEnds(now)),
  db.delete(mail).where(and(lt(mail.createdAt, now - keptFor), inArray(mail.state, ['sent', 'abandoned']))),
]
