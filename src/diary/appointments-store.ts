/** Appointments as the pages read them. Each is a statement to be put into a `visit.read(...)`. */
import { and, asc, desc, eq, gt, gte, inArray, lt, lte, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { contactEmail, readerHasAccess } from '../acting-for/contact-store.ts'
import { appointment, appointmentType, patient, practitioner, staff } from '../schema.ts'
import type { Database } from '../web/database.ts'
import { kept } from '../web/kept.ts'
import { longestAppointment } from './appointment.ts'
import type { Span } from './time/span.ts'

/** Every appointment of that day that is not cancelled, of this practitioner or of all, by practitioner and time. */
export function appointmentsOn(db: Database, clinicId: string, { from, until }: Span, wanted: Wanted = {}) {
  const { of, cancelled = false } = wanted
  const values = { clinicId, from, until, cancelled: Number(cancelled) }
  return of === undefined ? keptOnDay(db, values) : keptOnDayOf(db, { ...values, of })
}
interface Wanted {
  /** The id of a practitioner; undefined: everybody, those too who see patients no more. */
  of?: string
  /** The cancelled ones too. */
  cancelled?: boolean
}

const keptOnDay = kept(['clinicId', 'from', 'until', 'cancelled'], (db, day) =>
  onDay(db, day, isOneOfTheClinic(day.clinicId)),
)
const keptOnDayOf = kept(['clinicId', 'of', 'from', 'until', 'cancelled'], (db, { of, ...day }) =>
  onDay(db, day, eq(appointment.practitionerId, of)),
)

type OfDay = Record<'clinicId' | 'from' | 'until' | 'cancelled', Placeholder>
const onDay = (db: Database, { clinicId, from, until, cancelled }: OfDay, isTheirs: SQL) =>
  db
    .select(forTheDiary)
    .from(appointment)
    .innerJoin(patient, ofPatient)
    .innerJoin(staff, ofPractitioner)
    .innerJoin(appointmentType, ofType)
    .where(
      and(
        eq(appointment.clinicId, clinicId),
        isTheirs,
        gte(appointment.startAt, from),
        lt(appointment.startAt, until),
        sql`(${cancelled} OR ${appointment.status} <> 'cancelled')`,
      ),
    )
    .orderBy(asc(appointment.practitionerId), asc(appointment.startAt))

/** At most one row. */
export const appointmentById = (db: Database, clinicId: string, id: string, now: number) =>
  keptById(db, { clinicId, id, now })
const keptById = kept(['clinicId', 'id', 'now'], (db, { clinicId, id, now }) =>
  shown(db, now).where(and(eq(appointment.clinicId, clinicId), eq(appointment.id, id))),
)

/** The appointment that this form has booked already: at most one row. */
export const appointmentByForm = (db: Database, clinicId: string, formId: string, now: number) =>
  keptByForm(db, { clinicId, formId, now })
const keptByForm = kept(['clinicId', 'formId', 'now'], (db, { clinicId, formId, now }) =>
  shown(db, now).where(and(eq(appointment.clinicId, clinicId), eq(appointment.formId, formId))),
)

/** What the patient has before them, soonest first: booked ones that are not over. */
export const upcomingOf = (db: Database, clinicId: string, patientId: string, now: number) =>
  keptUpcoming(db, { clinicId, patientId, now, earliest: now - longestAppointment })
const keptUpcoming = kept(['clinicId', 'patientId', 'now', 'earliest'], (db, { clinicId, patientId, now, earliest }) =>
  shown(db, now)
    .where(
      and(
        isOfPatient(clinicId, patientId),
        gt(appointment.startAt, earliest),
        gt(appointment.endAt, now),
        inArray(appointment.status, ['booked', 'arrived']),
      ),
    )
    .orderBy(asc(appointment.startAt)),
)

/** Everything that began before now, and what was cancelled or seen before its time: latest first. */
export const pastOf = (db: Database, clinicId: string, patientId: string, now: number, most = 50) =>
  shown(db, now)
    .where(
      and(
        isOfPatient(clinicId, patientId),
        or(lte(appointment.startAt, now), inArray(appointment.status, ['cancelled', 'fulfilled'])),
      ),
    )
    .orderBy(desc(appointment.startAt))
    .limit(most)

/** All of a patient's appointments, newest first, cancelled ones too. */
export const appointmentsOf = (db: Database, clinicId: string, patientId: string, now: number, most = 200) =>
  shown(db, now).where(isOfPatient(clinicId, patientId)).orderBy(desc(appointment.startAt)).limit(most)

/**
 * Who books online: whether they are new here (they registered themselves and were not seen yet), and when they are busy
 * themselves. One row, none for nobody. The index is named: SQLite would rather walk through the whole clinic.
 */
export const bookerOf = (db: Database, clinicId: string, patientId: string, now: number) =>
  keptBooker(db, { clinicId, patientId, now })
const keptBooker = kept(['clinicId', 'patientId', 'now'], (db, { clinicId, patientId, now }) => {
  return db
    .select({
      isNew: isNewHere(),
      /** Where the diary writes to. */
      contact: contactEmail(now).as('contact'),
      upcoming: sql`(SELECT json_group_array(json_object('from', a.start_at, 'until', a.end_at)) ${ofThem}
        AND a.start_at > ${now} AND a.status = 'booked')`.mapWith((spans: string): Span[] => JSON.parse(spans)),
    })
    .from(patient)
    .where(and(eq(patient.clinicId, clinicId), eq(patient.id, patientId)))
})
const ofThem = sql`FROM appointment a INDEXED BY appointment_of_patient WHERE a.clinic_id = ${patient.clinicId} AND a.patient_id = ${patient.id}`
const isNewHere = () =>
  sql`${patient.createdBy} IS NULL AND NOT EXISTS (SELECT 1 ${ofThem} AND a.status IN ('arrived', 'fulfilled'))`.mapWith(
    Boolean,
  )
export type Booker = Awaited<ReturnType<typeof bookerOf>>[number]

type Value = string | Placeholder

const isOfPatient = (clinicId: Value, patientId: Value): SQL | undefined =>
  and(eq(appointment.clinicId, clinicId), eq(appointment.patientId, patientId))

const isOneOfTheClinic = (clinicId: Value): SQL =>
  sql`${appointment.practitionerId} IN (SELECT ${practitioner.staffId} FROM ${practitioner} WHERE ${practitioner.clinicId} = ${clinicId})`

/** What the diary shows of an appointment, hundreds of times on a page. D1 gives columns back by name, so each has a name of its own. */
const forTheDiary = {
  id: appointment.id,
  practitionerId: appointment.practitionerId,
  practitionerName: sql<string>`${staff.name}`.as('practitioner_name'),
  firstName: patient.firstName,
  lastName: patient.lastName,
  preferredName: patient.preferredName,
  dateOfBirth: patient.dateOfBirth,
  mobile: patient.mobile,
  phone: patient.phone,
  typeId: appointment.typeId,
  typeName: sql<string>`${appointmentType.name}`.as('type_name'),
  typeColour: appointmentType.colour,
  startAt: appointment.startAt,
  endAt: appointment.endAt,
  bufferUntil: appointment.bufferUntil,
  status: appointment.status,
  statusSince: appointment.statusSince,
  bookedAt: appointment.bookedAt,
  note: appointment.note,
}

const changer = alias(staff, 'changer')
const booker = alias(staff, 'booker')

/** The same and everything else, with the names that its own page shows beside it. */
const whole = (now: number | Placeholder) => ({
  ...forTheDiary,
  patientId: appointment.patientId,
  /** Where the diary writes to about it. */
  email: contactEmail(now).as('contact'),
  hasAccess: readerHasAccess(now).mapWith(Boolean).as('has_access'),
  /** Of its type and its patient: whether its time is changed online. */
  isOnline: appointmentType.isOnline,
  forNew: appointmentType.forNew,
  forExisting: appointmentType.forExisting,
  retiredAt: appointmentType.retiredAt,
  isNew: isNewHere().as('is_new'),
  preparation: appointmentType.preparation,
  price: appointmentType.price,
  statusBy: appointment.statusBy,
  statusByName: sql<string | null>`${changer.name}`.as('status_by_name'),
  cancelReason: appointment.cancelReason,
  bookedBy: appointment.bookedBy,
  bookedByName: sql<string | null>`${booker.name}`.as('booked_by_name'),
  patientNote: appointment.patientNote,
  outsideRules: appointment.outsideRules,
  version: appointment.version,
  sequence: appointment.sequence,
  remindedAt: appointment.remindedAt,
})

const ofPatient = and(eq(patient.clinicId, appointment.clinicId), eq(patient.id, appointment.patientId))
const ofPractitioner = and(eq(staff.clinicId, appointment.clinicId), eq(staff.id, appointment.practitionerId))
const ofType = and(eq(appointmentType.clinicId, appointment.clinicId), eq(appointmentType.id, appointment.typeId))

const shown = (db: Database, now: number | Placeholder) =>
  db
    .select(whole(now))
    .from(appointment)
    .innerJoin(patient, ofPatient)
    .innerJoin(staff, ofPractitioner)
    .innerJoin(appointmentType, ofType)
    .leftJoin(changer, and(eq(changer.clinicId, appointment.clinicId), eq(changer.id, appointment.statusBy)))
    .leftJoin(booker, and(eq(booker.clinicId, appointment.clinicId), eq(booker.id, appointment.bookedBy)))
    .$dynamic()
export type ShownAppointment = Awaited<ReturnType<typeof appointmentById>>[number]
export type DayAppointment = Awaited<ReturnType<typeof appointmentsOn>>[number]
