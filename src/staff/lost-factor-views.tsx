import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { TickBox } from '../web/fields.tsx'
import { Breadcrumb } from '../web/parts.tsx'

export function LostFactorPage({ base, member, problem }: { base: string; member: Staff; problem?: string }) {
  const here = `${base}/staff/${member.id}`
  return (
    <>
      <Breadcrumb href={here}>{member.name}</Breadcrumb>
      <h1>Remove the second factor of {apart(member.name)}?</h1>
      <section class="panel">
        <p>
          The authenticator app, the passkeys and the recovery codes stop working, and {apart(member.name)} is logged
          off everywhere. Until a new second factor is set up, the password alone lets in.
        </p>
        <p>
          A thief who knows the password may ask for this too. Do it only when {apart(member.name)} stands before you,
          or when you have called them back on a number that you know.
        </p>
        <form method="post" action={`${here}/second-factor/removal`} novalidate>
          <TickBox name="known" problem={problem}>
            I have made sure that it is {apart(member.name)} who asks
          </TickBox>
          <div class="actions">
            <button class="button warning">Remove lost second factor</button>
            <a href={here}>Keep it as it is</a>
          </div>
        </form>
      </section>
    </>
  )
}
