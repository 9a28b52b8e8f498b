/** What staff want to book, as it stands in the address: whatever is missing is asked for next. */
import { isMoment, noonOf } from '../../day.ts'
import { dayOf, instantsAt } from '../../time/wall-clock.ts'
import { readClock } from '../../time/working-hours.ts'
import { stampOf } from '../history.ts'

export interface Asked {
  practitionerId?: string
  /** When it begins. */
  startAt?: number
  patientId?: string
  /** A patient who has no record yet. */
  isNew: boolean
  typeId?: string
  /** 'YYYY-MM-DD': the day to look at, where no time was chosen yet. */
  date?: string
  /** A time that was typed and is none. */
  unreadable?: string
}

type Query = Record<string, string | undefined>

/** `from` is '2026-12-02T09:00' on the clinic's clock, or with its offset; a day and a typed time will do too. */
export function readAsked(query: Query, zone: string): Asked {
  const date = query.date && noonOf(query.date) !== null ? query.date : undefined
  const typed = query.time?.trim()
  const minute = typed ? readClock(typed) : null
  const typedAt = date && minute !== null ? instantsAt(dayOf(date, zone), minute)[0] : undefined
  const isRead = typedAt !== undefined && isMoment(typedAt)
  const isUnreadable = typed && !isRead && (minute === null || date !== undefined) // without a day it is only half of it
  const startAt = isRead ? typedAt : readFrom(query.from ?? '', zone)
  return {
    practitionerId: query.practitioner || undefined,
    startAt: startAt !== undefined && isMoment(startAt) ? startAt : undefined,
    patientId: query.patient || undefined,
    isNew: query.new === 'yes' && !query.patient,
    typeId: query.type || undefined,
    date,
    unreadable: isUnreadable ? typed : undefined,
  }
}

/** What is wrong with a time that was typed. */
export function timeProblem(typed: string): string {
  const minute = readClock(typed)
  if (minute === null) return 'Enter a time, like 9:30am or 14:00'
  if (minute % 5 !== 0) return 'Appointments begin on a full five minutes, like 9:05am'
  return 'The clocks go forward over this time on that day. Enter another time'
}

function readFrom(from: string, zone: string): number | undefined {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)([+-]\d\d:\d\d)?$/.exec(from)
  if (!found || noonOf(found[1]!) === null) return undefined
  if (found[4]) return Date.parse(from)
  return instantsAt(dayOf(found[1]!, zone), Number(found[2]) * 60 + Number(found[3]))[0]
}

/** The same with something changed; undefined takes it away. */
export function addressOf(base: string, asked: Asked, zone: string, path = '/diary/book'): string {
  const query = new URLSearchParams(keptOf(asked, zone)).toString()
  return `${base}${path}${query ? `?${query}` : ''}`
}

/** As the fields of a form. */
export function keptOf(asked: Asked, zone: string): Record<string, string> {
  const { practitionerId, startAt, patientId, isNew, typeId, date } = asked
  const fields: Query = {
    practitioner: practitionerId,
    from: startAt === undefined ? undefined : stampOf(startAt, zone),
    patient: patientId,
    new: isNew ? 'yes' : undefined,
    type: typeId,
    date: startAt === undefined ? date : undefined,
  }
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

type Step = 'when' | 'who' | 'check'

/** What is asked for next. */
export function stepOf({ practitionerId, startAt, patientId, isNew }: Asked): Step {
  if (!practitionerId || startAt === undefined) return 'when'
  return patientId || isNew ? 'check' : 'who'
}
