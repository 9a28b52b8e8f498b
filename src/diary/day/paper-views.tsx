/** The day on paper: A4, each practitioner on a page of their own. */
import { html } from 'hono/html'
import { fullName } from '../../patients/patient.ts'
import { dayInWords, plainDateInWords, timeInWords } from '../../web/dates.ts'
import { Breadcrumb } from '../../web/parts.tsx'
import { statusLabels } from '../appointment.ts'
import type { DayAppointment } from '../appointments-store.ts'
import type { PractitionerTime } from '../time/clinic-time.ts'
import type { Reading } from './reading.ts'
import { addressOf } from './shown.ts'

interface PaperProps {
  base: string
  reading: Reading
  /** Paper lies about: nothing on it that says who it is. */
  initials: boolean
}

export function PaperPage({ base, reading, initials }: PaperProps) {
  const { shown, days, people, time } = reading
  const day = dayInWords(days[0]!.from, time.zone)
  const here = addressOf(base, shown, 'print')
  return (
    <div class="paper">
      <Breadcrumb href={addressOf(base, shown)}>{day}</Breadcrumb>
      <h1>On paper: {day}</h1>
      <div class="actions">
        <button type="button" class="button" data-print hidden>
          Print
        </button>
        <a href={initials ? here : `${here}${here.includes('?') ? '&' : '?'}initials=yes`}>
          {initials ? 'With names' : 'Initials only'}
        </a>
      </div>
      {people.map((person) => (
        <Sheet person={person} day={day} reading={reading} initials={initials} />
      ))}
    </div>
  )
}

function Sheet({
  person,
  day,
  reading,
  initials,
}: Omit<PaperProps, 'base'> & { person: PractitionerTime; day: string }) {
  const own = reading.appointments.filter(({ practitionerId }) => practitionerId === person.id)
  if (own.length === 0)
    return (
      <section class="sheet">
        <h2>{person.name}</h2>
        <p>No appointments on {day}.</p>
      </section>
    )
  return (
    <section class="sheet">
      <table class="stack">
        <caption>
          <strong>{person.name}</strong>, {day}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            {!initials && <th scope="col">Date of birth</th>}
            {!initials && <th scope="col">Phone</th>}
            <th scope="col">Type</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>{own.map((each) => rowHtml(each, reading, initials))}</tbody>
      </table>
    </section>
  )
}

function rowHtml(of: DayAppointment, { time: { zone }, days }: Reading, initials: boolean) {
  const since = of.startAt < days[0]!.from ? ' the day before' : ''
  const born = of.dateOfBirth ? plainDateInWords(of.dateOfBirth) : ''
  const status = of.status === 'booked' ? '' : ` (${statusLabels[of.status]})`
  return html`<tr><td>${timeInWords(of.startAt, zone)}${since} to ${timeInWords(of.endAt, zone)}</td><th scope="row">${
    initials ? initialsOf(of) : fullName(of)
  }${status}</th>${initials ? '' : html`<td data-label="Date of birth">${born}</td><td data-label="Phone">${of.mobile || of.phone}</td>`}<td data-label="Type">${of.typeName}</td>${noteHtml(initials ? '' : of.note)}</tr>`
}

/** Empty, it is room to write in: on a phone nobody does. */
const noteHtml = (note: string) => (note ? html`<td data-label="Note">${note}</td>` : html`<td></td>`)

/** "J H" */
const initialsOf = ({ firstName, lastName }: DayAppointment): string =>
  [firstName, lastName === '-' ? '' : lastName]
    .map((name) => [...name][0] ?? '')
    .join(' ')
    .trim()
