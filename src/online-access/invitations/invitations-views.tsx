/** The three lists of invitations: the mails, who never logged on, whose link ran out. */
import { type MailKind, mailKinds } from '../../mail/mail-kind.ts'
import { DeliveryMark } from '../../mail/mail-line.tsx'
import { mailState, mailStates } from '../../mail/mail-state.ts'
import { AccessMark, accessLabels } from '../../patients/access-mark.tsx'
import { fullName } from '../../patients/patient.ts'
import { distanceInWords, momentInWords } from '../../web/dates.ts'
import { counted } from '../../web/numbers.ts'
import { Notice } from '../../web/parts.tsx'
import { type MailFilter, mailFilters, type NeverFilter, neverFilters, pageLength, wayInWords } from './invitation.ts'
import type { MailRow, NeverRow, RunOutRow } from './invitations-store.ts'
import { Choosing, Filters, Head, type ListProps, Pages } from './list-views.tsx'

interface MailsProps extends ListProps {
  rows: MailRow[]
  state?: MailFilter
  /** Mails that were given up and that nobody has dealt with. */
  undelivered: number
  done: { invited: number; left: number; settled: boolean }
}

export function MailsPage(props: MailsProps) {
  const { base, rows, state, isFirst, undelivered, done } = props
  const shown = rows.slice(0, pageLength)
  const here = (value?: string) => `${base}/invitations${value ? `?state=${value}` : ''}`
  const next = `${here(state)}${state ? '&' : '?'}before=${shown.at(-1)?.id}`
  return (
    <>
      {done.invited > 0 && (
        <Notice>
          {counted(done.invited, 'invitation')} {done.invited === 1 ? 'is' : 'are'} on the way. Nobody gets more than
          one a minute and five a day.
          {done.left > 0 && ` ${counted(done.left, 'patient')} could not be invited.`}
        </Notice>
      )}
      {done.settled && <Notice>Dealt with.</Notice>}
      <Head base={base} current="" lead="Mails of the last 30 days with a way in, and whether they went out." />
      {undelivered > 0 && (
        <Notice tone="warning">
          <p>
            <strong>
              {undelivered === 1 ? '1 mail was' : `${undelivered} mails were`} given up, and nobody has dealt with it
              yet.
            </strong>{' '}
            {state !== 'abandoned' && <a href={here('abandoned')}>See what was given up</a>}
          </p>
        </Notice>
      )}
      <Filters
        label="How far they are"
        all="All"
        choices={mailFilters.map((value) => ({ value, label: mailStates[value].label }))}
        current={state}
        href={here}
      />
      {shown.length === 0 ? (
        <p class="empty">{nothing(state, isFirst)}</p>
      ) : (
        <ul class="timeline">
          {shown.map((mail) => (
            <MailEntry {...props} mail={mail} />
          ))}
        </ul>
      )}
      <Pages first={here(state)} next={rows.length > pageLength && next} isFirst={isFirst} />
    </>
  )
}

function nothing(state: MailFilter | undefined, isFirst: boolean): string {
  if (!isFirst) return 'There are no more mails on this page.'
  if (state === 'abandoned') return 'No mail was given up in the last 30 days.'
  return state ? `No mail is “${mailStates[state].label}”.` : 'No access mail was sent in the last 30 days.'
}

function MailEntry({ base, now, timezone, mail }: ListProps & { mail: MailRow }) {
  const isOpen = mail.state === 'abandoned' && mail.settledAt === null
  const { patientId, staffName } = mail
  const name = patientId ? fullName({ firstName: mail.firstName!, lastName: mail.lastName! }) : staffName
  return (
    <li class={mailState(mail) === 'abandoned' && isOpen ? 'wrong' : undefined}>
      <strong>{mailKinds[mail.kind as MailKind] ?? mail.kind}</strong>
      {name && ' for '}
      {patientId ? <a href={`${base}/patients/${patientId}/online-access`}>{name}</a> : name}, to {mail.toAddress}
      <p class="meta">
        {momentInWords(mail.createdAt, timezone)}, {mail.byName ? `by ${mail.byName}` : 'by the diary itself'}.{' '}
        <DeliveryMark mail={mail} now={now} />
        {mail.settledAt !== null && ' Dealt with.'}
      </p>
      <div class="ways">
        {patientId && mailState(mail) !== 'queued' && <SendAgain base={base} patientId={patientId} name={name!} />}
        {isOpen && (
          <form method="post" action={`${base}/invitations/${mail.id}/settlement`} class="way">
            <button class="button quiet">
              I have dealt with it<span class="hidden">: {mail.toAddress}</span>
            </button>
            <span class="hint">
              {patientId ? 'They were told another way.' : 'They were called, or can ask again on the logon page.'}
            </span>
          </form>
        )}
      </div>
    </li>
  )
}

const SendAgain = ({ base, patientId, name }: { base: string; patientId: string; name: string }) => (
  <form method="post" action={`${base}/invitations/again`} class="way">
    <input type="hidden" name="patients" value={patientId} />
    <button class="button secondary">
      Send a new link<span class="hidden"> to {name}</span>
    </button>
  </form>
)

export function NeverPage(props: ListProps & { rows: NeverRow[]; access?: NeverFilter }) {
  const { base, now, timezone, rows, access, isFirst } = props
  const shown = rows.slice(0, pageLength)
  const here = (value?: string) => `${base}/invitations/never${value ? `?access=${value}` : ''}`
  const next = `${here(access)}${access ? '&' : '?'}after=${shown.at(-1)?.id}`
  return (
    <>
      <Head base={base} current="/never" lead="Patients who were given online access and have never logged on." />
      <Filters
        label="Online access"
        all="All"
        choices={neverFilters.map((value) => ({ value, label: accessLabels[value] }))}
        current={access}
        href={here}
      />
      {shown.length === 0 && (
        <p class="empty">{isFirst ? 'Everybody who was given access has logged on.' : 'There are no more.'}</p>
      )}
      <Choosing base={base} people={shown} heads={['Online access', 'Since', 'Way in']}>
        {({ state, since, ...row }) => [
          <AccessMark state={state} />,
          momentInWords(since, timezone),
          wayInWords(row, now),
        ]}
      </Choosing>
      <Pages first={here(access)} next={rows.length > pageLength && next} isFirst={isFirst} />
    </>
  )
}

export function ExpiredPage(props: ListProps & { rows: RunOutRow[] }) {
  const { base, now, rows, isFirst } = props
  const shown = rows.slice(0, pageLength)
  const here = `${base}/invitations/expired`
  return (
    <>
      <Head
        base={base}
        current="/expired"
        lead="Links that ran out before the patient used them, in the last 30 days."
      />
      {shown.length === 0 && <p class="empty">{isFirst ? 'No invitation has run out.' : 'There are no more.'}</p>}
      <Choosing base={base} people={shown} heads={['Link', 'Expired']}>
        {({ purpose, expiresAt }) => [
          purpose === 'registration' ? 'Registration link, asked for online' : 'Set-up link, sent by staff',
          distanceInWords(expiresAt, now),
        ]}
      </Choosing>
      <Pages
        first={here}
        next={rows.length > pageLength && `${here}?after=${shown.at(-1)?.linkId}`}
        isFirst={isFirst}
      />
    </>
  )
}
