/** Registrations as they were written down, what the rules need to know, and what became of them. */
import { and, asc, eq, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { RegistrationLink } from '../clinic/registration-settings.ts'
import { mailRates, networkMailRates } from '../front-door/lockout/lockout.ts'
import { clinic, oneTimeLink, onlineAccess, patient, type Registration, registration } from '../schema.ts'
import type { Database, Statement } from '../web/database.ts'
import { wholeDay } from '../web/durations.ts'
import { newId, newReference } from '../web/random.ts'
import type { Because } from './registration.ts'

const dayOfMails = Math.max(...mailRates.map(({ window }) => window))
const keptFor = 30 * wholeDay

/** Writes the request down: one statement, whatever the address. @returns its id */
export async function askToRegister(
  db: Database,
  asked: { clinicId: string; link: RegistrationLink; email: string; network: string },
  now: number,
): Promise<string> {
  const id = newId()
  await db.insert(registration).values({ id, ...asked, reference: newReference(), askedAt: now })
  return id
}

/** What was asked and not decided, oldest first, of all clinics. @param id this one only */
export const undecidedRegistrations = (db: Database, id?: string) =>
  db
    .select({ asked: registration, clinic })
    .from(registration)
    .innerJoin(clinic, eq(clinic.id, registration.clinicId))
    .where(and(isNull(registration.decidedAt), id ? eq(registration.id, id) : undefined))
    .orderBy(asc(registration.askedAt))
    .limit(100)

/** Every patient with this address, archived ones too, with the state of their online access. */
export const holdersWithAccess = (db: Database, clinicId: string, email: string) =>
  db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      preferredName: patient.preferredName,
      dateOfBirth: patient.dateOfBirth,
      isArchived: sql<boolean>`${patient.archivedAt} IS NOT NULL`.mapWith(Boolean),
      access: sql<'none' | 'invited' | 'active' | 'inactive'>`coalesce(${onlineAccess.state}, 'none')`,
    })
    .from(patient)
    .leftJoin(onlineAccess, and(eq(onlineAccess.clinicId, patient.clinicId), eq(onlineAccess.patientId, patient.id)))
    .where(and(eq(patient.clinicId, clinicId), eq(patient.emailCanonical, email)))
export type HolderRow = Awaited<ReturnType<typeof holdersWithAccess>>[number]

/** What the person typed behind the link, for the desk to compare. Never a password. */
export interface Details {
  firstName?: string
  lastName?: string
  dateOfBirth?: string | null
  phone?: string
}

type Named = { id: string; clinicId: string }
const isThis = ({ id, clinicId }: Named) => and(eq(registration.clinicId, clinicId), eq(registration.id, id))
const isUndecided = (asked: Named) => and(isThis(asked), isNull(registration.decidedAt))

/** Takes the request for mailing; changes no row when it was decided meanwhile, or there were enough mails. */
export const takeForMail = (
  db: Database,
  asked: Named & { email: string; network: string },
  decided: { outcome: 'invited' } | { outcome: 'refused'; because: Because },
  now: number,
): Statement =>
  db
    .update(registration)
    .set({ ...decided, decidedAt: now, mailedAt: now, deskSince: decided.outcome === 'refused' ? now : null })
    .where(
      and(
        isUndecided(asked),
        ...mailRates.map(({ limit, window }) => sql`${mailedTo(asked, now - window)} < ${limit}`),
        ...networkMailRates.map(({ limit, window }) => sql`${mailedFor(asked.network, now - window)} < ${limit}`),
      ),
    )

/** To one address, by either link. */
const mailedTo = (asked: { clinicId: string; email: string }, since: number): SQL => sql`(
  SELECT count(*) FROM registration r
  WHERE r.clinic_id = ${asked.clinicId} AND r.email = ${asked.email} AND r.mailed_at > ${since})`

const mailedFor = (network: string, since: number): SQL => sql`(
  SELECT count(*) FROM registration r WHERE r.network = ${network} AND r.mailed_at > ${since})`

/** For the desk without a mail; changes no row when that waits there already, or the address had no mail today. */
export const refuseUnmailed = (db: Database, asked: Registration, because: Because, now: number): Statement =>
  db
    .update(registration)
    .set({ outcome: 'refused', because, decidedAt: now, deskSince: now })
    .where(and(isUndecided(asked), sql`${mailedTo(asked, now - dayOfMails)} > 0 AND NOT ${waits(asked, because)}`))

const waits = ({ clinicId, email, link }: Registration, because: Because): SQL => sql`EXISTS (
  SELECT 1 FROM registration r WHERE r.clinic_id = ${clinicId} AND r.email = ${email} AND r.link = ${link}
    AND r.because = ${because} AND r.desk_since IS NOT NULL AND r.settled_at IS NULL)`

/** Decided without a mail: the switch is off, or there were enough mails. Nothing for the desk. */
export const markDecided = (db: Database, asked: Named, because: 'closed' | 'too-many', now: number): Statement =>
  db
    .update(registration)
    .set({ decidedAt: now, outcome: because === 'closed' ? 'refused' : 'limited', because })
    .where(isUndecided(asked))

/** The patient is invited. Changes no row when staff or somebody faster gave or stopped the access meanwhile. */
export const invite = (db: Database, row: { clinicId: string; patientId: string; email: string }, now: number) =>
  db
    .insert(onlineAccess)
    .values({ ...row, state: 'invited', since: now })
    .onConflictDoUpdate({
      target: [onlineAccess.clinicId, onlineAccess.patientId],
      set: { since: sql`${onlineAccess.since}` },
      setWhere: and(eq(onlineAccess.state, 'invited'), eq(onlineAccess.email, row.email)),
    })

/** Ends the links that earlier requests of a new patient with this address got. */
export const endLinksOfEmail = (db: Database, clinicId: string, email: string, now: number): Statement =>
  db
    .update(oneTimeLink)
    .set({ endedAt: now })
    .where(
      and(
        eq(oneTimeLink.clinicId, clinicId),
        isNull(oneTimeLink.usedAt),
        isNull(oneTimeLink.endedAt),
        sql`${oneTimeLink.registrationId} IN (
          SELECT id FROM registration
          WHERE clinic_id = ${clinicId} AND email = ${email} AND mailed_at IS NOT NULL AND link = 'new')`,
      ),
    )

export const registrationById = (db: Database, clinicId: string, id: string) =>
  db.select().from(registration).where(isThis({ id, clinicId }))

/** Stopped behind the link: the desk sees it, with the reference that the person was told. What is done stays done. */
export const sendToDesk = (
  db: Database,
  asked: Named,
  because: string,
  details: Details | null,
  now: number,
): Statement =>
  db
    .update(registration)
    .set({
      outcome: 'refused',
      because,
      details: details ? JSON.stringify(details) : registration.details,
      deskSince: sql`coalesce(${registration.deskSince}, ${now})`,
    })
    .where(and(isThis(asked), ne(registration.outcome, 'registered')))

/** Registered; changes no row when the clinic has closed this link. A possible duplicate goes to the desk too. */
export const markRegistered = (
  db: Database,
  asked: Named & { link: RegistrationLink },
  done: { patientId: string; details: Details | null },
  now: number,
): Statement =>
  db
    .update(registration)
    .set({
      outcome: 'registered',
      patientId: done.patientId,
      details: done.details && JSON.stringify(done.details),
      because: sql`CASE WHEN ${isTwin(done.patientId)} THEN 'possible-duplicate' END`,
      deskSince: sql`CASE WHEN ${isTwin(done.patientId)} THEN ${now} END`,
    })
    .where(and(isThis(asked), isLinkOpen(asked)))

const isLinkOpen = ({ clinicId, link }: { clinicId: string; link: RegistrationLink }): SQL => sql`EXISTS (
  SELECT 1 FROM clinic c WHERE c.id = ${clinicId} AND c.closed_at IS NULL
    AND CASE ${link} WHEN 'new' THEN c.allow_new ELSE c.allow_existing END = 1)`

/** Another patient of the same clinic has the same name and date of birth. */
const isTwin = (patientId: string): SQL => sql`(${registration.link} = 'new' AND EXISTS (
  SELECT 1 FROM patient p CROSS JOIN patient o ON o.clinic_id = p.clinic_id AND o.sort_name = p.sort_name
    AND o.date_of_birth = p.date_of_birth AND o.id <> p.id AND o.merged_into IS NULL
  WHERE p.clinic_id = ${registration.clinicId} AND p.id = ${patientId}))`

/** An invited patient sets their own password and is active. Changes no row when that is no longer so. */
export const activateInvited = (
  db: Database,
  who: { clinicId: string; patientId: string; email: string },
  passwordHash: string,
  now: number,
): Statement =>
  db
    .update(onlineAccess)
    .set({ state: 'active', since: now, byStaff: null, passwordHash, passwordKind: 'own', passwordSetAt: now })
    .where(
      and(
        eq(onlineAccess.clinicId, who.clinicId),
        eq(onlineAccess.patientId, who.patientId),
        eq(onlineAccess.email, who.email),
        eq(onlineAccess.state, 'invited'),
      ),
    )

/** A new patient's access, active from the start. The database refuses an address that a record has ('email_shared'). */
export const insertActive = (
  db: Database,
  who: { clinicId: string; patientId: string; email: string },
  passwordHash: string,
  now: number,
): Statement =>
  db
    .insert(onlineAccess)
    .values({ ...who, state: 'active', since: now, passwordHash, passwordKind: 'own', passwordSetAt: now })

/** Entries older than 30 days go, settled or not; their links have long expired. */
export const sweepRegistrations = (db: Database, now: number): Statement[] => [
  db
    .delete(oneTimeLink)
    .where(sql`${oneTimeLink.registrationId} IN (SELECT id FROM registration WHERE asked_at < ${now - keptFor})`),
  db.delete(registration).where(lt(registration.askedAt, now - keptFor)),
]
