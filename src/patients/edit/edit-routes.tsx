/** A record is changed by staff: nobody's change is lost, and a logon address that moves is told to both addresses. */
import { Hono } from 'hono'
import { type App, type Ask, afterTheAnswer, today } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { deliverDue } from '../../mail/outbox.ts'
import type { Patient } from '../../schema.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { hasProblems, show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { fullName } from '../patient.ts'
import {
  changedFields,
  inPageOrder,
  type RecordField,
  readPatient,
  recordFieldNames,
  recordFields,
  typedOf,
} from '../patient-record.ts'
import { type Holder, patientById } from '../patient-store.ts'
import { changeStatements, type Edit, loadEdit, moveOf, versionOf } from './edit-store.ts'
import { emailChangeProblem } from './email-change.ts'
import { ConflictPage, EditPage } from './form-views.tsx'

const mayEdit = staffMay('edit patients')

export const editRoutes = new Hono<App>()
  .get('/patients/:id/edit', mayEdit, async (c) => {
    const { visit, frame } = c.var
    const [[patient]] = await visit.read(patientById(visit.db, visit.clinicId, c.req.param('id')))
    if (!patient) throw new NotFound()
    if (patient.archivedAt !== null) return c.redirect(`${frame.base}/patients/${patient.id}`, 303)
    return showForm(c, patient, typedOf(patient))
  })
  .post('/patients/:id/edit', mayEdit, async (c) => {
    const { frame } = c.var
    const typed = (await readForm(c.req.raw)).typed()
    const { record, problems } = readPatient(typed, today(c))
    const edit = await loadEdit(c, { id: c.req.param('id'), typed, record, problems })
    const refused = answerRefused(c, edit)
    if (refused) return refused
    const written = await c.var.visit.write(await changeStatements(c, edit))
    if (!written.ok) {
      const answer = answerRefused(c, await loadEdit(c, edit)) // somebody was a moment faster: now it can be seen
      if (answer) return answer
      throw new Error(`a record could not be changed: ${written.because}`)
    }
    const move = moveOf(edit)
    if (move.ok && move.movesLogon) afterTheAnswer(c, deliverDue)
    return c.redirect(`${frame.base}/patients/${edit.patient.id}?done=saved`, 303)
  })

/** The page to answer with when nothing may be written, else undefined. */
function answerRefused(c: Ask, edit: Edit) {
  const { patient, record, typed, problems, others } = edit
  const { base } = c.var.frame
  const isSame = changedFields(patient, record).length === 0 && !hasProblems(problems)
  if (isSame) return c.redirect(`${base}/patients/${patient.id}?done=saved`, 303)
  if (patient.archivedAt !== null) return showForm(c, patient, typed) // 409: the page says how to go on
  if (patient.version !== versionOf(typed)) return showConflict(c, edit)
  const move = moveOf(edit)
  const emailProblems: Problems = move.ok ? {} : { email: emailChangeProblem(move.because, patient, others) }
  const all = inPageOrder({ ...emailProblems, ...problems })
  const isShared = !move.ok && move.because === 'shared'
  return hasProblems(all) ? showForm(c, patient, typed, all, isShared ? others : []) : undefined
}

function showForm(
  c: Ask,
  patient: Patient,
  typed: Record<string, string>,
  problems: Problems = {},
  holders: Holder[] = [],
) {
  return show(c, {
    title: `Edit the details of ${fullName(patient)}`,
    status: patient.archivedAt === null ? undefined : 409,
    problems,
    children: (
      <EditPage
        base={c.var.frame.base}
        today={today(c)}
        patient={patient}
        typed={typed}
        problems={problems}
        holders={holders}
      />
    ),
  })
}

/** What others changed stays as they left it; the rest of the form is as it was typed. */
function showConflict(c: Ask, { patient, record, typed, changes, problems }: Edit) {
  const named = changes.map(({ fields, ...change }) => ({
    ...change,
    fields: recordFieldNames.filter((field) => fields.split(' ').includes(field)),
  }))
  const theirs = recordFieldNames.filter((field) => named.some(({ fields }) => fields.includes(field)))
  const shown = { ...typed, ...typedOf(patient, theirs) }
  return show(c, {
    title: 'Somebody else changed this record',
    status: 409,
    children: (
      <ConflictPage
        base={c.var.frame.base}
        today={today(c)}
        now={c.var.now}
        patient={patient}
        changes={named}
        differing={changedFields(patient, record)}
        yours={record}
        typed={shown}
        problems={without(problems, theirs)}
      />
    ),
  })
}

/** What is not shown as it was typed has no problem any more. */
const without = (problems: Problems, fields: RecordField[]): Problems => {
  const names: string[] = fields.map((field) => recordFields[field].name)
  return Object.fromEntries(Object.entries(problems).filter(([name]) => !names.includes(name)))
}
