import { momentInWords } from '../web/dates.ts'
import { TextField } from '../web/fields.tsx'
import type { Problems } from '../web/form.ts'
import { hasProblems } from '../web/page.tsx'
import { StateMark } from '../web/parts.tsx'
import { type Asked, dateOf } from './audit-filter.ts'
import type { AuditLine } from './audit-reading-store.ts'
import { actInWords, actLabels, detailInWords, outcomeInWords } from './audit-words.ts'
import { whoIn } from './who.ts'

interface AuditPageProps {
  base: string
  timezone: string
  asked: Asked
  people: { id: string; name: string }[]
  rows: AuditLine[]
  isFirst: boolean
  hasMore: boolean
  /** What is wrong with the dates: nothing is shown until it is mended. */
  problems: Problems
  /** Several people, or nobody, with the name that was typed. */
  meant: Meant | null
}

/** Whose rows somebody may want to see. */
export interface Meant {
  /** `what` tells namesakes apart. */
  people: { of: string; name: string; what: string }[]
  isMore: boolean
}

export function AuditPage(props: AuditPageProps) {
  const { base, asked, rows, isFirst, hasMore, problems } = props
  return (
    <>
      <h1>Audit</h1>
      <p class="lead">Who did what, and when. Nothing here can be changed or taken away.</p>
      <Filters {...props} />
      {!hasProblems(problems) && <Found {...props} />}
      <nav class="pages" aria-label="Pages">
        {!isFirst && <a href={`${base}/audit${queryOf({ ...asked, before: '' })}`}>Newest</a>}
        {hasMore && <a href={`${base}/audit${queryOf({ ...asked, before: String(rows.at(-1)!.id) })}`}>Older</a>}
      </nav>
      <p class="muted">
        <a href={`${base}/audit/csv${queryOf({ ...asked, before: '' })}`}>Download as a CSV file</a> ·{' '}
        <a href={`${base}/audit/check`}>Check that nothing was changed</a>
      </p>
    </>
  )
}

function Found(props: AuditPageProps) {
  const { rows, meant } = props
  if (meant && (meant.people.length > 0 || meant.isMore)) return <Choices {...props} {...meant} />
  if (rows.length > 0) return <Rows {...props} />
  return <p class="empty">Nothing matches. Take a filter away, or choose other days.</p>
}

function Choices({ base, asked, people, isMore }: Pick<AuditPageProps, 'base' | 'asked'> & Meant) {
  return (
    <>
      <h2>Who is meant?</h2>
      <ul class="timeline">
        {people.map(({ of, name, what }) => (
          <li>
            <a href={`${base}/audit${queryOf({ ...asked, of, before: '' })}`}>{name}</a>
            <p class="meta">{what}</p>
          </li>
        ))}
      </ul>
      {isMore && <p class="muted">There are more. Type more of the name.</p>}
    </>
  )
}

function queryOf(asked: Asked): string {
  const set = Object.entries(asked).filter(([, value]) => value !== '')
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
}

function Filters({ base, asked, people, problems }: AuditPageProps) {
  return (
    <form method="get" action={`${base}/audit`} class="panel audit-filters">
      <Choice name="who" label="Who" value={asked.who}>
        {[['', 'Everybody'], ['patients', 'Patients'], ...people.map(({ id, name }) => [id, name])]}
      </Choice>
      <Choice name="what" label="What" value={asked.what}>
        {[['', 'Everything'], ...Object.entries(actLabels)]}
      </Choice>
      <TextField name="whose" label="Whose" hint="Name of a patient or of staff" value={asked.whose} width="medium" />
      <Day name="from" label="From" value={asked.from} problem={problems.from} />
      <Day name="to" label="To" value={asked.to} problem={problems.to} />
      <div class="actions">
        <button class="button secondary">Filter</button>
        <a href={`${base}/audit`}>Show all</a>
      </div>
    </form>
  )
}

function Choice(props: { name: string; label: string; value: string; children: (string | undefined)[][] }) {
  const { name, label, value, children } = props
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {children.map(([code, words]) => (
          <option value={code} selected={code === value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A date field of a browser shows dates only: what is none is kept in a field of text, to be mended. */
const Day = (props: { name: string; label: string; value: string; problem?: string }) => (
  <TextField
    {...props}
    type={props.problem ? 'text' : 'date'}
    value={props.problem ? props.value : (dateOf(props.value) ?? '')}
    width="medium"
  />
)

function Rows({ base, timezone, rows }: AuditPageProps) {
  return (
    <table class="stack audit-rows">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Whose</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{momentInWords(row.at, timezone)}</th>
            <td data-label="Who">{whoIn(row)}</td>
            <td data-label="What">
              {actInWords(row.act)}
              {outcomeInWords(row.act) !== 'Done' && <StateMark shape="cross">{outcomeInWords(row.act)}</StateMark>}
            </td>
            <td data-label="Whose">
              {row.ofPatientId ? (
                <a href={`${base}/patients/${row.ofPatientId}`}>{row.ofPatient}</a>
              ) : (
                (row.ofStaff ?? '')
              )}
            </td>
            <td data-label="Detail">{detailInWords(row.detail)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
