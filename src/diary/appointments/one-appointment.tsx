/** One appointment, as every room about it reads it and answers: with the page it leads back to, or who was faster. */
import type { Ask } from '../../ask.ts'
import type { BookingRules } from '../../schema.ts'
import type { Written } from '../../web/database.ts'
import type { Form } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { appointmentById, type ShownAppointment } from '../appointments-store.ts'
import { rulesOf } from '../time/time-store.ts'
import { ConflictPage, type ConflictProps } from './conflict-views.tsx'
import type { Happened } from './history.ts'
import { historyOf } from './history-store.ts'

export interface Opened {
  appointment: ShownAppointment
  /** Newest first. */
  history: Happened[]
  rules: BookingRules
}

/** @throws NotFound for another clinic's, as for one that never was */
export async function open(c: Ask): Promise<Opened> {
  const { db, clinicId } = c.var.visit
  const id = c.req.param('id') ?? ''
  const [[appointment], history, [rules]] = await c.var.visit.read(
    appointmentById(db, clinicId, id, c.var.now),
    historyOf(db, clinicId, id),
    rulesOf(db, clinicId),
  )
  if (!appointment) throw new NotFound()
  return { appointment, history, rules: rules! }
}

/** As the form was drawn: what others did since is not seen by who sends it. */
export const versionIn = (form: Form): number => Number(form.text('version')) || 0

/** Back to the appointment: what was done stands there. */
export const backTo = (c: Ask, { id }: Pick<ShownAppointment, 'id'>, done?: string): Response =>
  c.redirect(`${c.var.frame.base}/diary/appointments/${id}${done ? `?done=${done}` : ''}`, 303)

/** 409: what others did since the form was drawn, and the appointment as it is now. Nothing was written. */
export function conflict(
  c: Ask,
  opened: Opened,
  of: Pick<ConflictProps, 'because' | 'children'> & { version: number },
) {
  const { clinic, frame } = c.var
  const { appointment, history } = opened
  return show(c, {
    title: 'Somebody else changed this appointment',
    status: 409,
    children: (
      <ConflictPage
        base={frame.base}
        timezone={clinic.timezone}
        appointment={appointment}
        changes={history.slice(0, Math.max(0, appointment.version - of.version))}
        because={of.because}
      >
        {of.children}
      </ConflictPage>
    ),
  })
}

/** What the database may answer where two are at it; everything else is our fault. */
export function expected(written: Written, ...because: string[]): Written {
  if (written.ok || because.includes(written.because)) return written
  throw new Error(`an appointment could not be changed: ${written.because}`)
}
