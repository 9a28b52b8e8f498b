/** A new patient, added by staff. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../ask.ts'
import { entryByStaff } from '../../audit/entry-by-staff.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { type Form, type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { hashToken, newId } from '../../web/random.ts'
import { patientNames } from '../patient.ts'
import { type PatientRecord, readPatient } from '../patient-record.ts'
import { type Holder, insertPatient, patientByFormId, patientsNamed } from '../patient-store.ts'
import { alikeProblem, mayBeTheSame } from './alike.ts'
import { AddPage } from './form-views.tsx'

const mayEdit = staffMay('edit patients')

export const addRoutes = new Hono<App>()
  .get('/patients/new', mayEdit, async (c) => {
    await c.var.visit.read()
    return showForm(c, {})
  })
  .post('/patients/new', mayEdit, async (c) => {
    const { visit, frame } = c.var
    const form = await readForm(c.req.raw)
    const { record, problems } = readPatient(form.typed(), today(c))
    const formId = formIdOf(form, record)
    const [[sentBefore], named] = await visit.read(
      patientByFormId(visit.db, visit.clinicId, formId ?? ''),
      patientsNamed(visit.db, visit.clinicId, patientNames(record).sortName),
    )
    if (sentBefore) return c.redirect(added(frame.base, sentBefore.id), 303)
    const alike = hasProblems(problems) ? [] : named.filter((other) => mayBeTheSame(record, other))
    if (alike.length > 0 && !form.ticked('add_anyway')) problems.add_anyway = alikeProblem(alike[0]!)
    if (hasProblems(problems)) return showForm(c, form.typed(), problems, alike)
    return add(c, record, formId)
  })

async function add(c: Ask, record: PatientRecord, formId: string | null) {
  const { visit, now, frame } = c.var
  const { db, clinicId, staffId } = visit
  const id = newId()
  const written = await visit.write([
    insertPatient(db, { ...record, id, clinicId, formId, createdBy: staffId }, now),
    entryByStaff(c, 'patient-added', { ofPatient: id }),
  ])
  if (written.ok) return c.redirect(added(frame.base, id), 303)
  const [[twin]] = await visit.read(patientByFormId(db, clinicId, formId ?? '')) // the same form, a moment faster
  if (!twin) throw new Error(`a patient could not be added: ${written.because}`)
  return c.redirect(added(frame.base, twin.id), 303)
}

const added = (base: string, id: string) => `${base}/patients/${id}?done=added`
/** The same form with the same words in it: sent twice, it adds one patient; after Back and other words, another one. */
function formIdOf(form: Form, record: PatientRecord): string | null {
  const formId = form.text('form_id')
  return formId ? hashToken(JSON.stringify([formId, record])) : null
}

function showForm(c: Ask, typed: Record<string, string>, problems: Problems = {}, alike: Holder[] = []) {
  return show(c, {
    title: 'Add a patient',
    problems,
    children: (
      <AddPage
        base={c.var.frame.base}
        today={today(c)}
        typed={typed}
        problems={problems}
        formId={typed.form_id || newId()}
        alike={alike}
      />
    ),
  })
}
