/** An appointment where a test needs one to act upon: with somebody who works around the clock. */
import { env } from 'cloudflare:workers'
import { bookAppointment } from '../../src/diary/booking-store.ts'
import { appointmentType, practitioner, practitionerType, workingHours } from '../../src/schema.ts'
import { database, writeAll } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'

const minute = 60_000 // ms
const onTheHour = (instant: number): number => Math.floor(instant / (60 * minute)) * 60 * minute

interface Given {
  clinicId: string
  /** Of the staff: sees patients from now on. */
  practitionerId: string
  patientId: string
  bookedBy: string | null
}

/** @param from hours from now, on the hour */
export async function anAppointment({ clinicId, practitionerId, patientId, bookedBy }: Given, from = 48) {
  const db = database(env)
  const typeId = newId()
  await db.insert(practitioner).values({ clinicId, staffId: practitionerId, addedAt: 1 }).onConflictDoNothing()
  await db.insert(appointmentType).values({ clinicId, id: typeId, name: `Visit ${typeId}`, minutes: 30, addedAt: 1 })
  await db.insert(practitionerType).values({ clinicId, staffId: practitionerId, typeId })
  const days = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    ...{ clinicId, staffId: practitionerId, weekday, fromMinute: 0, untilMinute: 1440, validFrom: '2020-01-01' },
  }))
  await db.insert(workingHours).values(days).onConflictDoNothing()
  const startAt = onTheHour(Date.now()) + from * 60 * minute
  const until = startAt + 30 * minute
  const id = newId()
  const row = { clinicId, id, practitionerId, patientId, typeId, startAt, endAt: until, bufferUntil: until }
  await writeAll(db, bookAppointment(db, { ...row, formId: null, bookedBy }, {}, Date.now()))
  return { id, typeId, practitionerId, startAt }
}
