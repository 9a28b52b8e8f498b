/** What reception sees while a patient sets a password at the counter. No date of birth: the screen faces the room. */
import { QrCode } from '../../clinic/qr.tsx'
import { AccessMark } from '../../patients/access-mark.tsx'
import { calledName, fullName } from '../../patients/patient.ts'
import { PatientHeading } from '../../patients/patient-heading.tsx'
import type { Patient } from '../../schema.ts'
import { timeInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { Breadcrumb, Notice, StatusLine } from '../../web/parts.tsx'
import type { AccessState } from '../online-access.ts'
import { AskUnderAge } from '../under-age-views.tsx'
import { type CounterState, timeLeftInWords } from './counter.ts'

interface OfferProps {
  base: string
  /** Where a code is asked for. */
  here: string
  today: string
  patient: Patient
  state: AccessState
  isActive: boolean
  /** A password of their own. */
  hasPassword: boolean
  /** Not given access yet, and too young to register. */
  isUnderAge: boolean
  /** Why it cannot be. */
  problem?: string
  problems: Problems
}

/** Before the code is shown: what will happen, and that it sets the access to active. */
export function OfferPage(props: OfferProps) {
  const { base, here, today, patient, state, isActive, hasPassword, isUnderAge, problem, problems } = props
  const name = calledName(patient)
  const record = `${base}/patients/${patient.id}`
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="online-access" />
      <section class="panel" aria-labelledby="counter-title">
        <h2 id="counter-title">Set up at the counter</h2>
        {problem ? (
          <Notice tone="warning">
            <p>{problem}.</p>
          </Notice>
        ) : (
          <>
            <p>
              For when {name} stands in front of you with a phone. Your screen shows a code, {name} points the phone’s
              camera at it and chooses a password there. No email is needed for it.
            </p>
            <p>
              {name} will log on with <strong>{patient.email}</strong>. Ask whether that is right.
            </p>
            {!isActive && (
              <p>
                Online access is <AccessMark state={state} /> now. Showing the code sets it to active.
              </p>
            )}
            {hasPassword && <p>A new password takes the place of the one that {name} has.</p>}
          </>
        )}
        <form method="post" action={here} novalidate>
          {!isActive && <input type="hidden" name="activate" value="yes" />}
          {isUnderAge && !problem && <AskUnderAge patient={patient} problem={problems.under_age} />}
          <div class="actions">
            {!problem && (
              <button class="button">{isActive ? 'Show the code' : 'Set to active and show the code'}</button>
            )}
            {problem && <a href={`${record}/edit`}>Edit the details</a>}
            <a href={`${record}/online-access`}>Back to online access</a>
          </div>
        </form>
      </section>
    </>
  )
}

interface CounterProps {
  patient: Patient
  state: CounterState
  /** This page; `…/state` is its fragment. */
  here: string
  /** What the code says; null in a browser that did not open it. */
  url: string | null
  expiresAt: number
  now: number
  timezone: string
}

export function CounterPage(props: CounterProps) {
  const { patient, here, state } = props
  return (
    <>
      <Breadcrumb href={recordOf(here)}>Online diary access</Breadcrumb>
      <h1>Set up at the counter: {fullName(patient)}</h1>
      <StatusLine />
      {state === 'waiting' ? <Code {...props} /> : <CounterOver {...props} ending={state} />}
    </>
  )
}

const recordOf = (here: string): string => here.replace(/\/counter\/[^/]+$/, '')

/** `data-left`: where the script says that the screen was left. */
function Code(props: CounterProps) {
  const { patient, here, url } = props
  const name = calledName(patient)
  return (
    <section class="panel counter" id="counter" data-left={`${here}/cancellation`} aria-labelledby="code-title">
      {url && (
        <figure>
          <QrCode url={url} label="QR code with the way to choose a password" />
          <figcaption>{url}</figcaption>
        </figure>
      )}
      <div>
        <h2 id="code-title">
          {url ? 'Point your phone’s camera at the square' : 'This code was opened in another browser'}
        </h2>
        {url && (
          <ol>
            <li>{name}’s phone opens a page of the clinic.</li>
            <li>
              It asks for {patient.dateOfBirth ? 'the date of birth and a new password' : 'a new password'}, of 12
              characters or more.
            </li>
            <li>
              Then {name} logs on with <strong>{patient.email}</strong> and the new password.
            </li>
          </ol>
        )}
        <CounterTime {...props} />
        <p class="hint">
          The code works once.{' '}
          <span data-leaving hidden>
            It is cancelled when you leave this page.
          </span>
          <noscript>Cancel it before you leave this page: until then it works.</noscript>
        </p>
        <form method="post" action={`${here}/cancellation`} class="actions">
          <button class="button secondary">Cancel</button>
          <noscript>
            <a class="button secondary" href={here}>
              Check whether {name} is done
            </a>
          </noscript>
        </form>
      </div>
    </section>
  )
}

/** Asks for itself again and again, until the answer is another part. */
export function CounterTime({ here, expiresAt, now, timezone }: CounterProps) {
  return (
    <p class="lead" hx-get={`${here}/state`} hx-trigger="every 2s" hx-swap="outerHTML">
      {timeLeftInWords(expiresAt, now)}. The code stops working at {timeInWords(expiresAt, timezone)}.
    </p>
  )
}

type Ending = Exclude<CounterState, 'waiting'>

const endings: Record<Ending, (patient: Patient) => string> = {
  done: (patient) => `Done. ${calledName(patient)} has chosen a password and can log on with ${patient.email}.`,
  cancelled: () => 'The code was cancelled and does not work any more.',
  expired: () => 'The 10 minutes are over. The code does not work any more.',
  stopped: () =>
    'The date of birth was wrong five times. The code does not work any more. Check the date of birth on the record.',
}

export function CounterOver({ ending, patient, here }: CounterProps & { ending: Ending }) {
  const words = endings[ending](patient)
  const isDone = ending === 'done'
  return (
    <section class="panel" id="counter" data-status={words}>
      <Notice tone={isDone ? 'done' : 'warning'}>
        <p>{words}</p>
      </Notice>
      <form method="post" action={here.replace(/\/[^/]+$/, '')} class="actions">
        {!isDone && <button class="button">Show a new code</button>}
        <a class={isDone ? 'button' : undefined} href={recordOf(here)}>
          Back to online access
        </a>
      </form>
    </section>
  )
}
