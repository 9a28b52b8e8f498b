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

interface ContactProps {
  base: string
  typed: Record<string, string>
  version: number
  problems: Problems
  /** The clinic changed the record while this form was open. */
  isChanged?: boolean
}

export function ContactPage({ base, typed, version, problems, isChanged }: ContactProps) {
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
      <h1>Change my phone or address</h1>
      <form method="post" action={`${base}/details/contact`} novalidate>
        <input type="hidden" name="version" value={version.toString()} />
        <TextField {...field('mobile')} type="tel" autocomplete="tel" />
        <TextField {...field('phone')} type="tel" />
        <LongText {...field('address')} />
        <TextField {...field('postcode')} width="medium" autocomplete="postal-code" />
        <div class="actions">
          <button class="button">Save</button>
          <a href={`${base}/details`}>Back to my details</a>
        </div>
      </form>
    </>
  )
}
