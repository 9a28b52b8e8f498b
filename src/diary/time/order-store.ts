/** The order in which practitioners and types stand, everywhere in the diary. */
import { sql } from 'drizzle-orm'
import type { Database } from '../../web/database.ts'

/** Those that came meanwhile keep the place they have. */
export const orderPractitioners = (db: Database, clinicId: string, ids: string[]) =>
  db.run(sql`UPDATE practitioner SET position = (SELECT key FROM json_each(${JSON.stringify(ids)}) WHERE value = practitioner.staff_id)
    WHERE clinic_id = ${clinicId} AND staff_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)

export const orderTypes = (db: Database, clinicId: string, ids: string[]) =>
  db.run(sql`UPDATE appointment_type SET position = (SELECT key FROM json_each(${JSON.stringify(ids)}) WHERE value = appointment_type.id)
    WHERE clinic_id = ${clinicId} AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
