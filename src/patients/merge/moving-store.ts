/** What hangs on a record and goes over to the one that stays: appointments, registrations, mails, grants of acting for others. */
import { and, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { mergedSettlement } from '../../registration/desk/desk.ts'
import { actingGrant, mail, registration } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'

interface Move {
  clinicId: string
  from: string
  to: string
}

/**
 * Past and to come. Their ids stay, so calendars know them again. The index is named: SQLite would rather walk through all
 * appointments of the clinic.
 */
export const moveAppointments = (db: Database, { clinicId, from, to }: Move): Statement =>
  db.run(sql`UPDATE appointment INDEXED BY appointment_of_patient SET patient_id = ${to}
    WHERE clinic_id = ${clinicId} AND patient_id = ${from}`)

export const moveMails = (db: Database, { clinicId, from, to }: Move): Statement =>
  db
    .update(mail)
    .set({ patientId: to })
    .where(and(eq(mail.clinicId, clinicId), eq(mail.patientId, from)))

export const moveRegistrations = (db: Database, { clinicId, from, to }: Move): Statement =>
  db
    .update(registration)
    .set({ patientId: to })
    .where(and(eq(registration.clinicId, clinicId), eq(registration.patientId, from)))

/** Behind the moves: what waited because this patient may be here twice is settled, unless a third record is called the same. */
export const settleDuplicates = (db: Database, { clinicId, to }: Move, byStaff: string, now: number): Statement =>
  db
    .update(registration)
    .set({ settledAt: now, settledBy: byStaff, settlement: 'corrected', settlementReason: mergedSettlement })
    .where(
      and(
        eq(registration.clinicId, clinicId),
        eq(registration.patientId, to),
        eq(registration.because, 'possible-duplicate'),
        isNull(registration.settledAt),
        sql`NOT EXISTS (SELECT 1 FROM patient p CROSS JOIN patient o ON o.clinic_id = p.clinic_id
          AND o.sort_name = p.sort_name AND o.date_of_birth = p.date_of_birth AND o.id <> p.id AND o.merged_into IS NULL
          WHERE p.clinic_id = ${clinicId} AND p.id = ${to})`,
      ),
    )

/** What is over stays with the record on which it was. What would let somebody act for themselves, or stand twice, ends. */
export const moveGrants = (db: Database, { clinicId, from, to }: Move, byStaff: string, now: number): Statement[] => {
  const isLiving = and(eq(actingGrant.clinicId, clinicId), isNull(actingGrant.endedAt))
  const isHeld = and(isLiving, eq(actingGrant.holderId, from))
  const isGiven = and(isLiving, eq(actingGrant.patientId, from))
  const end = (which: SQL | undefined) => db.update(actingGrant).set({ endedAt: now, endedBy: byStaff }).where(which)
  const twin = (holder: unknown, whom: unknown) => sql`EXISTS (SELECT 1 FROM acting_grant t
    WHERE t.clinic_id = ${clinicId} AND t.holder_id = ${holder} AND t.patient_id = ${whom} AND t.ended_at IS NULL)`
  return [
    end(and(isHeld, or(eq(actingGrant.patientId, to), twin(to, actingGrant.patientId)))),
    end(and(isGiven, or(eq(actingGrant.holderId, to), twin(actingGrant.holderId, to)))),
    db
      .update(actingGrant)
      .set({ holderId: to })
      .where(and(isHeld, ne(actingGrant.patientId, to))),
    db
      .update(actingGrant)
      .set({ patientId: to })
      .where(and(isGiven, ne(actingGrant.holderId, to))),
  ]
}
