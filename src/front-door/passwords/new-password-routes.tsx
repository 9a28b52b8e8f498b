/** `/:clinic/password/new/:token`: the link of a mail, or of the counter, shows a form and uses nothing up; the POST does. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer, today } from '../../ask.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { readBirthDate } from '../../registration/birth-date.ts'
import type { OneTimeLink } from '../../schema.ts'
import { database, onlyIfChanged, writeAll } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { type Account, accountOf } from '../account-store.ts'
import { showDeadLink } from '../links/dead-link.tsx'
import { isOpen, mostTries } from '../links/one-time-link.ts'
import { auditStopped, countLinkTry, giveLinkTryBack, linkByToken, useLink } from '../links/one-time-link-store.ts'
import { forgivingTrouble } from '../own-trouble.ts'
import { knownWords, newPasswordStatements } from './new-password.ts'
import { passwordProblem } from './password-rules.ts'
import { NewPasswordPage } from './password-views.tsx'

export const newPasswordRoutes = new Hono<App>()
  .get('/password/new/:token', async (c) => {
    const behind = await load(c, c.req.param('token'))
    return behind ? showForm(c, behind) : showDeadLink(c)
  })
  .post('/password/new/:token', async (c) => {
    const token = c.req.param('token')
    const typed = (await readForm(c.req.raw)).typed()
    const behind = await load(c, token)
    if (!behind) return showDeadLink(c)
    const problems = problemsOf(c, behind, typed)
    if (hasProblems(problems)) return showForm(c, behind, typed, problems)
    const password = typed.new_password ?? ''
    if (!behind.born) return setPassword(c, behind, token, password)
    const isRight = birthDate(c, typed).date === behind.born
    const tries = await countedTry(c, token, isRight) // before the answer: guesses may come at once
    if (tries === null) return showDeadLink(c)
    if (isRight)
      return forgivingTrouble(
        c,
        (db) => giveLinkTryBack(db, c.var.clinic.id, token),
        () => setPassword(c, behind, token, password),
      )
    if (tries >= mostTries) return showDeadLink(c)
    return showForm(c, behind, typed, { dob: 'Check your date of birth and try again' })
  })

interface Behind {
  account: Account
  link: OneTimeLink
  /** The date of birth that is asked for; null where none is. */
  born: string | null
}

const purposes: OneTimeLink['purpose'][] = ['set-up', 'reset', 'counter']

/** Whose password this link may set, when it is open and its account was not stopped. Uses nothing up. */
async function load(c: Ask, token: string): Promise<Behind | null> {
  const db = database(c.env)
  const [link] = await linkByToken(db, c.var.clinic.id, token)
  if (!link || !isOpen(link, c.var.now) || !purposes.includes(link.purpose)) return null
  const { staffId, patientId } = link
  const [account] = await accountOf(db, c.var.clinic.id, staffId ? { staffId } : { patientId: patientId ?? '' })
  // Everybody in the waiting room can see the counter's code; a mail went to its owner.
  return account ? { account, link, born: link.purpose === 'counter' ? account.dateOfBirth : null } : null
}

const birthDate = (c: Ask, typed: Record<string, string>) => readBirthDate(typed, 'dob', today(c))

function problemsOf(c: Ask, { account, born }: Behind, typed: Record<string, string>): Problems {
  const dob = born ? birthDate(c, typed).problem : undefined
  const weak = passwordProblem(typed.new_password ?? '', knownWords(c.var.clinic, account))
  return { ...(dob && { dob }), ...(weak && { new_password: weak }) }
}

/** @returns how many there were with this one, or null when there were too many */
async function countedTry(c: Ask, token: string, isRight: boolean): Promise<number | null> {
  const { clinic, now } = c.var
  const db = database(c.env)
  const [[counted]] = await db.batch([
    countLinkTry(db, clinic.id, token, now),
    ...(isRight ? [] : [auditStopped(db, clinic.id, token, now)]),
  ])
  return counted?.tries ?? null
}

async function setPassword(c: Ask, { account, link }: Behind, token: string, password: string) {
  const { clinic, now, frame } = c.var
  const db = database(c.env)
  const act = link.purpose === 'counter' ? 'password-set-at-counter' : 'password-set-by-link'
  const statements = await newPasswordStatements(c, db, account, password, act)
  const written = await writeAll(db, [useLink(db, clinic.id, token, now), onlyIfChanged(db), ...statements])
  if (!written.ok) return showDeadLink(c)
  afterTheAnswer(c, deliverDue)
  return c.redirect(`${frame.base}?notice=password-set`, 303)
}

const showForm = (c: Ask, { account, born }: Behind, typed: Record<string, string> = {}, problems: Problems = {}) =>
  show(c, {
    title: 'Create a password',
    problems,
    shape: 'card',
    children: (
      <NewPasswordPage logonName={account.logonName} asksBirthDate={born !== null} typed={typed} problems={problems} />
    ),
  })
