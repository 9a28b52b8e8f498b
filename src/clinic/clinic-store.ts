/** The clinic behind an address. What its public page shows may be five seconds old; rules ask D1 themselves. */
import { eq } from 'drizzle-orm'
import { type Clinic, clinic } from '../schema.ts'
import { type Database, database } from '../web/database.ts'
import { isSlug } from './slug.ts'

const freshFor = 5_000 // ms, product.md M7
const mostKept = 500 // clinics in one isolate

const kept = new Map<string, { clinic: Clinic; until: number }>()

/** The clinic with this slug, from this isolate if it was read in the last five seconds. Closed clinics are not there. */
export async function clinicBySlug(env: { DB: D1Database }, slug: string, now: number): Promise<Clinic | undefined> {
  if (!isSlug(slug)) return undefined // a guess like /.env never reaches D1
  const found = kept.get(slug)
  if (found && found.until > now) return found.clinic
  const [row] = await database(env).select().from(clinic).where(eq(clinic.slug, slug))
  if (!row || row.closedAt !== null) {
    kept.delete(slug)
    return undefined
  }
  if (kept.size >= mostKept) kept.clear()
  kept.set(slug, { clinic: row, until: now + freshFor })
  return row
}

/** What this isolate last knew, however old: for the phone number on an error page when D1 does not answer. */
export const lastKnownClinic = (slug: string): Clinic | undefined => kept.get(slug)?.clinic

/** Called where settings are saved, so that the saver sees them at once. */
export const forgetClinic = (slug: string): boolean => kept.delete(slug)

export const clinicById = (db: Database, id: string) => db.select().from(clinic).where(eq(clinic.id, id))

export const forgetAllClinics = (): void => kept.clear()
