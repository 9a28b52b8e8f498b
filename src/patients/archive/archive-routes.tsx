/** A patient leaves the clinic: the record is archived, and restored when they come back. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { upcomingOf } from '../../diary/appointments-store.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { redirectNews } from '../../mail/waiting-store.ts'
import { endWaysIn } from '../../online-access/ending-store.ts'
import { deactivate } from '../../online-access/online-access-store.ts'
import { onlyIfChanged, type Written } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { ownPath } from '../../web/own-path.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { fullName } from '../patient.ts'
import { type AccessLine, accessOf, patientById } from '../patient-store.ts'
import { archivePatient, restorePatient } from './archive-store.ts'
import { ArchivingPage } from './archive-views.tsx'

const mayEdit = staffMay('edit patients')

export const archiveRoutes = new Hono<App>()
  .get('/patients/:id/archiving', mayEdit, async (c) => {
    const { patient, access, upcoming } = await load(c)
    if (patient.archivedAt !== null) return backToRecord(c, '')
    const props = {
      base: c.var.frame.base,
      patient,
      hasAccess: isOpen(access),
      upcoming: upcoming.length,
      today: today(c),
    }
    return show(c, { title: `Archive the record of ${fullName(patient)}`, children: <ArchivingPage {...props} /> })
  })
  .post('/patients/:id/archiving', mayEdit, async (c) => {
    const { visit, now } = c.var
    const { access } = await load(c)
    const { db, clinicId, staffId } = visit
    const id = c.req.param('id')
    const detail = isOpen(access) ? { stopped: access.state } : undefined
    const written = await visit.write([
      archivePatient(db, { clinicId, id }, staffId, now),
      onlyIfChanged(db), // archived already: nothing to do, and the record says so
      deactivate(db, { clinicId, patientId: id }, staffId, now),
      ...endWaysIn(db, { clinicId, patientId: id }, 'stopped', staffId, now),
      ...redirectNews(db, { clinicId, patientId: id }, now), // of those for whom they acted
      entryByStaff(c, 'patient-archived', { ofPatient: id, detail }),
    ])
    return backToRecord(c, done(written, 'archived'))
  })
  .post('/patients/:id/restoring', mayEdit, async (c) => {
    const { visit } = c.var
    await load(c)
    const next = ownPath((await readForm(c.req.raw)).text('next'), c.var.frame.base)
    const { db, clinicId } = visit
    const id = c.req.param('id')
    const written = await visit.write([
      restorePatient(db, { clinicId, id }),
      onlyIfChanged(db), // not archived: nothing to do
      entryByStaff(c, 'patient-restored', { ofPatient: id }),
    ])
    const did = done(written, 'restored')
    return next ? c.redirect(next, 303) : backToRecord(c, did) // whoever was booking goes on with it
  })

/** There is online access to be stopped. */
const isOpen = (access: AccessLine | undefined): access is AccessLine =>
  access?.state === 'active' || access?.state === 'invited'

async function load(c: Ask) {
  const { visit } = c.var
  const of = [visit.db, visit.clinicId, c.req.param('id') ?? ''] as const
  const [[patient], [access], upcoming] = await visit.read(
    patientById(...of),
    accessOf(...of),
    upcomingOf(...of, c.var.now),
  )
  if (!patient) throw new NotFound()
  return { patient, access, upcoming }
}

/** What was done, or nothing where it had been done already. */
function done(written: Written, act: 'archived' | 'restored'): string {
  if (written.ok) return act
  if (written.because === 'nothing-changed') return ''
  throw new Error(`a record could not be ${act}: ${written.because}`)
}

function backToRecord(c: Ask, did: string) {
  const record = `${c.var.frame.base}/patients/${c.req.param('id')}`
  return c.redirect(did ? `${record}?done=${did}` : record, 303)
}
