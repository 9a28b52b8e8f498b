/** Two records beside each other: each field the same in both, or whose value is kept. */
import type { Child } from 'hono/jsx'
import { dateInWords, plainDateInWords } from '../../web/dates.ts'
import { Problem } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { AccessMark } from '../access-mark.tsx'
import { type RecordField, recordFieldNames, recordFields } from '../patient-record.ts'
import type { Choice, From, Pair, Side } from './merge.ts'

interface SideBySideProps {
  pair: Pair
  choice: Choice
  /** Of both, put together. */
  notes: string
  timezone: string
  problems: Problems
}

const headings: Record<From, string> = { stays: 'The record that stays', goes: 'The record that goes' }

export function SideBySide(props: SideBySideProps) {
  const { pair, choice, notes, timezone } = props
  const added = ({ patient }: Side) => dateInWords(patient.createdAt, timezone)
  const isEmpty = (field: RecordField) => !pair.stays.patient[field] && !pair.goes.patient[field]
  return (
    <table class="compare stack merging">
      <caption class="hidden">The two records beside each other</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{headings.stays}</th>
          <th scope="col">{headings.goes}</th>
        </tr>
      </thead>
      <tbody>
        <Row label="Added on" pair={pair} cell={added} />
        <Row label="Online access" pair={pair} cell={({ access }) => <AccessMark state={access?.state ?? 'none'} />} />
        {recordFieldNames
          .filter((field) => field !== 'notes' && !isEmpty(field))
          .map((field) =>
            choice[field] ? (
              <ChoiceRow {...props} field={field} />
            ) : (
              <Row label={recordFields[field].label} pair={pair} cell={({ patient }) => shown(field, patient[field])} />
            ),
          )}
        {notes && (
          <tr>
            <th scope="row" id="notes">
              Notes
            </th>
            <td colspan={2}>
              <Problem name="notes" problem={props.problems.notes} />
              <span class="lines">{notes}</span>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Row({ label, pair, cell }: { label: string; pair: Pair; cell: (side: Side) => Child }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td data-label="Stays">{cell(pair.stays)}</td>
      <td data-label="Goes">{cell(pair.goes)}</td>
    </tr>
  )
}

/** Each cell says what it is for, to whoever hears it alone. */
function ChoiceRow({ pair, choice, problems, field }: SideBySideProps & { field: RecordField }) {
  const { name, label } = recordFields[field]
  const of = (from: From) => {
    const id = from === 'stays' ? name : `${name}-goes`
    return (
      <td data-label={from === 'stays' ? 'Stays' : 'Goes'}>
        <div class="tick">
          <input
            id={id}
            name={name}
            type="radio"
            value={from}
            checked={choice[field] === from}
            aria-describedby={problems[name] && `${name}-problem`}
          />
          <label for={id}>
            <span class="hidden">{label}: </span>
            {shown(field, pair[from].patient[field])}
          </label>
        </div>
      </td>
    )
  }
  return (
    <tr>
      <th scope="row">
        {label}
        <Problem name={name} problem={problems[name]} />
      </th>
      {of('stays')}
      {of('goes')}
    </tr>
  )
}

function shown(field: RecordField, value: string | null) {
  if (!value) return <span class="none">Not provided</span>
  return <span class="lines">{field === 'dateOfBirth' ? plainDateInWords(value) : value}</span>
}
