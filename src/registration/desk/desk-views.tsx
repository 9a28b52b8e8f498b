/** The registration desk: each entry with what was asked, the true reason, the records beside it, and the ways on. */
import type { MailLine } from '../../mail/mail-store.ts'
import { AccessMark } from '../../patients/access-mark.tsx'
import { fullName } from '../../patients/patient.ts'
import { dateIn, distanceInWords, momentInWords } from '../../web/dates.ts'
import { TextField } from '../../web/fields.tsx'
import type { Problems } from '../../web/form.ts'
import { Done } from '../../web/parts.tsx'
import { isUnderAge } from '../registration.ts'
import { CompareTable, type Told } from './compare-view.tsx'
import { reasonOf } from './desk.ts'
import { Abandoned, Settled } from './desk-history-views.tsx'
import type { Candidate, DeskRow } from './desk-store.ts'

interface DeskProps {
  base: string
  now: number
  timezone: string
  search: string
  waiting: { row: DeskRow; told: Told; candidates: Candidate[] }[]
  /** How many wait, shown or not. */
  total: number
  settled: DeskRow[]
  abandoned: MailLine[]
  done?: string
  /** A dismissal without a reason: whose, and what is wrong. */
  wrong?: { id: string; problems: Problems }
}

const doneWords: Record<string, string> = {
  dismissed: 'Dismissed. It stays in the list below for 30 days.',
  already: 'Somebody has settled this entry already. Nothing was changed.',
}

export function DeskPage(props: DeskProps) {
  const { search, waiting, total, done = '', base } = props
  return (
    <>
      <Done words={doneWords} done={done} />
      <h1>Registration desk</h1>
      <p class="lead">Registrations that the diary could not do by itself. The people were asked to call you.</p>
      <search>
        <form method="get" class="list-search">
          <TextField
            name="q"
            label="Reference or email address"
            hint="The reference that the caller reads out, like R7K2"
            value={search}
            type="search"
            autocomplete="off"
            width="medium"
          />
          <button class="button secondary">Search</button>
          {search && <a href={`${base}/registrations`}>Show all</a>}
        </form>
      </search>
      {waiting.length === 0 && <p class="empty">{emptyWords(props)}</p>}
      {waiting.map((entry) => (
        <Entry {...props} entry={entry} />
      ))}
      {total > waiting.length && (
        <p class="muted">
          The newest {waiting.length} of {total} are shown. An older one is found by its reference or its email address.
        </p>
      )}
      <Abandoned {...props} />
      <Settled {...props} />
    </>
  )
}

function emptyWords({ search, settled }: DeskProps): string {
  if (search === '') return 'Nothing is waiting. New entries appear here and in the navigation.'
  return settled.length > 0 ? 'Nothing that waits has it. It was found below.' : `Nothing was found for “${search}”.`
}

function Entry(props: DeskProps & { entry: DeskProps['waiting'][number] }) {
  const { now, timezone, entry } = props
  const { asked } = entry.row
  const { title, advice } = reasonOf(asked.because)
  return (
    <article class="panel entry" id={asked.id} aria-labelledby={`title-${asked.id}`}>
      <h2 id={`title-${asked.id}`}>{title}</h2>
      <p class="meta">
        Reference <strong class="reference">{asked.reference}</strong> · asked as{' '}
        {asked.link === 'new' ? 'a new patient' : 'an existing patient'} with <strong>{asked.email}</strong> ·{' '}
        {momentInWords(asked.askedAt, timezone)} ({distanceInWords(asked.askedAt, now)})
      </p>
      <p>{advice}</p>
      <CompareTable reference={asked.reference} told={entry.told} candidates={entry.candidates} />
      <WaysOn {...props} />
    </article>
  )
}

function WaysOn({ base, entry, wrong, search, now, timezone }: DeskProps & { entry: DeskProps['waiting'][number] }) {
  const { row, candidates } = entry
  const { id } = row.asked
  const problems = wrong?.id === id ? wrong.problems : {}
  const found = search === '' ? '' : `?q=${encodeURIComponent(search)}` // a dismissal without a reason shows what was found
  const isShared = (of: Candidate) =>
    candidates.some((other) => other.id !== of.id && other.emailCanonical === of.emailCanonical)
  return (
    <div class="ways">
      <MergeWays base={base} entry={entry} />
      {candidates.length === 0 && (
        <p class="way">
          <a class="button secondary" href={`${base}/patients`}>
            Find the patient
          </a>{' '}
          <a class="button secondary" href={`${base}/patients/new`}>
            Add a patient
          </a>
        </p>
      )}
      {candidates.map((candidate) => (
        <CandidateWays
          base={base}
          candidate={candidate}
          registrationId={id}
          isShared={isShared(candidate)}
          isYoung={isUnderAge(candidate.dateOfBirth, dateIn(now, timezone))}
        />
      ))}
      <form method="post" action={`${base}/registrations/${id}/dismissal${found}`} class="way dismissal" novalidate>
        <TextField
          name="reason"
          id={`reason-${id}`}
          label="Reason for dismissing"
          hiddenLabel={row.asked.reference}
          width="medium"
          problem={problems[`reason-${id}`]}
        />
        <button class="button secondary">
          Dismiss<span class="hidden"> {row.asked.reference}</span>
        </button>
      </form>
    </div>
  )
}

/** Whoever registered may be here twice: the new record beside each that is called the same. */
function MergeWays({ base, entry: { row, candidates } }: { base: string; entry: DeskProps['waiting'][number] }) {
  const registered =
    row.asked.because === 'possible-duplicate' && candidates.find(({ id }) => id === row.asked.patientId)
  if (!registered) return null
  const twins = candidates.filter(
    ({ id, sortName, dateOfBirth }) =>
      id !== registered.id && sortName === registered.sortName && dateOfBirth === registered.dateOfBirth,
  )
  return (
    <>
      {twins.map(({ id, email }) => (
        <p class="way">
          <a class="button" href={`${base}/patients/${registered.id}/merging/${id}`}>
            Merge these records<span class="hidden"> of {fullName(registered)}</span>
          </a>
          {twins.length > 1 && ` with ${email || 'the one without an email address'}`}
        </p>
      ))}
    </>
  )
}

interface CandidateWaysProps {
  base: string
  candidate: Candidate
  registrationId: string
  /** Another record has the address too: online access would be refused. */
  isShared: boolean
  /** Too young to register: that is asked on the record, with what it means. */
  isYoung: boolean
}

function CandidateWays({ base, candidate, registrationId, isShared, isYoung }: CandidateWaysProps) {
  const record = `${base}/patients/${candidate.id}`
  const name = fullName(candidate)
  const { archivedAt, access, email } = candidate
  const mayBeActivated = archivedAt === null && access !== 'active' && email !== '' && !isShared
  return (
    <div class="way">
      <strong>{name}</strong> <AccessMark state={candidate.access ?? 'none'} />
      <div class="actions">
        <a class="button secondary" href={record}>
          Open the record<span class="hidden"> of {name}</span>
        </a>
        <a class="button secondary" href={`${record}/edit?registration=${registrationId}#email`}>
          Correct the email<span class="hidden"> of {name}</span>
        </a>
        {isShared && archivedAt === null && (
          <a class="button secondary" href={`${record}/acting-for`}>
            Let somebody act<span class="hidden"> for {name}</span>
          </a>
        )}
        {mayBeActivated && !isYoung && (
          <form method="post" action={`${record}/online-access/activation`}>
            <button class="button secondary">
              Activate<span class="hidden"> online access of {name}</span>
            </button>
          </form>
        )}
        {(access === 'active' || (mayBeActivated && isYoung)) && (
          <a class="button secondary" href={`${record}/online-access`}>
            Online access<span class="hidden"> of {name}</span>
          </a>
        )}
      </div>
    </div>
  )
}
