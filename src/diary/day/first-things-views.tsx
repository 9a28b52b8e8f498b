/** What staff should look at first when they come in, and how many patients have online access. */
import { html } from 'hono/html'
import { accessMarkHtml } from '../../patients/access-mark.tsx'
import { fullName } from '../../patients/patient.ts'
import { accessFilters, listAddress } from '../../patients/search/patient-list.ts'
import type { Act } from '../../staff/role.ts'
import { counted } from '../../web/numbers.ts'
import { type AbandonedByPatient, mostNamed, type PatientsByAccess, type ReviewDue } from '../first-things-store.ts'

export interface FirstThingsProps {
  base: string
  may: (act: Act) => boolean
  /** Registrations on the desk. */
  waiting: number
  mailsGivenUp: AbandonedByPatient
  staffWithoutPassword: number
  reviewsDue: ReviewDue[]
}

/** Only when there is something to say. */
export function FirstThings({ base, may, waiting, mailsGivenUp, staffWithoutPassword, reviewsDue }: FirstThingsProps) {
  const isFrontDesk = may('work the registration desk')
  const things = [
    isFrontDesk && waiting > 0 && (
      <>
        <a href={`${base}/registrations`}>{counted(waiting, 'registration')}</a> on the registration desk
      </>
    ),
    isFrontDesk && mailsGivenUp.length > 0 && <MailsGivenUp base={base} mails={mailsGivenUp} />,
    may('change online access') && reviewsDue.length > 0 && <Reviews base={base} due={reviewsDue} />,
    may('manage staff') && staffWithoutPassword > 0 && (
      <>
        <a href={`${base}/staff`}>{counted(staffWithoutPassword, 'staff account')}</a> without a password, so nobody can
        log on with {staffWithoutPassword === 1 ? 'it' : 'them'}
      </>
    ),
  ].filter(Boolean)
  if (things.length === 0) return null
  return (
    <section class="first-things" aria-labelledby="first-title">
      <h2 id="first-title">To look at first</h2>
      <ul>
        {things.map((thing) => (
          <li>{thing}</li>
        ))}
      </ul>
    </section>
  )
}

const Reviews = ({ base, due }: { base: string; due: ReviewDue[] }) => (
  <>
    Who acts for{' '}
    {due.slice(0, mostNamed).map((patient, index) => (
      <>
        {index > 0 && ', '}
        <a href={`${base}/patients/${patient.patientId}#acting`}>{fullName(patient)}</a>
      </>
    ))}
    {due.length > mostNamed && ' and others'} is to be looked at again
  </>
)

/** To whom, where that is a patient: their tab says which mail it was. */
function MailsGivenUp({ base, mails }: { base: string; mails: AbandonedByPatient }) {
  const toPatients = mails.filter((row) => row.patientId !== null)
  return (
    <>
      <a href={`${base}/invitations?state=abandoned`}>{counted(sum(mails), 'email')}</a> could not be delivered
      {toPatients.length > 0 && (
        <>
          {', to '}
          {toPatients.slice(0, mostNamed).map((row, index) => (
            <>
              {index > 0 && ', '}
              <a href={`${base}/patients/${row.patientId}/online-access`}>
                {fullName({ firstName: row.firstName!, lastName: row.lastName! })}
              </a>
            </>
          ))}
          {toPatients.length > mostNamed && ' and others'}
        </>
      )}
    </>
  )
}

export function AccessCounts({ base, patients }: { base: string; patients: PatientsByAccess }) {
  if (patients.length === 0) return <p class="empty">No patients yet.</p>
  const countHtml = (access: (typeof accessFilters)[number]) => {
    const count = sum(patients.filter(({ state }) => (state ?? 'none') === access))
    return html`<li>${accessMarkHtml(access)} <a href="${listAddress(base, { access })}">${counted(count, 'patient')}</a></li>`
  }
  return html`<ul class="access-counts">${accessFilters.map(countHtml)}</ul>` // on every day that is looked at
}

const sum = (rows: { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0)
