/** A patient's first pages: their home, and what the clinic has on record. Appointments cannot be booked here yet. */
import { PasskeyOffer } from '../front-door/passkeys/passkey-offer.tsx'
import { calledName } from '../patients/patient.ts'
import { patientFacts } from '../patients/patient-facts.tsx'
import type { Clinic, Patient } from '../schema.ts'
import { PhoneLink } from '../web/layout.tsx'
import { Facts } from '../web/parts.tsx'

interface Props {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone'>
  patient: Patient
}

export function HomePage({ base, clinic, patient, isPasskeyOffered }: Props & { isPasskeyOffered: boolean }) {
  return (
    <>
      <h1>Hello {calledName(patient)}</h1>
      <section class="panel" aria-labelledby="appointments-title">
        <h2 id="appointments-title">Appointments</h2>
        <p>Appointments cannot be booked, seen or changed here yet.</p>
        <p>
          To book, change or cancel an appointment, call {clinic.name} on <PhoneLink phone={clinic.phone} />.
        </p>
      </section>
      <section class="panel" aria-labelledby="details-title">
        <h2 id="details-title">My details</h2>
        <p>See what {clinic.name} has on record for you, and change your password.</p>
        <p>
          <a href={`${base}/details`}>See my details</a>
        </p>
      </section>
      {isPasskeyOffered && <PasskeyOffer base={base} />}
    </>
  )
}

export function DetailsPage({ base, clinic, patient }: Props) {
  return (
    <>
      <h1>My details</h1>
      <p class="lead">This is what {clinic.name} has on record for you.</p>
      <Facts facts={patientFacts(patient)} />
      <h2>If something is wrong or has changed</h2>
      <p>
        Details cannot be changed here yet. Call {clinic.name} on <PhoneLink phone={clinic.phone} />.
      </p>
      <h2>Logging on</h2>
      <p>You log on with your email address, {patient.email}, and your password.</p>
      <p>
        <a href={`${base}/password`}>Change my password</a>
      </p>
    </>
  )
}
