import { calledName, fullName } from '../patients/patient.ts'
import type { AccessLine } from '../patients/patient-store.ts'
import type { Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { plainDateInWords } from '../web/dates.ts'
import { TextField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { Choices, SelectField } from '../web/large-fields.tsx'
import { Breadcrumb, Facts, Notice } from '../web/parts.tsx'
import { relationLabels, relations, type Suggestion, suggestions } from './grant.ts'

interface GrantPageProps {
  base: string
  /** 'YYYY-MM-DD' */
  today: string
  patient: Patient
  holder: Patient
  holderAccess?: AccessLine
  people: { id: string; name: string }[]
  typed: Record<string, string>
  problems: Problems
  /** The grant that this one takes the place of. */
  renews?: string
  formId: string
  mark: string
  /** The address goes from the patient's record to the holder's. */
  isTakenOff: boolean
}

export function GrantPage(props: GrantPageProps) {
  const { base, patient, holder, people, typed, problems, renews, formId, mark } = props
  const record = `${base}/patients/${patient.id}`
  const [name, holderName] = [calledName(patient), calledName(holder)]
  return (
    <>
      <Breadcrumb href={record}>{fullName(patient)}</Breadcrumb>
      <h1>
        Let {fullName(holder)} act for {fullName(patient)}
        {renews && ' for longer'}
      </h1>
      <form method="post" action={`${record}/acting-for${renews ? `/${renews}/renewal` : ''}`} novalidate class="panel">
        <input type="hidden" name="form_id" value={formId} />
        <input type="hidden" name="opened_with" value={mark} />
        {!renews && <input type="hidden" name="holder" value={holder.id} />}
        <Facts facts={[{ term: 'Account holder', value: <HolderFact {...props} /> }]} />
        <Meaning {...props} />
        <RelationField legend={`What is ${holderName} to ${name}?`} typed={typed} problem={problems.relation} />
        <SelectField
          name="approved_by"
          label="Approved by"
          hint="Who of the staff has decided it"
          value={typed.approved_by}
          problem={problems.approved_by}
          groups={[{ label: 'Staff', choices: people.map((each) => ({ value: each.id, label: apart(each.name) })) }]}
        />
        <TextField
          name="approved_on"
          label="Approved on"
          type="date"
          width="medium"
          value={typed.approved_on}
          problem={problems.approved_on}
        />
        <EndingField typed={typed} problem={problems.ending} />
        <OnField {...props} />
        <div class="actions">
          <button class="button">
            Let {holderName} act for {name}
          </button>
          <a href={record}>Cancel</a>
        </div>
      </form>
    </>
  )
}

function HolderFact({ base, patient, holder, renews }: GrantPageProps) {
  return (
    <span id="holder">
      <a href={`${base}/patients/${holder.id}`}>{fullName(holder)}</a>
      {holder.dateOfBirth && `, born ${plainDateInWords(holder.dateOfBirth)}`}, {holder.email}{' '}
      {!renews && (
        <a href={`${base}/patients/${patient.id}/acting-for`}>
          Change<span class="hidden"> the account holder</span>
        </a>
      )}
    </span>
  )
}

/** What happens, before it does. */
function Meaning({ base, patient, holder, holderAccess, isTakenOff }: GrantPageProps) {
  const [name, holderName] = [calledName(patient), calledName(holder)]
  return (
    <Notice tone="note">
      <p>
        {holderName} can then see, book, change and cancel {name}’s appointments online.{' '}
        {addressWords(patient, holder, isTakenOff)}
      </p>
      {holderAccess?.state !== 'active' && (
        <p>
          {holderName} has no online access yet: give it on{' '}
          <a href={`${base}/patients/${holder.id}/online-access`}>{holderName}’s online diary access</a>.
        </p>
      )}
    </Notice>
  )
}

function addressWords(patient: Patient, holder: Patient, isTakenOff: boolean): string {
  const [name, holderName] = [calledName(patient), calledName(holder)]
  if (isTakenOff) {
    return `${holder.email} stays how we reach ${name}; it belongs to ${holderName}’s record from now on, and is taken off ${name}’s.`
  }
  return patient.email === ''
    ? `Emails about ${name}’s appointments go to ${holder.email}.`
    : `Emails about ${name}’s appointments go to ${patient.email}, as before.`
}

interface FieldProps {
  typed: Record<string, string>
  problem?: string
}

const RelationField = ({ legend, typed, problem }: FieldProps & { legend: string }) => (
  <Choices name="relation" legend={legend} problem={problem}>
    {relations.map((relation, index) => (
      <Radio
        id={index === 0 ? 'relation' : `relation-${relation}`}
        name="relation"
        value={relation}
        typed={typed}
        label={relationLabels[relation]}
      />
    ))}
  </Choices>
)

const EndingField = ({ typed, problem }: FieldProps) => (
  <Choices name="ending" legend="How long does it last?" problem={problem}>
    <Radio id="ending" name="ending" value="ends" typed={typed} label="It ends by itself on the date below" />
    <Radio
      id="ending-review"
      name="ending"
      value="review"
      typed={typed}
      label="It goes on, and staff look at it again on the date below"
    />
  </Choices>
)

const suggestionWords: Record<Suggestion['code'], string> = {
  sixteen: '16th birthday',
  eighteen: '18th birthday',
  year: 'In a year',
}

function OnField({ patient, today, typed, problems }: GrantPageProps) {
  const offered = suggestions(patient.dateOfBirth, today)
  return (
    <>
      <Choices name="on" legend="On which date?" problem={problems.on}>
        {offered.map(({ code, date }, index) => (
          <Radio
            id={index === 0 ? 'on' : `on-${code}`}
            name="on"
            value={code}
            typed={typed}
            label={`${suggestionWords[code]}, ${plainDateInWords(date)}`}
          />
        ))}
        <Radio id="on-other" name="on" value="other" typed={typed} label="Another date" />
      </Choices>
      <TextField
        name="other_date"
        label="The other date"
        hint={
          offered.some(({ code }) => code === 'sixteen')
            ? 'Not after the 16th birthday: from then on they decide for themselves'
            : undefined
        }
        type="date"
        width="medium"
        value={typed.other_date}
        problem={problems.other_date}
        optional
      />
    </>
  )
}

function Radio(props: { id: string; name: string; value: string; typed: Record<string, string>; label: string }) {
  const { id, name, value, typed, label } = props
  return (
    <div class="tick">
      <input id={id} name={name} type="radio" value={value} checked={typed[name] === value} />
      <label for={id}>{label}</label>
    </div>
  )
}
