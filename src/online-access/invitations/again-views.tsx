/** Before several are invited again: who gets a mail, where it goes, and who cannot be invited. */
import { fullName } from '../../patients/patient.ts'
import { counted } from '../../web/numbers.ts'
import { refusals, verdictOn } from './invitation.ts'
import type { Invitee } from './invitations-store.ts'

interface AgainProps {
  base: string
  people: { willing: Invitee[]; limited: Invitee[]; refused: Invitee[] }
}

export function AgainPage({ base, people }: AgainProps) {
  const fit = [...people.willing, ...people.limited]
  const back = <a href={`${base}/invitations/never`}>Back to who never logged on</a>
  if (fit.length + people.refused.length === 0) {
    return (
      <>
        <h1>Invite again</h1>
        <p class="empty">Nobody is ticked. Tick the patients on the list first.</p>
        <p>{back}</p>
      </>
    )
  }
  return (
    <>
      <h1>Invite {counted(fit.length, 'patient')} again?</h1>
      {fit.length > 0 && (
        <>
          <p class="lead">Each gets a new set-up link, which works once, for 72 hours. Older links stop working.</p>
          <ul>
            {fit.map((of) => (
              <li>
                {fullName(of)}, {of.email}
              </li>
            ))}
          </ul>
        </>
      )}
      {people.refused.length > 0 && (
        <>
          <h2>Cannot be invited</h2>
          <ul>
            {people.refused.map((of) => (
              <li>
                <a href={`${base}/patients/${of.id}/online-access`}>{fullName(of)}</a>: {whyNot(of)}
              </li>
            ))}
          </ul>
        </>
      )}
      <form method="post" action={`${base}/invitations/again`} class="actions">
        <input type="hidden" name="patients" value={fit.map(({ id }) => id).join(' ')} />
        {fit.length > 0 && <button class="button">Send {counted(fit.length, 'invitation')}</button>}
        {back}
      </form>
    </>
  )
}

function whyNot(of: Invitee): string {
  const verdict = verdictOn(of)
  return verdict.ok ? '' : refusals[verdict.because]
}
