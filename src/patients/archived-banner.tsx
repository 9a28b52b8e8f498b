/** What stands on every tab of an archived record: since when, who did it, and the way back, or to where it was merged. */
import type { Patient } from '../schema.ts'
import { dateInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'

interface BannerProps {
  base: string
  patient: Pick<Patient, 'id' | 'archivedAt' | 'mergedInto'>
  /** The name of whoever archived it. */
  archivedBy?: string
  timezone: string
  mayRestore: boolean
  /** Archived a moment ago: the way back is an undo. */
  isNew?: boolean
  /** Where somebody goes on once it is restored; otherwise on the record. */
  next?: string
}

export function ArchivedBanner(props: BannerProps) {
  const { base, patient, archivedBy, timezone, mayRestore, isNew, next } = props
  if (patient.archivedAt === null) return null
  const by = archivedBy ? ` by ${archivedBy}` : ''
  if (patient.mergedInto !== null) {
    return (
      <Notice tone="warning">
        <p>
          <strong>
            This record was merged into another one on {dateInWords(patient.archivedAt, timezone)}
            {by}.
          </strong>{' '}
          Appointments, online access and mails stand there. This one only shows what it held, and cannot be changed.
        </p>
        <p>
          <a href={`${base}/patients/${patient.mergedInto}`}>Open the record that it was merged into</a>
        </p>
      </Notice>
    )
  }
  return (
    <Notice tone={isNew ? 'done' : 'warning'}>
      <p>
        <strong>
          This record was archived on {dateInWords(patient.archivedAt, timezone)}
          {by}.
        </strong>{' '}
        Nothing can be changed or booked, and the patient cannot log on or register.
      </p>
      {mayRestore && (
        <form method="post" action={`${base}/patients/${patient.id}/restoring`}>
          {next && <input type="hidden" name="next" value={next} />}
          <button class="button secondary">Restore record</button>
        </form>
      )}
    </Notice>
  )
}
