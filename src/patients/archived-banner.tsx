/** What stands on every tab of an archived record: since when, who did it, and the way back. */
import type { Patient } from '../schema.ts'
import { dateInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'

interface BannerProps {
  base: string
  patient: Pick<Patient, 'id' | 'archivedAt'>
  /** The name of whoever archived it. */
  archivedBy?: string
  timezone: string
  mayRestore: boolean
  /** Archived a moment ago: the way back is an undo. */
  isNew?: boolean
  /** Where somebody goes on once it is restored; otherwise on the record. */
  next?: string
}

export function ArchivedBanner({ base, patient, archivedBy, timezone, mayRestore, isNew, next }: BannerProps) {
  if (patient.archivedAt === null) return null
  const by = archivedBy ? ` by ${archivedBy}` : ''
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
