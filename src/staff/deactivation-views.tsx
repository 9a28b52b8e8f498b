import { StillBooked } from '../diary/time/hits.tsx'
import type { Hit } from '../diary/time/hits-store.ts'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { Problem } from '../web/fields.tsx'
import { Breadcrumb } from '../web/parts.tsx'

interface DeactivationPageProps {
  base: string
  /** IANA */
  zone: string
  member: Staff
  /** What is booked with them and still to come. */
  hits: Hit[]
  /** The manager is about to lock themselves out. */
  isOwn: boolean
  problem?: string
}

export function DeactivationPage({ base, zone, member, hits, isOwn, problem }: DeactivationPageProps) {
  const here = `${base}/staff/${member.id}`
  return (
    <>
      <Breadcrumb href={here}>{member.name}</Breadcrumb>
      <h1>Deactivate {apart(member.name)}?</h1>
      <section class="panel">
        <p>
          {isOwn
            ? 'This is you. You are logged off everywhere at once, and only another manager can restore your account.'
            : `${apart(member.name)} is logged off everywhere at once and cannot log on. Links that were sent stop working. You can restore the account at any time.`}
        </p>
        <StillBooked base={base} zone={zone} hits={hits} where={`with ${apart(member.name)}`} />
        <Problem name="deactivation" problem={problem} />
        <form method="post" action={`${here}/deactivation`} class="actions">
          <button class="button warning" id="deactivation" aria-describedby={problem && 'deactivation-problem'}>
            Deactivate
          </button>
          <a href={here}>Keep it as it is</a>
        </form>
      </section>
    </>
  )
}
