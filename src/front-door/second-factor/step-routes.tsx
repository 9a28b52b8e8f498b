/** `/:clinic/logon/second-factor`: after the right password, a code, a recovery code or a passkey. */
import { decodeBase64 } from '@oslojs/encoding'
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { publicOrigin } from '../../environment.ts'
import { queueMail } from '../../mail/outbox.ts'
import { database } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { unseal } from '../../web/secret.ts'
import { recoveryCodeUsed } from './emails.tsx'
import { takeRecoveryCode, takeStep } from './factor-store.ts'
import { type Halfway, halfLogonOf, startAgain } from './half-logon.ts'
import { keyOf, stepOf, typedCode } from './one-time-code.ts'
import { type Evidence, type Outcome, tooManyCodes, trySecondFactor } from './second-factor-try.ts'
import { RecoveryPage, StepPage } from './step-views.tsx'

export const stepRoutes = new Hono<App>()
  .get('/logon/second-factor', async (c) => {
    const half = await halfLogonOf(c)
    return half ? showStep(c, half) : startAgain(c)
  })
  .post('/logon/second-factor', async (c) => {
    const typed = (await readForm(c.req.raw)).text('code')
    const half = await halfLogonOf(c)
    if (!half) return startAgain(c)
    const code = typedCode(typed)
    if (!code) return showStep(c, half, { code: typed === '' ? 'Enter the code' : 'The code has 6 figures' })
    const outcome = await trySecondFactor(c, half, 'code', () => codeEvidence(c, half, code))
    return outcome.ok ? c.redirect(outcome.to, 303) : showStep(c, half, { code: wordsOf(outcome) }, statusOf(outcome))
  })
  .get('/logon/second-factor/recovery', async (c) => {
    const half = await halfLogonOf(c)
    return half ? showRecovery(c) : startAgain(c)
  })
  .post('/logon/second-factor/recovery', async (c) => {
    const typed = (await readForm(c.req.raw)).text('recovery_code')
    const half = await halfLogonOf(c)
    if (!half) return startAgain(c)
    if (typed === '') return showRecovery(c, { recovery_code: 'Enter a recovery code' })
    const outcome = await trySecondFactor(c, half, 'recovery-code', () => recoveryEvidence(c, half, typed))
    if (outcome.ok) return c.redirect(outcome.to, 303)
    const words = outcome.because === 'wrong' ? wrongRecoveryCode : tooManyCodes
    return showRecovery(c, { recovery_code: words }, statusOf(outcome))
  })

const wrongCode = 'This code does not work. Wait for the next one, and type that'
const wrongRecoveryCode = 'This recovery code does not work. Each works once: try another'
const wordsOf = (outcome: Outcome & { ok: false }) => (outcome.because === 'wrong' ? wrongCode : tooManyCodes)
const statusOf = (outcome: Outcome & { ok: false }) => (outcome.because === 'wrong' ? 422 : 429)

async function codeEvidence(c: Ask, half: Halfway, code: string): Promise<Evidence> {
  if (!half.sealedKey) return null
  const key = await unseal(c.env, keyOf(half.staffId), half.sealedKey)
  if (!key) throw new Error('the key of an authenticator app could not be opened')
  const step = stepOf(decodeBase64(key), code, c.var.now, half.lastStep ?? 0)
  const of = { clinicId: c.var.clinic.id, staffId: half.staffId }
  return step === null ? null : { uses: [takeStep(database(c.env), of, half.sealedKey, step)] }
}

/** The database compares: a code is kept as the hash of 116 random bits. */
async function recoveryEvidence(c: Ask, half: Halfway, typed: string): Promise<Evidence> {
  const { clinic, now, frame } = c.var
  const db = database(c.env)
  const of = { clinicId: clinic.id, staffId: half.staffId }
  const left = Math.max(0, half.codesLeft - 1)
  const letter = recoveryCodeUsed(clinic, left, `${publicOrigin(c.env)}${frame.base}/second-factor`)
  const mail = { ...of, kind: 'recovery-code-used' as const, to: half.account.email ?? '', letter }
  const entry = { clinicId: clinic.id, act: 'recovery-code-used' as const, at: now, byStaff: half.staffId }
  return {
    uses: [takeRecoveryCode(db, of, typed, now)],
    and: [
      ...(half.account.email ? await queueMail(c.env, db, mail, now) : []),
      auditEntry(db, { ...entry, detail: { left } }),
    ],
  }
}

function showStep(c: Ask, half: Halfway, problems: Problems = {}, status?: 422 | 429) {
  const { sealedKey, passkeys, codesLeft } = half
  const has = { hasApp: sealedKey !== null, hasPasskey: passkeys > 0, codesLeft }
  const children = <StepPage base={c.var.frame.base} phone={c.var.clinic.phone} {...has} problems={problems} />
  return show(c, { title: 'One more step', problems, status, shape: 'card', children })
}

function showRecovery(c: Ask, problems: Problems = {}, status?: 422 | 429) {
  const { clinic, frame } = c.var
  const children = <RecoveryPage base={frame.base} phone={clinic.phone} problems={problems} />
  return show(c, { title: 'Use a recovery code', problems, status, shape: 'card', children })
}
