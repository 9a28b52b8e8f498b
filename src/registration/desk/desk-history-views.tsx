/** The rest of the registration desk: mails that were given up, and what needs nothing any more. */
import { MailLine } from '../../mail/mail-line.tsx'
import type { MailLine as MailRow } from '../../mail/mail-store.ts'
import { momentInWords } from '../../web/dates.ts'
import { mergedSettlement } from './desk.ts'
import type { DeskRow } from './desk-store.ts'

/** Who has not heard from us although the diary tried for a day. */
export function Abandoned(props: { base: string; abandoned: MailRow[]; now: number; timezone: string }) {
  const { base, abandoned, now, timezone } = props
  if (abandoned.length === 0) return null
  return (
    <section class="panel" aria-labelledby="abandoned-title">
      <h2 id="abandoned-title">Mails that could not be sent</h2>
      <p>
        Tell these people another way, and check their address. Under{' '}
        <a href={`${base}/invitations?state=abandoned`}>Invitations</a> you send a new link, or say that it is dealt
        with.
      </p>
      <ul class="timeline">
        {abandoned.map((mail) => (
          <MailLine
            mail={mail}
            now={now}
            timezone={timezone}
            to={mail.patientId && <a href={`${base}/patients/${mail.patientId}`}>{mail.toAddress}</a>}
          />
        ))}
      </ul>
    </section>
  )
}

export function Settled({ settled, search, timezone }: { settled: DeskRow[]; search: string; timezone: string }) {
  if (settled.length === 0) return null
  return (
    <details class="panel more" open={search !== ''}>
      <summary>{search === '' ? 'Settled in the last 30 days' : 'Found among what needs nothing any more'}</summary>
      <ul class="timeline">
        {settled.map((row) => (
          <li>
            <strong class="reference">{row.asked.reference}</strong> {row.asked.email}
            <p class="meta">
              Asked {momentInWords(row.asked.askedAt, timezone)}. {outcomeInWords(row, timezone)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}

const settlements = {
  activated: 'Online access was activated',
  corrected: 'The email address was corrected',
  dismissed: 'Dismissed',
} as const

const outcomes = {
  invited: 'A link was sent; it was not used yet.',
  registered: 'Registered.',
  limited: 'Asked too often: no mail was sent.',
  refused: 'Refused: registration was switched off.',
} as const

function outcomeInWords({ asked, settledBy }: DeskRow, timezone: string): string {
  if (asked.settlement === null) return asked.outcome ? outcomes[asked.outcome] : 'Not decided yet.'
  if (asked.settlementReason === mergedSettlement && asked.settlement === 'corrected')
    return `The records were merged by ${settledBy ?? 'staff'}, ${momentInWords(asked.settledAt ?? 0, timezone)}.`
  const words = `${settlements[asked.settlement]} by ${settledBy ?? 'staff'}, ${momentInWords(asked.settledAt ?? 0, timezone)}`
  return asked.settlementReason ? `${words}: “${asked.settlementReason}”` : `${words}.`
}
