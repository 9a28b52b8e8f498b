/** The *Online Diary Access* tab of a patient's record (rule M6). */
import { isOpen, mostTries } from '../front-door/links/one-time-link.ts'
import { TemporaryPasswordSlip } from '../front-door/passwords/temporary-password-slip.tsx'
import { MailLine } from '../mail/mail-line.tsx'
import type { MailLine as MailRow } from '../mail/mail-store.ts'
import { AccessMark } from '../patients/access-mark.tsx'
import { ArchivedBanner } from '../patients/archived-banner.tsx'
import { calledName } from '../patients/patient.ts'
import { PatientHeading } from '../patients/patient-heading.tsx'
import type { Holder } from '../patients/patient-store.ts'
import { SharedAddress } from '../patients/shared-address.tsx'
import type { OneTimeLink, OnlineAccess, Patient } from '../schema.ts'
import { distanceInWords, momentInWords } from '../web/dates.ts'
import type { Problems } from '../web/form.ts'
import { type Fact, Facts, Notice, wordsFor } from '../web/parts.tsx'
import { WaysOn } from './ways-views.tsx'

interface PanelProps {
  base: string
  formId: string
  clinic: { name: string; phone: string }
  clinicUrl: string
  patient: Patient
  access?: OnlineAccess
  /** Who set its state; nobody when the patient did. */
  by?: string | null
  sharers: Holder[]
  /** Who archived the record, while it is archived. */
  archivedBy?: string
  link?: OneTimeLink
  mails: MailRow[]
  now: number
  today: string
  timezone: string
  mayChange: boolean
  isUnderAge: boolean
  problems: Problems
  done?: string
  /** Shown this once. */
  password: string | null
  /** A password was just generated and could be mailed. */
  canMailPassword: boolean
}

const doneWords: Record<string, (name: string) => string> = {
  activated: (name) =>
    `Online access is active. Now give ${name} a way to log on: send a link, or generate a password.`,
  already: () => 'Online access was active already. Nothing has changed.',
  'counter-cancelled': () => 'The code at the counter is cancelled.',
  inactive: (name) => `Online access is inactive. ${name} is logged off everywhere and cannot log on.`,
  'link-sent': () => 'A set-up link is on its way.',
  'password-sent': () => 'The details with the temporary password are on their way.',
}

export function PanelPage(props: PanelProps) {
  const { base, patient, today, sharers, done = '', access, mayChange } = props
  const words = wordsFor(doneWords, done)?.(calledName(patient))
  return (
    <>
      {words && <Notice>{words}</Notice>}
      <PatientHeading base={base} patient={patient} today={today} current="online-access" />
      <ArchivedBanner {...props} mayRestore={mayChange} />
      {props.password && (
        <TemporaryPasswordSlip
          {...props}
          password={props.password}
          logonName={patient.email}
          until={momentInWords(access?.temporaryExpiresAt ?? props.now, props.timezone)}
        />
      )}
      {sharers.length > 0 && <SharedAddress {...props} mayGrant={mayChange} />}
      <section class="panel access" aria-labelledby="state-title">
        <h2 id="state-title">Online diary access</h2>
        <p class="lead">
          <AccessMark state={access?.state ?? 'none'} /> {stateInWords(props)}
        </p>
        {mayChange && <WaysOn {...props} />}
        <Facts facts={factsOf(props)} />
      </section>
      <MailsSection {...props} />
    </>
  )
}

function stateInWords({ access, by, patient, link, now, timezone }: PanelProps): string {
  const name = calledName(patient)
  if (!access) return `${name} has no online access yet and cannot log on.`
  const since = `since ${momentInWords(access.since, timezone)}, ${by ? `set by ${by}` : 'by registering online'}.`
  if (access.state === 'inactive') return `${since} ${name} cannot log on, and cannot register online.`
  if (access.state === 'active') return `${since} ${passwordInWords(access, now)}`
  return `${distanceInWords(access.since, now)}. ${linkInWords(link, now)}`
}

function linkInWords(link: OneTimeLink | undefined, now: number): string {
  if (link && isOpen(link, now)) return `The link expires ${distanceInWords(link.expiresAt, now)}.`
  return link && link.tries >= mostTries
    ? 'The link is dead: the date of birth was wrong five times.'
    : 'The link has expired.'
}

function passwordInWords(access: OnlineAccess, now: number): string {
  if (access.passwordKind === null) return 'There is no password yet: send a link, or generate one.'
  if (access.passwordKind === 'own') return ''
  if (access.temporaryUsedAt !== null) return 'The temporary password was used, and not changed yet.'
  const expiresAt = access.temporaryExpiresAt ?? 0
  return expiresAt > now
    ? `The temporary password was not used yet. It expires ${distanceInWords(expiresAt, now)}.`
    : 'The temporary password has expired. Generate a new one.'
}

function factsOf({ patient, access, now, timezone }: PanelProps): Fact[] {
  const last = access?.lastLogonAt
  return [
    { term: 'Logs on with', value: patient.email },
    {
      term: 'Last logon',
      value: last ? `${momentInWords(last, timezone)} (${distanceInWords(last, now)})` : 'Never',
    },
  ]
}

function MailsSection({ mails, now, timezone }: PanelProps) {
  return (
    <section class="panel" aria-labelledby="mails-title">
      <h2 id="mails-title">What was mailed</h2>
      {mails.length === 0 ? (
        <p class="empty">Nothing has been mailed in the last 30 days.</p>
      ) : (
        <ul class="timeline">
          {mails.map((mail) => (
            <MailLine mail={mail} now={now} timezone={timezone} />
          ))}
        </ul>
      )}
    </section>
  )
}

export function DeactivationPage({ base, patient, today }: { base: string; patient: Patient; today: string }) {
  const here = `${base}/patients/${patient.id}/online-access`
  const name = calledName(patient)
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="online-access" />
      <section class="panel">
        <h2>Set online access to inactive?</h2>
        <p>
          {name} is logged off everywhere at once, cannot log on, and cannot register online. Links that were sent stop
          working. You can set it to active again at any time.
        </p>
        <form method="post" action={`${here}/deactivation`} class="actions">
          <button class="button warning">Set to inactive</button>
          <a href={here}>Keep it as it is</a>
        </form>
      </section>
    </>
  )
}
