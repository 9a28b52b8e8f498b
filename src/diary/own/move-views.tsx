import type { Child } from 'hono/jsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { Answers } from '../booking/answers.tsx'
import type { Chosen } from '../booking/decision.ts'
import { Back } from '../booking/views.tsx'
import { WhenLine } from '../booking/when-line.tsx'

interface Props {
  path: string
  appointment: ShownAppointment
  /** Whose it is, where it could be somebody else's. */
  patientName?: string
  to: Chosen
  zone: string
  timesHref: string
  rule: Child
}

export function MovePage({ path, appointment, patientName, to, zone, timesHref, rule }: Props) {
  const { startAt, practitionerName, typeName, version } = appointment
  return (
    <>
      <Back href={timesHref}>Choose a new time</Back>
      <h1>Check the new time</h1>
      <Answers
        answers={[
          ...(patientName ? [{ term: 'Patient', value: <strong>{patientName}</strong> }] : []),
          {
            term: 'New time',
            value: <WhenLine at={to.startAt} zone={zone} />,
            change: { href: timesHref, what: 'the new time' },
          },
          { term: 'With', value: to.practitionerName },
          { term: 'For', value: typeName },
          {
            term: 'Until now',
            value: (
              <span class="muted">
                <WhenLine at={startAt} zone={zone} />, {practitionerName}
              </span>
            ),
          },
        ]}
      />
      <form method="post" action={path}>
        <input type="hidden" name="at" value={to.startAt.toString()} />
        <input type="hidden" name="with" value={to.practitionerId} />
        <input type="hidden" name="version" value={version.toString()} />
        <div class="actions">
          <button id="confirm" class="button">
            Change to this time
          </button>
          <a href={path.replace(/\/move$/, '')}>Keep the old time</a>
        </div>
      </form>
      <p>{rule}</p>
    </>
  )
}
