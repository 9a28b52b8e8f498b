/** Somebody leaves the clinic, or comes back; and a manager logs somebody off everywhere. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { entryByStaff } from '../audit/entry-by-staff.ts'
import { bookedWith, type Hit } from '../diary/time/hits-store.ts'
import { endFeed } from '../diary/time/practitioner-store.ts'
import { endLinksOf } from '../front-door/links/one-time-link-store.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { endSessionsOf } from '../front-door/sessions/session-store.ts'
import { takeBackResetLinks } from '../mail/waiting-store.ts'
import type { Staff } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { onlyIfChanged } from '../web/database.ts'
import type { Problems } from '../web/form.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { lastManager } from './account.ts'
import { DeactivationPage } from './deactivation-views.tsx'
import { loadMember, pageOf } from './member.ts'
import { activateStaff, deactivateStaff, staffById } from './staff-store.ts'

const mayManage = staffMay('manage staff')

export const deactivationRoutes = new Hono<App>()
  .get('/staff/:id/deactivation', mayManage, async (c) => {
    const opened = await open(c)
    const { member } = opened
    return member.deactivatedAt === null ? showQuestion(c, opened) : c.redirect(pageOf(c, member.id), 303)
  })
  .post('/staff/:id/deactivation', mayManage, async (c) => {
    const { visit, now, frame } = c.var
    const { db, clinicId } = visit
    const of = await loadMember(c)
    const written = await visit.write([
      deactivateStaff(db, of, visit.staffId, now),
      onlyIfChanged(db),
      endSessionsOf(db, clinicId, { staffId: of.id }),
      endLinksOf(db, clinicId, { staffId: of.id }, now),
      ...takeBackResetLinks(db, { clinicId, staffId: of.id }, now),
      endFeed(db, { clinicId, staffId: of.id }),
      entryByStaff(c, 'staff-deactivated', { ofStaff: of.id }),
    ])
    if (written.ok && of.id === visit.staffId) return c.redirect(frame.base, 303) // their own session has ended too
    if (written.ok) return c.redirect(pageOf(c, of.id, 'deactivated'), 303)
    const reread = await open(c)
    return reread.member.deactivatedAt === null
      ? showQuestion(c, reread, { deactivation: lastManager(of.name) })
      : c.redirect(pageOf(c, of.id), 303) // was already: the page says so
  })
  .post('/staff/:id/activation', mayManage, async (c) => {
    const { visit } = c.var
    const { id } = await loadMember(c)
    const written = await visit.write([
      activateStaff(visit.db, { clinicId: visit.clinicId, id }),
      onlyIfChanged(visit.db),
      entryByStaff(c, 'staff-activated', { ofStaff: id }),
    ])
    return c.redirect(pageOf(c, id, written.ok ? 'activated' : ''), 303)
  })
  .post('/staff/:id/sessions/ending', mayManage, async (c) => {
    const { visit, frame } = c.var
    const { id } = await loadMember(c)
    if (id === visit.staffId) return c.redirect(`${frame.base}/sessions`, 303)
    await visit.write([
      endSessionsOf(visit.db, visit.clinicId, { staffId: id }),
      onlyIfChanged(visit.db),
      entryByStaff(c, 'staff-sessions-ended', { ofStaff: id }),
    ])
    return c.redirect(pageOf(c, id, 'logged-off'), 303)
  })

interface Opened {
  member: Staff
  /** What is booked with them and still to come. */
  hits: Hit[]
}

async function open(c: Ask): Promise<Opened> {
  const { visit, now } = c.var
  const of = { clinicId: visit.clinicId, staffId: c.req.param('id') ?? '' }
  const [[member], hits] = await visit.read(staffById(visit.db, of.clinicId, of.staffId), bookedWith(visit.db, of, now))
  if (!member) throw new NotFound()
  return { member, hits }
}

function showQuestion(c: Ask, { member, hits }: Opened, problems: Problems = {}) {
  const { visit, frame, clinic } = c.var
  const isOwn = member.id === visit.staffId
  const props = { base: frame.base, zone: clinic.timezone, member, hits, isOwn, problem: problems.deactivation }
  return show(c, { title: `Deactivate ${apart(member.name)}`, problems, children: <DeactivationPage {...props} /> })
}
