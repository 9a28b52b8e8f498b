/** A practitioner's calendar feed: who may be read by a secret address, and what it shows. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { practitioner } from '../../schema.ts'
import type { Database } from '../../web/database.ts'
import { wholeDay } from '../../web/durations.ts'

const back = 30 * wholeDay
const ahead = 180 * wholeDay

export interface FeedRow {
  practitionerName: string
  showsNames: 0 | 1
  /** Null where the practitioner has no appointment in that time. */
  id: string | null
  sequence: number
  startAt: number
  endAt: number
  status: string
  firstName: string
  lastName: string
}

/** No row: nobody has this feed, or no longer. One row at least otherwise. Thirty days back, half a year ahead. */
export const feedRows = (db: Database, clinicId: string, feedHash: string, now: number) =>
  db.all<FeedRow>(sql`
    SELECT s.name AS practitionerName, pr.feed_shows_names AS showsNames, a.id, a.sequence, a.start_at AS startAt,
      a.end_at AS endAt, a.status, p.first_name AS firstName, p.last_name AS lastName
    FROM practitioner pr
    JOIN staff s ON s.clinic_id = pr.clinic_id AND s.id = pr.staff_id AND s.deactivated_at IS NULL
    LEFT JOIN appointment a ON a.clinic_id = pr.clinic_id AND a.practitioner_id = pr.staff_id
      AND a.start_at >= ${now - back} AND a.start_at < ${now + ahead}
    LEFT JOIN patient p ON p.clinic_id = a.clinic_id AND p.id = a.patient_id
    WHERE pr.feed_hash = ${feedHash} AND pr.clinic_id = ${clinicId} AND pr.ended_at IS NULL
    ORDER BY a.start_at`)

/** At most one row: whoever sees no patients has no feed. */
export const ownFeed = (db: Database, clinicId: string, staffId: string) =>
  db
    .select({ feedHash: practitioner.feedHash, showsNames: practitioner.feedShowsNames })
    .from(practitioner)
    .where(and(eq(practitioner.clinicId, clinicId), eq(practitioner.staffId, staffId), isNull(practitioner.endedAt)))
