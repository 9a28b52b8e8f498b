/** `/:clinic/sessions`: everybody sees where they are logged on, and ends what they do not know (E11, ASVS 7.5.2). */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { hashToken } from '../../web/random.ts'
import { staffAndPatients } from './guard.ts'
import { endOneOf, endSessionsOf, forgetClaim, type SessionOwner, sessionsOf } from './session-store.ts'
import { SessionsPage } from './sessions-views.tsx'

export const sessionsRoutes = new Hono<App>()
  .get('/sessions', staffAndPatients, async (c) => {
    const { visit, frame, clinic, now } = c.var
    const sessions = (await load(c)).map((row) => ({
      ...row,
      name: nameOf(row),
      isThis: row.tokenHash === visit.claim.tokenHash,
    }))
    const props = { base: frame.base, timezone: clinic.timezone, now, sessions, done: c.req.query('done') }
    return show(c, { title: 'Where I am logged on', children: <SessionsPage {...props} /> })
  })
  .post('/sessions/ending', staffAndPatients, async (c) => {
    const { visit, frame, now } = c.var
    const { db, clinicId, claim } = visit
    const chosen = (await readForm(c.req.raw)).text('session')
    const others = (await load(c)).filter(({ tokenHash }) => tokenHash !== claim.tokenHash)
    const one = others.find((row) => nameOf(row) === chosen)
    const written = await visit.write([
      chosen
        ? endOneOf(db, clinicId, ownerOf(c), one?.tokenHash ?? '')
        : endSessionsOf(db, clinicId, ownerOf(c), claim.tokenHash),
      onlyIfChanged(db),
      auditEntry(db, {
        clinicId,
        act: 'sessions-ended',
        at: now,
        byStaff: claim.staffId,
        byPatient: claim.patientId,
        detail: { which: chosen ? 'one' : 'others' },
      }),
    ])
    const ended = chosen ? [one] : others
    afterTheAnswer(c, (env) => Promise.all(ended.map((row) => row && forgetClaim(env, row.tokenHash))))
    const done = written.ok ? (chosen ? 'one' : 'others') : 'none'
    return c.redirect(`${frame.base}/sessions?done=${done}`, 303)
  })

async function load(c: Ask) {
  const { visit, now } = c.var
  const [sessions] = await visit.read(sessionsOf(visit.db, visit.clinicId, ownerOf(c), now))
  return sessions
}

function ownerOf(c: Ask): SessionOwner {
  const { staffId, patientId } = c.var.visit.claim
  return staffId ? { staffId } : { patientId: patientId ?? '' }
}

/** Names a session on the page. What is kept of its token stays in the database. */
const nameOf = ({ tokenHash }: { tokenHash: string }): string => hashToken(`session ${tokenHash}`).slice(0, 16)
