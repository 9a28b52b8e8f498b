/** What staff sent to be booked: read, and decided on the day as it stands now. */
import type { AppointmentType } from '../../../schema.ts'
import { minute } from '../../../web/durations.ts'
import type { Problems } from '../../../web/form.ts'
import type { Place } from '../../place.ts'
import type { ClinicTime, PractitionerTime } from '../../time/clinic-time.ts'
import { whyNotForStaff } from '../../why-not.ts'
import { type Left, leftInWords } from '../left.ts'
import { type StaffVerdict, staffVerdict } from '../staff-verdict.ts'
import type { Asked } from './asked.ts'

/** What the appointment takes: as long as its type says. */
export function placeOf(
  type: Pick<AppointmentType, 'minutes' | 'bufferMinutes'>,
  of: PractitionerTime,
  startAt: number,
): Place {
  const endAt = startAt + type.minutes * minute
  return { practitionerId: of.id, startAt, endAt, bufferUntil: endAt + type.bufferMinutes * minute }
}

interface Chosen {
  time: ClinicTime
  person: PractitionerTime
  type: AppointmentType
  startAt: number
}

export const verdictOn = ({ time, person, type, startAt }: Chosen, isTicked: boolean, now: number): StaffVerdict =>
  staffVerdict(whyNotForStaff(time, { type, now }, person.id, startAt), isTicked)

/** The type that was chosen; where none was, the only one there is. One that has gone meanwhile is nobody's word for another. */
export function typeOf(types: AppointmentType[], { typeId }: Pick<Asked, 'typeId'>): AppointmentType | undefined {
  if (typeId === undefined && types.length === 1) return types[0]
  return types.find(({ id }) => id === typeId)
}

type Versioned = Pick<AppointmentType, 'id' | 'version'>

/** What the types were when the page was drawn: how long they take, what they cost. */
export const versionsOf = (types: Versioned[]): string => types.map(versionOf).join(' ')
const versionOf = ({ id, version }: Versioned): string => `${id}.${version}`

/** Nobody promises a patient what is not so any more. @param versions none: no page of ours was looked at */
export const isAsSeen = (type: Versioned, versions: string | undefined): boolean =>
  versions === undefined || versions.split(' ').includes(versionOf(type))

/** Free times are shown for it while no type was chosen: whatever fits may begin there. */
export const shortestOf = (types: AppointmentType[]): AppointmentType | undefined =>
  [...types].sort((a, b) => a.minutes + a.bufferMinutes - b.minutes - b.bufferMinutes)[0]

/** Nobody is taken for whoever has left: staff choose. */
export const leftProblem = (left: Left): string => `${leftInWords(left)}. Choose a time with somebody else`

/** In the order of the page. */
export const inOrder = (problems: Problems): Problems => {
  const order = [
    'patient',
    'first_name',
    'last_name',
    'dob',
    'mobile',
    'email',
    'add_anyway',
    'type',
    'start',
    'anyway',
  ]
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return Object.fromEntries(Object.entries(problems).sort(([a], [b]) => place(a) - place(b)))
}
