/** Appointments that are booked where nobody will be there: listed with links, and gone on with by a tick. */
import { momentInWords } from '../../web/dates.ts'
import { TickBox } from '../../web/fields.tsx'
import { Notice } from '../../web/parts.tsx'
import type { Hit } from './hits-store.ts'

export interface Around {
  base: string
  /** IANA */
  zone: string
}

export function HitList({ base, zone, hits, named }: Around & { hits: Hit[]; named?: boolean }) {
  return (
    <ul class="hits">
      {hits.map((hit) => (
        <li>
          <a href={`${base}/diary/appointments/${hit.id}`}>
            {momentInWords(hit.startAt, zone)}, {hit.firstName} {hit.lastName}
          </a>
          {named && ` with ${hit.practitionerName}`}
        </li>
      ))}
    </ul>
  )
}

export const countOfHits = (hits: Hit[]): string =>
  hits.length === 1 ? '1 appointment is booked' : `${hits.length} appointments are booked`

/** They stay booked: whoever goes on says so. */
export function AskAnyway(
  props: Around & { name: string; hits: Hit[]; label: string; problem?: string; named?: boolean },
) {
  const { name, hits, label, problem } = props
  if (hits.length === 0) return null
  return (
    <Notice tone="warning">
      <p>{countOfHits(hits)} in this time. They stay booked: move or cancel them, and tell the patients.</p>
      <HitList {...props} />
      <TickBox name={name} problem={problem}>
        {label}
      </TickBox>
    </Notice>
  )
}
