/** `/:clinic`: the one page where staff and patients log on, and the way out. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { auditEntry, boundedEntry } from '../audit/audit-store.ts'
import { drawnOnce } from '../clinic/drawn-once.ts'
import { reportRefusal } from '../environment.ts'
import { database, onlyIfChanged, type Statement, writeAll } from '../web/database.ts'
import { type Problems, readForm } from '../web/form.ts'
import { hasProblems, show } from '../web/page.tsx'
import { hashToken } from '../web/random.ts'
import { type Account, markLoggedOn } from './account-store.ts'
import { landingFor } from './landing.ts'
import { rememberDevice } from './lockout/device-cookie.ts'
import { tooManyTries } from './lockout/lockout.ts'
import { forgetTries, giveTryBack } from './lockout/lockout-store.ts'
import { logonName } from './logon-name.ts'
import { forgivingTrouble, type Try, tryPassword, type Verdict } from './logon-try.ts'
import { LogonPage, notices } from './logon-views.tsx'
import { hashPassword } from './passwords/password.ts'
import { claimOf } from './sessions/guard.ts'
import { giveSession, sessionToken, takeSession } from './sessions/session-cookie.ts'
import { endSession, forgetClaim, liveSession, newSession, rememberClaim } from './sessions/session-store.ts'

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
    const inside = verdict.ok ? await letIn(c, verdict, form.exact('password'), typed.next) : null
    if (inside) return c.redirect(inside, 303)
    const isTooMany = !verdict.ok && verdict.because === 'too-many'
    const writeDown = () => writeAll(verdict.tried.db, [refusedEntry(c, verdict)])
    await (isTooMany ? writeDown() : forgivingTrouble(c, verdict.tried, writeDown)) // what was refused unseen did not count
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

/** Opens the session, if nothing changed since the password was compared. @returns where to go, or null: not let in */
async function letIn(c: Ask, verdict: Verdict & { ok: true }, password: string, next: string): Promise<string | null> {
  const { now, clinic, frame } = c.var
  const { account, tried } = verdict
  const { db } = tried
  const who = { staffId: account.staffId ?? undefined, patientId: account.patientId ?? undefined }
  const userAgent = c.req.header('user-agent') ?? ''
  const session = newSession(db, { clinicId: clinic.id, ...who, userAgent }, now)
  const written = await forgivingTrouble(c, tried, async () => {
    const rehashed = verdict.isStale ? await hashPassword(c.env, password) : undefined
    return writeAll(db, [
      markLoggedOn(db, clinic.id, account, now, rehashed),
      onlyIfChanged(db),
      session.statement,
      ...leaveOldSession(c, tried),
      forgetTries(db, [tried.accountKey, tried.seriesKey]),
      giveTryBack(db, tried.networkKey),
      auditEntry(db, {
        clinicId: clinic.id,
        act: 'logged-on',
        at: now,
        byStaff: account.staffId,
        byPatient: account.patientId,
      }),
    ])
  })
  if (!written.ok) return null
  giveSession(c, session.token)
  await rememberDevice(c, tried.accountKey)
  afterTheAnswer(c, rememberClaim(c.env, session.claim))
  return landingFor(frame.base, { role: account.staffId, mustChangePassword: isTemporary(account) }, next)
}

const isTemporary = (account: Account): boolean => account.passwordKind === 'temporary'

/** A session that was in this browser before ends with the new one (session fixation, E01). */
function leaveOldSession(c: Ask, { db }: Try): Statement[] {
  const token = sessionToken(c)
  return token ? [endSession(db, hashToken(token))] : []
}

/** At one clinic: far more than people mistype, and what comes above it stands in the log. */
const mostRefusals = { most: 300, within: 10 * 60_000 } // ms

/** The same statement for everyone, so that its cost tells nobody whether a name is known. */
function refusedEntry(c: Ask, { account, tried, ...verdict }: Verdict): Statement {
  const because = verdict.ok ? 'changed-meanwhile' : verdict.because
  if (because === 'too-many') reportRefusal('POST /:clinic/logon', because)
  const whose = { ofStaff: account?.staffId ?? null, ofPatient: account?.patientId ?? null }
  const entry = {
    clinicId: c.var.clinic.id,
    act: 'logon-refused' as const,
    at: c.var.now,
    ...whose,
    detail: { because },
  }
  return boundedEntry(tried.db, entry, mostRefusals)
}

async function end(c: Ask, token: string): Promise<void> {
  const { clinic, now } = c.var
  const claim = await claimOf(c)
  const db = database(c.env)
  const tokenHash = hashToken(token)
  const entry = claim && [
    auditEntry(db, {
      clinicId: clinic.id,
      act: 'logged-off',
      at: now,
      byStaff: claim.staffId,
      byPatient: claim.patientId,
    }),
  ]
  await writeAll(db, [endSession(db, tokenHash), ...(entry ?? [])])
  afterTheAnswer(c, forgetClaim(c.env, tokenHash))
}
