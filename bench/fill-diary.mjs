/** A full diary for the clinic of ordinary size: six practitioners more, and eight weeks of appointments. */
import { addDays } from '../src/diary/time/wall-clock.ts'
import { practitioner, practitionerType, staff, workingHours } from '../src/schema.ts'
import { dateIn } from '../src/web/dates.ts'
import { newId } from '../src/web/random.ts'

const minute = 60_000 // ms
const names = ['Ann Bell', 'Bo Carr', 'Di Dunn', 'Ed Ellis', 'Flo Ford', 'Gil Gray']
const opens = 8 * 60 // minute of the day in UTC: the run may be in summer
const closes = 20 * 60
const summer = 60 // minutes
const each = 20 // minutes

/** Days from today: behind the demo clinic's own fortnight, on which what is booked is ours alone. */
const fullDay = { ahead: 28, appointments: 120 }
const ordinaryDay = { ahead: 29, appointments: 94 }
const onOtherDays = 88 // so that nobody of the 5,000 has two
const daysAhead = 56 // as far as patients may book

const zone = 'Europe/London' // of the demo clinic

/** @returns the practitioners as statements, the appointments as rows, and what the scenarios ask about */
export function diaryRows(db, clinicId, types, patientIds, now) {
  const ids = names.map(() => newId())
  const today = dateIn(now, zone)
  const days = Array.from({ length: daysAhead }, (_day, index) => addDays(today, index + 1))
  const places = days.flatMap((date, index) => dayOf(date, bookedOn(index + 1), ids))
  const [followUp, bloodTest] = ['Follow-up', 'Blood test'].map((wanted) => types.find(({ name }) => name === wanted))
  const of = { clinicId, typeId: followUp.id, bookedAt: now, statusSince: now }
  const appointments = places.map((place, n) => ({ ...of, ...place, id: newId(), patientId: patientIds[n] }))
  const asked = ({ ahead, appointments: count }) => ({
    date: days[ahead - 1],
    count,
    lastPatient: bookedUpTo(ahead) - 1,
  })
  return {
    accounts: ids.flatMap((id, index) => personRows(db, { clinicId, id, index, types, now })),
    appointments,
    diary: {
      ...{ fullDay: asked(fullDay), ordinaryDay: asked(ordinaryDay) },
      ...{ practitionerId: ids[0], typeId: bloodTest.id, free: freePlaces(days, ids, bloodTest.minutes) },
    },
  }
}

const bookedOn = (ahead) => [fullDay, ordinaryDay].find((day) => day.ahead === ahead)?.appointments ?? onOtherDays
const bookedUpTo = (ahead) => Array.from({ length: ahead }, (_day, n) => bookedOn(n + 1)).reduce((sum, n) => sum + n, 0)

/** Every day of the week: the run may be on a Saturday. */
function personRows(db, { clinicId, id, index, types, now }) {
  const of = { clinicId, staffId: id }
  const account = { id, clinicId, username: `bench.${index}`, name: names[index], role: 'practitioner', createdAt: now }
  const hours = { fromMinute: opens - summer, untilMinute: closes + summer, validFrom: '2025-01-01' }
  return [
    db.insert(staff).values(account),
    db.insert(practitioner).values({ ...of, designation: 'Doctor', position: 2 + index, colour: 2, addedAt: now }),
    ...types.map((type) => db.insert(practitionerType).values({ ...of, typeId: type.id })),
    ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => db.insert(workingHours).values({ ...of, ...hours, weekday })),
  ]
}

/** One after the other from eight on, in turn with each practitioner. */
const dayOf = (date, count, ids) =>
  Array.from({ length: count }, (_one, index) => {
    const startAt = instant(date, opens + Math.floor(index / ids.length) * each)
    const endAt = startAt + each * minute
    return { practitionerId: ids[index % ids.length], startAt, endAt, bufferUntil: endAt }
  })

/** What staff can book one after the other: every evening, behind what is booked. */
function freePlaces(days, ids, minutes) {
  const evening = opens + (fullDay.appointments / ids.length) * each
  const starts = Array.from({ length: (closes - evening) / minutes }, (_one, n) => evening + n * minutes)
  return days.flatMap((date, index) =>
    bookedOn(index + 1) === onOtherDays
      ? starts.flatMap((start) => ids.map((practitionerId) => ({ practitionerId, startAt: instant(date, start) })))
      : [],
  )
}

const instant = (date, minuteOfDay) => Date.parse(`${date}T00:00:00Z`) + minuteOfDay * minute
