/** Invitations as they stand: what was mailed, who never came, whose link ran out; a page at a time, each by its index. */
import { and, desc, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { mailRates } from '../../front-door/lockout/lockout.ts'
import { deliveryOf } from '../../mail/mail-store.ts'
import { mail, oneTimeLink, onlineAccess, patient, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import { linksMailed } from '../online-access-store.ts'
import { type MailFilter, type NeverFilter, pageLength } from './invitation.ts'

const bySender = alias(staff, 'by_sender')
const ofStaff = alias(staff, 'of_staff')
const named = (name: string, column: SQL) => sql<string | null>`${column}`.as(name)
const isPatientOfMail = and(eq(patient.clinicId, mail.clinicId), eq(patient.id, mail.patientId))

/** In words that the database takes for the conditions of its indexes. */
const inState: Record<MailFilter, SQL> = {
  queued: sql`${mail.state} IN ('queued', 'sending') AND ${mail.failure} IS NULL`,
  failed: sql`${mail.state} IN ('queued', 'sending') AND ${mail.failure} IS NOT NULL`,
  sent: sql`${mail.state} = 'sent'`,
  abandoned: sql`${mail.state} = 'abandoned'`,
}
const isAccessMail = sql`${mail.kind} IN ('access-link', 'access-password', 'registration-link', 'reset-link')`

/** Mails that give a way in, newest first; of those that were given up every kind, for nobody else will tell. One more than a page. */
export const accessMails = (db: Database, clinicId: string, of: { state?: MailFilter; before?: string }) =>
  db
    .select({
      ...deliveryOf,
      settledAt: mail.settledAt,
      firstName: patient.firstName,
      lastName: patient.lastName,
      byName: named('by_name', sql`${bySender.name}`),
      staffName: named('staff_name', sql`${ofStaff.name}`),
    })
    .from(mail)
    .leftJoin(patient, isPatientOfMail)
    .leftJoin(bySender, and(eq(bySender.clinicId, mail.clinicId), eq(bySender.id, mail.byStaff)))
    .leftJoin(ofStaff, and(eq(ofStaff.clinicId, mail.clinicId), eq(ofStaff.id, mail.staffId)))
    .where(
      and(
        eq(mail.clinicId, clinicId),
        of.state && inState[of.state],
        of.state === 'abandoned' ? undefined : isAccessMail,
        of.before === undefined
          ? undefined
          : sql`(${mail.createdAt}, ${mail.id}) < (
              SELECT b.created_at, b.id FROM mail b WHERE b.clinic_id = ${clinicId} AND b.id = ${of.before})`,
      ),
    )
    .orderBy(desc(mail.createdAt), desc(mail.id))
    .limit(pageLength + 1)
export type MailRow = Awaited<ReturnType<typeof accessMails>>[number]

const invitee = {
  id: patient.id,
  firstName: patient.firstName,
  lastName: patient.lastName,
  email: patient.email,
  state: onlineAccess.state,
  since: onlineAccess.since,
  passwordKind: onlineAccess.passwordKind,
  temporaryExpiresAt: onlineAccess.temporaryExpiresAt,
}
const isPatientOfAccess = and(eq(patient.clinicId, onlineAccess.clinicId), eq(patient.id, onlineAccess.patientId))

/** Until when the newest link works, or worked, that was neither used nor ended. */
const linkUntil = sql<number | null>`(SELECT max(l.expires_at) FROM one_time_link l
  WHERE l.clinic_id = ${onlineAccess.clinicId} AND l.patient_id = ${onlineAccess.patientId}
    AND l.purpose <> 'counter' AND l.used_at IS NULL AND l.ended_at IS NULL)`

/** Patients who may log on and never did, the latest first. One more than a page. */
export const neverLoggedOn = (db: Database, clinicId: string, of: { access?: NeverFilter; after?: string }) =>
  db
    .select({ ...invitee, linkUntil: linkUntil.as('link_until') })
    .from(onlineAccess)
    .innerJoin(patient, isPatientOfAccess)
    .where(
      and(
        eq(onlineAccess.clinicId, clinicId),
        sql`${onlineAccess.lastLogonAt} IS NULL AND ${onlineAccess.email} IS NOT NULL`,
        isNull(patient.archivedAt),
        of.access && eq(onlineAccess.state, of.access),
        of.after === undefined
          ? undefined
          : sql`(${onlineAccess.since}, ${onlineAccess.patientId}) < (
              SELECT a.since, a.patient_id FROM online_access a WHERE a.clinic_id = ${clinicId} AND a.patient_id = ${of.after})`,
      ),
    )
    .orderBy(desc(onlineAccess.since), desc(onlineAccess.patientId))
    .limit(pageLength + 1)
export type NeverRow = Awaited<ReturnType<typeof neverLoggedOn>>[number]

/** Links to a patient who never came that ran out unused, the latest first. One more than a page. */
export const runOutLinks = (db: Database, clinicId: string, of: { after?: string }, now: number) =>
  db
    .select({
      ...invitee,
      linkId: sql<string>`${oneTimeLink.id}`.as('link_id'),
      purpose: oneTimeLink.purpose,
      expiresAt: oneTimeLink.expiresAt,
    })
    .from(oneTimeLink)
    .innerJoin(
      onlineAccess,
      and(eq(onlineAccess.clinicId, oneTimeLink.clinicId), eq(onlineAccess.patientId, oneTimeLink.patientId)),
    )
    .innerJoin(patient, isPatientOfAccess)
    .where(
      and(
        eq(oneTimeLink.clinicId, clinicId),
        sql`${oneTimeLink.patientId} IS NOT NULL AND ${oneTimeLink.usedAt} IS NULL AND ${oneTimeLink.endedAt} IS NULL`,
        lte(oneTimeLink.expiresAt, now),
        inArray(oneTimeLink.purpose, ['set-up', 'registration']),
        sql`${onlineAccess.lastLogonAt} IS NULL AND ${onlineAccess.email} IS NOT NULL`,
        isNull(patient.archivedAt),
        of.after === undefined
          ? undefined
          : sql`(${oneTimeLink.expiresAt}, ${oneTimeLink.id}) < (
              SELECT a.expires_at, a.id FROM one_time_link a WHERE a.clinic_id = ${clinicId} AND a.id = ${of.after})`,
      ),
    )
    .orderBy(desc(oneTimeLink.expiresAt), desc(oneTimeLink.id))
    .limit(pageLength + 1)
export type RunOutRow = Awaited<ReturnType<typeof runOutLinks>>[number]

/** Those who are to be invited again, with all that decides it. */
export const invitees = (db: Database, clinicId: string, ids: string[], now: number) =>
  db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      email: patient.email,
      emailCanonical: patient.emailCanonical,
      archivedAt: patient.archivedAt,
      state: onlineAccess.state,
      sharers: sql<number>`(SELECT count(*) FROM patient o WHERE o.clinic_id = ${clinicId}
        AND o.email_canonical = ${patient.emailCanonical} AND o.id <> ${patient.id})`.as('sharers'),
      hasEnough: sql<0 | 1>`(${sql.join(
        mailRates.map(
          ({ limit, window }) => sql`${linksMailed(clinicId, sql`${patient.id}`, now - window)} >= ${limit}`,
        ),
        sql` OR `,
      )})`.as('has_enough'),
    })
    .from(patient)
    .leftJoin(onlineAccess, isPatientOfAccess)
    .where(and(eq(patient.clinicId, clinicId), inArray(patient.id, ids)))
    .orderBy(patient.sortName, patient.id)
export type Invitee = Awaited<ReturnType<typeof invitees>>[number]

type Named = { clinicId: string; patientId: string }
const isMailOf = ({ clinicId, patientId }: Named) => and(eq(mail.clinicId, clinicId), eq(mail.patientId, patientId))

/** The patient was told by a newer mail. */
export const settleMailsOf = (db: Database, of: Named, byStaff: string, now: number): Statement =>
  db
    .update(mail)
    .set({ settledAt: now, settledBy: byStaff })
    .where(and(isMailOf(of), eq(mail.state, 'abandoned'), isNull(mail.settledAt)))

/** Changes no row when somebody has dealt with it already, or it was not given up. */
export const settleMail = (db: Database, of: { clinicId: string; id: string }, byStaff: string, now: number) =>
  db
    .update(mail)
    .set({ settledAt: now, settledBy: byStaff })
    .where(and(eq(mail.clinicId, of.clinicId), eq(mail.id, of.id), eq(mail.state, 'abandoned'), isNull(mail.settledAt)))

export const mailById = (db: Database, clinicId: string, id: string) =>
  db
    .select({ id: mail.id, state: mail.state, patientId: mail.patientId, staffId: mail.staffId, kind: mail.kind })
    .from(mail)
    .where(and(eq(mail.clinicId, clinicId), eq(mail.id, id)))
