/** Logging on with a passkey: by itself, for staff and patients alike, or as the second factor after the password. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { database, writeAll } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { ownPath } from '../../web/own-path.ts'
import { show } from '../../web/page.tsx'
import { type Account, accountByCredential } from '../account-store.ts'
import { letIn } from '../let-in.ts'
import { logonRate, tooManyTries } from '../lockout/lockout.ts'
import { countInWindow } from '../lockout/lockout-store.ts'
import { refusedAtTheDoor } from '../logon-refusal.ts'
import { networkKey } from '../logon-try.ts'
import { askPasskey, atTheDoor, challengeOf, forgetChallenge } from './challenge.ts'
import { PasskeyLogonPage } from './passkey-logon-views.tsx'
import { passkeyStepRoutes } from './passkey-step-routes.tsx'
import { openChallenge, passkeyByCredential, takeChallenge, takePasskey } from './passkey-store.ts'
import { credentialIn, requestOptions, verifiedUse } from './webauthn.ts'

/** The same for whoever it is: a passkey of nobody, of another clinic, or of somebody who may not come in. */
const wrong = 'This passkey does not let you in here. Log on with your password'

export const passkeyLogonRoutes = new Hono<App>()
  .post('/logon/passkey/challenge', async (c) => {
    const next = ownPath((await readForm(c.req.raw)).text('next'), c.var.frame.base) ?? ''
    const [counted] = await countInWindow(database(c.env), await networkKey(c, 'passkey'), logonRate, c.var.now)
    if (counted?.refused) return showLogon(c, next, { credential: tooManyTries }, 429)
    await askPasskey(c, atTheDoor(c))
    return c.redirect(`${c.var.frame.base}/logon/passkey${next && `?next=${encodeURIComponent(next)}`}`, 303)
  })
  .get('/logon/passkey', async (c) => {
    const [isAsked] = await openChallenge(database(c.env), atTheDoor(c), challengeOf(c), c.var.now)
    return isAsked ? showLogon(c, c.req.query('next') ?? '') : c.redirect(c.var.frame.base, 303)
  })
  .post('/logon/passkey', async (c) => {
    const form = await readForm(c.req.raw)
    const [answer, next] = [form.text('credential'), form.text('next')]
    const { account, to } = await goIn(c, answer, next)
    if (!to) await refuse(c, account)
    forgetChallenge(c)
    return to ? c.redirect(to, 303) : showLogon(c, next, { credential: wrong })
  })
  .route('/', passkeyStepRoutes)

async function goIn(c: Ask, answer: string, next: string): Promise<{ account?: Account; to: string | null }> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const [challenge, credential] = [challengeOf(c), credentialIn(answer)]
  const [[isAsked], [known], [account]] = await db.batch([
    openChallenge(db, atTheDoor(c), challenge, now),
    passkeyByCredential(db, clinic.id, credential),
    accountByCredential(db, clinic.id, credential),
  ])
  const used = isAsked && known && account ? await verifiedUse(c.env, answer, challenge, known) : null
  if (!used || !known || !account) return { account, to: null }
  const userAgent = c.req.header('user-agent') ?? ''
  const uses = [takeChallenge(db, atTheDoor(c), challenge, now), takePasskey(db, known, { ...used, userAgent }, now)]
  const proof = { by: 'passkey' as const, uses, counters: [], passkeyId: known.id }
  return { account, to: await letIn(c, db, account, proof, next) }
}

/** Its challenge is used up by it. */
async function refuse(c: Ask, account: Account | undefined): Promise<void> {
  const db = database(c.env)
  const challenge = takeChallenge(db, atTheDoor(c), challengeOf(c), c.var.now)
  await writeAll(db, [challenge, refusedAtTheDoor(c, db, account, 'passkey')])
}

async function showLogon(c: Ask, next: string, problems: Problems = {}, status?: 429) {
  const { base } = c.var.frame
  const isRefused = problems.credential !== undefined
  const options = isRefused ? undefined : await requestOptions(c.env, [], challengeOf(c))
  const props = { action: `${base}/logon/passkey`, back: base, next, options, problem: problems.credential }
  const children = <PasskeyLogonPage {...props} />
  return show(c, { title: 'Log on with a passkey', problems, status, shape: 'card', passkeys: true, children })
}
