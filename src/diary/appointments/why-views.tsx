import type { AppointmentType } from '../../schema.ts'
import { apart } from '../../web/apart.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { SelectField } from '../../web/large-fields.tsx'
import { Breadcrumb, Notice } from '../../web/parts.tsx'
import { NothingToBook } from '../nobody-views.tsx'
import type { PractitionerTime } from '../time/clinic-time.ts'
import type { Reason } from '../why-not.ts'
import type { Asked } from './book/asked.ts'
import type { StaffVerdict } from './staff-verdict.ts'

interface AskWhyProps {
  base: string
  asked: Asked
  types: AppointmentType[]
  practitioners: PractitionerTime[]
  /** 'YYYY-MM-DD' */
  date: string
  typed?: string
  problems: Problems
  maySay: boolean
}

/** What somebody on the phone misses. The answer is a page of its own. */
export function AskWhyPage({ base, asked, types, practitioners, date, typed, problems, maySay }: AskWhyProps) {
  const named = <T extends { id: string; name: string }>(all: T[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <Breadcrumb href={`${base}/diary/${date}`}>Diary</Breadcrumb>
      <h1>Why is a time not offered?</h1>
      <p class="lead">A patient misses a time when booking online? Here you see what stands in its way.</p>
      {types.length === 0 || practitioners.length === 0 ? (
        <NothingToBook base={base} maySay={maySay} />
      ) : (
        <form method="get" action={`${base}/diary/why`} class="panel" novalidate>
          <SelectField
            name="type"
            label="Appointment type"
            value={asked.typeId}
            groups={[{ label: 'Types', choices: named(types) }]}
          />
          <SelectField
            name="practitioner"
            label="With"
            value={asked.practitionerId}
            problem={problems.practitioner}
            groups={[{ label: 'Practitioners', choices: named(practitioners) }]}
          />
          <TextField name="date" label="Day" type="date" width="medium" value={date} problem={problems.date} />
          <TextField
            name="time"
            label="Time"
            hint="For example, 11am"
            width="short"
            value={typed}
            problem={problems.time}
          />
          <div class="actions">
            <button class="button">See why</button>
          </div>
        </form>
      )}
    </>
  )
}

interface WhyProps {
  clock: string
  day: string
  practitionerName: string
  typeName: string
  /** Undefined: patients are offered it. */
  reason?: Reason
  verdict: StaffVerdict
  dayHref: string
  bookHref: string
  againHref: string
  /** The same time once more, on the day the clocks go back. */
  twin?: { clock: string; href: string }
}

export function WhyPage(props: WhyProps) {
  const { clock, day, practitionerName, typeName, reason, verdict, dayHref, bookHref, againHref, twin } = props
  return (
    <>
      <Breadcrumb href={dayHref}>Diary</Breadcrumb>
      <h1>Why is {clock} not offered?</h1>
      <p class="lead">
        {typeName} with {apart(practitionerName)}, {day}
      </p>
      <Notice tone={reason ? 'warning' : 'done'}>
        <p>{reason ? reason.words : `${clock} is free, and patients are offered it.`}</p>
      </Notice>
      <p>{forStaff(verdict)}</p>
      <div class="actions">
        <a class="button" href={bookHref}>
          {verdict.ok || verdict.because === 'tick' ? 'Book this time' : 'Choose another time'}
        </a>
        {twin && <a href={twin.href}>Ask about {twin.clock}</a>}
        <a href={againHref}>Ask about another time</a>
      </div>
    </>
  )
}

function forStaff(verdict: StaffVerdict): string {
  if (verdict.ok) return 'Staff can book it as it is.'
  return verdict.because === 'tick'
    ? 'Staff can book it with the tick “Book anyway”. The appointment is marked then.'
    : 'Nobody can book it.'
}
