/** Staff mark an appointment: arrived, seen, did not attend. Taking it back is another room. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { readForm } from '../../web/form.ts'
import { BadForm } from '../../web/trouble.ts'
import { maySetStatus, moveRefusals } from '../appointment.ts'
import { setStatus } from '../booking-store.ts'
import { appointmentEntry } from './history-store.ts'
import { backTo, conflict, expected, open, versionIn } from './one-appointment.tsx'

const mayBook = staffMay('book appointments')
const marks = ['arrived', 'fulfilled', 'noshow'] as const

export const statusRoutes = new Hono<App>().post('/diary/appointments/:id/status', mayBook, async (c) => {
  const { visit, now } = c.var
  const form = await readForm(c.req.raw)
  const version = versionIn(form)
  const opened = await open(c)
  const { appointment } = opened
  const status = marks.find((mark) => mark === form.text('status'))
  if (!status) throw new BadForm(400, 'An appointment is marked as arrived, seen or not attended')
  if (appointment.status === status) return backTo(c, appointment) // pressed twice, or somebody else said the same
  if (appointment.version !== version) return conflict(c, opened, { version })
  const verdict = maySetStatus(appointment, status, now)
  if (!verdict.ok) return conflict(c, opened, { version, because: moveRefusals[verdict.because] })
  const of = { ...appointment, clinicId: visit.clinicId }
  const written = await visit.write([
    ...setStatus(visit.db, of, { status, by: visit.staffId }, now),
    appointmentEntry(c, `appointment-${status}`, appointment, { from: appointment.status }),
  ])
  if (expected(written, 'nothing-changed', 'no_such_move').ok) return backTo(c, appointment)
  const reread = await open(c)
  return reread.appointment.status === status ? backTo(c, appointment) : conflict(c, reread, { version })
})
