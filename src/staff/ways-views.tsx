import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { openedWith } from '../web/opened-with.ts'

/** The two ways to give somebody a password: a link to their address, or a password to read out. @param formId names the form: sent twice, it sends one mail */
export function WaysOn({ base, member, formId }: { base: string; member: Staff; formId: string }) {
  return (
    <div class="actions">
      {member.email && (
        <form method="post" action={`${base}/staff/${member.id}/email`}>
          <input type="hidden" name="form_id" value={`${formId} ${member.id}`} />
          <button class={member.passwordHash ? 'button secondary' : 'button'}>
            Send set-up link<span class="hidden"> to {apart(member.name)}</span>
          </button>
        </form>
      )}
      <form method="post" action={`${base}/staff/${member.id}/password`}>
        <input type="hidden" name="opened_with" value={openedWith(member.passwordSetAt)} />
        <button class="button secondary">
          Generate temporary password<span class="hidden"> for {apart(member.name)}</span>
        </button>
      </form>
    </div>
  )
}
