/** *Set up at the counter*: a code on this screen, the password on the patient's own phone, and no email for the step. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { publicOrigin } from '../../environment.ts'
import { linkLifetimes } from '../../front-door/links/one-time-link.ts'
import { type NewLink, newLink } from '../../front-door/links/one-time-link-store.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { keepSecret, keptSecret } from '../../front-door/sessions/own-secret.ts'
import { fullName } from '../../patients/patient.ts'
import { patientById, sharersOfEmail } from '../../patients/patient-store.ts'
import { settleByActivation } from '../../registration/desk/desk-store.ts'
import { isUnderAge } from '../../registration/registration.ts'
import { onlyIfChanged, type Statement } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { hashToken } from '../../web/random.ts'
import { NotFound } from '../../web/trouble.ts'
import { type AccessState, activationProblem, activationVerdict, underAgeProblem } from '../online-access.ts'
import { accessWithName, activate, touchActive } from '../online-access-store.ts'
import { counterState } from './counter.ts'
import { auditEndedCounters, cancelCounter, counterLink, endCountersOf } from './counter-store.ts'
import { CounterOver, CounterPage, CounterTime, OfferPage } from './counter-views.tsx'

const mayChange = staffMay('change online access')
const room = '/patients/:id/online-access/counter'

export const counterRoutes = new Hono<App>()
  .get(room, mayChange, async (c) => showOffer(c, await loadOffer(c)))
  .post(room, mayChange, async (c) => {
    const form = await readForm(c.req.raw)
    const isConfirmed = form.text('activate') === 'yes'
    const offer = await loadOffer(c)
    if (offer.problem) return showOffer(c, offer, { 'counter-title': offer.problem })
    if (!offer.isActive && !isConfirmed) return c.redirect(addressOf(c), 303) // setting it to active is asked first
    if (offer.isUnderAge && !form.ticked('under_age')) return showOffer(c, offer, { under_age: underAgeProblem })
    const { visit, now } = c.var
    const { clinicId, patientId } = offer.of
    const made = { clinicId, purpose: 'counter' as const, owner: { patientId }, byStaff: visit.staffId }
    const link = newLink(visit.db, made, now)
    const written = await visit.write(opening(c, offer, link))
    if (!written.ok) return c.redirect(addressOf(c), 303) // somebody was a moment faster: there it can be seen
    await keepSecret(c, 'counter', { token: link.token }, linkLifetimes.counter / 1000)
    return c.redirect(`${addressOf(c)}/${link.id}`, 303)
  })
  .get(`${room}/:link`, mayChange, async (c) => {
    const counter = await loadCounter(c)
    const { patient } = counter
    return show(c, {
      title: `Set up at the counter: ${fullName(patient)}`,
      island: true,
      children: <CounterPage {...counter} />,
    })
  })
  .get(`${room}/:link/state`, mayChange, async (c) => {
    const counter = await loadCounter(c)
    if (c.req.header('HX-Request') !== 'true') return c.redirect(counter.here, 303)
    if (counter.state === 'waiting') return c.html(<CounterTime {...counter} />)
    c.header('HX-Retarget', '#counter') // it is over: the code goes, and nobody asks any more
    return c.html(<CounterOver {...counter} ending={counter.state} />)
  })
  .post(`${room}/:link/cancellation`, mayChange, async (c) => {
    const { visit, now } = c.var
    const { of, patient } = await loadCounter(c)
    await visit.write([
      cancelCounter(visit.db, of, now),
      onlyIfChanged(visit.db), // used or over already: there is nothing to write down
      entryByStaff(c, 'counter-cancelled', { ofPatient: patient.id, detail: { link: of.id } }),
    ])
    return c.redirect(`${addressOf(c).replace(/\/counter$/, '')}?done=counter-cancelled`, 303)
  })

const addressOf = (c: Ask) => `${c.var.frame.base}/patients/${c.req.param('id')}/online-access/counter`

async function loadOffer(c: Ask) {
  const { db, clinicId } = c.var.visit
  const of = { clinicId, patientId: c.req.param('id') ?? '' }
  const [[patient], [row], sharers] = await c.var.visit.read(
    patientById(db, clinicId, of.patientId),
    accessWithName(db, of),
    sharersOfEmail(db, clinicId, of.patientId),
  )
  if (!patient) throw new NotFound()
  const { archivedAt, emailCanonical: email } = patient
  const state: AccessState = row?.access.state ?? 'none'
  const isActive = state === 'active'
  const isYoung = isUnderAge(patient.dateOfBirth, today(c))
  const verdict = activationVerdict({
    state,
    isArchived: archivedAt !== null,
    email,
    sharers: sharers.length,
    isUnderAge: isYoung,
    isDecided: true, // asked beside its tick
  })
  const isRefused = !verdict.ok && verdict.because !== 'no-move' // active already is as good
  const problem = isRefused ? activationProblem({ patient, sharers }, verdict.because) : undefined
  return {
    of,
    patient,
    state,
    isActive,
    isUnderAge: isYoung && !isActive,
    hasPassword: row?.access.passwordKind === 'own',
    problem,
  }
}
type Offer = Awaited<ReturnType<typeof loadOffer>>

/** A new code ends every older one, of this patient and on this person's screens, and sets the access to active. */
function opening(c: Ask, { of, patient, isActive, isUnderAge }: Offer, link: NewLink): Statement[] {
  const { visit, now } = c.var
  const { db, staffId } = visit
  const activation = [
    activate(db, of, staffId, now),
    onlyIfChanged(db),
    settleByActivation(db, of.clinicId, patient.emailCanonical ?? '', staffId, now),
    entryByStaff(c, 'access-activated', { ofPatient: patient.id, detail: isUnderAge ? { underAge: true } : {} }),
  ]
  return [
    ...(isActive ? [touchActive(db, of), onlyIfChanged(db)] : activation),
    auditEndedCounters(db, of, staffId, now),
    endCountersOf(db, of.clinicId, staffId, now),
    ...link.statements,
    entryByStaff(c, 'counter-opened', { ofPatient: patient.id, detail: { link: link.id } }),
  ]
}

async function loadCounter(c: Ask) {
  const { visit, now, clinic, frame } = c.var
  const { db, clinicId } = visit
  const of = { clinicId, patientId: c.req.param('id') ?? '', id: c.req.param('link') ?? '' }
  const [[patient], [link]] = await visit.read(patientById(db, clinicId, of.patientId), counterLink(db, of))
  if (!patient || !link) throw new NotFound()
  const kept = await keptSecret<{ token: string }>(c, 'counter')
  const isOurs = kept !== null && hashToken(kept.token) === link.tokenHash
  return {
    of,
    patient,
    state: counterState(link, now),
    here: `${addressOf(c)}/${link.id}`,
    /** What the code says; null in a browser that did not open it. */
    url: isOurs ? `${publicOrigin(c.env)}${frame.base}/password/new/${kept.token}` : null,
    expiresAt: link.expiresAt,
    now,
    timezone: clinic.timezone,
  }
}

const showOffer = (c: Ask, offer: Offer, problems: Problems = {}) =>
  show(c, {
    title: 'Set up at the counter',
    problems,
    children: <OfferPage base={c.var.frame.base} here={addressOf(c)} today={today(c)} {...offer} problems={problems} />,
  })
