/** `/:clinic/second-factor`: what somebody of the staff has besides the password, and their recovery codes. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import type { Account } from '../account-store.ts'
import { currentPasswordProblem, type Wrong } from '../passwords/current-password.ts'
import { staffEvenWithoutFactor } from '../sessions/guard.ts'
import { appRoutes } from './app-routes.tsx'
import { newCodesMade } from './emails.tsx'
import { codesOnce, keepCodes } from './enrolment.ts'
import { toldAndWrittenDown } from './factor-change.ts'
import { hasAny, putRecoveryCodes } from './factor-store.ts'
import { CodesPage, FactorsPage, NewCodesPage } from './factor-views.tsx'
import { ownFactors } from './own-factors.ts'
import { newRecoveryCodes } from './recovery-code.ts'
import { goOnTo } from './wanted-page.ts'

export const factorRoutes = new Hono<App>()
  .get('/second-factor', staffEvenWithoutFactor, async (c) => {
    const { frame, clinic } = c.var
    const { factors, isRequired } = await ownFactors(c)
    const props = { base: frame.base, clinic, factors, isRequired, done: c.req.query('done') }
    return show(c, { title: 'Second factor', children: <FactorsPage {...props} /> })
  })
  .route('/', appRoutes)
  .get('/second-factor/recovery-codes', staffEvenWithoutFactor, async (c) => {
    const { factors } = await ownFactors(c)
    if (!hasAny(factors)) return toOverview(c)
    const codes = await codesOnce(c)
    return codes ? showCodes(c, codes) : showQuestion(c)
  })
  .post('/second-factor/recovery-codes', staffEvenWithoutFactor, async (c) => {
    const typed = (await readForm(c.req.raw)).exact('current_password')
    const { account, factors } = await ownFactors(c)
    if (!hasAny(factors)) return toOverview(c)
    const wrong = await currentPasswordProblem(c, account, typed)
    if (wrong) return showQuestion(c, wrong)
    await makeCodes(c, account)
    return c.redirect(`${c.var.frame.base}/second-factor/recovery-codes`, 303)
  })

async function makeCodes(c: Ask, account: Account): Promise<void> {
  const { visit, now, clinic } = c.var
  const codes = newRecoveryCodes()
  const of = { clinicId: visit.clinicId, staffId: visit.staffId }
  const change = { act: 'recovery-codes-made', kind: 'second-factor-changed', letter: newCodesMade(clinic) } as const
  await visit.write([...putRecoveryCodes(visit.db, of, codes, now), ...(await toldAndWrittenDown(c, account, change))])
  await keepCodes(c, codes)
  afterTheAnswer(c, deliverDue)
}

const toOverview = (c: Ask) => c.redirect(`${c.var.frame.base}/second-factor`, 303)

async function showCodes(c: Ask, codes: string[]) {
  const children = <CodesPage goOn={await goOnTo(c)} clinic={c.var.clinic} codes={codes} />
  return show(c, { title: 'Keep these recovery codes', shape: 'card', children })
}

function showQuestion(c: Ask, wrong?: Wrong) {
  const problems = wrong && { current_password: wrong.words }
  const children = <NewCodesPage base={c.var.frame.base} problem={wrong?.words} />
  return show(c, { title: 'Make new recovery codes', problems, status: wrong?.status, shape: 'card', children })
}
