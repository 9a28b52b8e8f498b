import { TickBox } from '../../web/fields.tsx'
import { Breadcrumb, Notice, StateMark } from '../../web/parts.tsx'

interface RequirementPageProps {
  base: string
  isRequired: boolean
  /** Everybody who can be let in. */
  members: { id: string; name: string; hasFactor: 0 | 1 }[]
  /** Whether the manager who is looking has one. */
  hasOwn: boolean
  saved: boolean
  problem?: string
}

export function RequirementPage({ base, isRequired, members, hasOwn, saved, problem }: RequirementPageProps) {
  return (
    <>
      {saved && <Notice>Saved.</Notice>}
      <Breadcrumb href={`${base}/settings`}>Settings</Breadcrumb>
      <h1>Second factor for staff</h1>
      <p class="lead">
        A code from an app, or a passkey, besides the password. Patients are never asked for one to log on.
      </p>
      <div class="split">
        <form method="post" class="panel" novalidate>
          <TickBox
            name="required"
            ticked={isRequired || problem !== undefined}
            problem={problem}
            hint="Whoever has none is led to set one up when they next open a page, before anything else"
          >
            Staff need a second factor
          </TickBox>
          {!hasOwn && (
            <p>
              You have none yet. <a href={`${base}/second-factor`}>Set up your own</a> before you ask for it.
            </p>
          )}
          <div class="actions">
            <button class="button">Save</button>
          </div>
        </form>
        <section class="panel" aria-labelledby="who-title">
          <h2 id="who-title">Who has one</h2>
          <ul class="plain">
            {members.map(({ id, name, hasFactor }) => (
              <li>
                <StateMark shape={hasFactor ? 'tick' : 'dash'}>{hasFactor ? 'Has one' : 'None yet'}</StateMark>{' '}
                <a href={`${base}/staff/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}
