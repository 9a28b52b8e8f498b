/** `/:clinic/acting-for`: an account holder says whose pages they want: their own, or those of a patient they may act for. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { auditEntry } from '../audit/audit-store.ts'
import { landingFor } from '../front-door/landing.ts'
import { patientsEvenWithoutGrant } from '../front-door/sessions/guard.ts'
import { giveSession } from '../front-door/sessions/session-cookie.ts'
import { forgetClaim, rememberClaim } from '../front-door/sessions/session-store.ts'
import { patientById } from '../patients/patient-store.ts'
import { readForm } from '../web/form.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { patientsToActFor, switched } from './switch-store.ts'
import { SwitchPage } from './switch-views.tsx'

export const switchRoutes = new Hono<App>()
  .get('/acting-for', patientsEvenWithoutGrant, async (c) => {
    const { visit, frame, clinic, now } = c.var
    const { db, clinicId, holderId } = visit
    const [[holder], patients] = await visit.read(
      patientById(db, clinicId, holderId),
      patientsToActFor(db, clinicId, holderId, now),
    )
    const props = { base: frame.base, clinic, holder: holder!, patients, now: visit.patientId }
    return show(c, { title: 'Who are you acting for?', children: <SwitchPage {...props} /> })
  })
  .post('/acting-for', patientsEvenWithoutGrant, async (c) => {
    const form = await readForm(c.req.raw)
    const { visit, frame } = c.var
    const to = form.text('patient')
    await visit.read()
    const isSo = to === visit.patientId && !visit.who.mayNotActNow // the same form sent twice
    if (!isSo) await turnTo(c, to === visit.holderId ? null : to)
    return c.redirect(landingFor(frame.base, { role: null, mustChangePassword: false }, form.text('next')), 303)
  })

/** @throws NotFound for whomever they may not act for, as for somebody who never was; SessionEnded */
async function turnTo(c: Ask, actingFor: string | null): Promise<void> {
  const { visit, now } = c.var
  const { db, clinicId, holderId, claim } = visit
  const next = switched(db, claim, actingFor, now)
  const written = await visit.write([
    ...next.statements,
    auditEntry(db, {
      ...{ clinicId, act: 'acting-switched', at: now, byPatient: holderId, ofPatient: actingFor ?? holderId },
      detail: { to: actingFor ? 'another' : 'oneself' },
    }),
  ])
  if (!written.ok) {
    await visit.read() // whose session has ended meanwhile logs on again
    throw new NotFound()
  }
  giveSession(c, next.token)
  afterTheAnswer(c, (env) => Promise.all([rememberClaim(env, next.claim), forgetClaim(env, claim.tokenHash)]))
}
