/** `/:clinic/invitations`: which access mails went out, who never logged on, whose link ran out, and inviting them again. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { deliverDue } from '../../mail/outbox.ts'
import { onlyIfChanged, type Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { mailLink } from '../mail-details.ts'
import { touchOpen } from '../online-access-store.ts'
import { AgainPage } from './again-views.tsx'
import { mailFilters, mostAtOnce, neverFilters, sorted } from './invitation.ts'
import {
  accessMails,
  type Invitee,
  invitees,
  mailById,
  neverLoggedOn,
  runOutLinks,
  settleMail,
} from './invitations-store.ts'
import { ExpiredPage, MailsPage, NeverPage } from './invitations-views.tsx'

const mayChange = staffMay('change online access')

export const invitationRoutes = new Hono<App>()
  .get('/invitations', mayChange, async (c) => {
    const { visit } = c.var
    const state = mailFilters.find((filter) => filter === c.req.query('state'))
    const before = c.req.query('before')
    const [rows] = await visit.read(accessMails(visit.db, visit.clinicId, { state, before }))
    const done = { invited: countIn(c, 'invited'), left: countIn(c, 'left'), settled: c.req.query('settled') === 'yes' }
    const props = { ...around(c), rows, state, isFirst: before === undefined, done }
    return show(c, {
      title: 'Invitations',
      children: <MailsPage {...props} undelivered={visit.who.undelivered} />,
    })
  })
  .get('/invitations/never', mayChange, async (c) => {
    const { visit } = c.var
    const access = neverFilters.find((filter) => filter === c.req.query('access'))
    const after = c.req.query('after')
    const [rows] = await visit.read(neverLoggedOn(visit.db, visit.clinicId, { access, after }))
    const props = { ...around(c), rows, access, isFirst: after === undefined }
    return show(c, { title: 'Patients who never logged on', children: <NeverPage {...props} /> })
  })
  .get('/invitations/expired', mayChange, async (c) => {
    const { visit, now } = c.var
    const after = c.req.query('after')
    const [rows] = await visit.read(runOutLinks(visit.db, visit.clinicId, { after }, now))
    const props = { ...around(c), rows, isFirst: after === undefined }
    return show(c, { title: 'Expired invitations', children: <ExpiredPage {...props} /> })
  })
  .get('/invitations/again', mayChange, async (c) => {
    const people = await readInvitees(c, c.req.queries('patient') ?? [])
    return show(c, { title: 'Invite again', children: <AgainPage base={c.var.frame.base} people={sorted(people)} /> })
  })
  .post('/invitations/again', mayChange, async (c) => {
    const { frame } = c.var
    const ids = (await readForm(c.req.raw)).text('patients').split(' ').filter(Boolean)
    for (let reading = 0; reading < 2; reading++) {
      const { willing, limited, refused } = sorted(await readInvitees(c, ids))
      const written = await c.var.visit.write(await invitations(c, willing))
      if (!written.ok) continue // something changed between reading and writing: then it is read once more
      afterTheAnswer(c, deliverDue)
      const left = refused.length > 0 ? `&left=${refused.length}` : ''
      return c.redirect(`${frame.base}/invitations?invited=${willing.length + limited.length}${left}`, 303)
    }
    const query = new URLSearchParams(ids.map((id) => ['patient', id]))
    return c.redirect(`${frame.base}/invitations/again?${query}`, 303)
  })
  .post('/invitations/:id/settlement', mayChange, async (c) => {
    const { visit, now, frame } = c.var
    const { db, clinicId } = visit
    const id = c.req.param('id')
    const [[mail]] = await visit.read(mailById(db, clinicId, id))
    const { staffId } = visit
    if (mail?.state !== 'abandoned') throw new NotFound()
    const detail = { mail: id, kind: mail.kind }
    await visit.write([
      settleMail(db, { clinicId, id }, staffId, now),
      onlyIfChanged(db), // somebody was a moment faster: it is dealt with
      entryByStaff(c, 'mail-settled', { ofPatient: mail.patientId, ofStaff: mail.staffId, detail }),
    ])
    return c.redirect(`${frame.base}/invitations?state=abandoned&settled=yes`, 303)
  })

const around = (c: Ask) => ({ base: c.var.frame.base, now: c.var.now, timezone: c.var.clinic.timezone })

/** A number in the address, said on the page. */
const countIn = (c: Ask, name: string): number => Number(/^\d{1,3}$/.exec(c.req.query(name) ?? '')?.[0] ?? 0)

async function readInvitees(c: Ask, ids: string[]): Promise<Invitee[]> {
  const { visit, now } = c.var
  const wanted = [...new Set(ids)].slice(0, mostAtOnce)
  const [people] = await visit.read(invitees(visit.db, visit.clinicId, wanted, now))
  return people
}

/** All of them or none: one transaction, with an audit row for each. */
async function invitations(c: Ask, people: Invitee[]): Promise<Statement[]> {
  const { visit, now } = c.var
  const { db, clinicId } = visit
  const each = people.map(async (of) => [
    touchOpen(db, { clinicId, patientId: of.id }, of.emailCanonical ?? '', now),
    onlyIfChanged(db),
    ...(await mailLink(c, of)),
    entryByStaff(c, 'access-mailed', { ofPatient: of.id, detail: { again: true } }),
  ])
  return (await Promise.all(each)).flat()
}
