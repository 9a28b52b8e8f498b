/** `/settings/clinic`: what the clinic is called, how it is reached, and what time it is there. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import type { Clinic } from '../../schema.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { isOutdated, openedWith } from '../../web/opened-with.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { clinicById, forgetClinic } from '../clinic-store.ts'
import { type Change, changeSettings, lastChange } from '../settings-store.ts'
import {
  type ClinicDetails,
  changedDetails,
  type DetailField,
  detailFieldNames,
  readDetails,
} from './clinic-details.ts'
import { DetailsPage } from './views.tsx'

const maySet = staffMay('change settings')

export const detailsRoutes = new Hono<App>()
  .get('/settings/clinic', maySet, async (c) => showForm(c, await load(c)))
  .post('/settings/clinic', maySet, async (c) => {
    const typed = (await readForm(c.req.raw)).typed()
    const before = await load(c)
    const { details, problems } = readDetails(typed, before.clinic)
    const fields = changedDetails(before.clinic, details)
    if (!hasProblems(problems) && fields.length === 0) return saved(c)
    if (isOutdated(typed, markOf(before.clinic))) return showForm(c, before, { typed, problems, meanwhile: details })
    if (hasProblems(problems)) return showForm(c, before, { typed, problems })
    const written = await write(c, before.clinic, details, fields)
    if (written.ok) return saved(c)
    const after = await load(c) // somebody was a moment faster; or the same form was, sent twice
    if (changedDetails(after.clinic, details).length === 0) return saved(c)
    return showForm(c, after, { typed, problems, meanwhile: details })
  })

interface Loaded {
  clinic: Clinic
  changed?: Change
}

async function load(c: Ask): Promise<Loaded> {
  const { visit } = c.var
  const [[clinic], [changed]] = await visit.read(
    clinicById(visit.db, visit.clinicId),
    lastChange(visit.db, visit.clinicId, 'clinic-details-changed'),
  )
  return { clinic: clinic!, changed }
}

function write(c: Ask, before: Clinic, after: ClinicDetails, fields: DetailField[]) {
  const { visit } = c.var
  const { db, clinicId } = visit
  const detail = { fields: fields.join(' ') }
  return visit.write([
    changeSettings(db, clinicId, before, after),
    onlyIfChanged(db),
    entryByStaff(c, 'clinic-details-changed', { detail }),
  ])
}

function saved(c: Ask) {
  forgetClinic(c.var.clinic.slug)
  return c.redirect(`${c.var.frame.base}/settings/clinic?saved=yes`, 303)
}

const markOf = (details: ClinicDetails): string => openedWith(...detailFieldNames.map((field) => details[field]))

interface Sent {
  typed: Record<string, string>
  problems: Problems
  /** Somebody else's change came first: these were not saved. */
  meanwhile?: ClinicDetails
}

function showForm(c: Ask, { clinic, changed }: Loaded, sent?: Sent) {
  const { now, frame } = c.var
  const { typed = { ...pick(clinic) }, problems = {}, meanwhile } = sent ?? {}
  const props = { base: frame.base, now, typed, problems, meanwhile, clinic, changed, openedWith: markOf(clinic) }
  return show(c, {
    title: meanwhile ? 'Somebody else changed the clinic’s details' : 'Clinic details',
    problems,
    status: meanwhile && 409,
    children: <DetailsPage {...props} saved={c.req.query('saved') === 'yes'} />,
  })
}

const pick = (clinic: Clinic): ClinicDetails =>
  Object.fromEntries(detailFieldNames.map((field) => [field, clinic[field]])) as ClinicDetails
