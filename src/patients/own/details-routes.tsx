/** `/:clinic/details`: what the clinic holds about a patient, and what they may change of it themselves. */
import { Hono } from 'hono'
import { type App, type Ask, today } from '../../ask.ts'
import { entryByPatient } from '../../audit/entry-by-patient.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import type { Patient } from '../../schema.ts'
import { onlyIfChanged } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { changedFields, recordOf, typedOf } from '../patient-record.ts'
import { updatePatient } from '../patient-store.ts'
import { ActedForPage, ContactPage, contactHeading, DetailsPage } from './details-views.tsx'
import { readContact } from './own-record.ts'
import { ownRecord } from './own-record-store.ts'

const detailsHref = (c: Ask, done = '') => `${c.var.frame.base}/details${done}`

export const detailsRoutes = new Hono<App>()
  .get('/details', patientsOnly, async (c) => {
    const { frame, clinic, visit } = c.var
    const [patient] = await ownRecord(c)
    const done = c.req.query('done')
    const { actedFor } = visit
    const props = { base: frame.base, clinic, patient, done }
    const children = actedFor ? <ActedForPage {...props} actedFor={actedFor} /> : <DetailsPage {...props} />
    return show(c, { title: actedFor ? `Details of ${actedFor}` : 'My details', children })
  })
  .get('/details/contact', patientsOnly, async (c) => {
    const [patient] = await ownRecord(c)
    return showContact(c, patient, typedOf(recordOf(patient)))
  })
  .post('/details/contact', patientsOnly, async (c) => {
    const { visit } = c.var
    const typed = (await readForm(c.req.raw)).typed()
    const [patient] = await ownRecord(c)
    if (!visit.isFor(typed.patient)) {
      return showContact(c, patient, typedOf(recordOf(patient)), { isSwitched: true }) // what was typed is of somebody else
    }
    const { record, problems } = readContact(patient, typed, today(c))
    const fields = changedFields(recordOf(patient), record)
    if (hasProblems(problems)) return showContact(c, patient, typed, { problems })
    if (fields.length === 0) return c.redirect(detailsHref(c, '?done=saved'), 303)
    if (typed.version !== patient.version.toString()) return showContact(c, patient, typed, { isChanged: true })
    const written = await visit.writeForPatient([
      updatePatient(visit.db, patient, record),
      onlyIfChanged(visit.db),
      entryByPatient(c, 'patient-changed', { fields: fields.join(' '), version: patient.version + 1 }),
    ])
    const [after] = written.ok ? [null] : await ownRecord(c) // somebody was a moment faster; or the same form was, sent twice
    const isLost = after !== null && changedFields(recordOf(after), record).length > 0
    return isLost ? showContact(c, after, typed, { isChanged: true }) : c.redirect(detailsHref(c, '?done=saved'), 303)
  })

interface Said {
  problems?: Problems
  isChanged?: boolean
  /** The form was drawn for another patient. */
  isSwitched?: boolean
}

function showContact(
  c: Ask,
  { version, id }: Patient,
  typed: Record<string, string>,
  { problems = {}, isChanged, isSwitched }: Said = {},
) {
  const { actedFor } = c.var.visit
  const props = { base: c.var.frame.base, typed, version, patientId: id, problems, isChanged, isSwitched, actedFor }
  return show(c, {
    title: contactHeading(actedFor),
    problems,
    status: isChanged || isSwitched ? 409 : undefined,
    children: <ContactPage {...props} />,
  })
}
