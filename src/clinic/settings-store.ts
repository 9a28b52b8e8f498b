/** What the manager decides for the clinic. Each change holds only if nobody else has made one meanwhile. */
import { and, desc, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import type { AuditedAct } from '../audit/audit-store.ts'
import { audit, type Clinic, clinic, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import type { RegistrationSettings } from './registration-settings.ts'

/** Changes the switches; changes no row when they already stand so. */
export const setRegistration = (db: Database, clinicId: string, settings: RegistrationSettings): Statement =>
  db
    .update(clinic)
    .set(settings)
    .where(
      and(
        eq(clinic.id, clinicId),
        or(ne(clinic.allowExisting, settings.allowExisting), ne(clinic.allowNew, settings.allowNew)),
      ),
    )

/** What of the clinic's row these settings may change. */
type Settings = Partial<Omit<Clinic, 'id' | 'slug' | 'createdAt' | 'closedAt'>>

/** Changes no row when one of these values is not any more what it was before. */
export const changeSettings = <After extends Settings>(
  db: Database,
  clinicId: string,
  before: { [Name in keyof After]: string | number | null },
  after: After,
): Statement => {
  const names = Object.keys(after) as (keyof After & keyof Settings)[]
  const isAsBefore = names.map((name) => sql`${clinic[name]} IS ${before[name]}`)
  return db
    .update(clinic)
    .set(after)
    .where(and(eq(clinic.id, clinicId), ...isAsBefore))
}

/** Who did this last, and when: at most one row. */
export const lastChange = (db: Database, clinicId: string, act: AuditedAct) =>
  db
    .select({ at: audit.at, by: staff.name })
    .from(audit)
    .innerJoin(staff, and(eq(staff.clinicId, audit.clinicId), eq(staff.id, audit.byStaff)))
    .where(and(eq(audit.clinicId, clinicId), eq(audit.act, act)))
    .orderBy(desc(audit.id))
    .limit(1)
export type Change = Awaited<ReturnType<typeof lastChange>>[number]

/** What the overview tells of the clinic beside its own row: one row. */
export const overviewOf = (db: Database, clinicId: string) =>
  db
    .select({
      staff: sql<number>`(SELECT count(*) FROM staff s WHERE s.clinic_id = ${clinicId} AND s.deactivated_at IS NULL)`,
      hasDecidedRegistration: isThere(
        sql`SELECT 1 FROM audit a WHERE a.clinic_id = ${clinicId} AND a.act = 'registration-settings-changed'`,
      ),
      hasDecidedBooking: isThere(
        sql`SELECT 1 FROM audit a WHERE a.clinic_id = ${clinicId} AND a.act = 'booking-rules-changed'`,
      ),
      hasPatientLoggedOn: isThere(
        sql`SELECT 1 FROM online_access o WHERE o.clinic_id = ${clinicId} AND o.last_logon_at IS NOT NULL`,
      ),
      hasDraft: isThere(sql`SELECT 1 FROM privacy_draft d WHERE d.clinic_id = ${clinicId}`),
      publishedAt: sql<
        number | null
      >`(SELECT max(n.published_at) FROM privacy_notice n WHERE n.clinic_id = ${clinicId})`,
    })
    .from(clinic)
    .where(eq(clinic.id, clinicId))
export type Overview = Awaited<ReturnType<typeof overviewOf>>[number]

const isThere = (query: SQL) => sql<boolean>`EXISTS (${query})`.mapWith(Boolean)
