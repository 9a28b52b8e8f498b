import { LongText } from '../../web/large-fields.tsx'
import type { ShownAppointment } from '../appointments-store.ts'

interface NoteFormProps {
  base: string
  appointment: Pick<ShownAppointment, 'id' | 'version'>
  value: string
  problem?: string
}

export const NoteForm = ({ base, appointment, value, problem }: NoteFormProps) => (
  <form method="post" action={`${base}/diary/appointments/${appointment.id}/note`} novalidate>
    <input type="hidden" name="version" value={String(appointment.version)} />
    <LongText
      name="note"
      label="Note"
      hint="Staff see it, the patient does not"
      value={value}
      problem={problem}
      optional
    />
    <div class="actions">
      <button class="button quiet">Save note</button>
    </div>
  </form>
)
