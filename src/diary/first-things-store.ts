/** What staff should look at first when they come in. */
import { and, asc, count, eq, gt, isNull, lte, ne, sql } from 'drizzle-orm'
import { actingGrant, mail, type OnlineAccess, patient, patientCount, staff } from '../schema.ts'
import type { Database } from '../web/database.ts'
import { kept } from '../web/kept.ts'

/** Patients in a line. */
export const mostNamed = 5

/** Mails that were given up and that nobody has dealt with: how many, per patient; in one row those to nobody's record. */
export const abandonedByPatient = (db: Database, clinicId: string) => keptMails(db, { clinicId })
const keptMails = kept(['clinicId'], (db, { clinicId }) =>
  db
    .select({
      count: count(),
      patientId: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
    })
    .from(mail)
    .leftJoin(patient, and(eq(patient.clinicId, mail.clinicId), eq(patient.id, mail.patientId)))
    .where(and(eq(mail.clinicId, clinicId), eq(mail.state, 'abandoned'), isNull(mail.settledAt)))
    .groupBy(patient.id)
    .orderBy(patient.sortName),
)
export type AbandonedByPatient = Awaited<ReturnType<typeof abandonedByPatient>>

/** How many patients have which online access, without the archived; `state` null: not registered. */
export const patientsByAccess = (db: Database, clinicId: string) => keptPatients(db, { clinicId })
const keptPatients = kept(['clinicId'], (db, { clinicId }) =>
  db
    .select({
      state: sql<OnlineAccess['state'] | null>`nullif(${patientCount.listedAs}, 'none')`,
      count: patientCount.patients,
    })
    .from(patientCount)
    .where(
      and(eq(patientCount.clinicId, clinicId), ne(patientCount.listedAs, 'archived'), gt(patientCount.patients, 0)),
    ),
)
export type PatientsByAccess = Awaited<ReturnType<typeof patientsByAccess>>

/** Staff who cannot log on because they have no password (rule M4). */
export const staffWithoutPassword = (db: Database, clinicId: string) => keptStaff(db, { clinicId })
const keptStaff = kept(['clinicId'], (db, { clinicId }) =>
  db
    .select({ count: count() })
    .from(staff)
    .where(and(eq(staff.clinicId, clinicId), isNull(staff.passwordHash), isNull(staff.deactivatedAt))),
)

/** For whom somebody acts, where that is to be looked at again: the longest due first, one more than are named. */
export const reviewsDue = (db: Database, clinicId: string, now: number) => keptReviews(db, { clinicId, now })
const keptReviews = kept(['clinicId', 'now'], (db, { clinicId, now }) =>
  db
    .select({ patientId: patient.id, firstName: patient.firstName, lastName: patient.lastName })
    .from(actingGrant)
    .innerJoin(patient, and(eq(patient.clinicId, actingGrant.clinicId), eq(patient.id, actingGrant.patientId)))
    .where(
      and(
        eq(actingGrant.clinicId, clinicId),
        isNull(actingGrant.endedAt),
        lte(actingGrant.reviewAt, now),
        isNull(patient.archivedAt),
      ),
    )
    .orderBy(asc(actingGrant.reviewAt))
    .limit(mostNamed + 1),
)
export type ReviewDue = Awaited<ReturnType<typeof reviewsDue>>[number]
