/** A patient's record. */
import type { Patient } from '../schema.ts'
import { dateInWords, distanceInWords } from '../web/dates.ts'
import { Facts, Notice } from '../web/parts.tsx'
import { AccessMark } from './access-mark.tsx'
import { fullName } from './patient.ts'
import { notesFact, patientFacts } from './patient-facts.tsx'
import { PatientHeading } from './patient-heading.tsx'
import type { AccessLine, Holder } from './patient-store.ts'
import { SharedAddress } from './shared-address.tsx'

export interface RecordProps {
  base: string
  patient: Patient
  /** None: not registered. */
  access?: AccessLine
  /** Other patients with the same email address. */
  sharers: Holder[]
  now: number
  /** 'YYYY-MM-DD' */
  today: string
  timezone: string
  mayEdit: boolean
  done?: 'added' | 'saved'
}

export function PatientPage(props: RecordProps) {
  const { base, patient, sharers, today, timezone, mayEdit, done } = props
  return (
    <>
      {done && <Notice>{done === 'added' ? `${fullName(patient)} was added.` : 'Saved.'}</Notice>}
      <PatientHeading base={base} patient={patient} today={today} current="details" />
      {patient.archivedAt !== null && (
        <Notice tone="note">This record was archived on {dateInWords(patient.archivedAt, timezone)}.</Notice>
      )}
      {sharers.length > 0 && <SharedAddress base={base} email={patient.email} sharers={sharers} today={today} />}
      <section class="panel" aria-labelledby="access-title">
        <h2 id="access-title">Online diary access</h2>
        <AccessInWords {...props} />
      </section>
      <section class="panel" aria-labelledby="details-title">
        <div class="title-row">
          <h2 id="details-title">Details</h2>
          {mayEdit && patient.archivedAt === null && (
            <a class="button quiet" href={`${base}/patients/${patient.id}/edit`}>
              Edit details
            </a>
          )}
        </div>
        <Facts facts={[...patientFacts(patient), notesFact(patient)]} />
        <p class="muted">Added on {dateInWords(patient.createdAt, timezone)}</p>
      </section>
    </>
  )
}

function AccessInWords({ base, patient, access, now, timezone }: RecordProps) {
  return (
    <p>
      <AccessMark state={access?.state ?? 'none'} />{' '}
      {access && `since ${dateInWords(access.since, timezone)}${access.by ? `, by ${access.by}` : ''}. `}
      {access?.state === 'active' &&
        (access.lastLogonAt ? `Last logged on ${distanceInWords(access.lastLogonAt, now)}. ` : 'Never logged on. ')}
      <a href={`${base}/patients/${patient.id}/online-access`}>See online diary access</a>
    </p>
  )
}
