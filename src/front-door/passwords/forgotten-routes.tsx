/** A forgotten password: one answer for everyone, written down first and worked on after it. Then the link's page. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { emailAddress, emailProblem } from '../../registration/email-address.ts'
import type { OneTimeLink } from '../../schema.ts'
import { database, onlyIfChanged, writeAll } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { type Account, accountOf } from '../account-store.ts'
import { showDeadLink } from '../links/dead-link.tsx'
import { isOpen } from '../links/one-time-link.ts'
import { linkByToken, useLink } from '../links/one-time-link-store.ts'
import { logonName } from '../logon-name.ts'
import { networkKey } from '../logon-try.ts'
import { decideForgottenPasswords } from './forgotten-password.ts'
import { askForNewPassword } from './forgotten-store.ts'
import { knownWords, newPasswordStatements } from './new-password.ts'
import { passwordProblem } from './password-rules.ts'
import { ForgottenPage, LinkSentPage, NewPasswordPage } from './password-views.tsx'

export const forgottenRoutes = new Hono<App>()
  .get('/password/forgotten', (c) => showForm(c, ''))
  .post('/password/forgotten', async (c) => {
    const { clinic, now, frame } = c.var
    const typed = (await readForm(c.req.raw)).text('identifier')
    const problems = problemsOf(typed)
    if (hasProblems(problems)) return showForm(c, typed, problems)
    const network = await networkKey(c, 'asking')
    const asked = { clinicId: clinic.id, identifier: logonName(typed), network }
    const id = await askForNewPassword(database(c.env), asked, now)
    afterTheAnswer(
      c,
      decideForgottenPasswords(c.env, now, id).then(() => deliverDue(c.env, now)),
    )
    return c.redirect(`${frame.base}/password/sent`, 303)
  })
  .get('/password/sent', (c) => {
    const { clinic, frame } = c.var
    const children = <LinkSentPage base={frame.base} clinic={clinic} />
    return show(c, { title: 'Check your email', shape: 'card', children })
  })
  .get('/password/new/:token', async (c) => {
    const account = await accountBehind(c, c.req.param('token'))
    return account ? showNewPassword(c, account) : showDeadLink(c)
  })
  .post('/password/new/:token', async (c) => {
    const { clinic, now, frame } = c.var
    const token = c.req.param('token')
    const wanted = (await readForm(c.req.raw)).exact('new_password')
    const account = await accountBehind(c, token)
    if (!account) return showDeadLink(c)
    const problem = passwordProblem(wanted, knownWords(clinic, account))
    if (problem) return showNewPassword(c, account, { new_password: problem })
    const db = database(c.env)
    const statements = await newPasswordStatements(c, db, account, wanted, 'password-set-by-link')
    const written = await writeAll(db, [useLink(db, clinic.id, token, now), onlyIfChanged(db), ...statements])
    if (!written.ok) return showDeadLink(c)
    afterTheAnswer(c, deliverDue(c.env, now))
    return c.redirect(`${frame.base}?notice=password-set`, 303)
  })

function problemsOf(typed: string): Problems {
  if (typed === '') return { identifier: 'Enter your email address or username' }
  return typed.includes('@') && !emailAddress(typed) ? { identifier: emailProblem(typed) } : {}
}

const purposes: OneTimeLink['purpose'][] = ['set-up', 'reset']

/** Whose password this link may set, when it is open and its account was not stopped. Uses nothing up. */
async function accountBehind(c: Ask, token: string): Promise<Account | undefined> {
  const db = database(c.env)
  const [link] = await linkByToken(db, c.var.clinic.id, token)
  if (!link || !isOpen(link, c.var.now) || !purposes.includes(link.purpose)) return undefined
  const { staffId, patientId } = link
  const [account] = await accountOf(db, c.var.clinic.id, staffId ? { staffId } : { patientId: patientId ?? '' })
  return account
}

const showForm = (c: Ask, typed: string, problems: Problems = {}) =>
  show(c, {
    title: 'Set a new password',
    problems,
    shape: 'card',
    children: <ForgottenPage typed={typed} problems={problems} />,
  })

const showNewPassword = (c: Ask, account: Account, problems: Problems = {}) =>
  show(c, {
    title: 'Create a password',
    problems,
    shape: 'card',
    children: <NewPasswordPage logonName={account.logonName} problems={problems} />,
  })
