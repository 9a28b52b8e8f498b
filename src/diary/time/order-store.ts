/** The order in which practitioners and types stand, everywhere in the diary. */
import { sql } from 'drizzle-orm'
import { type Database, onlyIfChanged, type Statement } from '../../web/database.ts'

/** Those that came meanwhile keep the place they have. 'nothing-changed' when all stand so already. */
export const orderPractitioners = (db: Database, clinicId: string, ids: string[]): Statement[] => [
  db.run(sql`UPDATE practitioner SET position = places.key FROM json_each(${JSON.stringify(ids)}) AS places
    WHERE clinic_id = ${clinicId} AND staff_id = places.value AND position <> places.key`),
  onlyIfChanged(db),
]

export const orderTypes = (db: Database, clinicId: string, ids: string[]): Statement[] => [
  db.run(sql`UPDATE appointment_type SET position = places.key FROM json_each(${JSON.stringify(ids)}) AS places
    WHERE clinic_id = ${clinicId} AND appointment_type.id = places.value AND position <> places.key`),
  onlyIfChanged(db),
]
