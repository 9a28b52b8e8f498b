import { fullName } from '../../../patients/patient.ts'
import { type ListedPatient, listAddress, type Total } from '../../../patients/search/patient-list.ts'
import { PatientSearch } from '../../../patients/search/search-form.tsx'
import { plainDateInWords } from '../../../web/dates.ts'
import { counted } from '../../../web/numbers.ts'
import { Breadcrumb, StatusLine } from '../../../web/parts.tsx'
import { type Asked, addressOf, keptOf } from './asked.ts'

export interface FoundProps {
  base: string
  timezone: string
  asked: Asked
  /** With whom, where that is chosen already. */
  practitioner?: { name: string }
  q: string
  found: ListedPatient[]
  total: Total
  mayAdd: boolean
}

/** @param props.date 'YYYY-MM-DD' of when */
export function WhoPage(props: FoundProps & { when: string; date: string }) {
  const { base, timezone, asked, q, when, date } = props
  const kept = keptOf(asked, timezone)
  return (
    <>
      <Breadcrumb href={`${base}/diary/${date}`}>Diary</Breadcrumb>
      <h1>Who is the appointment for?</h1>
      <p class="lead">{when}</p>
      <PatientSearch
        base={base}
        q={q}
        isIsland
        choosing={{
          action: `${base}/diary/book`,
          results: addressOf(base, asked, timezone, '/diary/book/patients'),
          kept,
        }}
      />
      <StatusLine />
      <div id="results">
        <FoundPatients {...props} />
      </div>
    </>
  )
}

const mostShown = 12

/** Also the fragment of the live search. */
export function FoundPatients({ base, timezone, asked, q, found, total, mayAdd }: FoundProps) {
  const shown = found.slice(0, mostShown)
  const add = addressOf(base, { ...asked, isNew: true }, timezone)
  return (
    <div data-status={q ? countInWords(total) : ''}>
      {q && shown.length === 0 && (
        <p class="empty">
          No patient matches “{q}”. Somebody who left is found{' '}
          <a href={listAddress(base, { q, access: 'archived' })}>among the archived records</a>.
        </p>
      )}
      {shown.length > 0 && (
        <ul class="choices">
          {shown.map((patient) => (
            <li>
              <a href={addressOf(base, { ...asked, patientId: patient.id }, timezone)}>{fullName(patient)}</a>
              <p>
                {[
                  patient.dateOfBirth ? `born ${plainDateInWords(patient.dateOfBirth)}` : 'date of birth not provided',
                  patient.mobile || patient.phone,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
      )}
      {(found.length > mostShown || total.isMore) && (
        <p class="muted">There are more. Type more of the name, a date of birth or a phone number.</p>
      )}
      {mayAdd && (
        <div class="actions">
          <a class="button quiet" href={q ? `${add}&q=${encodeURIComponent(q)}` : add}>
            New patient
          </a>
        </div>
      )}
    </div>
  )
}

const countInWords = ({ count, isMore }: Total): string =>
  isMore ? 'Many patients found' : count === 0 ? 'No patient found' : `${counted(count, 'patient')} found`
