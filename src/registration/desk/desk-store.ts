/** What waits on the registration desk, the records that may be meant, and how an entry is settled. */
import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, patient, registration, staff } from '../../schema.ts'
import type { Database, Statement } from '../../web/database.ts'

const mostShown = 50 // entries

const withSettler = (db: Database) =>
  db
    .select({ asked: registration, settledBy: staff.name })
    .from(registration)
    .leftJoin(staff, and(eq(staff.clinicId, registration.clinicId), eq(staff.id, registration.settledBy)))

export type DeskRow = Awaited<ReturnType<ReturnType<typeof withSettler>['execute']>>[number]

/** What waits, newest first. @param search a reference or part of an email address; '' for all */
export const waitingOnDesk = (db: Database, clinicId: string, search: string) =>
  withSettler(db)
    .where(and(isWaiting(clinicId), matching(search)))
    .orderBy(desc(registration.deskSince))
    .limit(mostShown)

/** What needs nothing any more: settled, or, when looked for, anything at all that was asked. */
export const settledOnDesk = (db: Database, clinicId: string, search: string) =>
  withSettler(db)
    .where(
      and(
        eq(registration.clinicId, clinicId),
        or(isNotNull(registration.settledAt), search === '' ? sql`0` : isNull(registration.deskSince)),
        matching(search),
      ),
    )
    .orderBy(desc(registration.askedAt))
    .limit(20)

const isWaiting = (clinicId: string): SQL | undefined =>
  and(eq(registration.clinicId, clinicId), isNotNull(registration.deskSince), isNull(registration.settledAt))

const matching = (search: string): SQL | undefined =>
  search === ''
    ? undefined
    : sql`(${registration.reference} = ${search.toUpperCase()} OR instr(${registration.email}, ${search.toLowerCase()}) > 0)`

/** Those of `waitingOnDesk`. */
const waiting = (clinicId: string, search: string): SQL => sql`
  SELECT email, patient_id, json_extract(details, '$.dateOfBirth') AS born FROM registration
  WHERE ${and(isWaiting(clinicId), matching(search))} ORDER BY desk_since DESC LIMIT ${mostShown}`

/** Records that may be meant by what waits: the same address, or the same date of birth as was typed. */
export const candidates = (db: Database, clinicId: string, search: string) =>
  db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      dateOfBirth: patient.dateOfBirth,
      emailCanonical: patient.emailCanonical,
      email: patient.email,
      mobile: patient.mobile,
      phone: patient.phone,
      sortName: patient.sortName,
      archivedAt: patient.archivedAt,
      access: onlineAccess.state,
    })
    .from(patient)
    .leftJoin(onlineAccess, and(eq(onlineAccess.clinicId, patient.clinicId), eq(onlineAccess.patientId, patient.id)))
    .where(
      and(
        eq(patient.clinicId, clinicId),
        isNull(patient.mergedInto),
        sql`${patient.id} IN (
          SELECT p.id FROM (${waiting(clinicId, search)}) waits
            CROSS JOIN patient p ON p.clinic_id = ${clinicId} AND p.email_canonical = waits.email
          UNION SELECT p.id FROM (${waiting(clinicId, search)}) waits
            CROSS JOIN patient p ON p.clinic_id = ${clinicId} AND p.date_of_birth = waits.born)`,
      ),
    )
    .limit(200)
export type Candidate = Awaited<ReturnType<typeof candidates>>[number]

export const deskEntry = (db: Database, clinicId: string, id: string) =>
  withSettler(db).where(
    and(eq(registration.clinicId, clinicId), eq(registration.id, id), isNotNull(registration.deskSince)),
  )

/** Changes no row when somebody settled it meanwhile. */
export const dismiss = (
  db: Database,
  of: { clinicId: string; id: string; reason: string },
  byStaff: string,
  now: number,
): Statement =>
  db
    .update(registration)
    .set({ settledAt: now, settledBy: byStaff, settlement: 'dismissed', settlementReason: of.reason })
    .where(and(eq(registration.clinicId, of.clinicId), eq(registration.id, of.id), isNull(registration.settledAt)))

/** What waited for this address is settled, because its patient has online access now. */
export const settleByActivation = (db: Database, clinicId: string, email: string, byStaff: string, now: number) =>
  db
    .update(registration)
    .set({ settledAt: now, settledBy: byStaff, settlement: 'activated' })
    .where(and(isWaiting(clinicId), eq(registration.email, email)))

/** An entry is settled, because a record's address was corrected from it. */
export const settleByCorrection = (db: Database, of: { clinicId: string; id: string }, byStaff: string, now: number) =>
  db
    .update(registration)
    .set({ settledAt: now, settledBy: byStaff, settlement: 'corrected' })
    .where(and(isWaiting(of.clinicId), eq(registration.id, of.id)))
