import { ArchivedBanner } from '../../../patients/archived-banner.tsx'
import { ageInWords, fullName } from '../../../patients/patient.ts'
import type { Holder } from '../../../patients/patient-store.ts'
import type { AppointmentType, Patient } from '../../../schema.ts'
import { dateIn, dayInWords, plainDateInWords, timeInWords } from '../../../web/dates.ts'
import { describedBy, Problem, TickBox } from '../../../web/fields.tsx'
import type { Problems } from '../../../web/form.ts'
import { LongText } from '../../../web/large-fields.tsx'
import { PhoneLink } from '../../../web/layout.tsx'
import { Facts, Notice } from '../../../web/parts.tsx'
import type { ShownAppointment } from '../../appointments-store.ts'
import type { Reason } from '../../why-not.ts'
import type { FreeWith } from '../left.ts'
import { AnotherTime } from './another-time-views.tsx'
import { type Asked, addressOf } from './asked.ts'
import { NewPatient } from './new-patient-views.tsx'
import { OtherChoice } from './other-choice-views.tsx'
import { TypeChoice } from './type-choice-views.tsx'

interface CheckProps {
  base: string
  timezone: string
  now: number
  asked: Asked & { startAt: number }
  /** None: a new one, whose fields stand on the page. */
  patient?: Patient
  /** Where the diary writes to; null: nowhere. */
  contact: string | null
  mayRestore: boolean
  /** What the patient has booked already. */
  upcoming: ShownAppointment[]
  /** Called like the new one. */
  alike: Holder[]
  practitionerName: string
  /** They have left: when somebody else is free. */
  others?: FreeWith[]
  maySay: boolean
  types: AppointmentType[]
  type?: AppointmentType
  /** Where it may begin, the chosen time among them. */
  starts: number[]
  /** What staff have to tick, or why it cannot be. */
  reason?: Reason
  needsTick: boolean
  /** Why patients are not offered this time. */
  notOffered?: Reason
  typed: Record<string, string>
  problems: Problems
  formId: string
  /** Nothing was sent yet: what is usual is ticked. */
  isFirst: boolean
}

/** Everything on one page, to be looked over before it is booked. */
export function CheckPage(props: CheckProps) {
  const { base, timezone, asked, patient, formId, typed, problems, reason, needsTick, others } = props
  if (patient && patient.archivedAt !== null) return <NotForArchived {...props} patient={patient} />
  return (
    <>
      <h1>Book an appointment</h1>
      {reason && (
        <Notice tone="warning">
          <p>
            <strong>{needsTick ? 'This time is outside the rules.' : 'This time cannot be booked.'}</strong>{' '}
            {reason.words}
          </p>
        </Notice>
      )}
      <form method="post" action={`${base}/diary/book`} novalidate class="panel">
        <input type="hidden" name="form_id" value={formId} />
        <input type="hidden" name="practitioner" value={asked.practitionerId} />
        {patient ? (
          <input type="hidden" name="patient" value={patient.id} />
        ) : (
          <input type="hidden" name="new" value="yes" />
        )}
        <Facts facts={factsOf(props)} />
        {!patient && <NewPatient {...props} />}
        <TypeChoice {...props} />
        {others ? <OtherChoice {...props} others={others} /> : <StartChoice {...props} />}
        <LongText
          name="note"
          label="Note"
          hint="Staff see it, the patient does not"
          value={typed.note}
          problem={problems.note}
          optional
        />
        <TellTick {...props} />
        {needsTick && (
          <TickBox
            name="anyway"
            problem={problems.anyway}
            ticked={typed.anyway === 'on'}
            hint="The appointment is marked, and the audit says who did it"
          >
            Book anyway
          </TickBox>
        )}
        <div class="actions">
          <button class="button">Book appointment</button>
          <a href={`${base}/diary/${dateIn(asked.startAt, timezone)}`}>Back to the diary</a>
        </div>
      </form>
      {!others && <AnotherTime {...props} />}
    </>
  )
}

/** Told before anything is filled in, with the way out of it. */
function NotForArchived(props: CheckProps & { patient: Patient }) {
  const { base, timezone, asked } = props
  return (
    <>
      <h1>Book an appointment</h1>
      <ArchivedBanner {...props} next={addressOf(base, asked, timezone)} />
      <section class="panel">
        <Facts facts={factsOf(props)} />
        <p>
          <a href={`${base}/diary/${dateIn(asked.startAt, timezone)}`}>Back to the diary</a>
        </p>
      </section>
    </>
  )
}

function factsOf({ base, timezone, now, patient, upcoming, practitionerName, others, ...of }: CheckProps) {
  const asked = others ? { ...of.asked, practitionerId: undefined } : of.asked // no link leads to who has left
  const change = (without: Partial<Asked>, what: string) => (
    <a href={addressOf(base, { ...asked, ...without }, timezone)}>
      Change<span class="hidden"> {what}</span>
    </a>
  )
  const who = patient && {
    term: 'Patient',
    value: (
      <span id="patient">
        <strong>{fullName(patient)}</strong>
        {patient.dateOfBirth &&
          `, born ${plainDateInWords(patient.dateOfBirth)}, ${ageInWords(patient.dateOfBirth, dateIn(now, timezone))}`}
        {(patient.mobile || patient.phone) && (
          <>
            , <PhoneLink phone={patient.mobile || patient.phone} />
          </>
        )}{' '}
        {change({ patientId: undefined }, 'the patient')}
      </span>
    ),
  }
  const has = patient &&
    upcoming.length > 0 && {
      term: 'Booked already',
      value: upcoming.map((each) => (
        <>
          {dayInWords(each.startAt, timezone)}, {timeInWords(each.startAt, timezone)}, {each.typeName}
          <br />
        </>
      )),
    }
  const when = [
    { term: 'With', value: practitionerName },
    {
      term: 'Day',
      value: (
        <>
          {dayInWords(asked.startAt, timezone)}{' '}
          {change({ startAt: undefined, date: dateIn(asked.startAt, timezone) }, 'the day')}
        </>
      ),
    },
  ]
  return [...(who ? [who] : []), ...when, ...(has ? [has] : [])]
}

function StartChoice({ asked, starts, timezone, problems }: CheckProps) {
  const problem = problems.start
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for="start">Starts at</label>
      <Problem name="start" problem={problem} />
      <select id="start" name="start" class="short" {...describedBy('start', undefined, problem)}>
        {starts.map((startAt) => (
          <option value={String(startAt)} selected={startAt === asked.startAt}>
            {timeInWords(startAt, timezone)}
          </option>
        ))}
      </select>
    </div>
  )
}

function TellTick({ patient, contact, typed, isFirst }: CheckProps) {
  if (patient && !contact) {
    return <p>The record has no email address: the diary does not tell the patient.</p>
  }
  return (
    <TickBox name="tell" ticked={isFirst || typed.tell === 'on'}>
      Tell the patient by email{patient ? ` (${contact})` : ', where there is an address'}
    </TickBox>
  )
}
