import { SwitchedNotice } from '../../acting-for/switched-notice.tsx'
import type { Clinic, Patient } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { LongText } from '../../web/large-fields.tsx'
import { PhoneLink } from '../../web/layout.tsx'
import { Facts, Notice } from '../../web/parts.tsx'
import { patientFacts } from '../patient-facts.tsx'
import { recordFields } from '../patient-record.ts'

interface Props {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone'>
  patient: Patient
}

export function DetailsPage({ base, clinic, patient, done }: Props & { done?: string }) {
  return (
    <>
      {done === 'saved' && <Notice>Your details are saved.</Notice>}
      {done === 'email-changed' && (
        <Notice>Your email address is changed. From now on, log on with the new one.</Notice>
      )}
      <h1>My details</h1>
      <p class="lead">This is what {apart(clinic.name)} has on record for you.</p>
      <Facts facts={patientFacts(patient)} />
      <div class="actions">
        <a class="button secondary" href={`${base}/details/contact`}>
          Change my phone or address
        </a>
      </div>
      <p>
        If your name or your date of birth is wrong, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
      <h2>Logging on</h2>
      <p>You log on with your email address, {patient.email}, and your password.</p>
      <p>
        <a href={`${base}/details/email`}>Change my email address</a>
      </p>
      <p>
        <a href={`${base}/password`}>Change my password</a>
      </p>
    </>
  )
}

/** Of somebody acted for: what is theirs is changed as one's own; the email address is how the holder logs on, and is not here. */
export function ActedForPage({ base, clinic, patient, actedFor, done }: Props & { actedFor: string; done?: string }) {
  const call = (
    <>
      call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
    </>
  )
  return (
    <>
      {done === 'saved' && <Notice>The details of {actedFor} are saved.</Notice>}
      {done === 'email-changed' && (
        <Notice>Your own email address is changed. From now on, log on with the new one.</Notice>
      )}
      <h1>Details of {actedFor}</h1>
      <p class="lead">
        This is what {apart(clinic.name)} has on record for {actedFor}.
      </p>
      <Facts facts={patientFacts(patient)} />
      <div class="actions">
        <a class="button secondary" href={`${base}/details/contact`}>
          {contactHeading(actedFor)}
        </a>
      </div>
      <p>If the name or the date of birth is wrong, {call}</p>
      <h2>Email</h2>
      <p>
        {patient.email
          ? `${apart(clinic.name)} writes to ${actedFor} at ${patient.email}. `
          : `There is no email address for ${actedFor} alone, so ${apart(clinic.name)} writes to somebody who may act for ${actedFor}. `}
        It cannot be changed online: {call}
      </p>
    </>
  )
}

export const contactHeading = (actedFor: string | undefined): string =>
  actedFor ? `Change the phone or address of ${actedFor}` : 'Change my phone or address'

interface ContactProps {
  base: string
  /** The id of whose details these are: the form is for nobody else. */
  patientId: string
  actedFor?: string
  /** It was sent from a page that was opened for somebody else. */
  isSwitched?: boolean
  typed: Record<string, string>
  version: number
  problems: Problems
  /** The clinic changed the record while this form was open. */
  isChanged?: boolean
}

export function ContactPage(props: ContactProps) {
  const { base, typed, version, problems, isChanged, isSwitched, actedFor, patientId } = props
  const field = (name: 'mobile' | 'phone' | 'address' | 'postcode') => ({
    name,
    label: recordFields[name].label,
    value: typed[name],
    problem: problems[name],
    optional: true,
  })
  return (
    <>
      {isChanged && (
        <Notice tone="warning">
          <p>The clinic has changed your details meanwhile. Check what you typed, and save it again.</p>
        </Notice>
      )}
      {isSwitched && <SwitchedNotice actedFor={actedFor} nothing="saved" />}
      <h1>{contactHeading(actedFor)}</h1>
      <form method="post" action={`${base}/details/contact`} novalidate>
        <input type="hidden" name="patient" value={patientId} />
        <input type="hidden" name="version" value={version.toString()} />
        <TextField {...field('mobile')} type="tel" autocomplete="tel" />
        <TextField {...field('phone')} type="tel" />
        <LongText {...field('address')} />
        <TextField {...field('postcode')} width="medium" autocomplete="postal-code" />
        <div class="actions">
          <button class="button">Save</button>
          <a href={`${base}/details`}>Back to {actedFor ? `the details of ${actedFor}` : 'my details'}</a>
        </div>
      </form>
    </>
  )
}
