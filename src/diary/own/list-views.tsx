import { apart } from '../../web/apart.ts'
import { dialled, PhoneLink } from '../../web/layout.tsx'
import { Notice } from '../../web/parts.tsx'
import { statusLabels } from '../appointment.ts'
import type { ShownAppointment } from '../appointments-store.ts'
import { WhenLine } from '../booking/when-line.tsx'
import { AppointmentCard, type Around } from './card.tsx'

interface ListProps extends Around {
  upcoming: ShownAppointment[]
  past: ShownAppointment[]
}

export const listHeading = (actedFor: string | undefined): string =>
  actedFor ? `Appointments of ${actedFor}` : 'My appointments'

export function AppointmentsPage({ upcoming, past, ...around }: ListProps) {
  const { base, rules, clinic, actedFor } = around
  return (
    <>
      <h1>{listHeading(actedFor)}</h1>
      <BookButton {...around} />
      <h2>Upcoming</h2>
      {upcoming.length === 0 && (
        <div class="empty">
          <p>{actedFor ? `${actedFor} has` : 'You have'} no appointments.</p>
          {!rules.isOnline && (
            <p>
              To book one, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
            </p>
          )}
        </div>
      )}
      {upcoming.map((appointment) => (
        <AppointmentCard {...around} appointment={appointment} level={3} />
      ))}
      <h2>Past and cancelled</h2>
      {past.length === 0 ? (
        <p class="muted">No past appointments.</p>
      ) : (
        <ul class="days">
          {past.map(({ id, startAt, practitionerName, status }) => (
            <li>
              <a href={`${base}/appointments/${id}`}>
                <WhenLine at={startAt} zone={clinic.timezone} />
                <span class="count-of">
                  {practitionerName}
                  {status === 'fulfilled' ? '' : ` · ${statusLabels[status]}`}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

export function BookButton({ base, clinic, rules, actedFor }: Around) {
  if (!rules.isOnline) {
    return (
      <Notice tone="note">
        <p class="lines">
          {dialled(rules.offlineMessage || 'Appointments cannot be booked online at the moment.', clinic)}
        </p>
        <p>
          Call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
        </p>
      </Notice>
    )
  }
  return (
    <div class="actions">
      <a class="button" href={`${base}/book`}>
        Book an appointment{actedFor && ` for ${actedFor}`}
      </a>
    </div>
  )
}
