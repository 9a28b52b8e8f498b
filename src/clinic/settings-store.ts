/** What the manager decides for the clinic. */
import { and, desc, eq, ne, or } from 'drizzle-orm'
import { audit, clinic, staff } from '../schema.ts'
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

/** Who changed the switches last, and when: at most one row. */
export const lastRegistrationChange = (db: Database, clinicId: string) =>
  db
    .select({ at: audit.at, by: staff.name })
    .from(audit)
    .innerJoin(staff, and(eq(staff.clinicId, audit.clinicId), eq(staff.id, audit.byStaff)))
    .where(and(eq(audit.clinicId, clinicId), eq(audit.act, 'registration-settings-changed')))
    .orderBy(desc(audit.id))
    .limit(1)
