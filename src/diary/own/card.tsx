/** A coming appointment in a box, with everything its patient can do about it. */
import type { BookingRules, Clinic } from '../../schema.ts'
import { dayInWords, timeInWords } from '../../web/dates.ts'
import { PhoneLink } from '../../web/layout.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { mayChange } from '../booking-rules.ts'
import { mayCancel, whereOf } from './own-appointment.ts'

export interface Around {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  rules: BookingRules
  now: number
}

export interface OneProps extends Around {
  appointment: ShownAppointment
}

/** Tuesday 24 November 2026, and under it 9:30am to 10:00am. */
export function When({ appointment, clinic }: Pick<OneProps, 'appointment' | 'clinic'>) {
  const { startAt, endAt } = appointment
  return (
    <p class="when">
      <time datetime={new Date(startAt).toISOString()}>
        <DayLine at={startAt} zone={clinic.timezone} />{' '}
        <span>
          {timeInWords(startAt, clinic.timezone)} to {timeInWords(endAt, clinic.timezone)}
        </span>
      </time>
    </p>
  )
}

/** The date stays together: what is too long for a line is broken after the weekday. */
function DayLine({ at, zone }: { at: number; zone: string }) {
  const [weekday, ...date] = dayInWords(at, zone).split(' ')
  return (
    <span>
      {weekday} <span>{date.join(' ')}</span>
    </span>
  )
}

/** One that is to come, with everything that can be done about it. */
export function AppointmentCard(props: OneProps & { level: 2 | 3 }) {
  const { base, appointment, clinic, level } = props
  const title = `appointment-${appointment.id}`
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section class="panel appointment" aria-labelledby={title}>
      <Heading class="when" id={title}>
        <time datetime={new Date(appointment.startAt).toISOString()}>
          <DayLine at={appointment.startAt} zone={clinic.timezone} />{' '}
          <span>{timeInWords(appointment.startAt, clinic.timezone)}</span>
        </time>
      </Heading>
      <p>
        With {appointment.practitionerName}
        <br />
        <span class="muted">{whereOf(clinic)}</span>
      </p>
      <p>
        <a href={`${base}/appointments/${appointment.id}`}>
          See the details<span class="hidden"> of {whenOf(appointment, clinic)}</span>
        </a>
      </p>
      <Acts {...props} />
    </section>
  )
}

const whenOf = ({ startAt }: { startAt: number }, { timezone }: { timezone: string }) =>
  `${dayInWords(startAt, timezone)} at ${timeInWords(startAt, timezone)}`

/** Add to calendar, change, cancel; or why not. */
export function Acts({ base, appointment, clinic, rules, now }: OneProps) {
  const at = `${base}/appointments/${appointment.id}`
  const of = <span class="hidden"> {whenOf(appointment, clinic)}</span>
  const mayMove = mayChange(appointment, rules, now).ok && rules.isOnline
  const mayEnd = mayCancel(appointment, rules, now).ok
  return (
    <>
      <ul class="acts">
        <li>
          <a href={`${at}/calendar.ics`}>Add to calendar{of}</a>
        </li>
        {mayMove && (
          <li>
            <a href={`${at}/move`}>Change the time{of}</a>
          </li>
        )}
        {mayEnd && (
          <li>
            <a href={`${at}/cancellation`}>Cancel{of}</a>
          </li>
        )}
      </ul>
      {!mayEnd && appointment.startAt > now && (
        <p class="muted">
          To change or cancel it, call the clinic on <PhoneLink phone={clinic.phone} />.
        </p>
      )}
    </>
  )
}
