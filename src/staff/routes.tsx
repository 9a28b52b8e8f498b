/** `/:clinic/staff`: the manager sees who has no password, and gives them a way to log on (rule M4). */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { publicOrigin } from '../environment.ts'
import { endLinksOf, newLink } from '../front-door/links/one-time-link-store.ts'
import { forgetTriesEverywhere } from '../front-door/lockout/lockout-store.ts'
import { accountKeyOf } from '../front-door/logon-try.ts'
import { hashPassword } from '../front-door/passwords/password.ts'
import { keepGenerated, showOnce } from '../front-door/passwords/shown-once.ts'
import { newTemporaryPassword, temporaryLifetime } from '../front-door/passwords/temporary-password.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { endSessionsOf } from '../front-door/sessions/session-store.ts'
import { deliverDue, queueMail } from '../mail/outbox.ts'
import { takeBackResetLinks } from '../mail/waiting-store.ts'
import type { Staff } from '../schema.ts'
import { onlyIfChanged } from '../web/database.ts'
import { readForm } from '../web/form.ts'
import { isOutdated, openedWith } from '../web/opened-with.ts'
import { show } from '../web/page.tsx'
import { newId } from '../web/random.ts'
import { NotFound } from '../web/trouble.ts'
import { accountRoutes } from './account-routes.tsx'
import { deactivationRoutes } from './deactivation-routes.tsx'
import { staffLink } from './emails.tsx'
import { lostFactorRoutes } from './lost-factor-routes.tsx'
import { loadActiveMember } from './member.ts'
import { setTemporaryPassword, staffOfClinic, touchActive } from './staff-store.ts'
import { StaffPage } from './views.tsx'

const mayManage = staffMay('manage staff')

export const staffRoutes = new Hono<App>()
  .get('/staff', mayManage, async (c) => {
    const { visit, frame, now } = c.var
    const [members] = await visit.read(staffOfClinic(visit.db, visit.clinicId))
    const sentTo = members.find(({ id }) => id === c.req.query('sent'))
    return show(c, {
      title: 'Staff',
      children: (
        <StaffPage
          base={frame.base}
          clinic={c.var.clinic}
          clinicUrl={publicOrigin(c.env) + frame.base}
          members={members}
          ownId={visit.staffId}
          isFiltered={c.req.query('password') === 'none'}
          formId={newId()}
          now={now}
          timezone={c.var.clinic.timezone}
          sentTo={sentTo}
          generated={await generated(c, members)}
        />
      ),
    })
  })
  .route('/', accountRoutes)
  .route('/', deactivationRoutes)
  .route('/', lostFactorRoutes)
  .post('/staff/:id/password', mayManage, async (c) => {
    const { visit, now, frame } = c.var
    const { db, clinicId } = visit
    const typed = (await readForm(c.req.raw)).typed()
    const member = await loadActiveMember(c)
    if (member.id === visit.staffId) return c.redirect(`${frame.base}/password`, 303)
    const done = `${frame.base}/staff?generated=${member.id}`
    if (isOutdated(typed, openedWith(member.passwordSetAt))) return c.redirect(done, 303) // the same form, sent twice
    const password = newTemporaryPassword()
    const hash = await hashPassword(c.env, password)
    const written = await visit.write([
      setTemporaryPassword(db, member, hash, now + temporaryLifetime, now),
      onlyIfChanged(db),
      forgetTriesEverywhere(db, await accountKeyOf(c, member.username)),
      endSessionsOf(db, clinicId, { staffId: member.id }),
      endLinksOf(db, clinicId, { staffId: member.id }, now),
      ...takeBackResetLinks(db, { clinicId, staffId: member.id }, now),
      entryByStaff(c, 'staff-password-generated', { ofStaff: member.id }),
    ])
    if (!written.ok && (await loadActiveMember(c)).passwordSetAt !== member.passwordSetAt) return c.redirect(done, 303)
    if (!written.ok) throw new NotFound()
    await keepGenerated(c, { ofId: member.id, password, generatedAt: now, wasShown: false })
    return c.redirect(done, 303)
  })
  .post('/staff/:id/email', mayManage, async (c) => {
    const { visit, now, clinic, frame } = c.var
    const { db, clinicId } = visit
    const formId = (await readForm(c.req.raw)).text('form_id')
    const member = await loadActiveMember(c)
    if (!member.email || member.id === visit.staffId) return c.redirect(`${frame.base}/staff`, 303)
    const link = newLink(db, { clinicId, purpose: 'set-up', owner: { staffId: member.id } }, now)
    const href = `${publicOrigin(c.env)}${frame.base}/password/new/${link.token}`
    const mail = { clinicId, kind: 'staff-link' as const, to: member.email, staffId: member.id, formId }
    const written = await visit.write([
      touchActive(db, { clinicId, id: member.id }),
      onlyIfChanged(db),
      ...takeBackResetLinks(db, { clinicId, staffId: member.id }, now),
      ...link.statements,
      ...(await queueMail(c.env, db, { ...mail, letter: staffLink(clinic, member.username, href) }, now)),
      entryByStaff(c, 'staff-mailed', { ofStaff: member.id }),
    ])
    if (!written.ok && written.because !== 'mail.id') throw new NotFound() // 'mail.id': the same form, sent twice
    afterTheAnswer(c, deliverDue)
    return c.redirect(`${frame.base}/staff?sent=${member.id}`, 303)
  })

async function generated(c: Ask, members: Staff[]): Promise<{ of: Staff; password: string } | null> {
  const of = members.find(({ id }) => id === c.req.query('generated'))
  const password = of ? await showOnce(c, of.id) : null
  return of && password ? { of, password } : null
}
