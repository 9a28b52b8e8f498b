/** The list of patients: by name, searched, filtered, a page at a time. */
import { and, count, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { onlineAccess, patient } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { type AccessFilter, pageLength } from './patient-list.ts'
import type { Search, Term } from './patient-search.ts'

export interface Wanted {
  search: Search
  /** Undefined: whatever their online access. */
  access?: AccessFilter
  /** The id of the last patient of the page before. */
  after?: string
}

/** One page, and one patient more when there is a next page. */
export const patientsBySearch = (db: Database, clinicId: string, wanted: Wanted) =>
  db
    .select({
      id: patient.id,
      firstName: patient.firstName,
      lastName: patient.lastName,
      preferredName: patient.preferredName,
      dateOfBirth: patient.dateOfBirth,
      email: patient.email,
      mobile: patient.mobile,
      phone: patient.phone,
      access: onlineAccess.state,
    })
    .from(patient)
    .leftJoin(onlineAccess, ownAccess)
    .where(and(found(clinicId, wanted), behind(clinicId, wanted.after)))
    .orderBy(patient.sortName, patient.id)
    .limit(pageLength + 1)

/** How many there are on all pages. */
export const countBySearch = (db: Database, clinicId: string, wanted: Wanted) =>
  db.select({ count: count() }).from(patient).leftJoin(onlineAccess, ownAccess).where(found(clinicId, wanted))

export type ListedPatient = Awaited<ReturnType<typeof patientsBySearch>>[number]

const ownAccess = and(eq(onlineAccess.clinicId, patient.clinicId), eq(onlineAccess.patientId, patient.id))

const found = (clinicId: string, { search, access }: Wanted) =>
  and(
    eq(patient.clinicId, clinicId),
    isNull(patient.archivedAt),
    search.kind === 'terms' ? and(...search.terms.map(matches)) : undefined,
    search.kind === 'too-short' ? sql`0` : undefined,
    access === 'none' ? isNull(onlineAccess.state) : access && eq(onlineAccess.state, access),
  )

/** instr, not LIKE: a pattern may have 50 bytes only, and % and _ mean themselves. */
const contains = (text: string): SQL => sql`instr(${patient.searchText}, ${text}) > 0`

function matches(term: Term): SQL | undefined {
  if ('text' in term) return contains(term.text)
  const born = inArray(patient.dateOfBirth, term.born)
  return term.orTexts.length > 0 ? or(born, and(...term.orTexts.map(contains))) : born
}

/** Keyset: names may be the same, so the id decides. The address of the page carries an id, never a name. */
const behind = (clinicId: string, after: string | undefined) =>
  after === undefined
    ? undefined
    : sql`(${patient.sortName}, ${patient.id}) > (
        coalesce((SELECT p.sort_name FROM patient p WHERE p.clinic_id = ${clinicId} AND p.id = ${after}), ''), ${after})`
