import type { ShownAppointment } from '../../diary/appointments-store.ts'
import type { Patient } from '../../schema.ts'
import { dateInWords, momentInWords, plainDateInWords } from '../../web/dates.ts'
import { TickBox } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { Breadcrumb, Notice } from '../../web/parts.tsx'
import { mayBeTheSame } from '../edit/alike.ts'
import { ageInWords, fullName } from '../patient.ts'
import { PatientHeading } from '../patient-heading.tsx'
import { PatientSearch } from '../search/search-form.tsx'
import { type AccessAfter, type Choice, isUnproven, markOf, type Pair } from './merge.ts'
import { SideBySide } from './side-by-side.tsx'
import { WhatHappens } from './what-happens.tsx'

type Listed = Pick<Patient, 'id' | 'firstName' | 'lastName' | 'dateOfBirth' | 'email'> & { archivedAt?: number | null }

interface ChooseProps {
  base: string
  /** 'YYYY-MM-DD' */
  today: string
  patient: Patient
  /** Called the same, or born on the same day. */
  alike: Listed[]
  /** As typed. */
  q: string
  found: Listed[]
}

/** With which record? Those that may be of the same person are there already. */
export function ChoosePage({ base, today, patient, alike, q, found }: ChooseProps) {
  const here = `${base}/patients/${patient.id}/merging`
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="details" />
      <h2>Merge with another record</h2>
      <p>If the same person has two records, they can become one. First you see both beside each other.</p>
      {q === '' && alike.length > 0 && (
        <section aria-labelledby="alike-title">
          <h3 id="alike-title">With the same name or date of birth</h3>
          <Records here={here} records={alike} today={today} />
        </section>
      )}
      {q === '' && alike.length === 0 && <p class="empty">No other record has the same name or date of birth.</p>}
      <section aria-labelledby="search-title">
        <h3 id="search-title">Another record</h3>
        <PatientSearch base={base} q={q} choosing={{ action: here, results: here, kept: {}, isSecond: true }} />
      </section>
      {q !== '' && found.length > 0 && <Records here={here} records={found} today={today} />}
      {q !== '' && found.length === 0 && <p class="empty">No other patient matches “{q}”.</p>}
      <p>
        <a href={`${base}/patients/${patient.id}`}>Back to the record</a>
      </p>
    </>
  )
}

const Records = ({ here, records, today }: { here: string; records: Listed[]; today: string }) => (
  <ul class="choices">
    {records.map((record) => (
      <li>
        <a href={`${here}/${record.id}`}>{fullName(record)}</a>
        <p>
          {record.dateOfBirth
            ? `Born ${plainDateInWords(record.dateOfBirth)}, ${ageInWords(record.dateOfBirth, today)}`
            : 'Date of birth not provided'}
          {record.email && ` · ${record.email}`}
          {record.archivedAt && ' · archived'}
        </p>
      </li>
    ))}
  </ul>
)

interface MergeProps {
  base: string
  today: string
  timezone: string
  pair: Pair
  /** The address of this page. */
  here: string
  choice: Choice
  /** Of both, put together. */
  notes: string
  hanging: { appointments: number; grants: number }
  accesses: AccessAfter[]
  /** Upcoming appointments of the two at the same moment. */
  sameTime: [ShownAppointment, ShownAppointment][]
  problems: Problems
  /** One of the two was changed while the page was open. */
  isChanged: boolean
}

export function MergePage(props: MergeProps) {
  const { base, pair, problems, isChanged } = props
  const { patient } = pair.stays
  return (
    <>
      <Breadcrumb href={`${base}/patients/${patient.id}`}>{fullName(patient)}</Breadcrumb>
      <h1>Merge two records of {fullName(patient)}</h1>
      {isChanged && (
        <Notice tone="warning">
          <strong>Somebody changed one of these records while you had this page open.</strong> Nothing was merged. Look
          at them again as they are now.
        </Notice>
      )}
      <WhichStays {...props} />
      <form method="post" action={props.here} novalidate>
        <input type="hidden" name="stays" value={patient.id} />
        <input type="hidden" name="mark" value={markOf(pair)} />
        <section class="panel" aria-labelledby="fields-title">
          <h2 id="fields-title">What is kept</h2>
          <p>Where the two differ, choose what is right. Notes are put together.</p>
          <SideBySide {...props} />
        </section>
        <section class="panel" aria-labelledby="happens-title">
          <h2 id="happens-title">What will happen</h2>
          <WhatHappens {...props} />
          <AtTheSameTime {...props} />
          <TickBox name="sure" problem={problems.sure}>
            Both records are of the same person, and I know that this cannot be undone
          </TickBox>
          <div class="actions">
            <button class="button warning">Merge records</button>
            <a href={`${base}/patients/${patient.id}`}>Leave them as they are</a>
          </div>
        </section>
      </form>
    </>
  )
}

/** The other way round is another page: what will happen is another thing then. */
function WhichStays({ pair, here, problems, timezone }: MergeProps) {
  const { stays, goes } = pair
  const problem = problems['stays-title']
  const isOlder = stays.patient.createdAt <= goes.patient.createdAt
  const isArchived = stays.patient.archivedAt !== null
  return (
    <section class="panel" aria-labelledby="stays-title">
      <h2 id="stays-title">Which record stays</h2>
      {problem && <p class="problem">{problem}</p>}
      <p>
        The {isOlder ? 'older' : 'newer'} one stays{isArchived && ', which is archived'}: {fullName(stays.patient)},
        added on {dateInWords(stays.patient.createdAt, timezone)}.{' '}
        <a href={`${here}?stays=${goes.patient.id}`}>Let the {isOlder ? 'newer' : 'older'} one stay instead</a>
      </p>
      {!mayBeTheSame(stays.patient, goes.patient) && (
        <Notice tone="warning">
          <strong>The two were born on different days.</strong> Check first that they are the same person.
        </Notice>
      )}
      {isUnproven(pair) && (
        <Notice tone="warning">
          <strong>Whoever logs on afterwards registered online by themselves.</strong> Others may know a name and a date
          of birth. Make sure that it is the same person, at the desk or on a phone number that you had before: they
          will see all appointments of both records.
        </Notice>
      )}
    </section>
  )
}

function AtTheSameTime({ sameTime, timezone }: MergeProps) {
  if (sameTime.length === 0) return null
  return (
    <Notice tone="warning">
      <p>
        <strong>Two upcoming appointments at the same time:</strong>
      </p>
      <ul>
        {sameTime.map(([one, other]) => (
          <li>
            {momentInWords(one.startAt, timezone)}, {one.typeName} with {one.practitionerName}; and{' '}
            {momentInWords(other.startAt, timezone)}, {other.typeName} with {other.practitionerName}
          </li>
        ))}
      </ul>
      <p>They can be merged all the same. Cancel or move one of them afterwards.</p>
    </Notice>
  )
}
