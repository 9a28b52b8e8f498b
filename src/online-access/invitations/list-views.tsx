/** What the lists of invitations have in common: the tabs, the filters, the ways to the next page, the boxes to tick. */
import type { Child } from 'hono/jsx'
import { fullName } from '../../patients/patient.ts'

export interface ListProps {
  base: string
  now: number
  timezone: string
  isFirst: boolean
}

const tabs = [
  { path: '', label: 'Mails' },
  { path: '/never', label: 'Never logged on' },
  { path: '/expired', label: 'Expired' },
] as const

export function Head({ base, current, lead }: { base: string; current: (typeof tabs)[number]['path']; lead: string }) {
  return (
    <>
      <h1>Invitations</h1>
      <nav class="tabs" aria-label="Invitations">
        <ul>
          {tabs.map(({ path, label }) => (
            <li>
              <a href={`${base}/invitations${path}`} aria-current={path === current ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="lead">{lead}</p>
    </>
  )
}

interface FiltersProps {
  label: string
  all: string
  choices: { value: string; label: string }[]
  current?: string
  href: (value?: string) => string
}

export function Filters({ label, all, choices, current, href }: FiltersProps) {
  return (
    <nav class="filters" aria-label={label}>
      <ul>
        {[{ value: undefined, label: all }, ...choices].map((choice) => (
          <li>
            <a href={href(choice.value)} aria-current={choice.value === current ? 'true' : undefined}>
              {choice.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function Pages({ first, next, isFirst }: { first: string; next: string | false; isFirst: boolean }) {
  return (
    <div class="pages">
      {!isFirst && <a href={first}>First page</a>}
      {next && <a href={next}>Next page</a>}
    </div>
  )
}

interface Listed {
  id: string
  firstName: string
  lastName: string
  email: string
}

interface ChoosingProps<Row extends Listed> {
  base: string
  people: Row[]
  heads: string[]
  children: (row: Row) => Child[]
}

/** A list to tick in; what is ticked goes to the page that asks. */
export function Choosing<Row extends Listed>({ base, people, heads, children }: ChoosingProps<Row>) {
  if (people.length === 0) return null
  return (
    <form method="get" action={`${base}/invitations/again`}>
      <table class="list">
        <thead>
          <tr>
            {['Choose', 'Name', 'Email address', ...heads].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((row) => (
            <tr>
              <td class="pick">
                <input type="checkbox" name="patient" value={row.id} aria-label={`Choose ${fullName(row)}`} />
              </td>
              <th scope="row">
                <a href={`${base}/patients/${row.id}/online-access`}>{fullName(row)}</a>
              </th>
              <td data-label="Email address">{row.email}</td>
              {children(row).map((cell, index) => (
                <td data-label={heads[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="actions">
        <button class="button">Invite those again</button>
        <span class="hint">Tick them first. The next page asks before anything is sent.</span>
      </div>
    </form>
  )
}
