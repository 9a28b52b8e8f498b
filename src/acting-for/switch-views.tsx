import { fullName } from '../patients/patient.ts'
import type { Clinic, Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { PhoneLink } from '../web/layout.tsx'
import { StateMark } from '../web/parts.tsx'
import { SwitchButton } from './switch-button.tsx'
import type { ActedFor } from './switch-store.ts'

interface SwitchPageProps {
  base: string
  clinic: Pick<Clinic, 'name' | 'phone'>
  holder: Patient
  patients: ActedFor[]
  /** The id of whose pages these are now. */
  now: string
}

export function SwitchPage({ base, clinic, holder, patients, now }: SwitchPageProps) {
  return (
    <>
      <h1>Who are you acting for?</h1>
      {patients.length > 0 ? (
        <p class="lead">Everything you see and book is then for this person, until you change it here.</p>
      ) : (
        <p class="lead">
          You act for yourself only. If you look after somebody who is a patient here, such as your child, call{' '}
          {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
        </p>
      )}
      <ul class="cards">
        <Choice base={base} id={holder.id} name={fullName(holder)} isNow={holder.id === now} words="Act for myself">
          Myself
        </Choice>
        {patients.map((patient) => (
          <Choice
            base={base}
            id={patient.id}
            name={fullName(patient)}
            isNow={patient.id === now}
            words={`Act for ${fullName(patient)}`}
          />
        ))}
      </ul>
      <p>
        <a href={`${base}/home`}>Home</a>
      </p>
    </>
  )
}

interface ChoiceProps {
  base: string
  id: string
  name: string
  isNow: boolean
  words: string
  /** Said besides the name. */
  children?: string
}

function Choice({ base, id, name, isNow, words, children }: ChoiceProps) {
  return (
    <li class="panel">
      <h2>{name}</h2>
      {children && <p class="meta">{children}</p>}
      {isNow ? (
        <p>
          <StateMark shape="tick">You are acting for {children ? 'yourself' : 'this person'} now</StateMark>
        </p>
      ) : (
        <SwitchButton base={base} patient={id} isSecondary>
          {words}
        </SwitchButton>
      )}
    </li>
  )
}
