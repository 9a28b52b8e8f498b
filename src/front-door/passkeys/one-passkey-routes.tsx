/** One passkey of one's own: its name, and its removal. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { auditEntry } from '../../audit/audit-store.ts'
import { deliverDue } from '../../mail/outbox.ts'
import type { Passkey } from '../../schema.ts'
import { onlyIfChanged, type Statement } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { nameProblem } from '../../web/typed-text.ts'
import { type Account, ownerOf } from '../account-store.ts'
import { currentPasswordProblem } from '../passwords/current-password.ts'
import { factorChange, toldAndWrittenDown } from '../second-factor/factor-change.ts'
import { removeIdleCodes } from '../second-factor/factor-store.ts'
import { isNeeded } from '../second-factor/own-factors.ts'
import { staffAndPatients } from '../sessions/guard.ts'
import { passkeyRemoved } from './emails.tsx'
import { type OwnPasskeys, ownPasskeys } from './own-passkeys.ts'
import { removePasskey, renamePasskey, standOnPassword } from './passkey-store.ts'
import { OnePasskeyPage } from './passkeys-views.tsx'

export const onePasskeyRoutes = new Hono<App>()
  .get('/passkeys/:id', staffAndPatients, async (c) => {
    const own = await ownPasskeys(c)
    return showOne(c, own, theOne(c, own))
  })
  .post('/passkeys/:id/name', staffAndPatients, async (c) => {
    const name = (await readForm(c.req.raw)).text('name')
    const own = await ownPasskeys(c)
    const one = theOne(c, own)
    const wrong = nameProblem(name, longestName)
    if (wrong) return showOne(c, own, one, { name: wrong }, undefined, name)
    if (name !== one.name) await rename(c, own.account, one, name)
    return c.redirect(`${c.var.frame.base}/passkeys?done=renamed`, 303)
  })
  .post('/passkeys/:id/removal', staffAndPatients, async (c) => {
    const typed = (await readForm(c.req.raw)).exact('current_password')
    const own = await ownPasskeys(c)
    const one = theOne(c, own)
    if (isLast(own)) return showOne(c, own, one)
    const wrong = await currentPasswordProblem(c, own.account, typed)
    if (wrong) return showOne(c, own, one, { current_password: wrong.words }, wrong.status)
    await c.var.visit.write(await removal(c, own.account, one))
    afterTheAnswer(c, deliverDue)
    return c.redirect(`${c.var.frame.base}/passkeys?done=removed`, 303)
  })

function theOne(c: Ask, { passkeys }: OwnPasskeys): Passkey {
  const one = passkeys.find(({ id }) => id === c.req.param('id'))
  if (!one) throw new NotFound()
  return one
}

const longestName = 60 // characters

/** The clinic asks its staff for a second factor, and this is the only one. */
const isLast = ({ account, factors, isRequired }: OwnPasskeys): boolean =>
  factors !== undefined && isNeeded({ account, factors, isRequired })

async function rename(c: Ask, account: Account, { id }: Passkey, name: string): Promise<void> {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  const { staffId: byStaff, patientId: byPatient } = account
  await visit.write([
    renamePasskey(db, clinicId, ownerOf(account), id, name),
    onlyIfChanged(db),
    auditEntry(db, { clinicId, act: 'passkey-renamed', at: now, byStaff, byPatient, detail: { passkey: id } }),
  ])
}

/** Removed twice, it is written down once. The database ends the other sessions that it began. */
async function removal(c: Ask, account: Account, { id, name }: Passkey): Promise<Statement[]> {
  const { db, clinicId, claim } = c.var.visit
  const letter = passkeyRemoved(c.var.clinic, name)
  const change = { act: 'passkey-removed', kind: 'passkeys-changed', letter, detail: { passkey: id } } as const
  return [
    standOnPassword(db, clinicId, claim.tokenHash),
    removePasskey(db, clinicId, ownerOf(account), id),
    onlyIfChanged(db),
    ...(account.staffId ? [removeIdleCodes(db, { clinicId, staffId: account.staffId })] : []),
    ...(account.staffId ? await factorChange(c, account, change) : await toldAndWrittenDown(c, account, change)),
  ]
}

function showOne(c: Ask, own: OwnPasskeys, one: Passkey, problems: Problems = {}, status?: 422 | 429, name?: string) {
  const { frame, clinic } = c.var
  const props = { base: frame.base, clinicName: clinic.name, one, isLast: isLast(own), problems, name }
  return show(c, { title: one.name, problems, status, children: <OnePasskeyPage {...props} /> })
}
