/** Who may act for a patient, and for whom the patient may act: a part of the record. */
import { calledName, fullName } from '../patients/patient.ts'
import type { Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { dateInWords, plainDateInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'
import { relationInWords } from './grant.ts'
import type { GrantLine } from './grant-store.ts'

interface ActingProps {
  base: string
  patient: Pick<Patient, 'id' | 'firstName' | 'lastName' | 'preferredName' | 'archivedAt'>
  /** Oldest first. */
  holders: GrantLine[]
  actedFor: GrantLine[]
  now: number
  timezone: string
  mayGrant: boolean
}

export function ActingPanel(props: ActingProps) {
  const { base, patient, holders, actedFor, mayGrant } = props
  const mayChange = mayGrant && patient.archivedAt === null
  return (
    <section class="panel" id="acting" aria-labelledby="acting-title">
      <div class="title-row">
        <h2 id="acting-title">Acting for</h2>
        {mayChange && (
          <div class="actions">
            <a class="button quiet" href={`${base}/patients/${patient.id}/acting-for`}>
              Let somebody act for {calledName(patient)}
            </a>
          </div>
        )}
      </div>
      {holders.length === 0 && <p class="muted">Nobody acts for {calledName(patient)}.</p>}
      {holders.length > 0 && (
        <ul>
          {holders.map((grant) => (
            <HolderOf {...props} grant={grant} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {actedFor.length > 0 && (
        <>
          <h3>{calledName(patient)} may act for</h3>
          <ul>
            {actedFor.map((grant) => (
              <li>
                <a href={`${base}/patients/${grant.otherId}#acting`}>{fullName(grant)}</a>
                <p>
                  as {relationInWords(grant.relation)}. {timeInWords(grant, props)}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function HolderOf(props: ActingProps & { grant: GrantLine; mayChange: boolean }) {
  const { base, patient, grant, mayChange, now, timezone } = props
  const here = `${base}/patients/${patient.id}/acting-for/${grant.id}`
  const named = <span class="hidden"> {fullName(grant)}</span>
  return (
    <li>
      <a href={`${base}/patients/${grant.otherId}`}>{fullName(grant)}</a>, {relationInWords(grant.relation)}
      <p>
        Approved by {apart(grant.approvedBy)} on {plainDateInWords(grant.approvedOn)}. {timeInWords(grant, props)}{' '}
        {isInForce(grant, now) && <AccessOf base={base} grant={grant} />}
      </p>
      {isReviewDue(grant, now) && (
        <Notice tone="warning">
          <p>
            <strong>To be looked at again since {dateInWords(grant.reviewAt!, timezone)}.</strong> Is it still right
            that {fullName(grant)} acts for {calledName(patient)}?
          </p>
        </Notice>
      )}
      {mayChange && (
        <p>
          <a href={`${here}/renewal`}>Renew{named}</a>
          {isLive(grant, now) && (
            <>
              {' · '}
              <a href={`${here}/ending`}>End now{named}</a>
            </>
          )}
        </p>
      )}
    </li>
  )
}

/** The holder need not have online access yet. */
function AccessOf({ base, grant }: { base: string; grant: GrantLine }) {
  if (grant.access === 'active') return null
  return (
    <>
      {fullName(grant)} cannot log on: see{' '}
      <a href={`${base}/patients/${grant.otherId}/online-access`}>their online diary access</a>.
    </>
  )
}

type Dated = Pick<GrantLine, 'endsAt' | 'reviewAt' | 'archivedAt'>

function timeInWords(grant: Dated, { now, timezone }: Pick<ActingProps, 'now' | 'timezone'>): string {
  if (grant.archivedAt !== null) return 'Not in force: the record is archived.'
  if (grant.reviewAt !== null) return `To be looked at again on ${dateInWords(grant.reviewAt, timezone)}.`
  const day = dateInWords(grant.endsAt!, timezone)
  return isLive(grant, now) ? `Ends on ${day}.` : `Ended on ${day}.`
}

const isLive = ({ endsAt }: Dated, now: number): boolean => endsAt === null || endsAt > now
const isInForce = (grant: Dated, now: number): boolean => isLive(grant, now) && grant.archivedAt === null
const isReviewDue = (grant: Dated, now: number): boolean =>
  isInForce(grant, now) && grant.reviewAt !== null && grant.reviewAt <= now

/** Through whom a patient without an address of their own is reached: the oldest grant that is in force. */
export const reachedThrough = (holders: GrantLine[], now: number): GrantLine | undefined =>
  holders.find((grant) => isInForce(grant, now) && grant.email !== '')
