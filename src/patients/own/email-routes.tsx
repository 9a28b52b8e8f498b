/** `/:clinic/details/email`: a patient asks for another address to log on with. Nothing changes before it is proven. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { publicOrigin } from '../../environment.ts'
import { endLinksOf, newLink } from '../../front-door/links/one-time-link-store.ts'
import { giveTryBack } from '../../front-door/lockout/lockout-store.ts'
import { ownAccount, provingPassword } from '../../front-door/passwords/own-password.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import { deliverDue, queueMail } from '../../mail/outbox.ts'
import { type EmailAddress, emailAddress, emailProblem } from '../../registration/email-address.ts'
import type { Patient } from '../../schema.ts'
import type { Statement } from '../../web/database.ts'
import { wholeDay } from '../../web/durations.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { holdersOfEmail } from '../patient-store.ts'
import { EmailPage, EmailSentPage } from './email-views.tsx'
import { emailProof, emailRefused } from './emails.tsx'
import { emailMailsSince, holdersRecord } from './own-record-store.ts'

const mostADay = 5 // mails: whoever has somebody's password may not flood strangers

export const emailRoutes = new Hono<App>()
  .get('/details/email', patientsOnly, async (c) => {
    const [patient] = await holdersRecord(c)
    return c.req.query('done') === 'sent' ? showSent(c) : showForm(c, patient)
  })
  .post('/details/email', patientsOnly, async (c) => {
    const form = await readForm(c.req.raw)
    const [typed, current] = [form.text('email'), form.exact('current_password')]
    const account = await ownAccount(c)
    const asked = await readAsked(c, typed)
    const problems = problemsOf(asked, typed, current)
    if (hasProblems(problems)) return showForm(c, asked.patient, typed, problems)
    if (asked.mails >= mostADay) return showForm(c, asked.patient, typed, { email: tooOften }, 429)
    const proof = await provingPassword(c, account, current, (seriesKey) => ask(c, asked, seriesKey))
    if (!proof.ok) return showForm(c, asked.patient, typed, proof.problems, proof.status)
    return c.redirect(`${c.var.frame.base}/details/email?done=sent`, 303)
  })

const tooOften = 'You have asked for this five times today. Try again tomorrow, or call the clinic'

interface Asked {
  patient: Patient
  address: EmailAddress | null
  /** On another record: then it cannot be used, and only its mailbox is told. */
  isTaken: boolean
  /** That this patient has caused today. */
  mails: number
}

async function readAsked(c: Ask, typed: string): Promise<Asked> {
  const { visit, now } = c.var
  const { db, clinicId, holderId: patientId } = visit
  const address = emailAddress(typed)
  const [patient, holders, [mails]] = await holdersRecord(
    c,
    holdersOfEmail(db, clinicId, address?.canonical ?? ''),
    emailMailsSince(db, clinicId, patientId, now - wholeDay),
  )
  const isTaken = holders.some(({ id }) => id !== patientId)
  return { patient, address, isTaken, mails: mails!.count }
}

function problemsOf({ patient, address }: Asked, typed: string, current: string): Problems {
  const isSame = address !== null && address.canonical === patient.emailCanonical
  return {
    ...(address === null && { email: emailProblem(typed) }),
    ...(isSame && { email: 'This is the email address that you log on with already' }),
    ...(current === '' && { current_password: 'Enter your password' }),
  }
}

async function ask(c: Ask, asked: Asked, seriesKey: string): Promise<void> {
  const { visit, now } = c.var
  const { db, clinicId, holderId: patientId } = visit
  const whose = { clinicId, byPatient: patientId, ofPatient: patientId, at: now }
  await visit.write([
    giveTryBack(db, seriesKey),
    ...(await linkAndMail(c, asked)),
    auditEntry(db, { ...whose, act: 'email-change-asked', detail: { outcome: asked.isTaken ? 'taken' : 'link' } }),
  ])
  afterTheAnswer(c, deliverDue)
}

/** One mail to the address in either case; the older links end in either case. */
async function linkAndMail(c: Ask, { address, isTaken }: Asked): Promise<Statement[]> {
  const { visit, clinic, frame, now } = c.var
  const { db, clinicId, holderId: patientId } = visit
  const { typed, canonical } = address!
  const outgoing = { clinicId, patientId, to: canonical }
  if (isTaken) {
    const refusal = await queueMail(
      c.env,
      db,
      { ...outgoing, kind: 'email-refused', letter: emailRefused(clinic) },
      now,
    )
    return [endLinksOf(db, clinicId, { patientId }, now), ...refusal]
  }
  const link = newLink(db, { clinicId, purpose: 'email', owner: { patientId }, email: typed }, now)
  const letter = emailProof(clinic, `${publicOrigin(c.env)}${frame.base}/email/${link.token}`)
  return [...link.statements, ...(await queueMail(c.env, db, { ...outgoing, kind: 'email-proof', letter }, now))]
}

function showForm(c: Ask, patient: Patient, email = '', problems: Problems = {}, status?: 422 | 429) {
  const props = { base: c.var.frame.base, clinic: c.var.clinic, current: patient.email, email, problems }
  return show(c, { title: 'Change my email address', problems, status, children: <EmailPage {...props} /> })
}

const showSent = (c: Ask) =>
  show(c, {
    title: 'Check your email',
    children: <EmailSentPage base={c.var.frame.base} clinic={c.var.clinic} />,
  })
