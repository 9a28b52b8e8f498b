/** A patient's record. */
import { ActingPanel, reachedThrough } from '../acting-for/acting-panel.tsx'
import { relationInWords } from '../acting-for/grant.ts'
import type { GrantLine } from '../acting-for/grant-store.ts'
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
  /** Who may act for this patient, and for whom this patient may. */
  holders: GrantLine[]
  actedFor: GrantLine[]
  /** Who archived it, while it is archived. */
  archivedBy?: string
  now: number
  /** 'YYYY-MM-DD' */
  today: string
  timezone: string
  mayEdit: boolean
  mayGrant: boolean
  done?: string
}

export function PatientPage(props: RecordProps) {
  const { base, patient, holders, sharers, now, today, timezone, mayEdit, done } = props
  const reached = { ...patient, email: patient.email || (reachedThrough(holders, now)?.email ?? '') }
  return (
    <>
      <DoneNotice {...props} />
      <PatientHeading base={base} patient={reached} today={today} current="details" />
      <ArchivedBanner {...props} mayRestore={mayEdit} isNew={done === 'archived'} />
      {sharers.length > 0 && <SharedAddress {...props} />}
      <section class="panel" aria-labelledby="access-title">
        <h2 id="access-title">Online diary access</h2>
        <AccessInWords {...props} />
      </section>
      <ActingPanel {...props} />
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
        <Facts facts={[...patientFacts(patient, patient.email || <Through {...props} />), notesFact(patient)]} />
        <p class="muted">
          Added on {dateInWords(patient.createdAt, timezone)}
          <NoticeRead {...props} />
          {mayEdit && patient.archivedAt === null && (
            <>
              {' · '}
              <a href={`${base}/patients/${patient.id}/archiving`}>Archive this record</a>
              {' · '}
              <a href={`${base}/patients/${patient.id}/merging`}>Merge with another record</a>
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

/** Whoever has no address of their own is reached by that of somebody who acts for them. */
function Through({ base, holders, now }: RecordProps) {
  const through = reachedThrough(holders, now)
  if (!through) return <span class="none">Not provided</span>
  return (
    <>
      {through.email}, through <a href={`${base}/patients/${through.otherId}`}>{fullName(through)}</a> (
      {relationInWords(through.relation)})
    </>
  )
}

/** What was just done is said once; what has been undone since is not. */
function DoneNotice({ base, patient, access, done }: RecordProps) {
  if (done === 'added') return <Notice>{fullName(patient)} was added.</Notice>
  if (done === 'saved') return <Notice>Saved.</Notice>
  if (done === 'acting-granted') return <Notice>Saved. Who may act for {fullName(patient)} stands below.</Notice>
  if (done === 'acting-ended') return <Notice>Ended. It works nowhere any more.</Notice>
  if (done === 'merged') return <Notice>The two records are merged. Everything stands here now.</Notice>
  if (done === 'merged-already' && patient.mergedInto) {
    return <Notice tone="warning">Nothing was changed: somebody has merged this record already.</Notice>
  }
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
