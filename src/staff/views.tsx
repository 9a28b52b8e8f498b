import { TemporaryPasswordSlip } from '../front-door/passwords/temporary-password-slip.tsx'
import type { Staff } from '../schema.ts'
import { distanceInWords } from '../web/dates.ts'
import { Notice, StateMark } from '../web/parts.tsx'
import { roleLabels } from './role.ts'

export interface StaffPageProps {
  base: string
  clinicUrl: string
  members: Staff[]
  /** Who is looking: they change their own password elsewhere. */
  ownId: string
  now: number
  sentTo?: Staff
  /** Just generated; shown this once. */
  generated: { of: Staff; password: string } | null
}

export function StaffPage(props: StaffPageProps) {
  const { members, sentTo, generated, clinicUrl } = props
  const without = members.filter((member) => member.passwordHash === null)
  return (
    <>
      {sentTo && (
        <Notice>
          A set-up link for {sentTo.name} is on its way to {sentTo.email}.
        </Notice>
      )}
      <h1>Staff</h1>
      <p class="lead">Who runs the clinic, and how they log on.</p>
      {generated && (
        <TemporaryPasswordSlip clinicUrl={clinicUrl} logonName={generated.of.username} password={generated.password} />
      )}
      {without.length > 0 && (
        <Notice tone="warning">
          {new Intl.ListFormat('en-GB').format(without.map(({ name }) => name))} {without.length === 1 ? 'has' : 'have'}{' '}
          no password and cannot log on. Send a set-up link, or generate a temporary password.
        </Notice>
      )}
      <ul class="cards">
        {members.map((member) => (
          <Member {...props} member={member} />
        ))}
      </ul>
    </>
  )
}

function Member({ base, member, ownId, now }: StaffPageProps & { member: Staff }) {
  const isOwn = member.id === ownId
  return (
    <li class="panel">
      <h2>{member.name}</h2>
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
        <div class="actions">
          {member.email && (
            <form method="post" action={`${base}/staff/${member.id}/email`}>
              <button class={member.passwordHash ? 'button secondary' : 'button'}>
                Send set-up link<span class="hidden"> to {member.name}</span>
              </button>
            </form>
          )}
          <form method="post" action={`${base}/staff/${member.id}/password`}>
            <button class="button secondary">
              Generate temporary password<span class="hidden"> for {member.name}</span>
            </button>
          </form>
        </div>
      )}
    </li>
  )
}

function PasswordMark({ member, now }: { member: Staff; now: number }) {
  if (member.passwordKind === null) return <StateMark shape="cross">No password: cannot log on</StateMark>
  if (member.passwordKind === 'own') return <StateMark shape="tick">Has a password</StateMark>
  if (member.temporaryUsedAt !== null)
    return <StateMark shape="ring">Temporary password, used, not changed yet</StateMark>
  const expiresAt = member.temporaryExpiresAt ?? 0
  if (expiresAt <= now) return <StateMark shape="cross">Temporary password, expired: cannot log on</StateMark>
  return <StateMark shape="ring">Temporary password, expires {distanceInWords(expiresAt, now)}</StateMark>
}
