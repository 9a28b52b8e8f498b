/** *View → Change my password* (rule M4), and the change that a temporary password asks for. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { type Account, accountOf, ownerOf } from '../account-store.ts'
import { anyoneLoggedOn } from '../sessions/guard.ts'
import { giveSession } from '../sessions/session-cookie.ts'
import { newSession, rememberClaim } from '../sessions/session-store.ts'
import { SessionEnded } from '../sessions/visit.ts'
import { knownWords, newPasswordStatements } from './new-password.ts'
import { currentName, ownAccount, provingPassword } from './own-password.ts'
import { verifyPassword } from './password.ts'
import { passwordProblem } from './password-rules.ts'
import { ChangePasswordPage, PasswordChangedPage } from './password-views.tsx'

export const passwordRoutes = new Hono<App>()
  .get('/password', anyoneLoggedOn, async (c) => {
    const account = await ownAccount(c)
    return c.req.query('done') === 'changed' ? showChanged(c) : showForm(c, account)
  })
  .post('/password', anyoneLoggedOn, async (c) => {
    const form = await readForm(c.req.raw)
    const [current, wanted] = [form.exact('current_password'), form.exact('new_password')]
    const account = await ownAccount(c)
    const problems = whatIsWrong(c, account, current, wanted)
    if (hasProblems(problems)) return showForm(c, account, problems)
    const proof = await provingPassword(c, account, current, () => change(c, account, wanted), wanted)
    if (!proof.ok) return showForm(c, account, proof.problems, proof.status)
    return c.redirect(`${c.var.frame.base}/password?done=changed`, 303)
  })

function whatIsWrong(c: Ask, account: Account, current: string, wanted: string): Problems {
  const rule = passwordProblem(wanted, knownWords(c.var.clinic, account))
  const same = wanted !== '' && wanted === current ? 'Choose a password that you have not used here before' : null
  return {
    ...(current === '' && { current_password: `Enter your ${currentName(account)}` }),
    ...((same ?? rule) && { new_password: same ?? rule! }),
  }
}

/** Every session ends, this one too: the person goes on in a new one. */
async function change(c: Ask, account: Account, wanted: string): Promise<void> {
  const { visit, now } = c.var
  const { staffId, patientId } = account
  const who = { staffId: staffId ?? undefined, patientId: patientId ?? undefined }
  const session = newSession(
    visit.db,
    { clinicId: visit.clinicId, ...who, userAgent: c.req.header('user-agent') ?? '' },
    now,
  )
  const statements = await newPasswordStatements(c, visit.db, account, wanted, 'password-changed')
  const written = await visit.write([...statements, session.statement])
  if (!written.ok) return settled(c, account, wanted)
  giveSession(c, session.token)
  afterTheAnswer(c, (env) => rememberClaim(env, session.claim))
  afterTheAnswer(c, deliverDue)
}

/** The same form was a moment faster, and this session has ended with it; or the account was stopped. */
async function settled(c: Ask, account: Account, wanted: string): Promise<void> {
  const [now] = await accountOf(c.var.visit.db, c.var.visit.clinicId, ownerOf(account))
  if (!now || !(await verifyPassword(c.env, wanted, now.passwordHash)).ok) throw new SessionEnded()
}

function showForm(c: Ask, account: Account, problems: Problems = {}, status?: 422 | 429) {
  const isTemporary = account.passwordKind === 'temporary'
  return show(c, {
    title: isTemporary ? 'Choose your own password' : 'Change my password',
    problems,
    status,
    shape: 'card',
    children: <ChangePasswordPage logonName={account.logonName} isTemporary={isTemporary} problems={problems} />,
  })
}

const showChanged = (c: Ask) =>
  show(c, { title: 'Password changed', shape: 'card', children: <PasswordChangedPage home={c.var.frame.home} /> })
