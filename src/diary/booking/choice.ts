/**
 * What a patient has chosen so far, as it stands in the address: ids, a day and an instant, nothing personal. What is not
 * well formed counts as not chosen, and whoever has one choice only is not asked.
 */
import type { AppointmentType } from '../../schema.ts'
import { dateIn } from '../../web/dates.ts'
import { wholeDay } from '../../web/durations.ts'
import { doersOf } from '../availability.ts'
import { typesFor } from '../booking-rules.ts'
import { noonOf } from '../day.ts'
import type { ClinicTime, PractitionerTime } from '../time/clinic-time.ts'
import { addDays } from '../time/wall-clock.ts'

export interface Choice {
  typeId?: string
  /** The id of a practitioner, or `anyone`: first available. */
  who?: string
  /** 'YYYY-MM-DD' */
  day?: string
  startAt?: number
  /** Who the time was offered with. */
  practitionerId?: string
}

export const anyone = 'any'

/** Whoever names a time has said with whom. */
export const readChoice = (typed: Record<string, string | undefined>): Choice => ({
  typeId: idIn(typed.type),
  who: idIn(typed.who) ?? idIn(typed.with),
  day: noonOf(typed.day ?? '') === null ? undefined : typed.day,
  startAt: /^\d{1,13}$/.test(typed.at ?? '') ? Number(typed.at) : undefined,
  practitionerId: idIn(typed.with),
})

const idIn = (text = ''): string | undefined => (/^[\w-]{1,64}$/.test(text) ? text : undefined)

/** The same in an address. @param path '/riverside/book' */
export function addressOf(path: string, { typeId, who, day, startAt, practitionerId }: Choice): string {
  const given = Object.entries({ type: typeId, who, day, at: startAt, with: practitionerId })
  const known = given.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
  return known.length > 0 ? `${path}?${known.join('&')}` : path
}

/** So many days stand on a page. */
export const daysShown = 14
const furthest = 366 + daysShown // days: no clinic offers more

/** The first of the days to be shown: fortnights are counted from today, and the chosen day lies in its own. */
export function firstShown({ day, startAt }: Choice, now: number, zone: string): string {
  const today = dateIn(now, zone)
  const wanted = startAt === undefined ? day : dateIn(startAt, zone)
  const ahead = wanted ? Math.round((noonOf(wanted)! - noonOf(today)!) / wholeDay) : 0
  const days = Math.min(Math.max(ahead, 0), furthest)
  return addDays(today, days - (days % daysShown))
}

export function shownDates(choice: Choice, now: number, zone: string): { from: string; until: string } {
  const from = firstShown(choice, now, zone)
  return { from, until: addDays(from, daysShown - 1) }
}

export type Step =
  | { step: 'what'; types: AppointmentType[] }
  | { step: 'who'; type: AppointmentType; doers: PractitionerTime[] }
  | { step: 'when'; type: AppointmentType; doers: PractitionerTime[]; who: string }

/** Which question is next. No type at all: there is nothing to choose from. */
export function stepOf(time: ClinicTime, { typeId, who }: Choice, isNew: boolean, now: number): Step {
  const doers = (type: AppointmentType) => doersOf(time, { type, now, by: 'patient' })
  const types = typesFor(time.rules, time.types, isNew).filter((type) => doers(type).length > 0)
  const type = types.find(({ id }) => id === (typeId ?? onlyOf(types)))
  if (!type) return { step: 'what', types }
  const people = doers(type)
  const whom = who ?? onlyOf(people)
  const isKnown = whom === anyone || people.some(({ id }) => id === whom)
  return isKnown ? { step: 'when', type, doers: people, who: whom! } : { step: 'who', type, doers: people }
}

const onlyOf = (choices: { id: string }[]): string | undefined => (choices.length === 1 ? choices[0]!.id : undefined)

/** Undefined: whoever is free first. */
export const practitionersFor = (who: string): string[] | undefined => (who === anyone ? undefined : [who])

/** "Morning" up to noon, "Afternoon" up to 5pm. @param minuteOfDay as the clock on the clinic's wall shows it */
export const partOfDay = (minuteOfDay: number): 'Morning' | 'Afternoon' | 'Evening' =>
  minuteOfDay < 12 * 60 ? 'Morning' : minuteOfDay < 17 * 60 ? 'Afternoon' : 'Evening'
