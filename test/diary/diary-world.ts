/** A clinic with a diary, as the tests find it: Priya sees patients from 9 to 5 on weekdays and does one type. */
import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import type { NewAppointment } from '../../src/diary/booking-store.ts'
import { bookAppointment } from '../../src/diary/booking-store.ts'
import {
  type Appointment,
  absence,
  appointment,
  appointmentType,
  bookingRules,
  closedDay,
  practitioner,
  practitionerType,
  workingHours,
} from '../../src/schema.ts'
import { database, writeAll } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'
import { aClinic, aPatient, aStaffMember } from '../support/world.ts'

export const minutes = 60_000 // ms
export const hours = 60 * minutes
export const days = 24 * hours
/** Wednesday 2 December 2026, 9am in London. */
export const nine = Date.UTC(2026, 11, 2, 9)
export const weekdays = [1, 2, 3, 4, 5]

export const db = () => database(env)

export async function aDiary(given: Partial<Parameters<typeof aClinic>[0]> = {}) {
  const { id: clinicId } = await aClinic(given)
  const priya = await aPractitioner({ clinicId, username: 'priya', name: 'Priya Nair' })
  const type = await aType({ clinicId, doneBy: [priya] })
  await db()
    .insert(workingHours)
    .values(weekdays.map((weekday) => nineToFive(clinicId, priya, weekday)))
  const patient = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  return { clinicId, priya, typeId: type.id, type, patientId: patient.id }
}
export type Diary = Awaited<ReturnType<typeof aDiary>>

export const nineToFive = (clinicId: string, staffId: string, weekday: number) => ({
  clinicId,
  staffId,
  weekday,
  fromMinute: 9 * 60,
  untilMinute: 17 * 60,
  validFrom: '2026-01-01',
})

/** @returns the id of the staff member, which is the practitioner's */
export async function aPractitioner(
  of: { clinicId: string; username: string; name: string },
  given: Partial<typeof practitioner.$inferInsert> = {},
) {
  const { id } = await aStaffMember({ role: 'practitioner', ...of })
  await db()
    .insert(practitioner)
    .values({ clinicId: of.clinicId, staffId: id, addedAt: 1, ...given })
  return id
}

export async function aType({
  clinicId,
  doneBy = [],
  ...given
}: Partial<typeof appointmentType.$inferInsert> & { clinicId: string; doneBy?: string[] }) {
  const row = { id: newId(), name: 'Follow-up', minutes: 30, addedAt: 1, clinicId, ...given }
  const [written] = await db().insert(appointmentType).values(row).returning()
  for (const staffId of doneBy) await db().insert(practitionerType).values({ clinicId, staffId, typeId: row.id })
  return written!
}

export const anAbsence = (of: {
  clinicId: string
  staffId: string
  fromAt: number
  untilAt: number
  reason?: string
}) =>
  db()
    .insert(absence)
    .values({ id: newId(), addedAt: 1, ...of })

export const aClosedDay = (clinicId: string, date: string, name: string) =>
  db().insert(closedDay).values({ clinicId, date, name, addedAt: 1 })

export const setRules = (clinicId: string, rules: Partial<typeof bookingRules.$inferInsert>) =>
  db().update(bookingRules).set(rules).where(eq(bookingRules.clinicId, clinicId))

/** What a booking of this diary is made of: half an hour from 9am, of one who booked it themselves. */
export const aBooking = (of: Diary, given: Partial<NewAppointment> = {}): NewAppointment => {
  const startAt = given.startAt ?? nine
  return {
    clinicId: of.clinicId,
    id: newId(),
    practitionerId: of.priya,
    patientId: of.patientId,
    typeId: of.typeId,
    startAt,
    endAt: startAt + 30 * minutes,
    bufferUntil: given.endAt ?? startAt + 30 * minutes,
    formId: null,
    bookedBy: null,
    ...given,
  }
}

/** Books it as a page does. @returns what the database said */
export const book = (row: NewAppointment, provided = {}, now = nine - days) =>
  writeAll(db(), bookAppointment(db(), row, provided, now))

export const rowOf = async (id: string): Promise<Appointment> =>
  (await db().select().from(appointment)).find((row) => row.id === id)!

export const allRows = () => db().select().from(appointment)
