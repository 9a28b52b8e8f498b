/** `/:clinic/appointments/:id/cancellation`: a patient cancels, after one question, until the clinic's notice begins. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { entryByPatient } from '../../audit/entry-by-patient.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import type { Visit } from '../../front-door/sessions/visit.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { fullName } from '../../patients/patient.ts'
import type { Statement } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { hasHiddenInLine, oneLine } from '../../web/typed-text.ts'
import { setStatus } from '../booking-store.ts'
import { tellPatient } from '../messages/appointment-mail.ts'
import { CancelPage, lateHeading, TooLatePage } from './cancellation-views.tsx'
import { longestReason, mayCancel, mostTries, toldOf } from './own-appointment.ts'
import { type Own, readOwn } from './own-store.ts'

export const cancellationRoutes = new Hono<App>()
  .get('/appointments/:id/cancellation', patientsOnly, async (c) => {
    const own = await readOwn(c)
    return refused(c, own) ?? showQuestion(c, own)
  })
  .post('/appointments/:id/cancellation', patientsOnly, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const reason = oneLine(typed.reason)
    for (let tries = 0; tries < mostTries; tries++) {
      const own = await readOwn(c)
      const answer = refused(c, own, 409)
      if (answer) return answer
      const isChanged = typed.version !== undefined && typed.version !== String(own.appointment.version)
      if (isChanged) return showQuestion(c, own, { reason, isChanged })
      const problems = reasonProblems(reason)
      if (hasProblems(problems)) return showQuestion(c, own, { reason, problems })
      const written = await c.var.visit.writeForPatient(await cancelStatements(c, own, reason))
      if (!written.ok) continue
      afterTheAnswer(c, deliverDue)
      return c.redirect(doneHref(c, own), 303)
    }
    throw new Error('a cancellation was refused again and again')
  })

const doneHref = (c: Ask, { appointment }: Own) => `${c.var.frame.base}/appointments/${appointment.id}?done=cancelled`

/** What is cancelled already is shown as such: the same answer for a form that was sent twice. */
function refused(c: Ask, own: Own, status: 200 | 409 = 200) {
  const { appointment, rules } = own
  const { clinic, frame, now, visit } = c.var
  if (appointment.status === 'cancelled') return c.redirect(doneHref(c, own), 303)
  const verdict = mayCancel(appointment, rules, now)
  if (verdict.ok) return undefined
  const props = { base: frame.base, clinic, appointment, because: verdict.because, ...whose(visit, appointment) }
  const children = <TooLatePage {...props} act="cancel" />
  return show(c, { title: lateHeading('cancel', verdict.because), status, look: 'diary', children })
}

const whose = ({ namesPatient, actedFor }: Visit, appointment: Own['appointment']) => ({
  patientName: namesPatient ? fullName(appointment) : undefined,
  actedFor,
})

interface Said {
  reason?: string
  problems?: Problems
  isChanged?: boolean
}

function showQuestion(c: Ask, { appointment }: Own, { reason = '', problems = {}, isChanged }: Said = {}) {
  const { clinic, frame, visit } = c.var
  const props = { base: frame.base, clinic, appointment, reason, problems, isChanged, ...whose(visit, appointment) }
  return show(c, {
    title: 'Do you want to cancel this appointment?',
    look: 'diary',
    problems,
    status: isChanged ? 409 : undefined,
    children: <CancelPage {...props} />,
  })
}

function reasonProblems(reason: string): Problems {
  if (reason.length > longestReason) return { reason: `Your reason must be ${longestReason} characters or fewer` }
  return hasHiddenInLine(reason) ? { reason: 'Your reason has characters that cannot be seen. Type it again' } : {}
}

async function cancelStatements(c: Ask, { appointment, rules }: Own, reason: string): Promise<Statement[]> {
  const { visit, clinic, now } = c.var
  const { db, clinicId } = visit
  const { id, version, status } = appointment
  const told = {
    ...toldOf(appointment, visit.called),
    sequence: appointment.sequence + 1,
    status: 'cancelled' as const,
  }
  const mails = await tellPatient(c.env, db, clinic, 'cancelled', told, rules, now)
  return [
    ...setStatus(db, { clinicId, id, version, status }, { status: 'cancelled', by: null, reason }, now),
    entryByPatient(c, 'appointment-cancelled', { appointment: id, ...(mails.length > 0 && { told: true }) }),
    ...mails,
  ]
}
