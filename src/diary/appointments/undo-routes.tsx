/** Taking back the last act on an appointment, for ten minutes: a mark, a cancellation, a move, a booking. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import type { Statement } from '../../web/database.ts'
import { readForm } from '../../web/form.ts'
import { moveRefusals } from '../appointment.ts'
import { moveAppointment, setStatus } from '../booking-store.ts'
import { movedTo } from '../place.ts'
import { cancelling } from './cancellation-routes.tsx'
import { lastAct, stampOf, type Undoing, undoOf } from './history.ts'
import { appointmentEntry } from './history-store.ts'
import { backTo, conflict, expected, type Opened, open, versionIn } from './one-appointment.tsx'
import { sendMails, tell } from './telling.ts'

export const undoRoutes = new Hono<App>().post(
  '/diary/appointments/:id/undo',
  staffMay('book appointments'),
  async (c) => {
    const form = await readForm(c.req.raw)
    const version = versionIn(form)
    const opened = await open(c)
    const { appointment, history } = opened
    if (appointment.version !== version) return answer(c, opened, version)
    const undoing = undoOf(lastAct(history), appointment, c.var.now)
    if (!undoing) return conflict(c, opened, { version, because: moveRefusals['too-late'] })
    const written = expected(
      await c.var.visit.write(await statements(c, opened, undoing)),
      ...['nothing-changed', 'no_such_move', 'time_taken'],
    )
    if (written.ok) {
      sendMails(c)
      return backTo(c, appointment, 'undone')
    }
    if (written.because === 'time_taken') return conflict(c, opened, { version, because: taken })
    const reread = await open(c)
    if (reread.appointment.version === version) return conflict(c, reread, { version, because: nobodyThere })
    return answer(c, reread, version)
  },
)

const taken = 'The time it had before is taken by now, so this cannot be undone. It stays as it is'
const nobodyThere =
  'This cannot be undone: its practitioner sees patients no more, or the record of the patient is archived'

/** Pressed twice: it was taken back already. Else somebody was faster. */
function answer(c: Ask, opened: Opened, version: number) {
  const { appointment, history } = opened
  const last = lastAct(history)
  const isDone = appointment.version === version + 1 && last && isUndo(last)
  return isDone ? backTo(c, appointment, 'undone') : conflict(c, opened, { version })
}

const isUndo = ({ act, detail }: { act: string; detail: string }): boolean =>
  act === 'appointment-status-undone' || JSON.parse(detail).undo === true

/** Who was told of what is taken back is told of that too. */
async function statements(c: Ask, opened: Opened, undoing: Undoing): Promise<Statement[]> {
  if (undoing.what === 'move') return movingBack(c, opened, undoing)
  if (undoing.what === 'status') return unmarking(c, opened, undoing)
  return cancelling(c, opened, { asked: 'clinic', reason: 'Booked by mistake', tell: undoing.told }, true)
}

async function unmarking(c: Ask, { appointment, rules }: Opened, undoing: Undoing & { what: 'status' }) {
  const { visit, now } = c.var
  const of = { ...appointment, clinicId: visit.clinicId }
  const after = { ...appointment, status: undoing.to, sequence: appointment.sequence + 1 }
  return [
    ...setStatus(visit.db, of, { status: undoing.to, by: visit.staffId }, now),
    appointmentEntry(c, 'appointment-status-undone', appointment, { from: appointment.status, to: undoing.to }),
    ...(undoing.told ? await tell(c, 'booked', after, rules) : []),
  ]
}

async function movingBack(c: Ask, { appointment, rules, history }: Opened, undoing: Undoing & { what: 'move' }) {
  const { visit, clinic, now } = c.var
  const { practitionerId, startAt, outsideRules } = undoing
  const to = { ...movedTo(appointment, practitionerId, startAt), outsideRules }
  const of = { ...appointment, clinicId: visit.clinicId }
  const practitionerName = lastAct(history)?.fromPractitioner ?? appointment.practitionerName
  const after = { ...appointment, startAt, endAt: to.endAt, practitionerName, sequence: appointment.sequence + 1 }
  return [
    ...moveAppointment(visit.db, of, to, {}, now),
    appointmentEntry(c, 'appointment-moved', appointment, {
      from: stampOf(appointment.startAt, clinic.timezone),
      to: stampOf(startAt, clinic.timezone),
      fromPractitioner: appointment.practitionerId,
      practitioner: practitionerId,
      undo: true,
    }),
    ...(undoing.told ? await tell(c, 'moved', after, rules) : []),
  ]
}
