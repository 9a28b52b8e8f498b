/** What happened to an appointment: an entry of the audit in the batch of each change, read back newest first. */
import { and, desc, eq, gte, like, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Ask } from '../../ask.ts'
import type { AuditedAct } from '../../audit/audit-store.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { holderName, isHolder } from '../../audit/holder-store.ts'
import { deliveryOf } from '../../mail/mail-store.ts'
import { appointment, audit, mail, patient, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'
import type { ActDetail } from './history.ts'

/** By the staff member who asks. */
export const appointmentEntry = (
  c: Ask,
  act: AuditedAct,
  of: { id: string; patientId: string },
  detail: ActDetail = {},
): Statement => entryByStaff(c, act, { ofPatient: of.patientId, detail: { appointment: of.id, ...detail } })

const mostShown = 50

const moved = alias(staff, 'moved')
const from = alias(staff, 'moved_from')

/** Of its patient's acts those that name it, and of those of a record that was merged into theirs. D1 gives columns back by name, so each has a name of its own. */
export const historyOf = (db: Database, clinicId: string, id: string) =>
  db
    .select({
      act: audit.act,
      at: audit.at,
      detail: audit.detail,
      byStaff: sql<string | null>`${staff.name}`.as('by_staff_name'),
      byPatient: audit.byPatient,
      holder: holderName,
      practitioner: sql<string | null>`${moved.name}`.as('moved_to_name'),
      fromPractitioner: sql<string | null>`${from.name}`.as('moved_from_name'),
    })
    .from(audit)
    .leftJoin(staff, and(eq(staff.clinicId, audit.clinicId), eq(staff.id, audit.byStaff)))
    .leftJoin(patient, isHolder)
    .leftJoin(moved, and(eq(moved.clinicId, audit.clinicId), eq(moved.id, inDetail('practitioner'))))
    .leftJoin(from, and(eq(from.clinicId, audit.clinicId), eq(from.id, inDetail('fromPractitioner'))))
    .where(
      and(
        eq(audit.clinicId, clinicId),
        sql`${audit.ofPatient} IN (SELECT ${patientOf(clinicId, id)} UNION ALL SELECT m.id FROM patient m
          WHERE m.clinic_id = ${clinicId} AND m.merged_into = ${patientOf(clinicId, id)})`,
        like(audit.act, 'appointment-%'),
        eq(inDetail('appointment'), id),
      ),
    )
    .orderBy(desc(audit.id))
    .limit(mostShown)

const inDetail = (name: string): SQL => sql`json_extract(${audit.detail}, ${`$.${name}`})`

/** Mails about appointments to its patient since it was booked, newest first; `mailsAbout` picks those about this one. */
export const appointmentMails = (db: Database, clinicId: string, id: string) =>
  db
    .select(deliveryOf)
    .from(mail)
    .where(
      and(
        eq(mail.clinicId, clinicId),
        eq(mail.patientId, patientOf(clinicId, id)),
        like(mail.kind, 'appointment-%'),
        gte(mail.createdAt, of(clinicId, id, 'booked_at')),
      ),
    )
    .orderBy(desc(mail.createdAt))
    .limit(mostShown)

const patientOf = (clinicId: string, id: string): SQL => of(clinicId, id, 'patient_id')

const of = (clinicId: string, id: string, column: 'patient_id' | 'booked_at'): SQL =>
  sql`(SELECT ${sql.raw(column)} FROM ${appointment} WHERE ${appointment.clinicId} = ${clinicId} AND ${appointment.id} = ${id})`
