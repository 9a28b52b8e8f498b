/** Over the diary while an appointment is being moved: which, and the way out. */
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { minute } from '../../web/durations.ts'
import { Notice } from '../../web/parts.tsx'
import { statusLabels } from '../appointment.ts'
import type { DayAppointment } from '../appointments-store.ts'
import type { Reading } from './reading.ts'
import { addressOf } from './shown.ts'

export function MovingBar({ base, reading }: { base: string; reading: Reading }) {
  const { moving, unmoved, shown, time } = reading
  const stop = addressOf(base, { ...shown, moving: undefined })
  if (unmoved)
    return (
      <Notice tone="warning">
        <p>
          <strong>{nameOf(unmoved, time.zone)} cannot be moved.</strong> Only a booked appointment can; this one has the
          status “{statusLabels[unmoved.status]}”. <a href={stop}>Back to the diary</a>
        </p>
      </Notice>
    )
  if (!moving) return null
  return (
    <section class="moving-bar" aria-label="Moving an appointment">
      <p>
        Moving <strong>{fullName(moving)}</strong>, {minutesOf(moving)} minutes, now {whenOf(moving, time.zone)} with{' '}
        {apart(moving.practitionerName)}. <a href={stop}>Stop moving</a>
      </p>
    </section>
  )
}

const minutesOf = ({ startAt, endAt }: DayAppointment): number => (endAt - startAt) / minute

/** "Wednesday 2 December at 9:30am" */
const whenOf = ({ startAt }: DayAppointment, zone: string): string =>
  `${dayInWords(startAt, zone).replace(/ \d{4}$/, '')} at ${timeInWords(startAt, zone)}`
const nameOf = (of: DayAppointment, zone: string): string => `${fullName(of)}, ${whenOf(of, zone)},`
