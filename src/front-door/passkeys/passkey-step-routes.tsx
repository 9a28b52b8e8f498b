/** A passkey as the second factor, after the right password. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { database } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { type Halfway, halfLogonOf, startAgain } from '../second-factor/half-logon.ts'
import { type Evidence, tooManyCodes, trySecondFactor } from '../second-factor/second-factor-try.ts'
import { afterThePassword, askPasskey, challengeOf, forgetChallenge } from './challenge.ts'
import { PasskeyLogonPage } from './passkey-logon-views.tsx'
import { openChallenge, passkeyByCredential, passkeysOf, takeChallenge, takePasskey } from './passkey-store.ts'
import { credentialIn, requestOptions, verifiedUse } from './webauthn.ts'

const wrong = 'This passkey does not work here. Try again, or use another way'

export const passkeyStepRoutes = new Hono<App>()
  .post('/logon/second-factor/passkey/challenge', async (c) => {
    const half = await halfLogonOf(c)
    if (!half) return startAgain(c)
    await askPasskey(c, afterThePassword(c, half.tokenHash))
    return c.redirect(`${c.var.frame.base}/logon/second-factor/passkey`, 303)
  })
  .get('/logon/second-factor/passkey', async (c) => {
    const half = await halfLogonOf(c)
    if (!half) return startAgain(c)
    const asked = afterThePassword(c, half.tokenHash)
    const [isAsked] = await openChallenge(database(c.env), asked, challengeOf(c), c.var.now)
    return isAsked ? showStep(c, half) : c.redirect(`${c.var.frame.base}/logon/second-factor`, 303)
  })
  .post('/logon/second-factor/passkey', async (c) => {
    const answer = (await readForm(c.req.raw)).text('credential')
    const half = await halfLogonOf(c)
    if (!half) return startAgain(c)
    const outcome = await trySecondFactor(c, half, 'passkey', () => passkeyEvidence(c, half, answer))
    forgetChallenge(c)
    if (outcome.ok) return c.redirect(outcome.to, 303)
    const isWrong = outcome.because === 'wrong'
    return showStep(c, half, { credential: isWrong ? wrong : tooManyCodes }, isWrong ? 422 : 429)
  })

/** A wrong answer uses its challenge up too. */
async function passkeyEvidence(c: Ask, half: Halfway, answer: string): Promise<Evidence> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const [asked, challenge] = [afterThePassword(c, half.tokenHash), challengeOf(c)]
  const [[isAsked], [known]] = await db.batch([
    openChallenge(db, asked, challenge, now),
    passkeyByCredential(db, clinic.id, credentialIn(answer)),
  ])
  const isTheirs = known?.staffId === half.staffId
  const used = isAsked && known && isTheirs ? await verifiedUse(c.env, answer, challenge, known) : null
  if (!used || !known) {
    await db.batch([takeChallenge(db, asked, challenge, now)])
    return null
  }
  const userAgent = c.req.header('user-agent') ?? ''
  return { uses: [takeChallenge(db, asked, challenge, now), takePasskey(db, known, { ...used, userAgent }, now)] }
}

async function showStep(c: Ask, half: Halfway, problems: Problems = {}, status?: 422 | 429) {
  const { clinic, frame } = c.var
  const back = `${frame.base}/logon/second-factor`
  const known = await passkeysOf(database(c.env), clinic.id, { staffId: half.staffId })
  const options = status ? undefined : await requestOptions(c.env, known, challengeOf(c))
  const props = { action: `${back}/passkey`, back, options, problem: problems.credential }
  const children = <PasskeyLogonPage {...props} />
  return show(c, { title: 'Use your passkey', problems, status, shape: 'card', passkeys: true, children })
}
