/** The patients of the clinic: the list and its search, and a patient's record. */
import { Hono } from 'hono'
import type { App, Ask } from '../ask.ts'
import { staffMay } from '../front-door/sessions/guard.ts'
import { may } from '../staff/role.ts'
import { dateIn } from '../web/dates.ts'
import { show } from '../web/page.tsx'
import { NotFound } from '../web/trouble.ts'
import { addRoutes } from './edit/add-routes.tsx'
import { editRoutes } from './edit/edit-routes.tsx'
import { fullName } from './patient.ts'
import { accessOf, patientById, sharersOfEmail } from './patient-store.ts'
import { PatientPage } from './record-views.tsx'
import { accessFilters, listAddress } from './search/patient-list.ts'
import { countBySearch, patientsBySearch } from './search/patient-list-store.ts'
import { searchOf } from './search/patient-search.ts'
import { PatientResults, PatientsPage, type ResultsProps } from './views.tsx'

const maySee = staffMay('see patients')

export const patientRoutes = new Hono<App>()
  .get('/patients', maySee, async (c) =>
    show(c, { title: 'Patients', island: true, children: <PatientsPage {...(await resultsFor(c))} /> }),
  )
  .get('/patients/results', maySee, async (c) => {
    const results = await resultsFor(c)
    const page = listAddress(results.base, { q: results.q, access: results.access })
    if (c.req.header('HX-Request') !== 'true') return c.redirect(page, 303)
    c.header('HX-Replace-Url', page) // so that Back from a record finds the search again
    return c.html(<PatientResults {...results} />)
  })
  .route('/', addRoutes)
  .get('/patients/:id', maySee, async (c) => {
    const { visit, now, clinic, frame } = c.var
    const of = [visit.db, visit.clinicId, c.req.param('id')] as const
    const [[patient], [access], sharers] = await visit.read(patientById(...of), accessOf(...of), sharersOfEmail(...of))
    if (!patient) throw new NotFound()
    return show(c, {
      title: fullName(patient),
      children: (
        <PatientPage
          base={frame.base}
          patient={patient}
          access={access}
          sharers={sharers}
          now={now}
          today={dateIn(now, clinic.timezone)}
          timezone={clinic.timezone}
          mayEdit={may(visit.who.role!, 'edit patients')}
          done={(['added', 'saved'] as const).find((done) => done === c.req.query('done'))}
        />
      ),
    })
  })
  .route('/', editRoutes)

async function resultsFor(c: Ask): Promise<ResultsProps> {
  const { visit, frame } = c.var
  const q = (c.req.query('q') ?? '').trim()
  const access = accessFilters.find((filter) => filter === c.req.query('access'))
  const after = c.req.query('after')
  const wanted = { search: searchOf(q), access, after }
  const [found, [total]] = await visit.read(
    patientsBySearch(visit.db, visit.clinicId, wanted),
    countBySearch(visit.db, visit.clinicId, wanted),
  )
  return {
    base: frame.base,
    q,
    search: wanted.search.kind,
    access,
    found,
    total: total!.count,
    isFirstPage: after === undefined,
    mayAdd: may(visit.who.role!, 'edit patients'),
  }
}
