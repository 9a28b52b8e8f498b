/** The staff's note on an appointment. No patient sees it. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { readForm } from '../../web/form.ts'
import { hasProblems } from '../../web/page.tsx'
import { setNote } from '../booking-store.ts'
import { appointmentEntry } from './history-store.ts'
import { NoteForm } from './note-views.tsx'
import { backTo, conflict, expected, type Opened, open, versionIn } from './one-appointment.tsx'
import { showAppointment } from './page.tsx'
import { readNote } from './typed.ts'

export const noteRoutes = new Hono<App>().post(
  '/diary/appointments/:id/note',
  staffMay('book appointments'),
  async (c) => {
    const { visit } = c.var
    const form = await readForm(c.req.raw)
    const version = versionIn(form)
    const { note, problems } = readNote(form.typed())
    if (hasProblems(problems)) return showAppointment(c, problems, form.typed())
    const opened = await open(c)
    const { appointment } = opened
    if (appointment.note === note) return backTo(c, appointment, 'saved')
    if (appointment.version !== version) return lost(c, opened, version, note)
    const of = { ...appointment, clinicId: visit.clinicId }
    const written = await visit.write([
      ...setNote(visit.db, of, note),
      appointmentEntry(c, 'appointment-note-changed', appointment),
    ])
    if (expected(written, 'nothing-changed').ok) return backTo(c, appointment, 'saved')
    const after = await open(c) // somebody was a moment faster; or the same form was, sent twice
    return after.appointment.note === note ? backTo(c, appointment, 'saved') : lost(c, after, version, note)
  },
)

/** What was typed stays on the page, to be saved over what is there now. */
const lost = (c: Ask, opened: Opened, version: number, note: string) =>
  conflict(c, opened, {
    version,
    children: (
      <section class="panel" aria-labelledby="note-title">
        <h2 id="note-title">Your note</h2>
        <p>In the diary now: {opened.appointment.note ? `“${opened.appointment.note}”` : 'no note'}</p>
        <NoteForm base={c.var.frame.base} appointment={opened.appointment} value={note} />
      </section>
    ),
  })
