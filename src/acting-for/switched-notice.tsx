/** A form that was opened for one patient, and sent when the session was another's: the most dangerous mistake of two tabs. */
import { Notice } from '../web/parts.tsx'

export function SwitchedNotice({ actedFor, nothing }: { actedFor?: string; nothing: 'booked' | 'saved' }) {
  return (
    <Notice tone="warning">
      <p>
        <strong>You are acting for {actedFor ?? 'yourself'} now.</strong> The page that you sent was opened for somebody
        else. Nothing is {nothing}
        {nothing === 'booked' && ' yet'}.
      </p>
    </Notice>
  )
}
