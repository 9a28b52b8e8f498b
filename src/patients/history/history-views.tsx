import type { Patient } from '../../schema.ts'
import { dateInWords, momentInWords } from '../../web/dates.ts'
import { ArchivedBanner } from '../archived-banner.tsx'
import type { Merged } from '../merge/merge-store.ts'
import { fullName } from '../patient.ts'
import { PatientHeading } from '../patient-heading.tsx'
import type { HistoryRow } from './history-store.ts'
import { happened, pageLength, whoDidIt } from './history-words.ts'

interface HistoryPageProps {
  base: string
  patient: Patient
  archivedBy?: string
  /** One more than a page when there are older ones. */
  rows: HistoryRow[]
  isNewest: boolean
  /** What was merged into this record, newest first. */
  merged: Merged[]
  /** 'YYYY-MM-DD' */
  today: string
  timezone: string
  mayRestore: boolean
}

export function HistoryPage(props: HistoryPageProps) {
  const { base, patient, rows, isNewest, today } = props
  const shown = rows.slice(0, pageLength)
  const here = `${base}/patients/${patient.id}/history`
  return (
    <>
      <PatientHeading base={base} patient={patient} today={today} current="history" />
      <ArchivedBanner {...props} />
      <section class="panel" aria-labelledby="history-title">
        <h2 id="history-title">History</h2>
        <EarlierPasts {...props} />
        {shown.length === 0 ? <p class="empty">{nothingInWords(isNewest)}</p> : <Acts {...props} rows={shown} />}
        <div class="pages">
          {!isNewest && <a href={here}>Newest</a>}
          {rows.length > pageLength && <a href={`${here}?before=${shown.at(-1)!.id}`}>Older</a>}
        </div>
      </section>
    </>
  )
}

/** The audit is never rewritten: what happened to a record before it was merged stands in its own history. */
const EarlierPasts = ({ base, merged, timezone }: HistoryPageProps) => (
  <>
    {merged.map((record) => (
      <p>
        {record.by ?? 'Somebody'} merged another record into this one on {dateInWords(record.at ?? 0, timezone)}:{' '}
        <a href={`${base}/patients/${record.id}/history`}>what happened to {fullName(record)} there before</a>
      </p>
    ))}
  </>
)

const nothingInWords = (isNewest: boolean): string =>
  isNewest ? 'Nothing has been written down about this record yet.' : 'There is nothing older.'

function Acts({ patient, rows, timezone }: HistoryPageProps) {
  return (
    <ol class="timeline">
      {rows.map((row) => (
        <li>
          <strong>{happened(row.act, row.detail)}</strong>
          <p class="meta">
            {whoDidIt(row, fullName(patient))}, {momentInWords(row.at, timezone)}
          </p>
        </li>
      ))}
    </ol>
  )
}
