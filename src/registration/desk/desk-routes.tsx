/** `/:clinic/registrations`: staff resolve what the machine must refuse. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { abandonedMails } from '../../mail/mail-store.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import type { Told } from './compare-view.tsx'
import { longestReason } from './desk.ts'
import {
  type Candidate,
  candidates,
  type DeskRow,
  deskEntry,
  dismiss,
  settledOnDesk,
  waitingOnDesk,
} from './desk-store.ts'
import { DeskPage } from './desk-views.tsx'

const mayWork = staffMay('work the registration desk')

export const deskRoutes = new Hono<App>()
  .get('/registrations', mayWork, (c) => showDesk(c))
  .post('/registrations/:id/dismissal', mayWork, async (c) => {
    const { visit, now, frame } = c.var
    const { db, clinicId } = visit
    const id = c.req.param('id')
    const reason = (await readForm(c.req.raw)).text('reason')
    const [[entry]] = await visit.read(deskEntry(db, clinicId, id))
    if (!entry) throw new NotFound()
    if (entry.asked.settledAt !== null) return c.redirect(`${frame.base}/registrations?done=already`, 303)
    const problem = reasonProblem(reason)
    if (problem) return showDesk(c, { id, problems: { [`reason-${id}`]: problem } })
    const written = await visit.write([
      dismiss(db, { clinicId, id, reason }, visit.staffId, now),
      onlyIfChanged(db),
      entryByStaff(c, 'registration-settled', { detail: { registration: id, settlement: 'dismissed' } }),
    ])
    return c.redirect(`${frame.base}/registrations?done=${written.ok ? 'dismissed' : 'already'}`, 303)
  })

function reasonProblem(reason: string): string | null {
  if (reason === '') return 'Enter a reason'
  return reason.length > longestReason ? `Reason must be ${longestReason} characters or fewer` : null
}

async function showDesk(c: Ask, wrong?: { id: string; problems: Problems }) {
  const { visit, now, clinic, frame } = c.var
  const { db, clinicId } = visit
  const search = (c.req.query('q') ?? '').trim().slice(0, 254)
  const [waiting, settled, records, abandoned] = await visit.read(
    waitingOnDesk(db, clinicId, search),
    settledOnDesk(db, clinicId, search),
    candidates(db, clinicId, search),
    abandonedMails(db, clinicId),
  )
  const entries = waiting.map((row) => {
    const told = toldIn(row)
    return { row, told, candidates: records.filter((record) => mayBeMeant(record, row, told)) }
  })
  return show(c, {
    title: 'Registration desk',
    problems: wrong?.problems,
    children: (
      <DeskPage
        base={frame.base}
        now={now}
        timezone={clinic.timezone}
        search={search}
        waiting={entries}
        total={search === '' ? visit.who.waiting : entries.length}
        settled={settled}
        abandoned={abandoned}
        done={wrong ? undefined : c.req.query('done')}
        wrong={wrong}
      />
    ),
  })
}

const toldIn = ({ asked }: DeskRow): Told => ({
  email: asked.email,
  ...(asked.details && (JSON.parse(asked.details) as Omit<Told, 'email'>)),
})

/** The same address; or born on the same day, when a new patient may have a record already. */
function mayBeMeant(record: Candidate, { asked }: DeskRow, told: Told): boolean {
  if (record.emailCanonical === asked.email || record.id === asked.patientId) return true
  return asked.link === 'new' && record.dateOfBirth !== null && record.dateOfBirth === told.dateOfBirth
}
