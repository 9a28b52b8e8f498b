/** The lists of patients, by name, a page at a time: the same work however many patients there are. */
import { and, eq, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { patient, patientCount } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { kept } from '../../web/kept.ts'
import { type ListedPatient, type ListFilter, pageLength, type Total } from './patient-list.ts'
import type { Term } from './patient-search.ts'
import { rangesOf } from './search-ranges.ts'
import { beginningsMeant } from './search-words.ts'

/** Words of the rarest term that are looked at. Whoever has a more common name must be asked for by one thing more. */
export const mostLookedAt = { alone: 1_000, withMore: 3_000 } as const

interface Wanted {
  /** Undefined: everybody but the archived. */
  filter?: ListFilter
  /** The id of the last patient of the page before. */
  after?: string
}

/** One page, and one patient more when there is a next page. */
export function patientsListed(db: Database, clinicId: string, { filter, after }: Wanted) {
  if (filter === undefined && after === undefined) return firstPage(db, { clinicId })
  const isOnList = filter ? eq(patient.listedAs, filter) : isNull(patient.archivedAt)
  const isFurther =
    after === undefined ? undefined : sql`(${patient.sortName}, ${patient.id}) > ${keyOf(clinicId, after)}`
  return listed(db, clinicId, isOnList, isFurther)
}
const firstPage = kept(['clinicId'], (db, { clinicId }) => listed(db, clinicId, isNull(patient.archivedAt)))

const listed = (db: Database, clinicId: string | Placeholder, isOnList: SQL, isFurther?: SQL) =>
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
      listedAs: patient.listedAs,
    })
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), isOnList, isFurther))
    .orderBy(patient.sortName, patient.id)
    .limit(pageLength + 1)

/** How many records each list holds. */
export const patientCounts = (db: Database, clinicId: string) => counts(db, { clinicId })
const counts = kept(['clinicId'], (db, { clinicId }) =>
  db.select().from(patientCount).where(eq(patientCount.clinicId, clinicId)),
)

/** A line of the page, or one line without an id when nobody is on it. */
type FoundLine = ({ [K in keyof ListedPatient]: ListedPatient[K] | null } & { total: number | null }) & {
  /** 1: the search was cut short. */
  isMore: 0 | 1
}

/**
 * One page of those who match every term. The index is asked for the rarest term (each is counted no further than the
 * limit); the other terms are looked for in the records that it names.
 * @param wanted.all whoever left too
 */
export const patientsFound = (db: Database, clinicId: string, terms: Term[], wanted: Wanted & { all?: boolean }) => {
  const { filter, after, all = false } = wanted
  const listed = filter ? sql`p.listed_as = ${filter}` : all ? sql`true` : sql`p.archived_at IS NULL`
  const most = terms.length > 1 || filter ? mostLookedAt.withMore : mostLookedAt.alone
  const words = sql`patient_word w WHERE w.clinic_id = ${clinicId} AND w.word >= part.low AND w.word < part.high`
  return db.all<FoundLine>(sql`
    WITH part (term, low, high) AS (
        SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(rangesOf(terms))})),
      rarest (term) AS (SELECT term FROM part GROUP BY term
        ORDER BY sum((SELECT count(*) FROM (SELECT 1 FROM ${words} LIMIT ${most + 1}))) LIMIT 1),
      seen (id) AS MATERIALIZED (SELECT w.patient_id FROM part CROSS JOIN ${words}
        AND part.term = (SELECT term FROM rarest) LIMIT ${most + 1}),
      found AS (
        SELECT p.id, p.first_name AS firstName, p.last_name AS lastName, p.preferred_name AS preferredName,
          p.date_of_birth AS dateOfBirth, p.email, p.mobile, p.phone, p.listed_as AS listedAs,
          p.sort_name AS sortName, count(*) OVER () AS total
        FROM (SELECT DISTINCT id FROM seen) s CROSS JOIN patient p ON p.clinic_id = ${clinicId} AND p.id = s.id
        WHERE ${and(listed, ...terms.map(matches))})
    SELECT (SELECT count(*) FROM seen) > ${most} AS isMore, page.* FROM (SELECT 1) LEFT JOIN (
      SELECT * FROM found WHERE ${after === undefined ? sql`1` : sql`(sortName, id) > ${keyOf(clinicId, after)}`}
      ORDER BY sortName, id LIMIT ${pageLength + 1}) page ORDER BY page.sortName, page.id`)
}

/** The patients on the page, and how many there are on all pages. */
export function foundOf(lines: FoundLine[]): { found: ListedPatient[]; total: Total } {
  const found = lines.filter((line): line is FoundLine & ListedPatient => line.id !== null)
  return { found, total: { count: found[0]?.total ?? 0, isMore: lines[0]?.isMore === 1 } }
}

/** instr, not LIKE: a pattern may have 50 bytes only, and % and _ mean themselves. */
const hasWord = (beginning: string): SQL => sql`instr(p.search_text, ${` ${beginning}`}) > 0`

function matches(term: Term): SQL {
  if ('text' in term) return begins(term.text)
  const other = term.orTexts.length > 0 ? [sql`(${sql.join(term.orTexts.map(begins), sql` AND `)})`] : []
  return anyOf([...term.whole.map(begins), ...other])
}

const begins = (text: string): SQL => anyOf(beginningsMeant(text).map(hasWord))
const anyOf = (conditions: SQL[]): SQL => sql`(${sql.join(conditions, sql` OR `)})`

/** Keyset: names may be the same, so the id decides. The address of the page carries an id, never a name. */
const keyOf = (clinicId: string, after: string): SQL => sql`(
  coalesce((SELECT k.sort_name FROM patient k WHERE k.clinic_id = ${clinicId} AND k.id = ${after}), ''), ${after})`
