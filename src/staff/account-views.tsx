import { StillBooked } from '../diary/time/hits.tsx'
import type { Hit } from '../diary/time/hits-store.ts'
import type { Factors } from '../front-door/second-factor/factor-store.ts'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { dateInWords, distanceInWords, momentInWords } from '../web/dates.ts'
import { Breadcrumb, type Fact, Facts, Notice, wordsFor } from '../web/parts.tsx'
import { FactorPanel } from './factor-panel.tsx'
import { PasswordMark } from './password-mark.tsx'
import { roleLabels } from './role.ts'
import { WaysOn } from './ways-views.tsx'

interface AccountPageProps {
  formId: string
  base: string
  timezone: string
  now: number
  member: Staff
  /** Where they are logged on now, the latest seen first. */
  sessions: { lastSeenAt: number }[]
  factors: Factors
  /** What is booked with them and still to come. */
  hits: Hit[]
  isOwn: boolean
  done?: string
}

const doneWords: Record<string, (name: string) => string> = {
  added: (name) => `${name} was added. There is no password yet: give ${name} a way to log on.`,
  saved: () => 'Saved. A changed role counts from the next page they open.',
  deactivated: (name) => `${name} is deactivated, logged off everywhere, and cannot log on.`,
  activated: (name) => `The account of ${name} is restored.`,
  'factor-removed': (name) => `The second factor of ${name} is removed, and ${name} is logged off everywhere.`,
  'logged-off': (name) => `${name} is logged off everywhere.`,
}

export function AccountPage(props: AccountPageProps) {
  const { base, now, member, isOwn, done = '' } = props
  const words = wordsFor(doneWords, done)?.(apart(member.name))
  const here = `${base}/staff/${member.id}`
  const isGone = member.deactivatedAt !== null
  return (
    <>
      {words && <Notice>{words}</Notice>}
      {isGone && (
        <StillBooked {...props} zone={props.timezone} where={`with ${apart(member.name)}, who is not there any more`} />
      )}
      <Breadcrumb href={`${base}/staff`}>Staff</Breadcrumb>
      <div class="title-row">
        <h1>{member.name}</h1>
        {!isGone && (
          <a class="button secondary" href={`${here}/edit`}>
            Edit
          </a>
        )}
      </div>
      <section class="panel" aria-labelledby="account-title">
        <h2 id="account-title">Account</h2>
        <p>
          <PasswordMark member={member} now={now} />
        </p>
        <Facts facts={factsOf(props)} />
        {isGone ? (
          <Restoration here={here} />
        ) : isOwn ? (
          <Own base={base} />
        ) : (
          <WaysOn base={base} member={member} formId={props.formId} />
        )}
      </section>
      {!isGone && <FactorPanel {...props} here={here} />}
      {!isGone && !isOwn && <Sessions {...props} here={here} />}
      {!isGone && (
        <section class="panel" aria-labelledby="leaving-title">
          <h2 id="leaving-title">Leaving the clinic</h2>
          <p>A deactivated account cannot log on. What the person did stays in the audit.</p>
          <p class="actions">
            <a class="button secondary" href={`${here}/deactivation`}>
              Deactivate
            </a>
          </p>
        </section>
      )}
    </>
  )
}

const Restoration = ({ here }: { here: string }) => (
  <form method="post" action={`${here}/activation`} class="actions">
    <button class="button">Restore the account</button>
  </form>
)

const Own = ({ base }: { base: string }) => (
  <p class="actions">
    This is you. <a href={`${base}/password`}>Change my password</a>
    <a href={`${base}/sessions`}>Where I am logged on</a>
  </p>
)

function Sessions({ member, sessions, now, here }: AccountPageProps & { here: string }) {
  const [latest] = sessions
  return (
    <section class="panel" aria-labelledby="sessions-title">
      <h2 id="sessions-title">Logged on</h2>
      {latest ? (
        <>
          <p>
            In {sessions.length === 1 ? 'one browser' : `${sessions.length} browsers`}, last seen{' '}
            {distanceInWords(latest.lastSeenAt, now)}.
          </p>
          <form method="post" action={`${here}/sessions/ending`} class="actions">
            <button class="button secondary">
              Log off everywhere<span class="hidden">: {apart(member.name)}</span>
            </button>
          </form>
        </>
      ) : (
        <p class="muted">Nowhere at the moment.</p>
      )}
    </section>
  )
}

function factsOf({ member, now, timezone }: AccountPageProps): Fact[] {
  const { lastLogonAt, deactivatedAt } = member
  return [
    { term: 'Username', value: member.username },
    { term: 'Role', value: roleLabels[member.role] },
    { term: 'Email address', value: member.email },
    {
      term: 'Last logon',
      value: lastLogonAt ? `${momentInWords(lastLogonAt, timezone)} (${distanceInWords(lastLogonAt, now)})` : 'Never',
    },
    { term: 'Added', value: dateInWords(member.createdAt, timezone) },
    ...(deactivatedAt === null ? [] : [{ term: 'Deactivated', value: momentInWords(deactivatedAt, timezone) }]),
  ]
}
