import type { Clinic } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { Notice } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import type { ChangeVerdict } from '../booking-rules.ts'
import { When } from './card.tsx'
import { whereOf } from './own-appointment.ts'

interface Props {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  appointment: ShownAppointment
  /** Whose it is, where it could be somebody else's. */
  patientName?: string
  /** The same, where it is. */
  actedFor?: string
}

/** Which one it is: on every page that asks about it. */
function Which({ clinic, appointment, patientName }: Omit<Props, 'base'>) {
  return (
    <section class="panel appointment" aria-label="The appointment">
      <When appointment={appointment} clinic={clinic} />
      {patientName && (
        <p>
          Patient: <strong>{patientName}</strong>
        </p>
      )}
      <p>
        With {apart(appointment.practitionerName)}
        <br />
        <span class="muted">{whereOf(clinic)}</span>
      </p>
    </section>
  )
}

export function CancelPage(props: Props & { reason: string; problems: Problems; isChanged?: boolean }) {
  const { base, appointment, reason, problems, isChanged } = props
  const at = `${base}/appointments/${appointment.id}`
  return (
    <>
      {isChanged && (
        <Notice tone="warning">
          <p>The clinic has changed this appointment meanwhile. This is how it is now.</p>
        </Notice>
      )}
      <h1>Do you want to cancel this appointment?</h1>
      <Which {...props} />
      <form method="post" action={`${at}/cancellation`} novalidate>
        <input type="hidden" name="version" value={appointment.version.toString()} />
        <TextField
          name="reason"
          label="Why are you cancelling?"
          optional
          hint="The clinic sees this"
          value={reason}
          problem={problems.reason}
        />
        <p>Your time becomes free for somebody else.</p>
        <div class="actions">
          <button class="button warning">Cancel appointment</button>
          <a href={at}>Keep it</a>
        </div>
      </form>
    </>
  )
}

/** The way to the list, on every page of one appointment. @param actedFor the name of the patient, where it is somebody else */
export const allAppointments = (actedFor?: string): string =>
  actedFor ? `See all appointments of ${actedFor}` : 'See all my appointments'

type Refused = Exclude<ChangeVerdict, { ok: true }>['because']

type Act = 'cancel' | 'change'

export const lateHeading = (act: Act, because: Refused): string =>
  because === 'inside-notice' ? `It is too late to ${act} online` : `This cannot be ${acted[act]} online`

/** Inside the notice, or after it: only the clinic can do it now. */
export function TooLatePage(props: Props & { act: Act; because: Refused }) {
  const { base, clinic, act, because, actedFor } = props
  return (
    <>
      <h1>{lateHeading(act, because)}</h1>
      <Which {...props} />
      <p class="call">
        {because === 'inside-notice' ? `It is too late to ${act} online. ` : ''}
        Call the clinic on <PhoneLink phone={clinic.phone} />
      </p>
      <p>
        <a href={`${base}/appointments`}>{allAppointments(actedFor)}</a>
      </p>
    </>
  )
}

const acted = { cancel: 'cancelled', change: 'changed' }
