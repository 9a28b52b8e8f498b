/** What was asked beside the records that may be meant: each field the same, different or missing, in words. */
import { fullName } from '../../patients/patient.ts'
import { plainDateInWords } from '../../web/dates.ts'
import { compared, comparisonLabels } from './desk.ts'
import type { Candidate } from './desk-store.ts'

/** What the person told us. Only the email address is always there. */
export interface Told {
  email: string
  firstName?: string
  lastName?: string
  dateOfBirth?: string | null
  phone?: string
}

/** @param reference names the table among the others of the desk */
export function CompareTable(props: { reference: string; told: Told; candidates: Candidate[] }) {
  const { reference, told, candidates } = props
  if (candidates.length === 0) return <p class="empty">No record has this address.</p>
  return (
    <section class="scroll" tabindex={0} aria-label={`What was asked with reference ${reference}, beside the records`}>
      <table class="compare stack">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Asked</th>
            {candidates.map((candidate) => (
              <th scope="col">{fullName(candidate)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr>
              <th scope="row">{field.label}</th>
              <td data-label="Asked">{field.words(field.asked(told)) || <span class="none">Not told</span>}</td>
              {candidates.map((candidate) => (
                <Cell field={field} told={told} candidate={candidate} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface Field {
  label: string
  asked: (told: Told) => string | null | undefined
  /** Everything on the record that may be the same. */
  recorded: (candidate: Candidate) => (string | null)[]
  words: (value: string | null | undefined) => string
}

const asIs = (value: string | null | undefined) => value ?? ''
const fields: Field[] = [
  {
    label: 'Email address',
    asked: ({ email }) => email,
    recorded: ({ emailCanonical }) => [emailCanonical],
    words: asIs,
  },
  { label: 'First name', asked: ({ firstName }) => firstName, recorded: ({ firstName }) => [firstName], words: asIs },
  { label: 'Last name', asked: ({ lastName }) => lastName, recorded: ({ lastName }) => [lastName], words: asIs },
  {
    label: 'Date of birth',
    asked: ({ dateOfBirth }) => dateOfBirth,
    recorded: ({ dateOfBirth }) => [dateOfBirth],
    words: (value) => (value ? plainDateInWords(value) : ''),
  },
  { label: 'Phone', asked: ({ phone }) => phone, recorded: ({ mobile, phone }) => [mobile, phone], words: asIs },
]

function Cell({ field, told, candidate }: { field: Field; told: Told; candidate: Candidate }) {
  const asked = field.asked(told)
  const values = field.recorded(candidate).filter(Boolean)
  const same = values.find((value) => compared(asked, value) === 'match')
  const shown = same ?? values[0] ?? null
  const comparison = compared(asked, shown)
  return (
    <td data-label={fullName(candidate)} class={comparison ?? undefined}>
      {field.words(shown) || <span class="none">Not provided</span>}
      {comparison && <span class="comparison">{comparisonLabels[comparison]}</span>}
    </td>
  )
}
