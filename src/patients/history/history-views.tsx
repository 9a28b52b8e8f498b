import type { Patient } from '../../schema.ts'
import { momentInWords } from '../../web/dates.ts'
import { ArchivedBanner } from '../archived-banner.tsx'
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
        {shown.length === 0 ? <p class="empty">{nothingInWords(isNewest)}</p> : <Acts {...props} rows={shown} />}
        <div class="pages">
          {!isNewest && <a href={here}>Newest</a>}
          {rows.length > pageLength && <a href={`${here}?before=${shown.at(-1)!.id}`}>Older</a>}
        </div>
      </section>
    </>
  )
}

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
