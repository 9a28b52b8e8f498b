/** A patient asks for online access. One question, one answer for everyone (rule M10), and only then the rules. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import type { RegistrationLink } from '../clinic/registration-settings.ts'
import { isOn, linkTitles } from '../clinic/registration-settings.ts'
import { networkKey } from '../front-door/logon-try.ts'
import { deliverDue } from '../mail/outbox.ts'
import { database } from '../web/database.ts'
import { readForm } from '../web/form.ts'
import { show } from '../web/page.tsx'
import { decideRegistrations } from './decide.ts'
import { emailAddress, emailProblem } from './email-address.ts'
import { linkRoutes } from './link-routes.tsx'
import { askToRegister } from './registration-store.ts'
import { AskPage, ClosedPage, SentPage } from './views.tsx'

export const registrationRoutes = new Hono<App>()
  .get('/register/sent', (c) =>
    show(c, {
      title: 'Check your email',
      shape: 'card',
      children: <SentPage base={c.var.frame.base} clinic={c.var.clinic} />,
    }),
  )
  .get('/register/existing', (c) => showQuestion(c, 'existing'))
  .get('/register/new', (c) => showQuestion(c, 'new'))
  .post('/register/existing', (c) => answerQuestion(c, 'existing'))
  .post('/register/new', (c) => answerQuestion(c, 'new'))
  .route('/', linkRoutes)

async function answerQuestion(c: Ask, link: RegistrationLink) {
  const { clinic, now, frame } = c.var
  if (!isOn(clinic, link)) return showClosed(c)
  const typed = (await readForm(c.req.raw)).exact('email')
  const address = emailAddress(typed)
  if (!address) return showQuestion(c, link, typed, emailProblem(typed))
  const network = await networkKey(c, 'asking')
  const id = await askToRegister(database(c.env), { clinicId: clinic.id, link, email: address.canonical, network }, now)
  afterTheAnswer(c, (env, now) => decideRegistrations(env, now, id).then(() => deliverDue(env, now)))
  return c.redirect(`${frame.base}/register/sent`, 303)
}

function showQuestion(c: Ask, link: RegistrationLink, typed = '', problem?: string) {
  const { clinic, frame } = c.var
  if (!isOn(clinic, link)) return showClosed(c)
  return show(c, {
    title: linkTitles[link],
    problems: problem ? { email: problem } : {},
    shape: 'card',
    children: <AskPage link={link} base={frame.base} clinic={clinic} typed={typed} problem={problem} />,
  })
}

/** The generic message, whatever the reason. The address is not there while its switch is off. */
function showClosed(c: Ask) {
  const { clinic, frame } = c.var
  const children = <ClosedPage base={frame.base} clinic={clinic} />
  return show(c, { title: 'Please call the clinic', status: 404, shape: 'card', children })
}
