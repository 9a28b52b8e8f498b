/** An authenticator app: added with its first right code, replaced, removed; each time with the current password. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import type { Account } from '../account-store.ts'
import { currentPasswordProblem, type Wrong } from '../passwords/current-password.ts'
import { staffEvenWithoutFactor, staffMay } from '../sessions/guard.ts'
import { AppKeyPage, AppQuestionPage, AppRemovalPage } from './app-views.tsx'
import { appAdded, appRemoved } from './emails.tsx'
import { beginEnrolment, type Enrolment, endEnrolment, keepCodes, pendingEnrolment, whereItLed } from './enrolment.ts'
import { factorChange } from './factor-change.ts'
import { putApp, putRecoveryCodes, removeApp, removeIdleCodes } from './factor-store.ts'
import { stepOf, typedCode } from './one-time-code.ts'
import { isNeeded, type OwnFactors, ownFactors } from './own-factors.ts'

const mayRemove = staffMay('use the diary')

export const appRoutes = new Hono<App>()
  .get('/second-factor/app', staffEvenWithoutFactor, async (c) => {
    const { account } = await ownFactors(c)
    const enrolment = await pendingEnrolment(c)
    return enrolment ? showKey(c, account, enrolment) : showQuestion(c)
  })
  .post('/second-factor/app', staffEvenWithoutFactor, async (c) => {
    const typed = (await readForm(c.req.raw)).exact('current_password')
    const { account, factors } = await ownFactors(c)
    const wrong = await currentPasswordProblem(c, account, typed)
    if (wrong) return showQuestion(c, wrong)
    await beginEnrolment(c, factors.codesLeft === 0)
    return c.redirect(`${c.var.frame.base}/second-factor/app`, 303)
  })
  .post('/second-factor/app/confirmation', staffEvenWithoutFactor, async (c) => {
    const typed = (await readForm(c.req.raw)).text('code')
    const { account, factors } = await ownFactors(c)
    const enrolment = await pendingEnrolment(c)
    if (!enrolment) return toOverview(c, (factors.appSince !== null && (await whereItLed(c))) || '/app')
    const code = typedCode(typed)
    const step = code && stepOf(enrolment.key, code, c.var.now, 0)
    if (!step) return showKey(c, account, enrolment, whyNot(typed, code))
    await add(c, account, enrolment, step)
    const to = enrolment.codes.length > 0 ? '/recovery-codes' : '?done=app-added'
    await endEnrolment(c, to)
    afterTheAnswer(c, deliverDue)
    return toOverview(c, to)
  })
  .get('/second-factor/app/removal', mayRemove, async (c) => {
    const own = await ownFactors(c)
    return own.factors.appSince === null ? toOverview(c) : showRemoval(c, own)
  })
  .post('/second-factor/app/removal', mayRemove, async (c) => {
    const typed = (await readForm(c.req.raw)).exact('current_password')
    const own = await ownFactors(c)
    if (own.factors.appSince === null) return toOverview(c)
    if (isNeeded(own)) return showRemoval(c, own)
    const wrong = await currentPasswordProblem(c, own.account, typed)
    if (wrong) return showRemoval(c, own, wrong)
    await remove(c, own.account)
    afterTheAnswer(c, deliverDue)
    return toOverview(c, '?done=app-removed')
  })

function whyNot(typed: string, code: string | null): string {
  if (typed === '') return 'Enter the code that the app shows'
  return code
    ? 'This code does not fit. Check that your phone shows the right time, and type the next code'
    : 'The code has 6 figures'
}

/** The code that confirmed it is used up with it. Adding the same twice writes nothing the second time. */
async function add(c: Ask, account: Account, { sealedKey, codes }: Enrolment, lastStep: number): Promise<void> {
  const { visit, now, clinic } = c.var
  const of = { clinicId: visit.clinicId, staffId: visit.staffId }
  const change = { act: 'second-factor-added', kind: 'second-factor-changed', letter: appAdded(clinic) } as const
  await visit.write([
    putApp(visit.db, of, { sealedKey, lastStep }, now),
    onlyIfChanged(visit.db),
    ...(codes.length > 0 ? putRecoveryCodes(visit.db, of, codes, now) : []),
    ...(await factorChange(c, account, change)),
  ])
  if (codes.length > 0) await keepCodes(c, codes)
}

/** Taking it away twice writes nothing the second time. */
async function remove(c: Ask, account: Account): Promise<void> {
  const { visit, clinic } = c.var
  const of = { clinicId: visit.clinicId, staffId: visit.staffId }
  const change = { act: 'second-factor-removed', kind: 'second-factor-changed', letter: appRemoved(clinic) } as const
  await visit.write([
    removeApp(visit.db, of),
    onlyIfChanged(visit.db),
    removeIdleCodes(visit.db, of),
    ...(await factorChange(c, account, change)),
  ])
}

const toOverview = (c: Ask, more = '') => c.redirect(`${c.var.frame.base}/second-factor${more}`, 303)

function showQuestion(c: Ask, wrong?: Wrong) {
  const problems = wrong && { current_password: wrong.words }
  const children = <AppQuestionPage base={c.var.frame.base} problem={wrong?.words} />
  return show(c, { title: 'Add an authenticator app', problems, status: wrong?.status, shape: 'card', children })
}

function showKey(c: Ask, { logonName }: Account, { key }: Enrolment, problem?: string) {
  const { frame, clinic } = c.var
  const props = { base: frame.base, clinicName: clinic.name, logonName, secret: key, problem }
  const problems: Problems = problem ? { code: problem } : {}
  return show(c, { title: 'Scan this with your app', problems, shape: 'card', children: <AppKeyPage {...props} /> })
}

function showRemoval(c: Ask, own: OwnFactors, wrong?: Wrong) {
  const { frame, clinic } = c.var
  const problems = wrong && { current_password: wrong.words }
  const props = { base: frame.base, clinicName: clinic.name, isNeeded: isNeeded(own), problem: wrong?.words }
  const children = <AppRemovalPage {...props} />
  return show(c, { title: 'Remove the authenticator app', problems, status: wrong?.status, shape: 'card', children })
}
