/** `/:clinic/passkeys`: everybody sees their passkeys, adds one, names it and removes it. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { onlyIfChanged, type Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { newId } from '../../web/random.ts'
import { type Account, ownerOf } from '../account-store.ts'
import { currentPasswordProblem, type Wrong } from '../passwords/current-password.ts'
import { keepCodes } from '../second-factor/enrolment.ts'
import { factorChange, toldAndWrittenDown } from '../second-factor/factor-change.ts'
import { putRecoveryCodes } from '../second-factor/factor-store.ts'
import { newRecoveryCodes } from '../second-factor/recovery-code.ts'
import { browserInWords } from '../sessions/browser-in-words.ts'
import { evenWithoutFactor, patientsOnly } from '../sessions/guard.ts'
import { askPasskey, challengeOf, forgetChallenge, inThisSession } from './challenge.ts'
import { passkeyAdded } from './emails.tsx'
import { onePasskeyRoutes } from './one-passkey-routes.tsx'
import { type OwnPasskeys, ownPasskeys } from './own-passkeys.ts'
import { insertPasskey, openChallenge, refusePasskeyOffer, takeChallenge } from './passkey-store.ts'
import { PasskeyQuestionPage, PasskeysPage, ReadyPage } from './passkeys-views.tsx'
import { creationOptions, verifiedNew, type WhyNot } from './webauthn.ts'

export const passkeysRoutes = new Hono<App>()
  .get('/passkeys', evenWithoutFactor, async (c) => {
    const { passkeys } = await ownPasskeys(c)
    const { frame, clinic, now } = c.var
    const isStaff = frame.side === 'staff'
    const props = { base: frame.base, timezone: clinic.timezone, now, passkeys, isStaff, done: c.req.query('done') }
    return show(c, { title: 'Passkeys', children: <PasskeysPage {...props} /> })
  })
  .get('/passkeys/new', evenWithoutFactor, async (c) => {
    const own = await ownPasskeys(c)
    const { db } = c.var.visit
    const [isAsked] = await openChallenge(db, inThisSession(c), challengeOf(c), c.var.now)
    return isAsked ? showReady(c, own) : showQuestion(c)
  })
  .post('/passkeys/new', evenWithoutFactor, async (c) => {
    const typed = (await readForm(c.req.raw)).exact('current_password')
    const { account } = await ownPasskeys(c)
    const wrong = await currentPasswordProblem(c, account, typed)
    if (wrong) return showQuestion(c, wrong)
    await askPasskey(c, inThisSession(c))
    return c.redirect(`${c.var.frame.base}/passkeys/new`, 303)
  })
  .post('/passkeys', evenWithoutFactor, async (c) => {
    const answer = (await readForm(c.req.raw)).text('credential')
    const own = await ownPasskeys(c)
    const codes = own.factors?.codesLeft === 0 ? newRecoveryCodes() : []
    const whyNot = await add(c, own, answer, codes)
    forgetChallenge(c)
    if (whyNot) return showQuestion(c, { words: notAdded[whyNot], status: 422 })
    if (codes.length > 0) await keepCodes(c, codes)
    afterTheAnswer(c, deliverDue)
    const to = codes.length > 0 ? '/second-factor/recovery-codes' : '/passkeys?done=added'
    return c.redirect(c.var.frame.base + to, 303)
  })
  .post('/passkeys/offer/refusal', patientsOnly, async (c) => {
    const { visit, now, frame } = c.var
    await visit.read()
    await visit.write([refusePasskeyOffer(visit.db, visit.clinicId, visit.holderId, now)])
    return c.redirect(`${frame.base}/home`, 303)
  })
  .route('/', onePasskeyRoutes)

const notAdded: Record<WhyNot, string> = {
  'not-right': 'The passkey was not added. Type your password and try again',
  'with-certificate': 'The diary does not take a passkey of this kind. Try another browser, or another device',
}

/**
 * Its challenge is used up with it; a credential that somebody has already is refused by the database.
 * @returns why it was not added
 */
async function add(c: Ask, { account }: OwnPasskeys, answer: string, codes: string[]): Promise<WhyNot | undefined> {
  const { visit, now } = c.var
  const [asked, challenge] = [inThisSession(c), challengeOf(c)]
  const [isAsked] = await openChallenge(visit.db, asked, challenge, now)
  if (!isAsked) return 'not-right'
  const made = await verifiedNew(c.env, answer, challenge)
  if (!made.ok) return made.because
  const name = browserInWords(c.req.header('user-agent') ?? '')
  const row = { ...made.credential, ...ownerOf(account), id: newId(), clinicId: visit.clinicId, name, addedAt: now }
  const written = await visit.write([
    takeChallenge(visit.db, asked, challenge, now),
    onlyIfChanged(visit.db),
    insertPasskey(visit.db, row),
    ...(account.staffId && codes.length > 0
      ? putRecoveryCodes(visit.db, { clinicId: visit.clinicId, staffId: account.staffId }, codes, now)
      : []),
    ...(await toldOf(c, account, row.id)),
  ])
  return written.ok ? undefined : 'not-right'
}

/** For staff it is a second factor: they are logged off everywhere else. */
async function toldOf(c: Ask, account: Account, id: string): Promise<Statement[]> {
  const letter = passkeyAdded(c.var.clinic, account.staffId !== null)
  const change = { act: 'passkey-added', kind: 'passkeys-changed', letter, detail: { passkey: id } } as const
  return account.staffId ? factorChange(c, account, change) : toldAndWrittenDown(c, account, change)
}

async function showReady(c: Ask, { account, passkeys }: OwnPasskeys) {
  const { frame, clinic, visit } = c.var
  const id = account.staffId ?? account.patientId ?? ''
  const person = { id, logonName: account.logonName, name: visit.who.person }
  const options = await creationOptions(c.env, clinic.name, person, passkeys, challengeOf(c))
  const children = <ReadyPage base={frame.base} options={options} />
  return show(c, { title: 'Create a passkey', shape: 'card', passkeys: true, children })
}

function showQuestion(c: Ask, wrong?: Wrong) {
  const problems = wrong && { current_password: wrong.words }
  const children = <PasskeyQuestionPage base={c.var.frame.base} problem={wrong?.words} />
  return show(c, { title: 'Add a passkey', problems, status: wrong?.status, shape: 'card', children })
}
