import { calledName, fullName } from '../patients/patient.ts'
import { PatientHeading } from '../patients/patient-heading.tsx'
import type { ActingGrant, Patient } from '../schema.ts'
import { relationInWords } from './grant.ts'

interface EndingProps {
  base: string
  today: string
  patient: Patient
  holder: Patient
  grant: ActingGrant
  /** The patient is reached through nobody else. */
  isReached: boolean
}

export function EndingPage({ base, today, patient, holder, grant, isReached }: EndingProps) {
  const record = `${base}/patients/${patient.id}`
  const [name, holderName] = [calledName(patient), calledName(holder)]
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="details" />
      <section class="panel">
        <h2>
          End letting {fullName(holder)} ({relationInWords(grant.relation)}) act for {name}?
        </h2>
        <ul>
          <li>
            From now on {holderName} sees and changes nothing of {name}’s, also where {holderName} is logged on already.
          </li>
          {isReached && (
            <li>
              {name} has no email address of their own: emails about {name}’s appointments, those that wait too, go to
              nobody.
            </li>
          )}
          <li>Appointments that were booked stay. You can grant it again at any time.</li>
        </ul>
        <form method="post" action={`${record}/acting-for/${grant.id}/ending`} class="actions">
          <button class="button warning">End it now</button>
          <a href={record}>Keep it</a>
        </form>
      </section>
    </>
  )
}
