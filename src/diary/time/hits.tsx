/** Appointments that are booked where nobody will be there: listed with links, and gone on with by a tick. */
import type { Child } from 'hono/jsx'
import { fullName } from '../../patients/patient.ts'
import { apart } from '../../web/apart.ts'
import { momentInWords } from '../../web/dates.ts'
import { TickBox } from '../../web/fields.tsx'
import { Notice } from '../../web/parts.tsx'
import type { Hit } from './hits-store.ts'

export interface Around {
  base: string
  /** IANA */
  zone: string
}

const mostListed = 100

export function HitList({ base, zone, hits, named }: Around & { hits: Hit[]; named?: boolean }) {
  return (
    <ul class="hits">
      {hits.slice(0, mostListed).map((hit) => (
        <li>
          <a href={`${base}/diary/appointments/${hit.id}`}>
            {momentInWords(hit.startAt, zone)}, {fullName(hit)}
          </a>
          {named && ` with ${apart(hit.practitionerName)}`}
        </li>
      ))}
      {hits.length > mostListed && <li>and {hits.length - mostListed} more</li>}
    </ul>
  )
}

export const countOfHits = (hits: Hit[]): string =>
  hits.length === 1 ? '1 appointment is booked' : `${hits.length} appointments are booked`

interface StillBookedProps extends Around {
  hits: Hit[]
  named?: boolean
  /** "in this time" unless said otherwise. */
  where?: string
  children?: Child
}

/** Nothing where nothing is booked. */
export function StillBooked({ children, ...props }: StillBookedProps) {
  const { hits, where = 'in this time' } = props
  if (hits.length === 0) return null
  return (
    <Notice tone="warning">
      <p>
        {countOfHits(hits)} {where}. {hits.length === 1 ? 'It stays' : 'They stay'} booked: move or cancel{' '}
        {hits.length === 1 ? 'it, and tell the patient' : 'them, and tell the patients'}.
      </p>
      <HitList {...props} />
      {children}
    </Notice>
  )
}

/** They stay booked: whoever goes on says so. */
export const AskAnyway = (props: StillBookedProps & { name: string; label: string; problem?: string }) => (
  <StillBooked {...props}>
    <TickBox name={props.name} problem={props.problem}>
      {props.label}
    </TickBox>
  </StillBooked>
)
