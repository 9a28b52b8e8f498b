import { apart } from '../../web/apart.ts'
import { dialled } from '../../web/layout.tsx'
import { Facts, Notice, wordsFor } from '../../web/parts.tsx'
import { type Status, statusLabels } from '../appointment.ts'
import { allAppointments } from './cancellation-views.tsx'
import { Acts, type OneProps, When } from './card.tsx'
import { ownRuleInWords, whereOf } from './own-appointment.ts'

const news: Record<string, string> = { booked: 'is booked', moved: 'has a new time', cancelled: 'is cancelled' }

/** `done`: what just happened to it, as far as it is still so. @param actedFor whose it is, where it is somebody else's */
export const headingFor = (of: { status: Status }, done: string | undefined, actedFor?: string): string => {
  const it = actedFor ? `The appointment of ${actedFor}` : 'Your appointment'
  return [it, newsOf(of, done)].filter(Boolean).join(' ')
}

function newsOf({ status }: { status: Status }, done = ''): string | undefined {
  if (status === 'cancelled') return news.cancelled
  return status === 'booked' && done !== 'cancelled' ? wordsFor(news, done) : undefined
}

interface PageProps extends OneProps {
  done?: string
  /** Canonical; null: no mail was sent. */
  email: string | null
}

export function AppointmentPage(props: PageProps) {
  const { base, appointment, clinic, rules, now, done, email, actedFor } = props
  const { status, startAt, preparation } = appointment
  const isToCome = status === 'booked' && startAt > now
  const isNews = done !== undefined && newsOf(appointment, done) !== undefined
  return (
    <>
      <h1>{headingFor(appointment, done, actedFor)}</h1>
      {isNews && <Told {...props} />}
      <section class="panel appointment" aria-label="The appointment">
        <When appointment={appointment} clinic={clinic} />
        <Facts facts={factsOf(props)} />
        {isToCome && preparation && (
          <>
            <h2>Before you come</h2>
            <p class="lines">{preparation}</p>
          </>
        )}
        {isToCome && <Acts {...props} />}
      </section>
      {isToCome && <p>{dialled(ownRuleInWords(appointment, rules, clinic, now), clinic)}</p>}
      <div class="actions">
        {isNews && isToCome && email && (
          <a class="button" href={`${base}/home`}>
            Done
          </a>
        )}
        {status === 'cancelled' && rules.isOnline && (
          <a class="button" href={`${base}/book`}>
            Book another time
          </a>
        )}
        <a href={`${base}/appointments`}>{allAppointments(actedFor)}</a>
      </div>
    </>
  )
}

/** What was written to whom. A mailbox that is not there is not promised anything. */
function Told({ appointment, email, clinic, actedFor }: PageProps) {
  const { status } = appointment
  return (
    <Notice>
      <p>
        <strong>{status === 'cancelled' ? 'Cancelled.' : 'You do not need to do anything else.'}</strong>{' '}
        {email
          ? `We are sending an email to ${email}.`
          : `${apart(clinic.name)} has no email address for ${actedFor ?? 'you'}.`}
      </p>
    </Notice>
  )
}

function factsOf({ appointment, clinic }: OneProps) {
  const { status, statusBy, practitionerName, typeName, price, cancelReason, patientNote } = appointment
  const isOwnReason = status === 'cancelled' && statusBy === null // what staff write is for staff
  return [
    ...(status === 'booked' ? [] : [{ term: 'Status', value: statusLabels[status] }]),
    { term: 'With', value: practitionerName },
    { term: 'Where', value: whereOf(clinic) },
    { term: 'For', value: typeName },
    ...(price ? [{ term: 'Price', value: price }] : []),
    ...(patientNote ? [{ term: 'Your note', value: <span class="lines">{patientNote}</span> }] : []),
    ...(isOwnReason && cancelReason ? [{ term: 'Reason', value: cancelReason }] : []),
  ]
}
