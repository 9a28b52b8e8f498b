/** Somebody has lost their phone and their recovery codes: the manager, who knows them, takes the lost factor away. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { factorTakenAway } from '../front-door/second-factor/emails.tsx'
import {
  factorsOf,
  hasAny,
  removeApp,
  removePasskeysOfStaff,
  removeRecoveryCodes,
  touchIfFactor,
} from '../front-door/second-factor/factor-store.ts'
import { endHalfLogonsOf } from '../front-door/second-factor/half-logon-store.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { endSessionsOf } from '../front-door/sessions/session-store.ts'
import { deliverDue, queueMail } from '../mail/outbox.ts'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { onlyIfChanged, type Statement } from '../web/database.ts'
import { readForm } from '../web/form.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { LostFactorPage } from './lost-factor-views.tsx'
import { pageOf } from './member.ts'
import { staffById } from './staff-store.ts'

const mayManage = staffMay('manage staff')

export const lostFactorRoutes = new Hono<App>()
  .get('/staff/:id/second-factor/removal', mayManage, async (c) => {
    const { member, has } = await load(c)
    if (isOwn(c, member)) return toOwn(c)
    return has ? showQuestion(c, member) : c.redirect(pageOf(c, member.id), 303)
  })
  .post('/staff/:id/second-factor/removal', mayManage, async (c) => {
    const isSure = (await readForm(c.req.raw)).ticked('known')
    const { member, has } = await load(c)
    if (isOwn(c, member)) return toOwn(c)
    if (!has) return c.redirect(pageOf(c, member.id), 303) // was already: the page says so
    if (!isSure) return showQuestion(c, member, `Make sure first that it is ${apart(member.name)} who asks`)
    await c.var.visit.write(await removal(c, member))
    afterTheAnswer(c, deliverDue)
    return c.redirect(pageOf(c, member.id, 'factor-removed'), 303)
  })

/** Somebody who was deactivated keeps what they have: it waits for a restoration, as the password does. */
async function load(c: Ask): Promise<{ member: Staff; has: boolean }> {
  const { db, clinicId } = c.var.visit
  const id = c.req.param('id') ?? ''
  const [[member], [factors]] = await c.var.visit.read(
    staffById(db, clinicId, id),
    factorsOf(db, { clinicId, staffId: id }),
  )
  if (!member || member.deactivatedAt !== null) throw new NotFound()
  return { member, has: factors !== undefined && hasAny(factors) }
}

/** Nobody takes away their own here, where no password is asked for. */
const isOwn = (c: Ask, member: Staff): boolean => member.id === c.var.visit.staffId
const toOwn = (c: Ask) => c.redirect(`${c.var.frame.base}/second-factor`, 303)

async function removal(c: Ask, member: Staff): Promise<Statement[]> {
  const { visit, now, clinic } = c.var
  const { db, clinicId } = visit
  const of = { clinicId, staffId: member.id }
  const mail = {
    ...of,
    kind: 'second-factor-changed' as const,
    to: member.email ?? '',
    letter: factorTakenAway(clinic, 'manager'),
  }
  return [
    touchIfFactor(db, of),
    onlyIfChanged(db), // sent twice, or two managers at once: written down and mailed once
    removeApp(db, of),
    removePasskeysOfStaff(db, of),
    removeRecoveryCodes(db, of),
    endHalfLogonsOf(db, clinicId, member.id),
    endSessionsOf(db, clinicId, { staffId: member.id }),
    ...(member.email ? await queueMail(c.env, db, mail, now) : []),
    entryByStaff(c, 'staff-second-factor-removed', { ofStaff: member.id }),
  ]
}

function showQuestion(c: Ask, member: Staff, problem?: string) {
  return show(c, {
    title: `Remove the second factor of ${apart(member.name)}`,
    problems: problem ? { known: problem } : {},
    children: <LostFactorPage base={c.var.frame.base} member={member} problem={problem} />,
  })
}
