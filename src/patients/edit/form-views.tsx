/** Adding a patient, and changing a record. */
import type { Child } from 'hono/jsx'
import type { Patient } from '../../schema.ts'
import { distanceInWords, plainDateInWords } from '../../web/dates.ts'
import { DateFields, TextField, TickBox } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { LongText } from '../../web/large-fields.tsx'
import { Breadcrumb, Notice } from '../../web/parts.tsx'
import { fullName } from '../patient.ts'
import { type PatientRecord, type RecordField, recordFields } from '../patient-record.ts'
import type { Holder } from '../patient-store.ts'
import { HolderList } from '../shared-address.tsx'

interface FormProps {
  base: string
  /** 'YYYY-MM-DD' */
  today: string
  typed: Record<string, string>
  problems: Problems
}

export function AddPage(props: FormProps & { formId: string; alike: Holder[] }) {
  const { base, today, formId, alike, problems } = props
  return (
    <>
      <Breadcrumb href={`${base}/patients`}>Patients</Breadcrumb>
      <h1>Add a patient</h1>
      <RecordForm {...props} action={`${base}/patients/new`} cancel={`${base}/patients`} button="Add patient">
        <input type="hidden" name="form_id" value={formId} />
        {alike.length > 0 && (
          <Notice tone="warning">
            <p>This may be the same person as:</p>
            <HolderList base={base} holders={alike} today={today} />
            <TickBox name="add_anyway" problem={problems.add_anyway}>
              Add anyway: this is a different person
            </TickBox>
          </Notice>
        )}
      </RecordForm>
    </>
  )
}

/** @param holders other patients with the address that was refused */
export function EditPage(props: FormProps & { patient: Patient; holders: Holder[] }) {
  const { base, today, patient, holders } = props
  return (
    <>
      <Breadcrumb href={`${base}/patients/${patient.id}`}>{fullName(patient)}</Breadcrumb>
      <h1>Edit the details of {fullName(patient)}</h1>
      {patient.archivedAt !== null && <ArchivedMeanwhile base={base} patient={patient} />}
      {holders.length > 0 && (
        <Notice tone="warning">
          <p>Also with this email address:</p>
          <HolderList base={base} holders={holders} today={today} />
        </Notice>
      )}
      <EditForm {...props} />
    </>
  )
}

/** In a tab of its own, so that nothing that was typed is lost. */
const ArchivedMeanwhile = ({ base, patient: { id, mergedInto } }: { base: string; patient: Patient }) => (
  <Notice tone="warning">
    <p>
      <strong>
        Somebody {mergedInto ? 'merged this record into another one' : 'archived this record'} while you had the form
        open.
      </strong>{' '}
      What you typed is not saved yet. It is all still on this page.
    </p>
    <p>
      <a href={`${base}/patients/${mergedInto ?? id}`} target="_blank" rel="noopener">
        {mergedInto ? 'Open the record that stays' : 'Restore the record'} (opens in a new tab)
      </a>
      {mergedInto ? ', and make your changes there.' : ', then save your changes here.'}
    </p>
  </Notice>
)

interface ChangedMeanwhile {
  by: string | null
  at: number
  fields: RecordField[]
}

/** Somebody was faster: what they changed stands beside what was typed, and the form goes on from there. */
export function ConflictPage(
  props: FormProps & {
    patient: Patient
    changes: ChangedMeanwhile[]
    differing: RecordField[]
    /** As it was typed. */
    yours: PatientRecord
    now: number
  },
) {
  const { base, patient, changes, differing, yours, now } = props
  return (
    <>
      <Breadcrumb href={`${base}/patients/${patient.id}`}>{fullName(patient)}</Breadcrumb>
      <h1>Somebody else changed this record</h1>
      <Notice tone="warning">
        <p>While you had the form open:</p>
        <ul>
          {changes.map(({ by, at, fields }) => (
            <li>
              {by ?? 'Somebody'} changed {labelsOf(fields)} {distanceInWords(at, now)}
            </li>
          ))}
          {changes.length === 0 && <li>Somebody changed this record</li>}
        </ul>
        <p>What you typed is not saved yet. It is all still on this page.</p>
      </Notice>
      <table class="compare">
        <caption>Where the record now and what you typed differ</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">In the record now</th>
            <th scope="col">You typed</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((field) => (
            <tr>
              <th scope="row">{recordFields[field].label}</th>
              <td data-label="In the record now">{shown(field, patient)}</td>
              <td data-label="You typed">{shown(field, yours)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>Check and save</h2>
      <p>Below, the fields that others changed are as they are in the record now. The others are as you typed them.</p>
      <EditForm {...props} />
    </>
  )
}

/** Sent to the address it stands at: whoever comes from the desk brings along which registration it is about. */
function EditForm(props: FormProps & { patient: Patient }) {
  const record = `${props.base}/patients/${props.patient.id}`
  return (
    <RecordForm {...props} cancel={record} button="Save changes">
      <input type="hidden" name="version" value={String(props.patient.version)} />
    </RecordForm>
  )
}

function RecordForm(props: FormProps & { action?: string; cancel: string; button: string; children?: Child }) {
  const { typed, problems, action, cancel, button, children } = props
  const common = (field: RecordField) => {
    const { name, label } = recordFields[field]
    return { name, label, value: typed[name], problem: problems[name] }
  }
  return (
    <form method="post" action={action} novalidate>
      <TextField {...common('title')} width="short" optional />
      <TextField {...common('firstName')} />
      <TextField {...common('lastName')} hint="Type - if they have one name only" />
      <TextField {...common('preferredName')} optional />
      <DateFields
        name="dob"
        legend={
          <>
            Date of birth<span class="optional"> (optional)</span>
          </>
        }
        hint="For example, 27 3 2007"
        problem={problems.dob}
        typed={typed}
      />
      <TextField
        {...common('email')}
        type="email"
        hint="To log on, patients need an address that is on no other record"
        optional
      />
      <TextField {...common('mobile')} type="tel" width="medium" optional />
      <TextField {...common('phone')} type="tel" width="medium" optional />
      <LongText {...common('address')} optional />
      <TextField {...common('postcode')} width="short" optional />
      <LongText {...common('notes')} hint="Staff see these, the patient does not" optional />
      {children}
      <div class="actions">
        <button class="button">{button}</button>
        <a href={cancel}>Cancel</a>
      </div>
    </form>
  )
}

const labelsOf = (fields: RecordField[]): string =>
  new Intl.ListFormat('en-GB').format(fields.map((field) => recordFields[field].label.toLowerCase()))

function shown(field: RecordField, record: PatientRecord) {
  const value = record[field]
  if (!value) return <span class="none">Not provided</span>
  return <span class="lines">{field === 'dateOfBirth' ? plainDateInWords(value) : value}</span>
}
