/** Staff cancel an appointment, on a page of its own: who asked for it, why, and whether the patient is told. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { fullName } from '../../patients/patient.ts'
import type { Statement } from '../../web/database.ts'
import { type Problems, readForm } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { setStatus } from '../booking-store.ts'
import { CancellationPage } from './cancellation-views.tsx'
import { appointmentEntry } from './history-store.ts'
import { backTo, conflict, expected, type Opened, open, versionIn } from './one-appointment.tsx'
import { sendMails, tell } from './telling.ts'
import { type Cancellation, readCancellation } from './typed.ts'

const mayBook = staffMay('book appointments')

export const cancellationRoutes = new Hono<App>()
  .get('/diary/appointments/:id/cancellation', mayBook, async (c) => {
    const opened = await open(c)
    if (opened.appointment.status !== 'booked') return backTo(c, opened.appointment)
    return showForm(c, opened, {})
  })
  .post('/diary/appointments/:id/cancellation', mayBook, async (c) => {
    const form = await readForm(c.req.raw)
    const version = versionIn(form)
    const { cancellation, problems } = readCancellation(form.typed())
    const opened = await open(c)
    const { appointment } = opened
    if (appointment.status === 'cancelled') return backTo(c, appointment) // pressed twice: it is as wished
    if (appointment.version !== version) return conflict(c, opened, { version })
    if (!cancellation) return showForm(c, opened, form.typed(), problems)
    const written = await c.var.visit.write(await cancelling(c, opened, cancellation))
    if (expected(written, 'nothing-changed', 'no_such_move').ok) {
      sendMails(c)
      return backTo(c, appointment)
    }
    const reread = await open(c)
    return reread.appointment.status === 'cancelled'
      ? backTo(c, appointment)
      : conflict(c, reread, { version, because: 'Only what is booked can be cancelled' })
  })

/** @param undo a booking is taken back */
export async function cancelling(c: Ask, opened: Opened, of: Cancellation, undo?: true): Promise<Statement[]> {
  const { visit, now } = c.var
  const { appointment, rules } = opened
  const { asked, reason } = of
  const named = { ...appointment, clinicId: visit.clinicId }
  const after = { ...appointment, status: 'cancelled' as const, sequence: appointment.sequence + 1 }
  const mails = of.tell ? await tell(c, 'cancelled', after, rules) : []
  const told = mails.length > 0 ? { told: true as const } : {}
  return [
    ...setStatus(visit.db, named, { status: 'cancelled', by: visit.staffId, reason }, now),
    appointmentEntry(c, 'appointment-cancelled', appointment, {
      from: appointment.status,
      asked,
      ...told,
      ...(undo && { undo }),
    }),
    ...mails,
  ]
}

const showForm = (c: Ask, { appointment }: Opened, typed: Record<string, string>, problems: Problems = {}) =>
  show(c, {
    title: `Cancel the appointment of ${fullName(appointment)}`,
    problems,
    children: (
      <CancellationPage
        base={c.var.frame.base}
        timezone={c.var.clinic.timezone}
        appointment={appointment}
        typed={typed}
        problems={problems}
        isNew={typed.version === undefined}
      />
    ),
  })
