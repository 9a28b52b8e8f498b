/** `/:clinic/email/:token`: the link that was mailed to a new address. It shows a button and uses nothing up; the POST does. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { publicOrigin } from '../../environment.ts'
import { AskAgain, showDeadLink } from '../../front-door/links/dead-link.tsx'
import { isOpen } from '../../front-door/links/one-time-link.ts'
import { endLinksOf, linkByToken, useLink } from '../../front-door/links/one-time-link-store.ts'
import { claimOf } from '../../front-door/sessions/guard.ts'
import { deliverDue, queueMail } from '../../mail/outbox.ts'
import { readdressMails } from '../../mail/waiting-store.ts'
import { emailAddress } from '../../registration/email-address.ts'
import type { Patient } from '../../schema.ts'
import { database, onlyIfChanged, type Statement, writeAll } from '../../web/database.ts'
import { show } from '../../web/page.tsx'
import { recordOf } from '../patient-record.ts'
import { accessOf, patientById, updatePatient } from '../patient-store.ts'
import { ProofPage, ProofRefusedPage } from './email-views.tsx'
import { emailLeft, emailTaken } from './emails.tsx'

const mostTries = 3

export const emailProofRoutes = new Hono<App>()
  .get('/email/:token', async (c) => {
    const proof = await load(c, c.req.param('token'))
    if (!proof) return showDead(c)
    const children = <ProofPage clinic={c.var.clinic} email={proof.email} />
    return show(c, { title: 'Confirm your new email address', shape: 'card', children })
  })
  .post('/email/:token', async (c) => {
    const token = c.req.param('token')
    for (let tries = 0; tries < mostTries; tries++) {
      const proof = await load(c, token)
      if (!proof) return showDead(c)
      const written = await writeAll(database(c.env), await proofStatements(c, token, proof))
      if (written.ok) {
        afterTheAnswer(c, deliverDue)
        return c.redirect(await afterwards(c, proof), 303)
      }
      if (written.because !== 'nothing-changed') return showRefused(c) // somebody else has it now: the database says so
    }
    throw new Error('an email address could not be changed')
  })

/** Whoever is logged on as this patient stays so, and sees it there; anybody else is at the logon page. */
async function afterwards(c: Ask, { patient }: Proof): Promise<string> {
  const isInside = (await claimOf(c))?.patientId === patient.id
  return c.var.frame.base + (isInside ? '/details?done=email-changed' : '?notice=email-changed')
}

const showDead = (c: Ask) =>
  showDeadLink(
    c,
    <AskAgain base={c.var.frame.base} at="/details/email">
      If you have confirmed your new email address already, you can log on with it.
    </AskAgain>,
  )

interface Proof {
  patient: Patient
  /** As it was typed. */
  email: string
  canonical: string
}

/** Whose address this link may change, while it is open and they still have online access. Uses nothing up. */
async function load(c: Ask, token: string): Promise<Proof | null> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const [link] = await linkByToken(db, clinic.id, token)
  if (link?.purpose !== 'email' || !isOpen(link, now)) return null
  const of = link.patientId ?? ''
  const [[patient], [access]] = await db.batch([patientById(db, clinic.id, of), accessOf(db, clinic.id, of)])
  const canonical = emailAddress(link.email ?? '')?.canonical
  if (!patient || patient.archivedAt !== null || access?.state !== 'active' || !canonical) return null
  return { patient, email: link.email!, canonical }
}

/** The logon name follows the record (a trigger), and is refused where it stands on another. */
async function proofStatements(c: Ask, token: string, { patient, email, canonical }: Proof): Promise<Statement[]> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const { id: patientId, version } = patient
  const whose = { clinicId: clinic.id, byPatient: patientId, ofPatient: patientId, at: now }
  return [
    useLink(db, clinic.id, token, now),
    onlyIfChanged(db),
    updatePatient(db, patient, { ...recordOf(patient), email, emailCanonical: canonical }),
    onlyIfChanged(db),
    endLinksOf(db, clinic.id, { patientId }, now),
    ...readdressMails(db, { clinicId: clinic.id, patientId }, now),
    auditEntry(db, { ...whose, act: 'patient-changed', detail: { fields: 'email', version: version + 1 } }),
    ...(await mailsFor(c, patient, canonical)),
  ]
}

async function mailsFor(c: Ask, { id: patientId, emailCanonical }: Patient, to: string): Promise<Statement[]> {
  const { clinic, frame, now } = c.var
  const db = database(c.env)
  const of = { clinicId: clinic.id, patientId }
  const left = { ...of, kind: 'email-changed-old' as const, to: emailCanonical!, letter: emailLeft(clinic) }
  const letter = emailTaken(clinic, publicOrigin(c.env) + frame.base)
  const taken = { ...of, kind: 'email-changed-new' as const, to, letter }
  const mails = await Promise.all([queueMail(c.env, db, left, now), queueMail(c.env, db, taken, now)])
  return mails.flat()
}

const showRefused = (c: Ask) =>
  show(c, {
    title: 'We could not change your email address',
    status: 409,
    shape: 'card',
    children: <ProofRefusedPage clinic={c.var.clinic} />,
  })
