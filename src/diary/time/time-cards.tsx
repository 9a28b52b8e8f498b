/** The rooms of the clinic's time on the overview of the settings, each with its state in words. */
import { Card, State } from '../../clinic/settings-parts.tsx'
import { plainDateInWords } from '../../web/dates.ts'
import { counted } from '../../web/numbers.ts'
import type { TimeState } from './time-state-store.ts'

export function TimeCards({ base, time }: { base: string; time: TimeState }) {
  const { practitioners, withHours, types, online, isOnline, closedDays, nextClosedDay } = time
  const isBookable = isOnline && online > 0
  return (
    <>
      <Card href={`${base}/settings/practitioners`} title="Practitioners" is="Who sees patients, and when.">
        <State isThere={practitioners > 0}>{someOf(practitioners, 'practitioner') || 'Nobody sees patients yet'}</State>
        {practitioners > 0 && (
          <State isThere={withHours === practitioners}>
            {withHours === practitioners
              ? 'All have working hours'
              : `${practitioners - withHours} without working hours`}
          </State>
        )}
      </Card>
      <Card
        href={`${base}/settings/appointment-types`}
        title="Appointment types"
        is="What can be booked, and for how long."
      >
        <State isThere={types > 0}>{someOf(types, 'type') || 'Nothing can be booked yet'}</State>
        {types > 0 && (
          <State isThere={online > 0}>{online === 0 ? 'None of them online' : `${online} of them online`}</State>
        )}
      </Card>
      <Card
        href={`${base}/settings/booking-rules`}
        title="Booking rules"
        is="What patients may book and cancel themselves."
      >
        <State isThere={isBookable}>
          {isOnline
            ? isBookable
              ? 'Online booking is on'
              : 'Online booking is on, but nothing can be booked'
            : 'Online booking is off'}
        </State>
      </Card>
      <Card
        href={`${base}/settings/closed-days`}
        title="Closed days"
        is="Holidays, and other days without appointments."
      >
        <State isThere={closedDays > 0}>
          {nextClosedDay
            ? `${counted(closedDays, 'closed day')}, the next on ${plainDateInWords(nextClosedDay)}`
            : 'None are to come'}
        </State>
      </Card>
    </>
  )
}

/** "2 types"; '' for none */
const someOf = (count: number, unit: string): string => (count === 0 ? '' : counted(count, unit))
