/** What patients may do with an appointment of theirs, and how that is said to them. */
import type { Appointment, AppointmentType, BookingRules, Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { hour, minute } from '../../web/durations.ts'
import { type ChangeVerdict, isMovedOnline, mayChange } from '../booking-rules.ts'
import { inOneLine } from '../messages/appointment-event.ts'

/** The database may refuse because something changed since it was read: then it is read, and decided, again. */
export const mostTries = 4

export const longestReason = 200 // characters; the table's CHECK says the same

/** A slip of the finger: so long after booking it themselves they may take it back, whatever the notice. */
const graceFor = 3 * minute

type Booked = Pick<Appointment, 'status' | 'startAt' | 'bookedAt' | 'bookedBy'>
type Reached = Pick<Clinic, 'name' | 'phone'>
type Rules = Pick<BookingRules, 'cancelNoticeHours'>
type OfType = Pick<AppointmentType, 'isOnline' | 'forNew' | 'forExisting' | 'retiredAt'>

/** May they cancel it themselves? */
export function mayCancel(of: Booked, rules: Rules, now: number): ChangeVerdict {
  return isInGrace(of, rules, now) ? { ok: true } : mayChange(of, rules, now)
}

function isInGrace(of: Booked, rules: Rules, now: number): boolean {
  const verdict = mayChange(of, rules, now)
  const isFresh = of.bookedBy === null && now <= of.bookedAt + graceFor
  return !verdict.ok && verdict.because === 'inside-notice' && isFresh
}

type Told = Reached & Pick<Clinic, 'timezone'>

/** What is so for one that is booked: whoever has just booked it by mistake is not told to call. */
export function ownRuleInWords(
  of: Booked & OfType & { isNew: boolean },
  rules: BookingRules,
  clinic: Told,
  now: number,
): string {
  if (!isInGrace(of, rules, now)) {
    const isOnline = isMovedOnline(rules, of, of.isNew)
    return changeRuleInWords(of.startAt, rules, clinic, now, { it: 'This appointment', isOnline })
  }
  const until = timeInWords(of.bookedAt + graceFor, clinic.timezone)
  return `You have just booked it: you can cancel it online until ${until}. After that, ${call(clinic)}.`
}

/**
 * Until when it can be changed and cancelled online, with the moment itself: nobody has to count back.
 * Where its time is changed by phone only (`isOnline`), it is not promised otherwise.
 * @param it for a page on which the time is only about to be booked: "this appointment" could be the one that they have
 */
export function changeRuleInWords(
  startAt: number,
  rules: Rules,
  clinic: Told,
  now: number,
  { it = 'An appointment at this time', isOnline = true } = {},
): string {
  const last = startAt - rules.cancelNoticeHours * hour
  if (now > last) return `${it} cannot be changed or cancelled online. If you cannot come, ${call(clinic)}.`
  const until = `until ${timeInWords(last, clinic.timezone)} on ${dayInWords(last, clinic.timezone)}`
  return isOnline
    ? `You can change or cancel it online ${until}. After that, ${call(clinic)}.`
    : `You can cancel it online ${until}. After that, or to change the time, ${call(clinic)}.`
}

const call = ({ name, phone }: Reached): string => `call ${apart(name)} on ${phone}`

/** "Riverside Clinic, 1 Quay Side, Riverton" */
export const whereOf = ({ name, address }: Pick<Clinic, 'name' | 'address'>): string =>
  [name, inOneLine(address)].filter(Boolean).join(', ')

type Known = Pick<Appointment, 'id' | 'sequence' | 'startAt' | 'endAt' | 'status' | 'patientId'> & {
  practitionerName: string
  email: string | null
}

/** What a mail about it needs to know. @param called what to call the patient */
export const toldOf = (of: Known, called: string) => ({
  ...{ id: of.id, sequence: of.sequence, startAt: of.startAt, endAt: of.endAt, status: of.status },
  ...{ patientId: of.patientId, practitionerName: of.practitionerName, email: of.email, firstName: called },
  ...{ hasAccess: true, isMovedOnline: true }, // what the patient has just moved
})
