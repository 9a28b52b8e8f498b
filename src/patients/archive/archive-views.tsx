import type { Patient } from '../../schema.ts'
import { calledName } from '../patient.ts'
import { PatientHeading } from '../patient-heading.tsx'

interface ArchivingPageProps {
  base: string
  patient: Patient
  /** Online access that the archive stops. */
  hasAccess: boolean
  /** Appointments that are still to come. */
  upcoming: number
  /** 'YYYY-MM-DD' */
  today: string
}

export function ArchivingPage({ base, patient, hasAccess, upcoming, today }: ArchivingPageProps) {
  const record = `${base}/patients/${patient.id}`
  const name = calledName(patient)
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="details" />
      <section class="panel">
        <h2>Archive this record?</h2>
        <ul>
          <li>{name} leaves the list of patients and the search. You find the record under “Archived”.</li>
          {hasAccess ? (
            <li>
              Online access stops: {name} is logged off everywhere at once and cannot log on. Links that were sent stop
              working.
            </li>
          ) : (
            <li>{name} cannot register online.</li>
          )}
          {upcoming > 0 && (
            <li>
              {upcoming === 1 ? (
                <>
                  <strong>1 upcoming appointment</strong> stays in the diary. Cancel it yourself if it is not wanted.
                </>
              ) : (
                <>
                  <strong>{upcoming} upcoming appointments</strong> stay in the diary. Cancel them yourself if they are
                  not wanted.
                </>
              )}
            </li>
          )}
          <li>
            Nothing is deleted. You can restore the record at any time; online access does not come back by itself.
          </li>
        </ul>
        <form method="post" action={`${record}/archiving`} class="actions">
          <button class="button warning">Archive record</button>
          <a href={record}>Keep it as it is</a>
        </form>
      </section>
    </>
  )
}
