/** A forgotten password: one answer for everyone, written down first and worked on after it. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { emailAddress, emailProblem } from '../../registration/email-address.ts'
import { database } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { logonName } from '../logon-name.ts'
import { networkKey } from '../logon-try.ts'
import { decideForgottenPasswords } from './forgotten-password.ts'
import { askForNewPassword } from './forgotten-store.ts'
import { newPasswordRoutes } from './new-password-routes.tsx'
import { ForgottenPage, LinkSentPage } from './password-views.tsx'

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
    afterTheAnswer(c, (env, now) => decideForgottenPasswords(env, now, id).then(() => deliverDue(env, now)))
    return c.redirect(`${frame.base}/password/sent`, 303)
  })
  .get('/password/sent', (c) => {
    const { clinic, frame } = c.var
    const children = <LinkSentPage base={frame.base} clinic={clinic} />
    return show(c, { title: 'Check your email to set a new password', shape: 'card', children })
  })
  .route('/', newPasswordRoutes)

function problemsOf(typed: string): Problems {
  if (typed === '') return { identifier: 'Enter your email address or username' }
  return typed.includes('@') && !emailAddress(typed) ? { identifier: emailProblem(typed) } : {}
}

const showForm = (c: Ask, typed: string, problems: Problems = {}) =>
  show(c, {
    title: 'Set a new password',
    problems,
    shape: 'card',
    children: <ForgottenPage typed={typed} problems={problems} />,
  })
