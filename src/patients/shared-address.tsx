/** An email address on more than one record, as staff are told of it. */
import { plainDateInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'
import { ageInWords, fullName } from './patient.ts'
import type { Holder } from './patient-store.ts'

/** Rule M9 hits families first: staff are told, by name, and what to do. */
export function SharedAddress(props: { base: string; email: string; sharers: Holder[]; today: string }) {
  const { base, email, sharers, today } = props
  return (
    <Notice tone="warning">
      <p>
        <strong>The email address {email} is on more than one record.</strong> Nobody can register online with a shared
        address. It is also on the record of:
      </p>
      <HolderList base={base} holders={sharers} today={today} />
      <p>Each patient who wants online access needs an email address of their own.</p>
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
