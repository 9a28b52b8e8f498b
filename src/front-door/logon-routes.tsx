/** `/:clinic`: the one page where staff and patients log on, and the way out. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { auditEntry } from '../audit/audit-store.ts'
import { drawnOnce } from '../clinic/drawn-once.ts'
import { reportRefusal } from '../environment.ts'
import { type Database, database, onlyIfChanged, type Statement, writeAll } from '../web/database.ts'
import { type Problems, readForm } from '../web/form.ts'
import { hasProblems, show } from '../web/page.tsx'
import { hashToken } from '../web/random.ts'
import { landingFor } from './landing.ts'
import { letIn } from './let-in.ts'
import { tooManyTries } from './lockout/lockout.ts'
import { giveTryBack } from './lockout/lockout-store.ts'
import { logonName } from './logon-name.ts'
import { refusedAtTheDoor } from './logon-refusal.ts'
import { tryPassword, type Verdict } from './logon-try.ts'
import { LogonPage, notices } from './logon-views.tsx'
import { forgivingTrouble } from './own-trouble.ts'
import { hashPassword } from './passwords/password.ts'
import { beginHalfLogon } from './second-factor/half-logon.ts'
import { claimOf } from './sessions/guard.ts'
import { liveSession } from './sessions/live-session-store.ts'
import { sessionToken, takeSession } from './sessions/session-cookie.ts'
import { endSession, forgetClaim } from './sessions/session-store.ts'

const wrong = 'Check your email address or username, and your password, and try again'

export const logonRoutes = new Hono<App>()
  .get('/', async (c) => {
    const inside = sessionToken(c) ? await landingOfVisitor(c) : null
    if (inside) return c.redirect(inside, 303)
    const { next = '', notice = '' } = c.req.query()
    const isCommon = next === '' && (notice === '' || Object.hasOwn(notices, notice))
    const draw = () => showLogon(c, { next })
    return isCommon ? drawnOnce(c, `logon ${c.var.frame.appearance} ${notice}`, draw) : draw()
  })
  .post('/logon', async (c) => {
    const form = await readForm(c.req.raw)
    const typed = { identifier: form.text('identifier'), next: form.text('next') }
    const problems = missing(typed.identifier, form.exact('password'))
    if (hasProblems(problems)) return showLogon(c, typed, problems)
    const verdict = await tryPassword(c, logonName(typed.identifier), form.exact('password'))
    const inside = verdict.ok ? await goIn(c, verdict, form.exact('password'), typed.next) : null
    if (inside) return c.redirect(inside, 303)
    const isTooMany = !verdict.ok && verdict.because === 'too-many'
    const writeDown = () => writeAll(verdict.tried.db, [refusedEntry(c, verdict)])
    const giveBack = (db: Database) => giveTryBack(db, verdict.tried.seriesKey)
    await (isTooMany ? writeDown() : forgivingTrouble(c, giveBack, writeDown)) // what was refused unseen did not count
    return showLogon(c, typed, { identifier: isTooMany ? tooManyTries : wrong }, isTooMany ? 429 : 422)
  })
  .post('/logoff', async (c) => {
    const token = sessionToken(c)
    if (token) await end(c, token)
    takeSession(c)
    c.header('Clear-Site-Data', '"cache", "storage"')
    return c.redirect(`${c.var.frame.base}?notice=logged-off`, 303)
  })

function missing(identifier: string, password: string): Problems {
  return {
    ...(identifier === '' && { identifier: 'Enter your email address or username' }),
    ...(password === '' && { password: 'Enter your password' }),
  }
}

function showLogon(c: Ask, typed: { identifier?: string; next: string }, problems: Problems = {}, status?: 422 | 429) {
  const { clinic, frame } = c.var
  return show(c, {
    title: 'Log on',
    problems,
    status,
    shape: 'card',
    children: (
      <LogonPage clinic={clinic} base={frame.base} typed={typed} problems={problems} notice={c.req.query('notice')} />
    ),
  })
}

/** Somebody who is logged on and opens the clinic's address goes to their own side. */
async function landingOfVisitor(c: Ask): Promise<string | null> {
  const claim = await claimOf(c)
  if (!claim) return null
  const [row] = await liveSession(database(c.env), claim.tokenHash, c.var.clinic.id, c.var.now)
  return row ? landingFor(c.var.frame.base, row, '') : null
}

/** @returns where to go, or null: not let in, because something has changed since the password was compared */
async function goIn(c: Ask, verdict: Verdict & { ok: true }, password: string, next: string): Promise<string | null> {
  const { account, tried } = verdict
  const giveBack = (db: Database) => giveTryBack(db, tried.seriesKey)
  return forgivingTrouble(c, giveBack, async () => {
    const rehashed = verdict.isStale ? await hashPassword(c.env, password) : undefined
    if (account.hasSecondFactor) return beginHalfLogon(c, tried, account, rehashed, next)
    const counters = { counters: [tried.seriesKey], givesBack: [tried.networkKey] }
    return letIn(c, tried.db, account, { by: 'password', uses: [], ...counters, rehashed }, next)
  })
}

function refusedEntry(c: Ask, { account, tried, ...verdict }: Verdict): Statement {
  const because = verdict.ok ? 'changed-meanwhile' : verdict.because
  if (because === 'too-many') reportRefusal('POST /:clinic/logon', because)
  return refusedAtTheDoor(c, tried.db, account, because)
}

async function end(c: Ask, token: string): Promise<void> {
  const { clinic, now } = c.var
  const claim = await claimOf(c)
  const db = database(c.env)
  const tokenHash = hashToken(token)
  const entry = claim && [
    onlyIfChanged(db), // ended already: nothing to write down
    auditEntry(db, {
      clinicId: clinic.id,
      act: 'logged-off',
      at: now,
      byStaff: claim.staffId,
      byPatient: claim.patientId,
    }),
  ]
  await writeAll(db, [endSession(db, tokenHash), ...(entry ?? [])])
  afterTheAnswer(c, (env) => forgetClaim(env, tokenHash))
}
