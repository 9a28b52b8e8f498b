/** A patient's home: what is next, and where everything else is. */
import type { ActedFor } from '../acting-for/switch-store.ts'
import { PasskeyOffer } from '../front-door/passkeys/passkey-offer.tsx'
import { calledName, fullName } from '../patients/patient.ts'
import type { BookingRules, Clinic, Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import type { ShownAppointment } from './appointments-store.ts'
import { AppointmentCard } from './own/card.tsx'
import { BookButton } from './own/list-views.tsx'

interface HomeProps {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone' | 'timezone' | 'address'>
  /** Whose home it is. */
  patient: Patient
  /** Their whole name, where they are somebody else than who looks at it. */
  actedFor?: string
  /** For whom they may act besides. */
  others: ActedFor[]
  rules: BookingRules
  upcoming: ShownAppointment[]
  isPasskeyOffered: boolean
  now: number
}

export function HomePage(props: HomeProps) {
  const { base, clinic, patient, actedFor, others, rules, upcoming, isPasskeyOffered, now } = props
  const [next, ...more] = upcoming
  const around = { base, clinic, rules, now, actedFor }
  const words = actedFor ? wordsAbout(actedFor, calledName(patient)) : wordsTo(calledName(patient))
  return (
    <>
      <h1>{words.heading}</h1>
      {next ? (
        <>
          <h2>{words.next}</h2>
          <AppointmentCard {...around} appointment={next} level={3} />
        </>
      ) : (
        <p class="lead">{words.none}</p>
      )}
      <BookButton {...around} />
      <ul class="choices">
        <li>
          <a href={`${base}/appointments`}>{words.appointments}</a>
          <p>
            {more.length > 0
              ? `${more.length + 1} to come, and those that are over`
              : 'Those to come and those that are over'}
          </p>
        </li>
        <li>
          <a href={`${base}/details`}>{words.details}</a>
          <p>
            What {apart(clinic.name)} has on record for {words.whom}
          </p>
        </li>
        {others.length > 0 && (
          <li>
            <a href={`${base}/acting-for`}>Act for somebody else</a>
            <p>{others.map(fullName).join(', ')}</p>
          </li>
        )}
      </ul>
      {isPasskeyOffered && <PasskeyOffer base={base} />}
    </>
  )
}

/** @param called what to call the patient */
const wordsTo = (called: string) => ({
  heading: `Hello ${called}`,
  next: 'Your next appointment',
  none: 'You have no appointments.',
  appointments: 'My appointments',
  details: 'My details',
  whom: 'you',
})

const wordsAbout = (name: string, called: string): ReturnType<typeof wordsTo> => ({
  heading: name,
  next: `The next appointment of ${called}`,
  none: `${called} has no appointments.`,
  appointments: `Appointments of ${called}`,
  details: `Details of ${called}`,
  whom: called,
})
