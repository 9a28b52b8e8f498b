/** The booking itself: read, decided, written, and decided again when the database says that something has changed. */
import { type Ask, today } from '../../../ask.ts'
import { entryByStaff } from '../../../audit/entry-by-staff.ts'
import { Forbidden } from '../../../front-door/sessions/visit.ts'
import { alikeProblem, mayBeTheSame } from '../../../patients/edit/alike.ts'
import { fullName, patientNames } from '../../../patients/patient.ts'
import { type PatientRecord, readPatient } from '../../../patients/patient-record.ts'
import { type Holder, insertPatient } from '../../../patients/patient-store.ts'
import type { AppointmentType } from '../../../schema.ts'
import { apart } from '../../../web/apart.ts'
import type { Statement } from '../../../web/database.ts'
import { timeInWords } from '../../../web/dates.ts'
import type { Problems } from '../../../web/form.ts'
import { hasProblems } from '../../../web/page.tsx'
import { hashToken, newId } from '../../../web/random.ts'
import { BadForm } from '../../../web/trouble.ts'
import { bookAppointment } from '../../booking-store.ts'
import { isMoment } from '../../day.ts'
import { fromTo } from '../facts.tsx'
import { appointmentEntry } from '../history-store.ts'
import { expected } from '../one-appointment.tsx'
import { inTheWay } from '../staff-verdict.ts'
import { sendMails, tell } from '../telling.ts'
import { readNote } from '../typed.ts'
import type { Asked } from './asked.ts'
import { inOrder, isAsSeen, leftProblem, placeOf, typeOf, verdictOn } from './decision.ts'
import { mayAdd, showCheck } from './pages.tsx'
import { type Fresh, readFresh, typesWith } from './reading.ts'

const mostTries = 4

type Typed = Record<string, string>
type Timed = Asked & { practitionerId: string; startAt: number }

export async function bookFrom(c: Ask, typed: Typed) {
  const asked = readSent(typed)
  if (!asked) return refuseForm(c)
  const record = asked.isNew ? readPatient(typed, today(c)) : undefined
  const formId = formIdOf(typed, asked, record?.record)
  const sortName = record && patientNames(record.record).sortName
  for (let tries = 0; tries < mostTries; tries++) {
    const fresh = await readFresh(c, asked, { formId: formId ?? '', sortName })
    if (fresh.before) return c.redirect(bookedHref(c, fresh.before.id), 303) // sent again: it is booked already
    if (asked.isNew && !mayAdd(c)) throw new Forbidden()
    const decision = decide(c, fresh, asked, typed, record)
    if (!decision.ok) return showCheck(c, fresh, asked, { typed, ...decision })
    const id = newId()
    const of = {
      ...decision,
      id,
      formId,
      record: record?.record,
      note: readNote(typed).note,
      tell: typed.tell === 'on',
    }
    const written = expected(
      await c.var.visit.write(await statements(c, fresh, asked, of)),
      ...['nothing-changed', 'time_taken', 'form_repeated'],
    )
    if (!written.ok) continue
    sendMails(c)
    return c.redirect(bookedHref(c, id), 303)
  }
  throw new Error('a booking was refused again and again')
}

const bookedHref = (c: Ask, id: string): string => `${c.var.frame.base}/diary/appointments/${id}`

/** What no form of ours sends, told to those who may book. */
async function refuseForm(c: Ask): Promise<never> {
  await c.var.visit.read()
  throw new BadForm(400, 'An appointment begins on a full five minutes, with somebody')
}

function readSent(typed: Typed): Timed | undefined {
  const [at, other] = (typed.start ?? '').split(' ') // with somebody else, where the one of before has left
  const startAt = Number(at)
  const { patient, type } = typed
  const practitioner = other || typed.practitioner
  if (!isMoment(startAt) || !practitioner) return undefined
  return {
    practitionerId: practitioner,
    startAt,
    patientId: patient || undefined,
    isNew: !patient,
    typeId: type || undefined,
  }
}

/** The same form with the same choices in it: sent twice, it books once; after Back and other choices, another one. */
function formIdOf(typed: Typed, { practitionerId, startAt, patientId, typeId }: Timed, record?: PatientRecord) {
  const { form_id: formId } = typed
  return formId ? hashToken(JSON.stringify([formId, practitionerId, startAt, patientId, typeId, record])) : null
}

type Read = { record: PatientRecord; problems: Problems }
type Decision =
  | { ok: true; type: AppointmentType; outside?: string }
  | { ok: false; problems: Problems; alike: Holder[]; status?: 409 }

function decide(c: Ask, fresh: Fresh, asked: Timed, typed: Typed, read: Read | undefined): Decision {
  const { patient, person, left, time } = fresh
  const alike = read && !hasProblems(read.problems) ? fresh.named.filter((each) => mayBeTheSame(read.record, each)) : []
  const problems: Problems = { ...read?.problems, ...readNote(typed).problems }
  if (alike[0] && typed.add_anyway !== 'on') problems.add_anyway = alikeProblem(alike[0])
  if (patient && patient.archivedAt !== null) problems.patient = 'The record is archived. Restore it before you book'
  else if (left) problems.start = leftProblem(left)
  const type = typeOf(typesWith(time, person), asked)
  if (!type) problems.type = typeProblem(fresh, asked)
  const isChanged = type !== undefined && !isAsSeen(type, typed.type_versions)
  if (isChanged) problems.type = `${type.name} has been changed meanwhile. Check it as it is now, and book again`
  const verdict =
    type && person && verdictOn({ time, person, type, startAt: asked.startAt }, typed.anyway === 'on', c.var.now)
  if (verdict && !verdict.ok && verdict.because === 'tick') problems.anyway = tickProblem(verdict.reason.words)
  const isTaken = verdict !== undefined && !verdict.ok && verdict.because === 'never'
  if (isTaken && type) problems.start = takenProblem(c, fresh, asked, type, verdict.reason.words)
  const isLate = isTaken || isChanged || left !== undefined
  if (hasProblems(problems)) return { ok: false, problems: inOrder(problems), alike, ...(isLate && { status: 409 }) }
  return { ok: true, type: type!, outside: verdict?.ok ? verdict.outside : undefined }
}

function typeProblem({ person, time }: Fresh, { typeId }: Timed): string {
  if (!typeId) return 'Choose an appointment type'
  if (person) return `${apart(person.name)} does not do the type you chose any more. Choose another`
  const isBooked = time.types.some(({ id }) => id === typeId)
  return `${isBooked ? 'Nobody else does the type you chose' : 'The type you chose is not booked any more'}. Choose another`
}

const tickProblem = (words: string): string => `${words.replace(/\.$/, '')}. Tick “Book anyway” to book it all the same`

/** With whom, because staff may know; patients are told the time only. */
function takenProblem(c: Ask, fresh: Fresh, asked: Timed, type: AppointmentType, words: string): string {
  const { timezone } = c.var.clinic
  const taker = inTheWay(fresh.booked, placeOf(type, fresh.person!, asked.startAt))
  const who = taker ? `${apart(fresh.person!.name)} sees ${fullName(taker)} from ${fromTo(taker, timezone)}` : words
  const clock = timeInWords(asked.startAt, timezone)
  const isSame = !taker || taker.startAt <= asked.startAt
  const said = isSame ? `Someone has just booked ${clock}` : `${type.name} does not fit at ${clock}`
  return `${said}. Choose another time. ${who}`
}

interface Booked {
  id: string
  formId: string | null
  type: AppointmentType
  outside?: string
  record?: PatientRecord
  note: string
  tell: boolean
}

async function statements(c: Ask, fresh: Fresh, asked: Timed, of: Booked): Promise<Statement[]> {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  const { time, person, patient } = fresh
  const who = patient ?? { ...of.record!, id: newId() }
  const place = placeOf(of.type, person!, asked.startAt)
  const row = {
    ...{ ...place, clinicId, id: of.id, patientId: who.id, typeId: of.type.id, formId: of.formId },
    ...{ note: of.note, bookedBy: staffId, outsideRules: of.outside !== undefined },
  }
  const told = {
    ...{ id: of.id, sequence: 0, status: 'booked' as const, startAt: place.startAt, endAt: place.endAt },
    ...{ practitionerName: person!.name, patientId: who.id, email: patient ? fresh.contact : who.emailCanonical },
    ...{ firstName: who.firstName, preferredName: who.preferredName, hasAccess: fresh.hasAccess },
    ...{ ...of.type, id: of.id, isNew: fresh.isNew },
  }
  const mails = of.tell ? await tell(c, 'booked', told, time.rules) : []
  const detail = { ...(of.outside && { outside: of.outside }), ...(mails.length > 0 && { told: true as const }) }
  return [
    ...(patient ? [] : addPatient(c, who.id, of.record!)),
    ...bookAppointment(db, row, of.outside ? {} : { timeVersion: time.rules.timeVersion }, now),
    appointmentEntry(c, 'appointment-booked', { id: of.id, patientId: who.id }, detail),
    ...mails,
  ]
}

function addPatient(c: Ask, id: string, record: PatientRecord): Statement[] {
  const { visit, now } = c.var
  const { db, clinicId, staffId } = visit
  return [
    insertPatient(db, { ...record, id, clinicId, formId: null, createdBy: staffId }, now),
    entryByStaff(c, 'patient-added', { ofPatient: id }),
  ]
}
