/** Where an appointment stands in the diary: with whom, from when until when, and the time kept free behind it. */
import { minute } from '../web/durations.ts'
import type { ClinicTime, PractitionerTime } from './time/clinic-time.ts'
import type { Span } from './time/span.ts'

/** Milliseconds since 1970. */
export interface Place {
  practitionerId: string
  startAt: number
  endAt: number
  bufferUntil: number
}

/** The same appointment at another time, as long as it is now. */
export function movedTo(of: Place, practitionerId: string, startAt: number): Place {
  const later = startAt - of.startAt
  return { practitionerId, startAt, endAt: of.endAt + later, bufferUntil: of.bufferUntil + later }
}

/** How long it takes, as appointment types say it. */
export const lengthOf = ({ startAt, endAt, bufferUntil }: Place) => ({
  minutes: (endAt - startAt) / minute,
  bufferMinutes: (bufferUntil - endAt) / minute,
})

/** As if that appointment were not there: it may move into its own time. */
export function timeWithout(time: ClinicTime, place: Place): ClinicTime {
  return { ...time, practitioners: time.practitioners.map((person) => personWithout(person, place)) }
}

/** The same of one practitioner: whoever has another appointment at that time keeps it. */
export function personWithout(person: PractitionerTime, { practitionerId, startAt, bufferUntil }: Place) {
  if (person.id !== practitionerId) return person
  const isOwn = ({ from, until }: Span) => from === startAt && until === bufferUntil
  return { ...person, taken: person.taken.filter((span) => !isOwn(span)) }
}
