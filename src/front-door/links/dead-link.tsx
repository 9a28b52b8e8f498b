/** What stands behind a link of a mail that does not work any more. */
import type { Child } from 'hono/jsx'
import type { Ask } from '../../ask.ts'
import { apart } from '../../web/apart.ts'
import { database } from '../../web/database.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { show } from '../../web/page.tsx'
import { deadLinkRate } from '../lockout/lockout.ts'
import { countInWindow } from '../lockout/lockout-store.ts'
import { networkKey } from '../logon-try.ts'

/**
 * Counted by network (C12): 429 when there were too many. Whoever has a link that works never comes here.
 * @param again where another link of its kind is asked for; the kind stands in the address, so it tells nothing
 */
export async function showDeadLink(
  c: Ask,
  again: Child = (
    <AskAgain base={c.var.frame.base} at="/password/forgotten">
      If you have chosen your password already, you can log on with it.
    </AskAgain>
  ),
) {
  const [counted] = await countInWindow(database(c.env), await networkKey(c, 'link'), deadLinkRate, c.var.now)
  return show(c, {
    title: 'This link does not work any more',
    status: counted?.refused ? 429 : 404,
    shape: 'card',
    children: <DeadLinkPage clinic={c.var.clinic} again={again} />,
  })
}

/** One page for a link that was used, ended, expired or never was: the difference is nobody’s business (D14). */
function DeadLinkPage({ clinic, again }: { clinic: { name: string; phone: string }; again: Child }) {
  return (
    <>
      <h1>This link does not work any more</h1>
      <p>A link works once and for a limited time, and a newer link takes the place of an older one.</p>
      {again}
      <p>
        If that does not help, call {apart(clinic.name)} on <PhoneLink phone={clinic.phone} />.
      </p>
    </>
  )
}

/**
 * @param at the page where another link is asked for, below the clinic
 * @param children for whoever has pressed twice: the first press did it
 */
export const AskAgain = ({ base, at, children }: { base: string; at: string; children: Child }) => (
  <>
    <p>{children}</p>
    <div class="actions">
      <a class="button" href={base + at}>
        Send a new link
      </a>
      <a href={base}>Log on</a>
    </div>
  </>
)
