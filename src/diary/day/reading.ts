/** What a page of the diary needs, asked in one round trip, as one value. */
import type { Ask } from '../../ask.ts'
import type { Answers } from '../../front-door/sessions/visit.ts'
import type { Statement } from '../../web/database.ts'
import { dateIn } from '../../web/dates.ts'
import { NotFound } from '../../web/trouble.ts'
import { longestAppointment, mayMove } from '../appointment.ts'
import { appointmentById, appointmentsOn, type DayAppointment, type ShownAppointment } from '../appointments-store.ts'
import type { ClinicTime, PractitionerTime } from '../time/clinic-time.ts'
import { practitionerNamed } from '../time/time-store.ts'
import { timeOf } from '../time/timetable-store.ts'
import { type Day, daysFrom } from '../time/wall-clock.ts'
import { leftPractitioner, leftPractitioners } from './day-plan.ts'
import type { Shown } from './shown.ts'
import { prefersEverybody } from './usual.ts'

export interface Reading {
  shown: Shown
  time: ClinicTime
  days: Day[]
  /** 'YYYY-MM-DD' */
  today: string
  now: number
  /** Of whom the address names, else of everybody. */
  appointments: DayAppointment[]
  /** Those days’ cancelled ones, whether they are to be shown in the columns or not. */
  cancelled: DayAppointment[]
  /** Whose columns are shown: one practitioner's, or everybody's who sees patients or has appointments then. */
  people: PractitionerTime[]
  /** Whose diary this is when it is one practitioner's only. */
  who: PractitionerTime | undefined
  /** Who looks, if they see patients. */
  self: PractitionerTime | undefined
  /** The appointment of the address that is being moved, if it can be. */
  moving: ShownAppointment | undefined
  /** The same, when it cannot be moved: somebody has arrived, it was cancelled. */
  unmoved: ShownAppointment | undefined
}

/** @throws NotFound when a practitioner or an appointment of the address is not of this clinic */
export async function readDays<T extends Statement[]>(
  c: Ask,
  shown: Shown,
  { from = shown.date, count = 1 }: { from?: string; count?: number },
  ...more: T
): Promise<[Reading, ...Answers<T>]> {
  const { visit, clinic, now } = c.var
  const { db, clinicId } = visit
  const days = daysFrom(from, count, clinic.timezone)
  const span = { from: days[0]!.from, until: days.at(-1)!.until }
  const named = shown.who === 'all' ? undefined : shown.who
  const [time, booked, [moving], ...others] = await visit.read(
    timeOf(db, clinic, { from, until: days.at(-1)!.date }),
    appointmentsOn(db, clinicId, span, { of: named, cancelled: true }),
    shown.moving ? appointmentById(db, clinicId, shown.moving, now) : undefined,
    ...more,
  )
  if (shown.moving && !moving) throw new NotFound()
  const self = time.practitioners.find(({ id }) => id === visit.who.staffId)
  // A practitioner sees their own diary unless they ask for everybody's; the others see everybody's.
  const usual = visit.who.role === 'practitioner' && self && !prefersEverybody(c, self.id) ? self : undefined
  const of = shown.who === undefined ? usual?.id : named
  const begun = isTaken(time, span.from, of) ? await readBegun(c, span.from, of) : []
  const isCancelled = ({ status }: DayAppointment) => status === 'cancelled'
  const cancelled = booked.filter(isCancelled)
  const appointments = [...begun, ...(shown.cancelled ? booked : booked.filter((each) => !isCancelled(each)))]
  const everybody = [...time.practitioners, ...leftPractitioners(time, appointments)]
  const who = shown.who === undefined ? usual : await whose(c, shown.who, everybody)
  return [
    {
      shown,
      time,
      days,
      today: dateIn(now, clinic.timezone),
      now,
      appointments,
      cancelled,
      people: who ? [who] : everybody,
      who,
      self,
      moving: moving && mayMove(moving) ? moving : undefined,
      unmoved: moving && !mayMove(moving) ? moving : undefined,
    },
    ...(others as unknown as Answers<T>),
  ]
}

/** At that moment, by what began before it. @param of whose time; undefined: anybody's */
const isTaken = ({ practitioners }: ClinicTime, midnight: number, of: string | undefined): boolean =>
  practitioners
    .filter(({ id }) => of === undefined || id === of)
    .some(({ taken }) => taken.some(({ from, until }) => from < midnight && until > midnight))

/** What goes on after midnight: so seldom that it is asked for by itself, and only where the time is taken. */
async function readBegun(c: Ask, midnight: number, of: string | undefined): Promise<DayAppointment[]> {
  const { visit } = c.var
  const span = { from: midnight - longestAppointment, until: midnight }
  const [booked] = await visit.read(appointmentsOn(visit.db, visit.clinicId, span, { of }))
  return booked.filter(({ endAt }) => endAt > midnight)
}

/** @throws NotFound for whoever never saw patients here */
async function whose(c: Ask, who: string, everybody: PractitionerTime[]): Promise<PractitionerTime | undefined> {
  if (who === 'all') return undefined
  const found = everybody.find(({ id }) => id === who)
  if (found) return found
  const { visit } = c.var
  const [[left]] = await visit.read(practitionerNamed(visit.db, visit.clinicId, who)) // on a day without appointments of theirs
  if (!left) throw new NotFound()
  return leftPractitioner(left)
}
