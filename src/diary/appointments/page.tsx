/** The appointment's own page, read in one round trip: also where a note that was refused is shown again. */
import type { Ask } from '../../ask.ts'
import { fullName } from '../../patients/patient.ts'
import { momentInWords } from '../../web/dates.ts'
import type { Problems } from '../../web/form.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { appointmentById } from '../appointments-store.ts'
import { mailsAbout } from './history.ts'
import { appointmentMails, historyOf } from './history-store.ts'
import { AppointmentPage } from './views.tsx'

export async function showAppointment(c: Ask, problems: Problems = {}, typed: Record<string, string> = {}) {
  const { visit, clinic, frame, now } = c.var
  const of = [visit.db, visit.clinicId, c.req.param('id') ?? ''] as const
  const [[appointment], history, mails] = await visit.read(
    appointmentById(...of, now),
    historyOf(...of),
    appointmentMails(...of),
  )
  if (!appointment) throw new NotFound()
  return show(c, {
    title: `Appointment of ${fullName(appointment)}, ${momentInWords(appointment.startAt, clinic.timezone)}`,
    problems,
    look: 'diary',
    children: (
      <AppointmentPage
        base={frame.base}
        timezone={clinic.timezone}
        appointment={appointment}
        history={history}
        mails={mailsAbout(appointment, history, mails)}
        now={now}
        me={visit.who.person}
        done={c.req.query('done')}
        note={typed.note ?? appointment.note}
        problems={problems}
      />
    ),
  })
}
