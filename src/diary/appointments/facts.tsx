/** What an appointment is, as a list of facts: on its own page, and wherever somebody decides about it. */
import { dayInWords, momentInWords, timeInWords } from '../../web/dates.ts'
import type { Fact } from '../../web/parts.tsx'
import type { ShownAppointment } from '../appointments-store.ts'
import { StatusMark } from '../status-mark.tsx'

export function mainFacts(of: ShownAppointment, timezone: string): Fact[] {
  return [
    { term: 'Day', value: dayInWords(of.startAt, timezone) },
    { term: 'Time', value: fromTo(of, timezone) },
    { term: 'With', value: of.practitionerName },
    { term: 'Type', value: of.typeName },
    { term: 'Status', value: <StatusInWords of={of} timezone={timezone} /> },
  ]
}

/** "9:00am to 9:30am" */
export const fromTo = ({ startAt, endAt }: Pick<ShownAppointment, 'startAt' | 'endAt'>, timezone: string): string =>
  `${timeInWords(startAt, timezone)} to ${timeInWords(endAt, timezone)}`

/** The word, who set it, and when. A cancellation says why. */
export function StatusInWords({
  of,
  timezone,
  asked = '',
}: {
  of: ShownAppointment
  timezone: string
  asked?: string
}) {
  const by = of.statusBy === null ? 'the patient, online' : of.statusByName
  return (
    <>
      <StatusMark status={of.status} />{' '}
      <span class="muted">
        by {by}, {momentInWords(of.statusSince, timezone)}
        {asked}
      </span>
      {of.cancelReason && (
        <>
          <br />
          <span class="lines">“{of.cancelReason}”</span>
        </>
      )}
    </>
  )
}
