/** A patient's home: what is next, and where everything else is. */
import { PasskeyOffer } from '../front-door/passkeys/passkey-offer.tsx'
import { calledName } from '../patients/patient.ts'
import type { BookingRules, Clinic, Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import type { ShownAppointment } from './appointments-store.ts'
import { AppointmentCard } from './own/card.tsx'
import { BookButton } from './own/list-views.tsx'

interface Props {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  patient: Patient
}

type HomeProps = Props & {
  rules: BookingRules
  upcoming: ShownAppointment[]
  isPasskeyOffered: boolean
  now: number
}

export function HomePage({ base, clinic, patient, rules, upcoming, isPasskeyOffered, now }: HomeProps) {
  const [next, ...more] = upcoming
  const around = { base, clinic, rules, now }
  return (
    <>
      <h1>Hello {calledName(patient)}</h1>
      {next ? (
        <>
          <h2>Your next appointment</h2>
          <AppointmentCard {...around} appointment={next} level={3} />
        </>
      ) : (
        <p class="lead">You have no appointments.</p>
      )}
      <BookButton {...around} />
      <ul class="choices">
        <li>
          <a href={`${base}/appointments`}>My appointments</a>
          <p>
            {more.length > 0
              ? `${more.length + 1} to come, and those that are over`
              : 'Those to come and those that are over'}
          </p>
        </li>
        <li>
          <a href={`${base}/details`}>My details</a>
          <p>What {apart(clinic.name)} has on record for you</p>
        </li>
      </ul>
      {isPasskeyOffered && <PasskeyOffer base={base} />}
    </>
  )
}
