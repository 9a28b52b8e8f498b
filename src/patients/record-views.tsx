/** A patient's record. */
import type { Patient } from '../schema.ts'
import { dateInWords, distanceInWords } from '../web/dates.ts'
import { Facts, Notice } from '../web/parts.tsx'
import { AccessMark } from './access-mark.tsx'
import { ArchivedBanner } from './archived-banner.tsx'
import { fullName } from './patient.ts'
import { notesFact, patientFacts } from './patient-facts.tsx'
import { PatientHeading } from './patient-heading.tsx'
import type { AccessLine, Holder } from './patient-store.ts'
import { SharedAddress } from './shared-address.tsx'

interface RecordProps {
  base: string
  patient: Patient
  /** None: not registered. */
  access?: AccessLine
  /** Other patients with the same email address. */
  sharers: Holder[]
  /** Who archived it, while it is archived. */
  archivedBy?: string
  now: number
  /** 'YYYY-MM-DD' */
  today: string
  timezone: string
  mayEdit: boolean
  done?: string
}

export function PatientPage(props: RecordProps) {
  const { base, patient, sharers, today, timezone, mayEdit, done } = props
  return (
    <>
      <DoneNotice {...props} />
      <PatientHeading base={base} patient={patient} today={today} current="details" />
      <ArchivedBanner {...props} mayRestore={mayEdit} isNew={done === 'archived'} />
      {sharers.length > 0 && <SharedAddress base={base} email={patient.email} sharers={sharers} today={today} />}
      <section class="panel" aria-labelledby="access-title">
        <h2 id="access-title">Online diary access</h2>
        <AccessInWords {...props} />
      </section>
      <section class="panel" aria-labelledby="details-title">
        <div class="title-row">
          <h2 id="details-title">Details</h2>
          <div class="actions">
            {patient.archivedAt === null && (
              <a class="button quiet" href={`${base}/diary/book?patient=${patient.id}`}>
                Book appointment
              </a>
            )}
            {mayEdit && patient.archivedAt === null && (
              <a class="button quiet" href={`${base}/patients/${patient.id}/edit`}>
                Edit details
              </a>
            )}
          </div>
        </div>
        <Facts facts={[...patientFacts(patient), notesFact(patient)]} />
        <p class="muted">
          Added on {dateInWords(patient.createdAt, timezone)}
          <NoticeRead {...props} />
          {mayEdit && patient.archivedAt === null && (
            <>
              {' · '}
              <a href={`${base}/patients/${patient.id}/archiving`}>Archive this record</a>
            </>
          )}
        </p>
      </section>
    </>
  )
}

/** Which privacy notice they agreed to have read: versions are kept, so that it can be shown as it was. */
function NoticeRead({ base, patient, timezone }: RecordProps) {
  const { privacyNoticeVersion: version, privacyAcknowledgedAt: at } = patient
  if (version === null || at === null) return null
  return (
    <>
      {' · '}Read the <a href={`${base}/privacy/${version}`}>privacy notice, version {version}</a>, on{' '}
      {dateInWords(at, timezone)}
    </>
  )
}

/** What was just done is said once; what has been undone since is not. */
function DoneNotice({ base, patient, access, done }: RecordProps) {
  if (done === 'added') return <Notice>{fullName(patient)} was added.</Notice>
  if (done === 'saved') return <Notice>Saved.</Notice>
  if (done !== 'restored' || patient.archivedAt !== null) return null
  return (
    <Notice>
      The record is restored.
      {access?.state === 'inactive' && (
        <>
          {' '}
          Online access stays inactive until you{' '}
          <a href={`${base}/patients/${patient.id}/online-access`}>set it to active</a>.
        </>
      )}
    </Notice>
  )
}

function AccessInWords({ base, patient, access, now, timezone }: RecordProps) {
  return (
    <p>
      <AccessMark state={access?.state ?? 'none'} />
      {!access && '. '}
      {access && ` since ${dateInWords(access.since, timezone)}${access.by ? `, by ${access.by}` : ''}. `}
      {access?.state === 'active' &&
        (access.lastLogonAt ? `Last logged on ${distanceInWords(access.lastLogonAt, now)}. ` : 'Never logged on. ')}
      <a href={`${base}/patients/${patient.id}/online-access`}>See online diary access</a>
    </p>
  )
}
