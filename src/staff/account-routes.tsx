/** A staff account: added by the manager, looked at, changed. The last manager stays one. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { bookedWith } from '../diary/time/hits-store.ts'
import { endLinksOf } from '../front-door/links/one-time-link-store.ts'
import { factorsOf } from '../front-door/second-factor/factor-store.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { sessionsOf } from '../front-door/sessions/session-store.ts'
import { deliverDue, queueMail } from '../mail/outbox.ts'
import { takeBackResetLinks } from '../mail/waiting-store.ts'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { type Database, onlyIfChanged, type Statement } from '../web/database.ts'
import { wholeDay } from '../web/durations.ts'
import { type Problems, readForm } from '../web/form.ts'
import { isOutdated, openedWith } from '../web/opened-with.ts'
import { show } from '../web/page.tsx'
import { newId } from '../web/random.ts'
import { NotFound } from '../web/trouble.ts'
import {
  type AccountFields,
  changedFields,
  lastManager,
  losesManager,
  readAccount,
  readNewAccount,
  typedOf,
  usernameTaken,
} from './account.ts'
import { AccountPage } from './account-views.tsx'
import { staffEmailChanged } from './emails.tsx'
import { AddPage, EditPage } from './form-views.tsx'
import { loadMember, pageOf } from './member.ts'
import { insertStaff, staffById, staffByUsername, updateStaff } from './staff-store.ts'

const mayManage = staffMay('manage staff')

export const accountRoutes = new Hono<App>()
  .get('/staff/new', mayManage, async (c) => {
    await c.var.visit.read()
    return showAdd(c, {})
  })
  .post('/staff/new', mayManage, async (c) => {
    const { visit, now } = c.var
    const { db, clinicId } = visit
    const typed = (await readForm(c.req.raw)).typed()
    const { account, problems } = readNewAccount(typed)
    await visit.read()
    if (!account) return showAdd(c, typed, problems)
    const id = newId()
    const written = await visit.write([
      insertStaff(db, { ...account, id, clinicId }, now),
      entryByStaff(c, 'staff-added', { ofStaff: id, detail: { role: account.role } }),
    ])
    if (written.ok) return c.redirect(pageOf(c, id, 'added'), 303)
    const [[holder]] = await visit.read(staffByUsername(db, clinicId, account.username))
    if (!holder) throw new Error(`a staff account could not be added: ${written.because}`)
    if (isSameForm(holder, account, now)) return c.redirect(pageOf(c, holder.id, 'added'), 303)
    return showAdd(c, typed, { username: usernameTaken(account.username, holder) })
  })
  .get('/staff/:id', mayManage, async (c) => {
    const { visit, now, clinic, frame } = c.var
    const id = c.req.param('id')
    const [[member], sessions, [factors], hits] = await visit.read(
      staffById(visit.db, visit.clinicId, id),
      sessionsOf(visit.db, visit.clinicId, { staffId: id }, now),
      factorsOf(visit.db, { clinicId: visit.clinicId, staffId: id }),
      bookedWith(visit.db, { clinicId: visit.clinicId, staffId: id }, now),
    )
    if (!member || !factors) throw new NotFound()
    const known = { timezone: clinic.timezone, now, member, sessions, factors, hits }
    const props = { base: frame.base, ...known, done: c.req.query('done') }
    return show(c, {
      title: apart(member.name),
      children: <AccountPage {...props} formId={newId()} isOwn={id === visit.staffId} />,
    })
  })
  .get('/staff/:id/edit', mayManage, async (c) => {
    const member = await loadMember(c)
    return member.deactivatedAt === null ? showEdit(c, member) : c.redirect(pageOf(c, member.id), 303)
  })
  .post('/staff/:id/edit', mayManage, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const { account, problems } = readAccount(typed)
    const member = await loadMember(c)
    if (member.deactivatedAt !== null) return c.redirect(pageOf(c, member.id), 303)
    if (account && changedFields(member, account).length === 0) return c.redirect(afterEdit(c, member), 303)
    if (isOutdated(typed, markOf(member))) return showEdit(c, member, typedOf(member), { name: changedMeanwhile }, 409)
    if (!account) return showEdit(c, member, typed, problems)
    const written = await c.var.visit.write(await changeStatements(c, member, account))
    if (!written.ok) return showRefused(c, typed, account)
    afterTheAnswer(c, deliverDue)
    return c.redirect(afterEdit(c, { ...member, ...account }), 303)
  })

/** Sent twice, the form adds one account. Later on, a taken username is told. */
const isSameForm = (holder: Staff, account: AccountFields, now: number): boolean =>
  changedFields(holder, account).length === 0 && holder.deactivatedAt === null && holder.createdAt > now - wholeDay

const changedMeanwhile = 'Somebody else changed this account meanwhile. Check it as it is now, and change it again'

/** A form that was opened before somebody else's change would take that back, a role too. */
const markOf = ({ name, role, email }: AccountFields): string => openedWith(name, role, email)

/** Whoever takes the role from themselves cannot look at staff any more. */
const afterEdit = (c: Ask, member: Staff): string =>
  member.id === c.var.visit.staffId && member.role !== 'manager' ? c.var.frame.home : pageOf(c, member.id, 'saved')

async function changeStatements(c: Ask, member: Staff, account: AccountFields): Promise<Statement[]> {
  const { db, clinicId } = c.var.visit
  const fields = changedFields(member, account)
  const roles = fields.includes('role') && { from: member.role, to: account.role }
  return [
    updateStaff(db, member, account),
    onlyIfChanged(db),
    entryByStaff(c, 'staff-changed', { ofStaff: member.id, detail: { fields: fields.join(' '), ...roles } }),
    ...(fields.includes('email') ? endedLinks(db, { clinicId, staffId: member.id }, c.var.now) : []),
    ...(fields.includes('email') && member.email ? await noticeTo(c, member, member.email) : []),
  ]
}

const endedLinks = (db: Database, of: { clinicId: string; staffId: string }, now: number): Statement[] => [
  endLinksOf(db, of.clinicId, { staffId: of.staffId }, now),
  ...takeBackResetLinks(db, of, now),
]

/** Links to set a new password go to this address: the old one hears that it no longer counts. */
const noticeTo = (c: Ask, { id, clinicId }: Staff, to: string): Promise<Statement[]> =>
  queueMail(
    c.env,
    c.var.visit.db,
    { clinicId, kind: 'email-changed-old', to, staffId: id, letter: staffEmailChanged(c.var.clinic) },
    c.var.now,
  )

/** Nothing was written: the account as it is now says why. */
async function showRefused(c: Ask, typed: Record<string, string>, account: AccountFields) {
  const member = await loadMember(c)
  if (member.deactivatedAt !== null) return c.redirect(pageOf(c, member.id), 303)
  if (changedFields(member, account).length === 0) return c.redirect(afterEdit(c, member), 303) // somebody did the same
  if (losesManager(member, account)) return showEdit(c, member, typed, { role: lastManager(member.name) })
  return showEdit(c, member, typedOf(member), { name: changedMeanwhile }, 409)
}

function showAdd(c: Ask, typed: Record<string, string>, problems: Problems = {}) {
  const children = <AddPage base={c.var.frame.base} typed={typed} problems={problems} />
  return show(c, { title: 'Add staff', problems, children })
}

function showEdit(c: Ask, member: Staff, typed = typedOf(member), problems: Problems = {}, status?: 409) {
  const props = { base: c.var.frame.base, member, typed, problems, openedWith: markOf(member) }
  return show(c, {
    title: `Edit the account of ${apart(member.name)}`,
    problems,
    status,
    children: <EditPage {...props} />,
  })
}
