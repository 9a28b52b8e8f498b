/**
 * What the clinic decides about its time: closed days, appointment types and booking rules. Each list of statements goes into
 * a `visit.write([...])` with its audit entry behind it; 'nothing-changed' says that somebody else was faster.
 */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import {
  type AppointmentType,
  appointmentType,
  type BookingRules,
  bookingRules,
  type Clinic,
  type ClosedDay,
  clinic,
  closedDay,
  practitionerType,
} from '../../schema.ts'
import { type Database, onlyIfChanged, type Statement } from '../../web/database.ts'

type OfClinic = { clinicId: string; id: string }

/** Who does this type, all of them at once. */
export const setDoersOf = (db: Database, of: OfClinic, staffIds: string[]): Statement[] => [
  db
    .delete(practitionerType)
    .where(and(eq(practitionerType.clinicId, of.clinicId), eq(practitionerType.typeId, of.id))),
  db.run(sql`INSERT INTO practitioner_type (clinic_id, staff_id, type_id)
    SELECT ${of.clinicId}, value, ${of.id} FROM json_each(${JSON.stringify(staffIds)})`),
]

/** Those that are closed already keep their name. */
export const addClosedDays = (
  db: Database,
  of: { clinicId: string; addedBy: string },
  closed: Pick<ClosedDay, 'date' | 'name'>[],
  now: number,
): Statement[] => [
  db.run(sql`INSERT INTO closed_day (clinic_id, date, name, added_at, added_by)
    SELECT ${of.clinicId}, value ->> 'date', value ->> 'name', ${now}, ${of.addedBy}
    FROM json_each(${JSON.stringify(closed)}) WHERE true ON CONFLICT DO NOTHING`),
  onlyIfChanged(db),
]

export const removeClosedDay = (db: Database, clinicId: string, date: string): Statement[] => [
  db.delete(closedDay).where(and(eq(closedDay.clinicId, clinicId), eq(closedDay.date, date))),
  onlyIfChanged(db),
]

export const setNation = (db: Database, clinicId: string, nation: Clinic['nation']): Statement[] => [
  db
    .update(clinic)
    .set({ nation })
    .where(and(eq(clinic.id, clinicId), sql`${clinic.nation} IS NOT ${nation}`)),
  onlyIfChanged(db),
]

export type TypeFacts = Pick<
  AppointmentType,
  | 'name'
  | 'minutes'
  | 'bufferMinutes'
  | 'price'
  | 'preparation'
  | 'isOnline'
  | 'forNew'
  | 'forExisting'
  | 'colour'
  | 'position'
>

/** At most one row, retired or not. */
export const typeById = (db: Database, { clinicId, id }: OfClinic) =>
  db.select().from(appointmentType).where(isType({ clinicId, id }))

/** A name that is in use is refused by 'appointment_type.clinic_id, appointment_type.name'; a form sent twice likewise. */
export const addType = (
  db: Database,
  of: OfClinic & { formId: string | null },
  facts: TypeFacts,
  now: number,
): Statement[] => [
  db.insert(appointmentType).values({ ...facts, clinicId: of.clinicId, id: of.id, formId: of.formId, addedAt: now }),
]

/** Appointments that are booked keep their length. */
export const changeType = (db: Database, of: OfClinic & { version: number }, facts: TypeFacts): Statement[] => [
  db
    .update(appointmentType)
    .set({ ...facts, version: of.version + 1 })
    .where(and(isType(of), eq(appointmentType.version, of.version), isNull(appointmentType.retiredAt))),
  onlyIfChanged(db),
]

/** Cannot be booked any more; appointments of it stay as they are. */
export const retireType = (db: Database, of: OfClinic, now: number): Statement[] => [
  db
    .update(appointmentType)
    .set({ retiredAt: now })
    .where(and(isType(of), isNull(appointmentType.retiredAt))),
  onlyIfChanged(db),
]

export type RulesFacts = Omit<BookingRules, 'clinicId' | 'version' | 'timeVersion' | 'timeMark'>

/** @param version of the rules the form was opened with */
export const changeRules = (
  db: Database,
  of: { clinicId: string; version: number },
  facts: RulesFacts,
): Statement[] => [
  db
    .update(bookingRules)
    .set({ ...facts, version: of.version + 1 })
    .where(and(eq(bookingRules.clinicId, of.clinicId), eq(bookingRules.version, of.version))),
  onlyIfChanged(db),
]

const isType = ({ clinicId, id }: OfClinic): SQL | undefined =>
  and(eq(appointmentType.clinicId, clinicId), eq(appointmentType.id, id))
