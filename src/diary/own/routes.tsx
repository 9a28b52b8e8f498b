/** A patient's own appointments: to look at, and for their calendar. Somebody else's is not there. */
import { Hono } from 'hono'
import type { App, Ask } from '../../ask.ts'
import { publicOrigin } from '../../environment.ts'
import { patientsOnly } from '../../front-door/sessions/guard.ts'
import { show } from '../../web/page.tsx'
import { pastOf, upcomingOf } from '../appointments-store.ts'
import { calendarOf } from '../messages/appointment-event.ts'
import { calendarType } from '../messages/ical.ts'
import { rulesOf } from '../time/time-store.ts'
import { cancellationRoutes } from './cancellation-routes.tsx'
import { AppointmentsPage, listHeading } from './list-views.tsx'
import { moveRoutes } from './move-routes.tsx'
import { readOwn } from './own-store.ts'
import { AppointmentPage, headingFor } from './views.tsx'

export const ownAppointmentRoutes = new Hono<App>()
  .route('/', cancellationRoutes)
  .route('/', moveRoutes)
  .get('/appointments', patientsOnly, async (c) => {
    const { visit, now } = c.var
    const of = [visit.db, visit.clinicId, visit.patientId, now] as const
    const [upcoming, past, [rules]] = await visit.read(
      upcomingOf(...of),
      pastOf(...of),
      rulesOf(visit.db, visit.clinicId),
    )
    const over = past.filter(({ id }) => !upcoming.some((each) => each.id === id)) // going on now: not over
    const children = <AppointmentsPage {...around(c)} rules={rules!} upcoming={upcoming} past={over} />
    return show(c, { title: listHeading(visit.actedFor), look: 'diary', children })
  })
  .get('/appointments/:id', patientsOnly, async (c) => {
    const { appointment, rules } = await readOwn(c)
    const done = c.req.query('done')
    return show(c, {
      title: headingFor(appointment, done, c.var.visit.actedFor),
      look: 'diary',
      children: (
        <AppointmentPage {...around(c)} rules={rules} appointment={appointment} done={done} email={appointment.email} />
      ),
    })
  })
  .get('/appointments/:id/calendar.ics', patientsOnly, async (c) => {
    const { appointment } = await readOwn(c)
    const { clinic, frame, now } = c.var
    c.header('Content-Type', calendarType)
    c.header('Content-Disposition', 'attachment; filename="appointment.ics"')
    return c.body(calendarOf({ ...appointment, clinic, clinicUrl: publicOrigin(c.env) + frame.base }, now))
  })

const around = (c: Ask) => ({
  base: c.var.frame.base,
  clinic: c.var.clinic,
  now: c.var.now,
  actedFor: c.var.visit.actedFor,
})
