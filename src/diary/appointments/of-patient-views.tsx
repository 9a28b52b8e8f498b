import { ArchivedBanner } from '../../patients/archived-banner.tsx'
import { PatientHeading } from '../../patients/patient-heading.tsx'
import type { Patient } from '../../schema.ts'
import { dayInWords } from '../../web/dates.ts'
import type { ShownAppointment } from '../appointments-store.ts'
import { StatusMark } from '../status-mark.tsx'
import { fromTo } from './facts.tsx'

interface OfPatientProps {
  base: string
  timezone: string
  /** 'YYYY-MM-DD' */
  today: string
  patient: Patient
  /** Soonest first. */
  upcoming: ShownAppointment[]
  /** Newest first. */
  past: ShownAppointment[]
  /** Who archived the record, while it is archived. */
  archivedBy?: string
  mayEdit: boolean
}

export function OfPatientPage(props: OfPatientProps) {
  const { base, today, patient, upcoming, past } = props
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="appointments" />
      <ArchivedBanner {...props} mayRestore={props.mayEdit} />
      <section class="panel" aria-labelledby="upcoming-title">
        <div class="title-row">
          <h2 id="upcoming-title">Upcoming</h2>
          {patient.archivedAt === null && (
            <a class="button" href={`${base}/diary/book?patient=${patient.id}`}>
              Book appointment
            </a>
          )}
        </div>
        {upcoming.length === 0 ? <p class="empty">Nothing is booked.</p> : <List {...props} appointments={upcoming} />}
      </section>
      <section class="panel" aria-labelledby="past-title">
        <h2 id="past-title">Past</h2>
        {past.length === 0 ? <p class="empty">No appointment yet.</p> : <List {...props} appointments={past} />}
      </section>
    </>
  )
}

function List({ base, timezone, appointments }: OfPatientProps & { appointments: ShownAppointment[] }) {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">With</th>
          <th scope="col">Type</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {appointments.map((each) => (
          <tr>
            <th scope="row" data-label="When">
              <a href={`${base}/diary/appointments/${each.id}`}>
                {dayInWords(each.startAt, timezone)}, {fromTo(each, timezone)}
              </a>
            </th>
            <td data-label="With">{each.practitionerName}</td>
            <td data-label="Type">{each.typeName}</td>
            <td data-label="Status">
              <StatusMark status={each.status} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
