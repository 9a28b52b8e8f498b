import { fullName } from '../../patients/patient.ts'
import { TextField, TickBox } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { Choices } from '../../web/large-fields.tsx'
import { Breadcrumb, Facts } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { mainFacts } from './facts.tsx'
import { askerLabels, askers } from './typed.ts'

interface CancellationPageProps {
  base: string
  timezone: string
  appointment: ShownAppointment
  typed: Record<string, string>
  problems: Problems
  /** Nothing was sent yet: what is usual is ticked. */
  isNew: boolean
}

export function CancellationPage(props: CancellationPageProps) {
  const { base, timezone, appointment, typed, problems, isNew } = props
  const here = `${base}/diary/appointments/${appointment.id}`
  return (
    <>
      <Breadcrumb href={here}>{fullName(appointment)}</Breadcrumb>
      <h1>Do you want to cancel this appointment?</h1>
      <section class="panel">
        <Facts facts={[{ term: 'Patient', value: fullName(appointment) }, ...mainFacts(appointment, timezone)]} />
        <form method="post" action={`${here}/cancellation`} novalidate>
          <input type="hidden" name="version" value={String(appointment.version)} />
          <Asked chosen={typed.asked} problem={problems.asked} />
          <TextField
            name="reason"
            label="Reason"
            hint="Staff see it, the patient does not"
            value={typed.reason}
            problem={problems.reason}
            optional
          />
          {appointment.email ? (
            <TickBox name="tell" ticked={isNew || typed.tell === 'on'}>
              Tell the patient by email ({appointment.email})
            </TickBox>
          ) : (
            <p>The record has no email address: the patient is not told by the diary.</p>
          )}
          <div class="actions">
            <button class="button warning">Cancel appointment</button>
            <a href={here}>Keep it</a>
          </div>
        </form>
      </section>
    </>
  )
}

const Asked = ({ chosen, problem }: { chosen?: string; problem?: string }) => (
  <Choices name="asked" legend="Who asked for it?" problem={problem}>
    {askers.map((asker, index) => {
      const id = index === 0 ? 'asked' : `asked-${asker}`
      return (
        <div class="tick">
          <input id={id} name="asked" type="radio" value={asker} checked={asker === chosen} />
          <label for={id}>{askerLabels[asker]}</label>
        </div>
      )
    })}
  </Choices>
)
