/** The list of patients and its search. */
import { html } from 'hono/html'
import { plainDateInWords } from '../web/dates.ts'
import { inDigits } from '../web/numbers.ts'
import { StatusLine } from '../web/parts.tsx'
import { accessLabels, accessMarkHtml } from './access-mark.tsx'
import { fullName } from './patient.ts'
import {
  type ListedPatient,
  type ListFilter,
  listAddress,
  listFilters,
  pageLength,
  type Total,
} from './search/patient-list.ts'
import type { Search } from './search/patient-search.ts'
import { PatientSearch } from './search/search-form.tsx'

export interface ResultsProps {
  base: string
  /** As typed. */
  q: string
  search: Search['kind']
  filter?: ListFilter
  /** One more than a page when there is a next page. */
  found: ListedPatient[]
  total: Total
  isFirstPage: boolean
  mayAdd: boolean
}

export function PatientsPage(props: ResultsProps) {
  const { base, q, filter, mayAdd } = props
  return (
    <>
      <div class="title-row">
        <h1>Patients</h1>
        {mayAdd && (
          <a class="button" href={`${base}/patients/new`}>
            Add a patient
          </a>
        )}
      </div>
      {mayAdd && (
        <p>
          <a href={`${base}/invitations/never`}>Who was invited and never logged on</a>
        </p>
      )}
      <PatientSearch base={base} q={q} filter={filter} isIsland />
      <StatusLine />
      <div id="results">
        <PatientResults {...props} />
      </div>
    </>
  )
}

/** Also the fragment of the live search. What its status says is read out by the page's script. */
export function PatientResults(props: ResultsProps) {
  const { base, q, filter, found, isFirstPage } = props
  const rows = found.slice(0, pageLength)
  return (
    <div data-status={countInWords(props)}>
      <ListFilters base={base} q={q} filter={filter} />
      {rows.length === 0 ? (
        <p class="empty">{nothingInWords(props)}</p>
      ) : (
        <>
          <p class="muted">{countInWords(props)}</p>
          <PatientTable base={base} rows={rows} />
        </>
      )}
      <div class="pages">
        {!isFirstPage && <a href={listAddress(base, { q, access: filter })}>First page</a>}
        {found.length > pageLength && (
          <a href={listAddress(base, { q, access: filter, after: rows.at(-1)!.id })}>Next page</a>
        )}
      </div>
    </div>
  )
}

const filterLabels: Record<ListFilter, string> = { ...accessLabels, archived: 'Archived' }

function ListFilters({ base, q, filter }: { base: string; q: string; filter?: ListFilter }) {
  const choices = [undefined, ...listFilters]
  return (
    <nav class="filters" aria-label="Online access">
      <ul>
        {choices.map((choice) => (
          <li>
            <a href={listAddress(base, { q, access: choice })} aria-current={choice === filter ? 'true' : undefined}>
              {choice ? filterLabels[choice] : 'Everybody'}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PatientTable({ base, rows }: { base: string; rows: ListedPatient[] }) {
  return (
    <table class="list patients">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Date of birth</th>
          <th scope="col">Phone</th>
          <th scope="col">Email address</th>
          <th scope="col">Online access</th>
        </tr>
      </thead>
      <tbody>{rows.map((row) => rowHtml(base, row))}</tbody>
    </table>
  )
}

/** A template, not JSX: it stands on the page two dozen times. */
const rowHtml = (base: string, row: ListedPatient) =>
  html`<tr><th scope="row" data-label="Name"><a href="${base}/patients/${row.id}">${fullName(row)}</a>${
    row.preferredName && html`<span class="muted"> (${row.preferredName})</span>`
  }</th>${cellHtml('Date of birth', row.dateOfBirth && plainDateInWords(row.dateOfBirth))}${cellHtml(
    'Phone',
    row.mobile || row.phone,
  )}${cellHtml('Email address', row.email)}${cellHtml('Online access', accessHtml(row.listedAs))}</tr>`

const cellHtml = (label: string, words: ReturnType<typeof html> | string | null) =>
  html`<td data-label="${label}">${words || html`<span class="none">Not provided</span>`}</td>`

const accessHtml = (listed: ListFilter) => (listed === 'archived' ? 'Archived' : accessMarkHtml(listed))

function countInWords({ q, filter, search, total }: ResultsProps): string {
  if (search === 'too-short') return tooShort
  const found = q || filter ? ' found' : ''
  if (total.isMore) return `More than ${inHundreds(total.count)} patients found. Type more to narrow it down`
  if (total.count === 0) return 'No patient found'
  return total.count === 1 ? `1 patient${found}` : `${inDigits(total.count)} patients${found}`
}

/** Where the search was cut short, the last figures of the number mean nothing. */
const inHundreds = (count: number): string => inDigits(count > 100 ? count - (count % 100) : count)

const tooShort = 'Type 2 letters or more'

function nothingInWords({ base, q, filter, search, total, isFirstPage, mayAdd }: ResultsProps) {
  const add = (words: string) => <a href={`${base}/patients/new`}>{words}</a>
  if (search === 'too-short') return tooShort
  if (total.isMore) return `Too many patients match “${q}”. Type more letters, a date of birth or a phone number.`
  if (!isFirstPage) return 'There are no more patients on this page.'
  if (q && filter) return `${nobodyIn(filter)} matches “${q}”.`
  if (q) {
    const archived = <a href={listAddress(base, { q, access: 'archived' })}>look among the archived records</a>
    return (
      <>
        No patient matches “{q}”. Check the spelling{mayAdd ? ', ' : ' or '}
        {archived}
        {mayAdd && <> or {add('add a patient')}</>}.
      </>
    )
  }
  if (filter === 'archived') return 'No record is archived.'
  if (filter) return `No patient has online access “${accessLabels[filter]}”.`
  return mayAdd ? <>No patients yet. {add('Add one')}.</> : 'No patients yet.'
}

const nobodyIn = (filter: ListFilter): string =>
  filter === 'archived' ? 'No archived record' : `No patient with online access “${accessLabels[filter]}”`
