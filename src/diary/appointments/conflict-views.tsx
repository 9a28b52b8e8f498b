import type { Child } from 'hono/jsx'
import { onlineBy } from '../../audit/who.ts'
import { fullName } from '../../patients/patient.ts'
import { momentInWords } from '../../web/dates.ts'
import { Facts, Notice } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { mainFacts } from './facts.tsx'
import { type Happened, happenedInWords } from './history.ts'

export interface ConflictProps {
  base: string
  timezone: string
  /** As it is now. */
  appointment: ShownAppointment
  /** Since the form was drawn, newest first. */
  changes: Happened[]
  /** Why it cannot be done, where nobody changed anything. */
  because?: string
  /** What was typed, to go on with. */
  children?: Child
}

export function ConflictPage({ base, timezone, appointment, changes, because, children }: ConflictProps) {
  const patient = fullName(appointment)
  return (
    <>
      <h1>{changes.length > 0 || !because ? 'Somebody else changed this appointment' : 'This is not possible now'}</h1>
      <Notice tone="warning">
        {changes.length > 0 ? (
          <>
            <p>While you had the page open:</p>
            <ul>
              {changes.map((row) => (
                <li>
                  <strong>{happenedInWords(row, timezone)}</strong>
                  <br />
                  {row.byStaff ?? (row.byPatient ? onlineBy(patient, row.holder) : 'The diary')},{' '}
                  {momentInWords(row.at, timezone)}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p>{because ?? 'Somebody changed it while you had the page open'}.</p>
        )}
        <p>Nothing you did on that page was saved.</p>
      </Notice>
      <section class="panel" aria-labelledby="now-title">
        <h2 id="now-title">The appointment now</h2>
        <Facts facts={[{ term: 'Patient', value: patient }, ...mainFacts(appointment, timezone)]} />
        <div class="actions">
          <a class="button" href={`${base}/diary/appointments/${appointment.id}`}>
            Go on with this appointment
          </a>
        </div>
      </section>
      {children}
    </>
  )
}
