/** What of the clinic's time is set: one row, for the settings' overview and for the warnings beside the booking rules. */
import { eq, sql } from 'drizzle-orm'
import { bookingRules } from '../../schema.ts'
import type { Database } from '../../web/database.ts'

/** @param today 'YYYY-MM-DD' in the clinic's zone */
export const timeState = (db: Database, clinicId: string, today: string) => {
  const hasHours = sql`EXISTS (SELECT 1 FROM working_hours h WHERE h.clinic_id = p.clinic_id AND h.staff_id = p.staff_id
    AND ifnull(h.valid_until, '9999-12-31') >= ${today})`
  const sees = sql`FROM practitioner p JOIN staff s ON s.clinic_id = p.clinic_id AND s.id = p.staff_id
    AND s.deactivated_at IS NULL WHERE p.clinic_id = ${clinicId} AND p.ended_at IS NULL`
  const types = sql`FROM appointment_type t WHERE t.clinic_id = ${clinicId} AND t.retired_at IS NULL`
  return db
    .select({
      isOnline: bookingRules.isOnline,
      practitioners: sql<number>`(SELECT count(*) ${sees})`.as('practitioners'),
      withHours: sql<number>`(SELECT count(*) ${sees} AND ${hasHours})`.as('with_hours'),
      types: sql<number>`(SELECT count(*) ${types})`.as('types'),
      online: sql<number>`(SELECT count(*) ${types} AND t.is_online = 1 AND EXISTS (SELECT 1 FROM practitioner_type d
        WHERE d.clinic_id = t.clinic_id AND d.type_id = t.id AND d.staff_id IN (SELECT p.staff_id ${sees} AND ${hasHours})))`.as(
        'online',
      ),
      closedDays:
        sql<number>`(SELECT count(*) FROM closed_day c WHERE c.clinic_id = ${clinicId} AND c.date >= ${today})`.as(
          'closed_days',
        ),
      nextClosedDay: sql<
        string | null
      >`(SELECT min(c.date) FROM closed_day c WHERE c.clinic_id = ${clinicId} AND c.date >= ${today})`.as(
        'next_closed',
      ),
    })
    .from(bookingRules)
    .where(eq(bookingRules.clinicId, clinicId))
}
export type TimeState = Awaited<ReturnType<typeof timeState>>[number]
