/** The patients of the clinic: the list and its search, and a patient's record. */
import { Hono } from 'hono'
import { actedForBy, holdersFor } from '../acting-for/grant-store.ts'
import { type App, type Ask, today } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { may } from '../staff/role.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { archiveRoutes } from './archive/archive-routes.tsx'
import { archiverOf } from './archive/archive-store.ts'
import { addRoutes } from './edit/add-routes.tsx'
import { editRoutes } from './edit/edit-routes.tsx'
import { historyRoutes } from './history/history-routes.tsx'
import { mergeRoutes } from './merge/merge-routes.tsx'
import { detailsRoutes } from './own/details-routes.tsx'
import { emailRoutes } from './own/email-routes.tsx'
import { fullName } from './patient.ts'
import { accessOf, patientById, sharersOfEmail } from './patient-store.ts'
import { PatientPage } from './record-views.tsx'
import { listAddress, listFilters, totalOf } from './search/patient-list.ts'
import { foundOf, patientCounts, patientsFound, patientsListed } from './search/patient-list-store.ts'
import { searchOf } from './search/patient-search.ts'
import { PatientResults, PatientsPage, type ResultsProps } from './views.tsx'

const maySee = staffMay('see patients')

export const patientRoutes = new Hono<App>()
  .get('/patients', maySee, async (c) =>
    show(c, { title: 'Patients', island: true, children: <PatientsPage {...(await resultsFor(c))} /> }),
  )
  .get('/patients/results', maySee, async (c) => {
    const results = await resultsFor(c)
    const page = listAddress(results.base, { q: results.q, access: results.filter })
    if (c.req.header('HX-Request') !== 'true') return c.redirect(page, 303)
    c.header('HX-Replace-Url', page) // so that Back from a record finds the search again
    return c.html(<PatientResults {...results} />)
  })
  .route('/', addRoutes)
  .get('/patients/:id', maySee, async (c) => {
    const { visit, now, clinic, frame } = c.var
    const of = [visit.db, visit.clinicId, c.req.param('id')] as const
    const [[patient], [access], sharers, [archiver], holders, actedFor] = await visit.read(
      patientById(...of),
      accessOf(...of),
      sharersOfEmail(...of),
      archiverOf(...of),
      holdersFor(...of),
      actedForBy(...of),
    )
    if (!patient) throw new NotFound()
    return show(c, {
      title: fullName(patient),
      children: (
        <PatientPage
          base={frame.base}
          patient={patient}
          access={access}
          sharers={sharers}
          archivedBy={archiver?.name}
          holders={holders}
          actedFor={actedFor}
          now={now}
          today={today(c)}
          timezone={clinic.timezone}
          mayEdit={mayEdit(c)}
          mayGrant={may(visit.who.role!, 'change online access')}
          done={c.req.query('done')}
        />
      ),
    })
  })
  .route('/', editRoutes)
  .route('/', archiveRoutes)
  .route('/', mergeRoutes)
  .route('/', historyRoutes)
  .route('/', detailsRoutes)
  .route('/', emailRoutes)

async function resultsFor(c: Ask): Promise<ResultsProps> {
  const { visit, frame } = c.var
  const { db, clinicId } = visit
  const q = (c.req.query('q') ?? '').trim()
  const filter = listFilters.find((name) => name === c.req.query('access'))
  const after = c.req.query('after')
  const search = searchOf(q)
  const props = { base: frame.base, q, search: search.kind, filter, isFirstPage: after === undefined }
  if (search.kind === 'everybody') {
    const [found, counts] = await visit.read(
      patientsListed(db, clinicId, { filter, after }),
      patientCounts(db, clinicId),
    )
    return { ...props, found, total: totalOf(counts, filter), mayAdd: mayEdit(c) }
  }
  const terms = search.kind === 'terms' ? search.terms : []
  const [lines] = await visit.read(patientsFound(db, clinicId, terms, { filter, after }))
  return { ...props, ...foundOf(lines), mayAdd: mayEdit(c) }
}

const mayEdit = (c: Ask): boolean => may(c.var.visit.who.role!, 'edit patients')
