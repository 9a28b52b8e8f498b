/** Online access as staff change it: each change one conditional statement, so that repeating it is harmless. */
import { and, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { mailRates } from '../front-door/lockout/lockout.ts'
import { oneTimeLink, onlineAccess, patient, staff } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { kept } from '../web/kept.ts'

type Named = { clinicId: string; patientId: string }
const isOf = ({ clinicId, patientId }: Named) =>
  and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, patientId))

/** The whole row, with the name of whoever set its state: at most one; none means not registered. */
export const accessWithName = (db: Database, { clinicId, patientId }: Named) => accessNamed(db, { clinicId, patientId })
const accessNamed = kept(['clinicId', 'patientId'], (db, { clinicId, patientId }) =>
  db
    .select({ access: onlineAccess, by: staff.name })
    .from(onlineAccess)
    .leftJoin(staff, and(eq(staff.clinicId, onlineAccess.clinicId), eq(staff.id, onlineAccess.byStaff)))
    .where(and(eq(onlineAccess.clinicId, clinicId), eq(onlineAccess.patientId, patientId))),
)

/** The newest link that was made for this patient, for "the link expires in 22 hours". */
export const newestLink = (db: Database, { clinicId, patientId }: Named) => newest(db, { clinicId, patientId })
const newest = kept(['clinicId', 'patientId'], (db, { clinicId, patientId }) =>
  db
    .select()
    .from(oneTimeLink)
    .where(
      and(
        eq(oneTimeLink.clinicId, clinicId),
        eq(oneTimeLink.patientId, patientId),
        inArray(oneTimeLink.purpose, ['set-up', 'registration']),
      ),
    )
    .orderBy(desc(oneTimeLink.createdAt))
    .limit(1),
)

/**
 * Sets it to active, from any other state. The logon name is the record's address; the database refuses one that
 * another record has ('email_shared') and a record without one or archived ('email_not_on_record').
 */
export const activate = (db: Database, of: Named, byStaff: string, now: number): Statement => {
  const email = sql<string>`(SELECT ${patient.emailCanonical} FROM ${patient}
    WHERE ${patient.clinicId} = ${of.clinicId} AND ${patient.id} = ${of.patientId})`
  const active = { state: 'active' as const, since: now, byStaff, email }
  return db
    .insert(onlineAccess)
    .values({ ...of, ...active })
    .onConflictDoUpdate({
      target: [onlineAccess.clinicId, onlineAccess.patientId],
      set: active,
      setWhere: ne(onlineAccess.state, 'active'),
    })
}

/** Sets it to inactive: the address is free again, a temporary password is gone, the patient's own one is kept. */
export const deactivate = (db: Database, of: Named, byStaff: string, now: number): Statement => {
  const unlessOwn = <T>(column: T) => sql`CASE WHEN ${onlineAccess.passwordKind} = 'own' THEN ${column} END`
  return db
    .update(onlineAccess)
    .set({
      state: 'inactive',
      since: now,
      byStaff,
      email: null,
      passwordHash: unlessOwn(onlineAccess.passwordHash),
      passwordKind: unlessOwn(onlineAccess.passwordKind),
      temporaryExpiresAt: null,
      temporaryUsedAt: null,
    })
    .where(and(isOf(of), inArray(onlineAccess.state, ['active', 'invited'])))
}

/** Only while it is active, and the password that it replaces is still that of `before`. */
export const setTemporaryPassword = (
  db: Database,
  of: Named & { before: number | null },
  hash: string,
  expiresAt: number,
  now: number,
): Statement =>
  db
    .update(onlineAccess)
    .set({
      passwordHash: hash,
      passwordKind: 'temporary',
      passwordSetAt: now,
      temporaryExpiresAt: expiresAt,
      temporaryUsedAt: null,
    })
    .where(and(isOf(of), eq(onlineAccess.state, 'active'), sql`${onlineAccess.passwordSetAt} IS ${of.before}`))

/** The address has changed: a temporary password that was mailed to the old one must not work any more. */
export const expireTemporaryPassword = (db: Database, of: Named, now: number): Statement =>
  db
    .update(onlineAccess)
    .set({ temporaryExpiresAt: now })
    .where(and(isOf(of), eq(onlineAccess.passwordKind, 'temporary'), isNull(onlineAccess.temporaryUsedAt)))

/** Changes nothing; `onlyIfChanged` behind it stops the batch when the access is not active. */
export const touchActive = (db: Database, of: Named): Statement =>
  db
    .update(onlineAccess)
    .set({ state: 'active' })
    .where(and(isOf(of), eq(onlineAccess.state, 'active')))

/** Changes nothing; `onlyIfChanged` behind it stops the batch when this is not (any more) the address of somebody who may come in. */
export const touchOpen = (db: Database, { clinicId, patientId }: Named, email: string, now: number): Statement =>
  db
    .update(onlineAccess)
    .set({ email })
    .where(
      and(
        isOf({ clinicId, patientId }),
        inArray(onlineAccess.state, ['active', 'invited']),
        eq(onlineAccess.email, email),
        ...mailRates.map(({ limit, window }) => sql`${linksMailed(clinicId, patientId, now - window)} < ${limit}`),
      ),
    )

/** How many links were mailed to this patient since then. */
export const linksMailed = (clinicId: string, patientId: string | SQL, since: number): SQL => sql`(
  SELECT count(*) FROM mail m WHERE m.clinic_id = ${clinicId} AND m.patient_id = ${patientId}
    AND m.created_at > ${since} AND m.kind IN ('access-link', 'registration-link', 'reset-link'))`
