import type { Staff } from '../schema.ts'

/** The two ways to give somebody a password: a link to their address, or a password to read out. */
export function WaysOn({ base, member }: { base: string; member: Staff }) {
  return (
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
  )
}
