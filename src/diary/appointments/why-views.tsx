import { Notice } from '../../web/parts.tsx'
import type { Reason } from '../why-not.ts'
import type { StaffVerdict } from './staff-verdict.ts'

export interface WhyProps {
  clock: string
  day: string
  practitionerName: string
  typeName: string
  /** Undefined: patients are offered it. */
  reason?: Reason
  verdict: StaffVerdict
  bookHref: string
}

export function WhyPage({ clock, day, practitionerName, typeName, reason, verdict, bookHref }: WhyProps) {
  return (
    <>
      <h1>Why is {clock} not offered?</h1>
      <p class="lead">
        {typeName} with {practitionerName}, {day}
      </p>
      <Notice tone={reason ? 'warning' : 'done'}>
        <p>{reason ? reason.words : `${clock} is free, and patients are offered it.`}</p>
      </Notice>
      <p>{forStaff(verdict)}</p>
      <div class="actions">
        <a class="button" href={bookHref}>
          {verdict.ok || verdict.because === 'tick' ? 'Book this time' : 'Choose another time'}
        </a>
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
