/** An email address on more than one record, as staff are told of it. */
import type { Patient } from '../schema.ts'
import { plainDateInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'
import { ageInWords, calledName, fullName } from './patient.ts'
import type { Holder } from './patient-store.ts'

/** Rule M9 hits families first: staff are told, by name, and what to do. */
export function SharedAddress(props: {
  base: string
  patient: Pick<Patient, 'id' | 'firstName' | 'preferredName' | 'email' | 'archivedAt'>
  sharers: Holder[]
  today: string
  mayGrant: boolean
}) {
  const { base, patient, sharers, today, mayGrant } = props
  const { email } = patient
  return (
    <Notice tone="warning">
      <p>
        <strong>The email address {email} is on more than one record.</strong> Nobody can register online with a shared
        address. It is also on the record of:
      </p>
      <HolderList base={base} holders={sharers} today={today} />
      <p>
        Each patient who wants online access needs an email address of their own; or let one of them act for the others,
        who are then reached through that one.
      </p>
      {mayGrant && patient.archivedAt === null && (
        <p>
          <a href={`${base}/patients/${patient.id}/acting-for`}>Let one of them act for {calledName(patient)}</a>
        </p>
      )}
    </Notice>
  )
}

export function HolderList({ base, holders, today }: { base: string; holders: Holder[]; today: string }) {
  return (
    <ul>
      {holders.map((holder) => (
        <li>
          <a href={`${base}/patients/${holder.id}`}>{fullName(holder)}</a>
          {holder.dateOfBirth &&
            `, born ${plainDateInWords(holder.dateOfBirth)}, ${ageInWords(holder.dateOfBirth, today)}`}
          {holder.archivedAt !== null && ' (archived)'}
        </li>
      ))}
    </ul>
  )
}
