/** What stands behind a link of a mail that does not work any more, whatever it was for. */
import type { Ask } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { PhoneLink } from '../../web/layout.tsx'
import { show } from '../../web/page.tsx'
import { deadLinkRate } from '../lockout/lockout.ts'
import { countInWindow } from '../lockout/lockout-store.ts'
import { networkKey } from '../logon-try.ts'

/** Counted by network (C12): 429 when there were too many. Whoever has a link that works never comes here. */
export async function showDeadLink(c: Ask) {
  const [counted] = await countInWindow(database(c.env), await networkKey(c, 'link'), deadLinkRate, c.var.now)
  return show(c, {
    title: 'This link does not work any more',
    status: counted?.refused ? 429 : 404,
    shape: 'card',
    children: <DeadLinkPage base={c.var.frame.base} clinic={c.var.clinic} />,
  })
}

/** One page for a link that was used, ended, expired or never was: the difference is nobody’s business (D14). */
function DeadLinkPage({ base, clinic }: { base: string; clinic: { name: string; phone: string } }) {
  return (
    <>
      <h1>This link does not work any more</h1>
      <p>A link works once and for a limited time, and a newer link takes the place of an older one.</p>
      <div class="actions">
        <a class="button" href={`${base}/password/forgotten`}>
          Send a new link
        </a>
        <a href={base}>Log on</a>
      </div>
      <p>
        If that does not help, call {clinic.name} on <PhoneLink phone={clinic.phone} />.
      </p>
    </>
  )
}
