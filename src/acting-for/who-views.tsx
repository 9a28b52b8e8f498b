import { calledName, fullName } from '../patients/patient.ts'
import type { Holder } from '../patients/patient-store.ts'
import type { ListedPatient } from '../patients/search/patient-list.ts'
import { PatientSearch } from '../patients/search/search-form.tsx'
import type { Patient } from '../schema.ts'
import { plainDateInWords } from '../web/dates.ts'
import { counted } from '../web/numbers.ts'
import { Breadcrumb, StatusLine } from '../web/parts.tsx'

interface FoundProps {
  base: string
  /** The address of this page. */
  here: string
  /** 'YYYY-MM-DD' */
  today: string
  q: string
  found: ListedPatient[]
  isMore: boolean
}

export function WhoPage(props: FoundProps & { patient: Patient; sharers: Holder[] }) {
  const { base, here, q, patient, sharers } = props
  return (
    <>
      <Breadcrumb href={`${base}/patients/${patient.id}`}>{fullName(patient)}</Breadcrumb>
      <h1>Who may act for {fullName(patient)}?</h1>
      <p class="lead">
        Whoever it is logs on as themselves, and can then look after {calledName(patient)}’s appointments too.
      </p>
      {sharers.length > 0 && (
        <section class="panel" aria-labelledby="sharers-title">
          <h2 id="sharers-title">Also with {patient.email}</h2>
          <ul class="choices">
            {sharers.map((sharer) => (
              <Choice here={here} holder={sharer} more={patient.email} />
            ))}
          </ul>
        </section>
      )}
      <PatientSearch base={base} q={q} isIsland choosing={{ action: here, results: `${here}/patients`, kept: {} }} />
      <StatusLine />
      <div id="results">
        <FoundHolders {...props} />
      </div>
    </>
  )
}

const mostShown = 12

/** Also the fragment of the live search. */
export function FoundHolders({ here, q, found, isMore }: FoundProps) {
  const shown = found.slice(0, mostShown)
  return (
    <div data-status={q ? (shown.length === 0 ? 'No patient found' : `${counted(found.length, 'patient')} found`) : ''}>
      {q && shown.length === 0 && (
        <p class="empty">No other patient matches “{q}”. Whoever acts for somebody needs a record.</p>
      )}
      {shown.length > 0 && (
        <ul class="choices">
          {shown.map((patient) => (
            <Choice here={here} holder={patient} more={patient.email || 'no email address'} />
          ))}
        </ul>
      )}
      {(found.length > mostShown || isMore) && (
        <p class="muted">There are more. Type more of the name or the address.</p>
      )}
    </div>
  )
}

type Chosen = Pick<Patient, 'id' | 'firstName' | 'lastName' | 'dateOfBirth'>
const Choice = ({ here, holder, more }: { here: string; holder: Chosen; more: string }) => (
  <li>
    <a href={`${here}?holder=${holder.id}`}>{fullName(holder)}</a>
    <p>
      {holder.dateOfBirth ? `born ${plainDateInWords(holder.dateOfBirth)}` : 'date of birth not provided'} · {more}
    </p>
  </li>
)
