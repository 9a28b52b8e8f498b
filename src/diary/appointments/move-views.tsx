import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dayInWords } from '../../web/dates.ts'
import { TickBox } from '../../web/fields.tsx'
import { Facts, Notice } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import type { Place } from '../place.ts'
import type { Reason } from '../why-not.ts'
import { fromTo } from './facts.tsx'
import type { AskedMove } from './move-reading.ts'

export interface MoveProps {
  base: string
  timezone: string
  appointment: ShownAppointment
  practitionerName: string
  /** Where it is to go. */
  place: Place
  /** 'YYYY-MM-DD' of it */
  date: string
  asked: AskedMove
}

/** What a move sends, whichever of its forms. */
export function MoveFields({ appointment, place }: Pick<MoveProps, 'appointment' | 'place'>) {
  return (
    <>
      <input type="hidden" name="version" value={String(appointment.version)} />
      <input type="hidden" name="practitioner" value={place.practitionerId} />
    </>
  )
}

export function MoveTickPage(props: MoveProps & { reason: Reason }) {
  const { base, timezone, appointment, practitionerName, place, reason } = props
  const here = `${base}/diary/appointments/${appointment.id}`
  return (
    <>
      <h1>Move the appointment of {fullName(appointment)}?</h1>
      <Notice tone="warning">
        <p>
          <strong>This time is outside the rules.</strong> {reason.words}
        </p>
      </Notice>
      <section class="panel">
        <Facts
          facts={[
            { term: 'From', value: whenOf(appointment, appointment.practitionerName, timezone) },
            { term: 'To', value: whenOf(place, practitionerName, timezone) },
          ]}
        />
        <form method="post" action={`${here}/move`} novalidate>
          <MoveFields {...props} />
          <input type="hidden" name="start" value={String(place.startAt)} />
          <TickBox name="anyway" hint="The appointment is marked, and the audit says who did it">
            Book anyway
          </TickBox>
          <TellTick {...props} />
          <div class="actions">
            <button class="button">Move appointment</button>
            <a href={here}>Leave it where it is</a>
          </div>
        </form>
      </section>
    </>
  )
}

function TellTick({ appointment, asked }: MoveProps) {
  if (!appointment.email) return <p>The record has no email address: the diary does not tell the patient.</p>
  return (
    <>
      <input type="hidden" name="may_tell" value="yes" />
      <TickBox name="tell" ticked={asked.tell}>
        Tell the patient by email ({appointment.email})
      </TickBox>
    </>
  )
}

export const whenOf = (of: Pick<Place, 'startAt' | 'endAt'>, name: string, timezone: string): string =>
  `${dayInWords(of.startAt, timezone)}, ${fromTo(of, timezone)}, with ${apart(name)}`
