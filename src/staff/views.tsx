import { TemporaryPasswordSlip } from '../front-door/passwords/temporary-password-slip.tsx'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { dateInWords, distanceInWords, momentInWords } from '../web/dates.ts'
import { Notice } from '../web/parts.tsx'
import { PasswordMark } from './password-mark.tsx'
import { roleLabels } from './role.ts'
import { WaysOn } from './ways-views.tsx'

interface StaffPageProps {
  base: string
  clinic: { name: string; phone: string }
  clinicUrl: string
  /** Everybody, those who were deactivated too. */
  members: Staff[]
  /** Who is looking: they change their own password elsewhere. */
  ownId: string
  /** Only those who have no password. */
  isFiltered: boolean
  formId: string
  now: number
  timezone: string
  sentTo?: Staff
  /** Just generated; shown this once. */
  generated: { of: Staff; password: string } | null
}

export function StaffPage(props: StaffPageProps) {
  const { base, clinic, members, ownId, isFiltered, sentTo, generated, clinicUrl } = props
  const active = members.filter((member) => member.deactivatedAt === null)
  const without = active.filter((member) => member.passwordHash === null)
  const shown = isFiltered ? without : active
  return (
    <>
      {sentTo && (
        <Notice>
          A set-up link for {apart(sentTo.name)} is on its way to {sentTo.email}.
        </Notice>
      )}
      <div class="title-row">
        <h1>Staff</h1>
        <a class="button secondary" href={`${base}/staff/new`}>
          Add staff
        </a>
      </div>
      <p class="lead">Who runs the clinic, and how they log on.</p>
      {generated && (
        <TemporaryPasswordSlip
          clinic={clinic}
          clinicUrl={clinicUrl}
          logonName={generated.of.username}
          password={generated.password}
          until={momentInWords(generated.of.temporaryExpiresAt ?? props.now, props.timezone)}
        />
      )}
      {without.length > 0 && (
        <Notice tone="warning">
          {new Intl.ListFormat('en-GB').format(without.map(({ name }) => apart(name)))}{' '}
          {without.length === 1 ? 'has' : 'have'} no password and cannot log on. Send a set-up link, or generate a
          temporary password.
        </Notice>
      )}
      {(without.length > 0 || isFiltered) && (
        <Filter base={base} isFiltered={isFiltered} everybody={active.length} without={without.length} />
      )}
      {shown.length === 0 && <p class="empty">Everybody has a password.</p>}
      <ul class="cards">
        {shown.map((member) => (
          <Member {...props} member={member} />
        ))}
      </ul>
      {active.every(({ id }) => id === ownId) && (
        <div class="empty">
          <p>Only you can log on to the staff side.</p>
          <p class="actions">
            <a class="button" href={`${base}/staff/new`}>
              Add your colleagues
            </a>
          </p>
        </div>
      )}
      <Deactivated {...props} />
    </>
  )
}

function Filter(props: { base: string; isFiltered: boolean; everybody: number; without: number }) {
  const { base, isFiltered, everybody, without } = props
  return (
    <nav class="filters" aria-label="Who is shown">
      <ul>
        <li>
          <a href={`${base}/staff`} aria-current={isFiltered ? undefined : 'true'}>
            Everybody ({everybody})
          </a>
        </li>
        <li>
          <a href={`${base}/staff?password=none`} aria-current={isFiltered ? 'true' : undefined}>
            Without a password ({without})
          </a>
        </li>
      </ul>
    </nav>
  )
}

function Member({ base, member, ownId, now, formId }: StaffPageProps & { member: Staff }) {
  const isOwn = member.id === ownId
  return (
    <li class="panel">
      <h2>
        <a href={`${base}/staff/${member.id}`}>{member.name}</a>
      </h2>
      <p class="meta">
        {roleLabels[member.role]} · logs on as <strong>{member.username}</strong> · {member.email ?? 'no email address'}
      </p>
      <p>
        <PasswordMark member={member} now={now} />
      </p>
      <p class="meta">
        {member.lastLogonAt ? `Last logon ${distanceInWords(member.lastLogonAt, now)}` : 'Never logged on'}
      </p>
      {isOwn ? (
        <p>
          This is you. <a href={`${base}/password`}>Change my password</a>
        </p>
      ) : (
        <WaysOn base={base} member={member} formId={formId} />
      )}
    </li>
  )
}

function Deactivated({ base, members, timezone }: StaffPageProps) {
  const gone = members.filter((member) => member.deactivatedAt !== null)
  if (gone.length === 0) return null
  return (
    <details class="panel more">
      <summary>Deactivated ({gone.length})</summary>
      <ul class="timeline">
        {gone.map((member) => (
          <li>
            <a href={`${base}/staff/${member.id}`}>{member.name}</a>
            <p class="meta">
              {roleLabels[member.role]} · logged on as {member.username} · deactivated on{' '}
              {dateInWords(member.deactivatedAt ?? 0, timezone)}
            </p>
          </li>
        ))}
      </ul>
    </details>
  )
}
