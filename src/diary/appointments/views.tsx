import { onlineBy } from '../../audit/who.ts'
import { MailLine } from '../../mail/mail-line.tsx'
import type { MailLine as Mail } from '../../mail/mail-store.ts'
import { ageInWords, fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { dateIn, dayInWords, momentInWords, plainDateInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { Breadcrumb, Facts, Notice } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { ActButtons, DoneBanner } from './act-views.tsx'
import { fromTo, StatusInWords } from './facts.tsx'
import { askedInWords, detailOf, type Happened, happenedInWords } from './history.ts'
import { NoteForm } from './note-views.tsx'

interface AppointmentPageProps {
  base: string
  timezone: string
  appointment: ShownAppointment
  /** Newest first. */
  history: Happened[]
  mails: Mail[]
  now: number
  /** The name of who looks. */
  me: string
  done?: string
  note: string
  problems: Problems
}

export function AppointmentPage(props: AppointmentPageProps) {
  const { base, timezone, appointment, note, problems } = props
  const date = dateIn(appointment.startAt, timezone)
  return (
    <>
      <Breadcrumb href={`${base}/diary/${date}`}>{dayInWords(appointment.startAt, timezone)}</Breadcrumb>
      <DoneBanner {...props} />
      <Heading {...props} />
      <div class="split">
        <section class="panel" aria-labelledby="appointment-title">
          <h2 id="appointment-title">Appointment</h2>
          {appointment.outsideRules && (
            <Notice tone="warning">
              <p>
                <strong>Booked outside the rules.</strong> {apart(appointment.practitionerName)}’s hours, absences or
                the clinic’s closed days would not allow this time.
              </p>
            </Notice>
          )}
          <AppointmentFacts {...props} />
          <ActButtons {...props} />
        </section>
        <section class="panel" aria-labelledby="notes-title">
          <h2 id="notes-title">Notes</h2>
          {appointment.patientNote && (
            <>
              <h3>From the patient</h3>
              <p class="lines">{appointment.patientNote}</p>
              <h3>From staff</h3>
            </>
          )}
          <NoteForm base={base} appointment={appointment} value={note} problem={problems.note} />
        </section>
        <Mailed {...props} />
        <History {...props} />
      </div>
    </>
  )
}

function Heading({ base, timezone, appointment, now }: AppointmentPageProps) {
  const { patientId, dateOfBirth } = appointment
  const phones = [appointment.mobile, appointment.phone].filter(Boolean)
  return (
    <div class="patient-heading">
      <h1>
        <span class="hidden">Appointment of </span>
        {fullName(appointment)}
      </h1>
      <ul class="meta">
        <li>
          {dateOfBirth
            ? `Born ${plainDateInWords(dateOfBirth)}, ${ageInWords(dateOfBirth, dateIn(now, timezone))}`
            : 'Date of birth not provided'}
        </li>
        {phones.map((phone) => (
          <li>
            <PhoneLink phone={phone} />
          </li>
        ))}
        {phones.length === 0 && <li>No phone number</li>}
        <li>{appointment.email ?? 'No email address'}</li>
        <li>
          <a href={`${base}/patients/${patientId}`}>Open the record</a>
        </li>
      </ul>
    </div>
  )
}

function AppointmentFacts({ timezone, appointment, history }: AppointmentPageProps) {
  const cancelled = history.find(({ act }) => act === 'appointment-cancelled')
  const asked = appointment.status === 'cancelled' && cancelled ? askedInWords(detailOf(cancelled).asked) : ''
  const { startAt, practitionerName, typeName, price, status } = appointment
  return (
    <>
      <p class="when">
        <strong>{fromTo(appointment, timezone)}</strong>
        <br />
        {dayInWords(startAt, timezone)}
      </p>
      <Facts
        facts={[
          { term: 'Status', value: <StatusInWords of={appointment} timezone={timezone} asked={asked} /> },
          { term: 'With', value: practitionerName },
          { term: 'Type', value: price ? `${typeName}, ${price}` : typeName },
          ...(status === 'booked' ? [] : [{ term: 'Booked', value: bookedInWords(appointment, timezone) }]),
        ]}
      />
    </>
  )
}

const bookedInWords = ({ bookedAt, bookedByName }: ShownAppointment, timezone: string): string =>
  `by ${bookedByName ?? 'the patient, online'}, ${momentInWords(bookedAt, timezone)}`

function Mailed({ mails, now, timezone, appointment }: AppointmentPageProps) {
  return (
    <section class="panel" aria-labelledby="mailed-title">
      <h2 id="mailed-title">What was mailed</h2>
      {mails.length === 0 ? (
        <p class="empty">
          {appointment.email
            ? 'Nothing was mailed about this appointment.'
            : 'Nothing: the record has no email address.'}
        </p>
      ) : (
        <ul class="timeline">
          {mails.map((mail) => (
            <MailLine mail={mail} now={now} timezone={timezone} />
          ))}
        </ul>
      )}
    </section>
  )
}

function History({ history, timezone, appointment }: AppointmentPageProps) {
  return (
    <section class="panel" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {history.length === 0 ? (
        <p class="empty">Nothing has been written down about this appointment.</p>
      ) : (
        <ol class="timeline">
          {history.map((row) => (
            <li>
              <strong>{happenedInWords(row, timezone)}</strong>
              <p class="meta">
                {(row.byStaff && apart(row.byStaff)) ??
                  (row.byPatient ? onlineBy(fullName(appointment), row.holder) : 'The diary')}
                , {momentInWords(row.at, timezone)}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
