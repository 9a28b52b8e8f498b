/** The demo clinics' diary as statements: their time, and the appointments of a fortnight. */
import { eq } from 'drizzle-orm'
import { readAbsence } from '../../src/diary/time/absence.ts'
import { addDays } from '../../src/diary/time/wall-clock.ts'
import { readClock } from '../../src/diary/time/working-hours.ts'
import {
  absence,
  appointment,
  appointmentType,
  bookingRules,
  clinic,
  closedDay,
  practitioner,
  practitionerType,
  workingHours,
} from '../../src/schema.ts'
import { newId } from '../../src/web/random.ts'
import { fortnight, mondayOf } from './fortnight.mjs'

const longAgo = 380 // days

/** @returns the statements, and the clinic's time as src/diary reads it */
export function diaryRows(db, diary, { id: clinicId, timezone: zone, staff: ids }, { now, ago }) {
  const monday = mondayOf(now, zone)
  const addedAt = ago(longAgo)
  const types = diary.types.map((facts, position) => ({
    clinicId,
    id: newId(),
    bufferMinutes: 0,
    ...facts,
    position,
    addedAt,
  }))
  const people = diary.practitioners.map((who, position) =>
    personOf(who, { clinicId, id: ids[who.username], types, position, monday, zone, now }),
  )
  const closedDays = diary.closedDays.map(({ day, name }) => ({
    clinicId,
    date: addDays(monday, day),
    name,
    addedAt: now,
  }))
  const rows = [
    db.update(clinic).set({ nation: diary.nation }).where(eq(clinic.id, clinicId)),
    db.update(bookingRules).set(diary.rules).where(eq(bookingRules.clinicId, clinicId)),
    ...types.map((type) => db.insert(appointmentType).values(type)),
    ...people.flatMap((who) => personRows(db, who, { clinicId, addedAt, by: ids.maya })),
    ...closedDays.map((closed) => db.insert(closedDay).values(closed)),
  ]
  return { rows, time: { zone, types, practitioners: people, closedDays } }
}

function personOf(
  { hours, absences, types: names, username: _username, ...facts },
  { id, types, position, monday, zone, now },
) {
  return {
    ...facts,
    id,
    position,
    typeIds: types.filter(({ name }) => names.includes(name)).map((type) => type.id),
    hours: hours.flatMap(([weekday, periods]) => periods.map((period) => hoursOf(weekday, period))),
    absences: absences.map((each) => ({ id: newId(), reason: each.reason, ...absenceOf(each, monday, zone, now) })),
    taken: [],
  }
}

function hoursOf(weekday, period) {
  const [fromMinute, untilMinute] = period.split('-').map((clock) => readClock(clock))
  return { weekday, fromMinute, untilMinute, validFrom: '2025-01-01', validUntil: null }
}

/** Over or not: a diary of last week has absences too. */
function absenceOf({ day, from, until }, monday, zone) {
  const date = addDays(monday, day)
  const typed = {
    fromDate: date,
    untilDate: date,
    fromMinute: from ? readClock(from) : null,
    untilMinute: until ? readClock(until) : null,
  }
  return readAbsence(typed, zone, 0).span
}

function personRows(db, { id: staffId, typeIds, hours, absences, ...facts }, { clinicId, addedAt, by }) {
  const { designation, position, colour, mayChangeOwnHours } = facts
  const of = { clinicId, staffId }
  return [
    db.insert(practitioner).values({ ...of, designation, position, colour, mayChangeOwnHours, addedAt }),
    ...typeIds.map((typeId) => db.insert(practitionerType).values({ ...of, typeId })),
    ...hours.map((each) => db.insert(workingHours).values({ ...of, ...each })),
    ...absences.map(({ from, until, ...each }) =>
      db.insert(absence).values({ ...of, ...each, fromAt: from, untilAt: until, addedAt, addedBy: by }),
    ),
  ]
}

/** Patients with online access book every second one themselves. */
export function appointmentRows(db, time, { id: clinicId, staff: ids, people }, { now, ago }) {
  return fortnight(time, people.length, now).flatMap(({ number, patient, ...turn }, index) => {
    const { id: patientId, online } = people[patient]
    const bookedAt = ago(Math.max(0, Math.floor((now - turn.startAt) / 86_400_000)) + 2 + (index % 19))
    const bookedBy = online.access === 'active' && online.since > 40 && index % 2 ? null : ids.sam
    const hasBegun = turn.status === 'fulfilled' || turn.status === 'noshow' || turn.status === 'arrived'
    const statusSince = hasBegun
      ? Math.min(turn.startAt, now)
      : turn.status === 'cancelled'
        ? bookedAt + 86_400_000
        : bookedAt
    const statusBy = hasBegun || turn.status === 'cancelled' ? ids.sam : bookedBy
    const id = newId()
    const row = { clinicId, id, patientId, ...turn, bookedAt, bookedBy, statusSince, statusBy, formId: id }
    const entry = { clinicId, ofPatient: patientId, detail: { appointment: id } }
    const booked = {
      ...entry,
      act: 'appointment-booked',
      at: bookedAt,
      ...(bookedBy ? { byStaff: bookedBy } : { byPatient: patientId }),
    }
    const marked =
      statusSince === bookedAt
        ? []
        : [{ entry: { ...entry, act: `appointment-${turn.status}`, at: statusSince, byStaff: ids.sam } }]
    return [db.insert(appointment).values(row), { entry: booked }, ...marked]
  })
}
