/** The *History* tab of a patient's record: who did what, and when. */
import { Hono } from 'hono'
import { type App, today } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { may } from '../../staff/role.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { archiverOf } from '../archive/archive-store.ts'
import { mergedInto } from '../merge/merge-store.ts'
import { fullName } from '../patient.ts'
import { patientById } from '../patient-store.ts'
import { historyOf } from './history-store.ts'
import { HistoryPage } from './history-views.tsx'

export const historyRoutes = new Hono<App>().get('/patients/:id/history', staffMay('see patients'), async (c) => {
  const { visit, clinic, frame } = c.var
  const of = [visit.db, visit.clinicId, c.req.param('id')] as const
  const asked = c.req.query('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : undefined
  const [[patient], [archiver], rows, merged] = await visit.read(
    patientById(...of),
    archiverOf(...of),
    historyOf(...of, before),
    mergedInto(...of),
  )
  if (!patient) throw new NotFound()
  return show(c, {
    title: `History of ${fullName(patient)}`,
    children: (
      <HistoryPage
        base={frame.base}
        patient={patient}
        archivedBy={archiver?.name}
        rows={rows}
        merged={merged}
        isNewest={before === undefined}
        today={today(c)}
        timezone={clinic.timezone}
        mayRestore={may(visit.who.role!, 'edit patients')}
      />
    ),
  })
})
