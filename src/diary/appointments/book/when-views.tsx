import { ArchivedBanner } from '../../../patients/archived-banner.tsx'
import { fullName } from '../../../patients/patient.ts'
import type { AppointmentType, Patient } from '../../../schema.ts'
import { dayInWords, timeInWords } from '../../../web/dates.ts'
import { SelectField } from '../../../web/large-fields.tsx'
import { Breadcrumb } from '../../../web/parts.tsx'
import type { FreeDay } from '../../availability.ts'
import { NothingToBook } from '../../nobody-views.tsx'
import type { PractitionerTime } from '../../time/clinic-time.ts'
import { addDays } from '../../time/wall-clock.ts'
import { type Asked, addressOf } from './asked.ts'
import { daysShown } from './reading.ts'

interface WhenProps {
  base: string
  timezone: string
  asked: Asked
  /** Whom it is for, when that is known. */
  patient?: Patient
  mayRestore: boolean
  /** Whoever looks may say who sees patients. */
  maySay: boolean
  types: AppointmentType[]
  type?: AppointmentType
  practitioners: PractitionerTime[]
  /** 'YYYY-MM-DD': the first of the days that are shown. */
  date: string
  days: FreeDay[]
  /** Whoever was asked for has left. */
  problem?: string
}

export function WhenPage(props: WhenProps) {
  const { base, timezone, asked, patient, types, type, practitioners, date, maySay, problem } = props
  const title = (
    <>
      {patient ? (
        <Breadcrumb href={`${base}/patients/${patient.id}/appointments`}>{fullName(patient)}</Breadcrumb>
      ) : (
        <Breadcrumb href={`${base}/diary/${date}`}>Diary</Breadcrumb>
      )}
      <h1>{patient ? `Book an appointment for ${fullName(patient)}` : 'Book an appointment'}</h1>
    </>
  )
  if (patient && patient.archivedAt !== null) {
    return (
      <>
        {title}
        <ArchivedBanner {...props} patient={patient} next={addressOf(base, asked, timezone)} />
      </>
    )
  }
  return (
    <>
      {title}
      {types.length === 0 || practitioners.length === 0 ? (
        <NothingToBook base={base} maySay={maySay} />
      ) : (
        <form method="get" action={`${base}/diary/book`} class="panel when-form">
          {asked.patientId && <input type="hidden" name="patient" value={asked.patientId} />}
          {asked.isNew && <input type="hidden" name="new" value="yes" />}
          <SelectField
            name="type"
            label="Appointment type"
            value={type?.id ?? ''}
            groups={[
              {
                label: 'Types',
                choices: types.map(({ id, name, minutes }) => ({ value: id, label: `${name}, ${minutes} minutes` })),
              },
            ]}
          />
          <SelectField
            name="practitioner"
            label="With"
            value={asked.practitionerId ?? ''}
            problem={problem}
            groups={[
              {
                label: 'Practitioners',
                choices: [
                  { value: '', label: 'Whoever is free first' },
                  ...practitioners.map(({ id, name }) => ({ value: id, label: name })),
                ],
              },
            ]}
          />
          <div class="field">
            <label for="date">From</label>
            <input id="date" name="date" type="date" value={date} class="medium" />
          </div>
          <div class="actions">
            <button class="button">Show free times</button>
          </div>
        </form>
      )}
      {type && <FreeTimes {...props} type={type} />}
    </>
  )
}

const mostShown = 24 // times of a day

function FreeTimes({ base, timezone, asked, type, practitioners, date, days }: WhenProps & { type: AppointmentType }) {
  const withTimes = days.filter(({ times }) => times.length > 0)
  const on = (startAt: number, practitionerId: string) =>
    addressOf(base, { ...asked, typeId: type.id, startAt, practitionerId }, timezone)
  const nameOf = (id: string) => practitioners.find((each) => each.id === id)?.name ?? ''
  return (
    <>
      {withTimes.length === 0 && (
        <p class="empty">
          No free time for {type.name} in these {daysShown} days.
        </p>
      )}
      {withTimes.map(({ day, times }) => (
        <section aria-labelledby={`day-${day.date}`}>
          <h2 id={`day-${day.date}`}>{dayInWords(day.from, timezone)}</h2>
          <div class="times">
            {times.slice(0, mostShown).map(({ startAt, practitionerIds }) => (
              <a href={on(startAt, practitionerIds[0]!)}>
                {timeInWords(startAt, timezone)}
                {!asked.practitionerId && <span class="meta">{nameOf(practitionerIds[0]!)}</span>}
              </a>
            ))}
          </div>
          {times.length > mostShown && (
            <p>
              <a href={`${base}/diary/${day.date}`}>See the whole day in the diary</a>
            </p>
          )}
        </section>
      ))}
      <div class="pages">
        <a href={addressOf(base, { ...asked, typeId: type.id, date: addDays(date, daysShown) }, timezone)}>
          The next {daysShown} days
        </a>
      </div>
    </>
  )
}
