/** The landing page of the staff. It says plainly that appointments are not kept here yet, and offers what is. */
import { AccessMark } from '../patients/access-mark.tsx'
import { fullName } from '../patients/patient.ts'
import { accessFilters, listAddress } from '../patients/search/patient-list.ts'
import { PatientSearch } from '../patients/search/search-form.tsx'
import type { Act } from '../staff/role.ts'
import { Notice } from '../web/parts.tsx'
import type { AbandonedMails, PatientsByAccess } from './first-things-store.ts'

export interface DayProps {
  base: string
  /** "Monday 23 November 2026" */
  day: string
  isToday: boolean
  may: (act: Act) => boolean
  /** Registrations on the desk. */
  waiting: number
  mailsGivenUp: AbandonedMails
  staffWithoutPassword: number
  patients: PatientsByAccess
}

export function DayPage(props: DayProps) {
  const { base, day, isToday, may, patients } = props
  return (
    <>
      <h1>{day}</h1>
      {!isToday && (
        <p>
          <a href={`${base}/diary`}>Go to today</a>
        </p>
      )}
      <Notice tone="note">
        <p>
          <strong>Appointments come next.</strong> They cannot be booked or shown here yet, so this page does not say
          whether the day is free. Until then, keep appointments where you keep them now.
        </p>
        <p>Patients, their online access and their registration work already.</p>
      </Notice>
      <section class="panel" aria-labelledby="first-title">
        <h2 id="first-title">To look at first</h2>
        <FirstThings {...props} />
      </section>
      <section class="panel" aria-labelledby="patients-title">
        <h2 id="patients-title">Patients</h2>
        <PatientSearch base={base} />
        {may('edit patients') && (
          <p>
            <a href={`${base}/patients/new`}>Add a patient</a>
          </p>
        )}
        <h3>Online access</h3>
        <AccessCounts base={base} patients={patients} />
      </section>
    </>
  )
}

function FirstThings({ base, may, waiting, mailsGivenUp, staffWithoutPassword }: DayProps) {
  const isFrontDesk = may('work the registration desk')
  const things = [
    isFrontDesk && waiting > 0 && (
      <>
        <a href={`${base}/registrations`}>{counted(waiting, 'registration')}</a> on the registration desk
      </>
    ),
    isFrontDesk && mailsGivenUp.length > 0 && <MailsGivenUp base={base} mails={mailsGivenUp} />,
    may('manage staff') && staffWithoutPassword > 0 && (
      <>
        <a href={`${base}/staff`}>{counted(staffWithoutPassword, 'staff account')}</a> without a password, so nobody can
        log on with {staffWithoutPassword === 1 ? 'it' : 'them'}
      </>
    ),
  ].filter(Boolean)
  if (things.length === 0) return <p class="empty">Nothing is waiting for you.</p>
  return (
    <ul>
      {things.map((thing) => (
        <li>{thing}</li>
      ))}
    </ul>
  )
}

/** To whom, where that is a patient: their tab says which mail it was. */
function MailsGivenUp({ base, mails }: { base: string; mails: AbandonedMails }) {
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

const mostNamed = 5 // patients

function AccessCounts({ base, patients }: { base: string; patients: PatientsByAccess }) {
  if (patients.length === 0) return <p class="empty">No patients yet.</p>
  return (
    <ul class="access-counts">
      {accessFilters.map((access) => (
        <li>
          <AccessMark state={access} />{' '}
          <a href={listAddress(base, { access })}>
            {counted(sum(patients.filter(({ state }) => (state ?? 'none') === access)), 'patient')}
          </a>
        </li>
      ))}
    </ul>
  )
}

const sum = (rows: { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0)

const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en-GB')} ${thing}${count === 1 ? '' : 's'}`
