/** The *Appointments* tab of a patient's record. */
import { Hono } from 'hono'
import { type App, today } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { archiverOf } from '../../patients/archive/archive-store.ts'
import { fullName } from '../../patients/patient.ts'
import { patientById } from '../../patients/patient-store.ts'
import { may } from '../../staff/role.ts'
import { show } from '../../web/page.tsx'
import { NotFound } from '../../web/trouble.ts'
import { appointmentsOf } from '../appointments-store.ts'
import { OfPatientPage } from './of-patient-views.tsx'

export const ofPatientRoutes = new Hono<App>().get(
  '/patients/:id/appointments',
  staffMay('book appointments'),
  async (c) => {
    const { visit, clinic, frame, now } = c.var
    const of = [visit.db, visit.clinicId, c.req.param('id')] as const
    const [[patient], [archiver], appointments] = await visit.read(
      patientById(...of),
      archiverOf(...of),
      appointmentsOf(...of, now),
    )
    if (!patient) throw new NotFound()
    return show(c, {
      title: `Appointments of ${fullName(patient)}`,
      children: (
        <OfPatientPage
          base={frame.base}
          timezone={clinic.timezone}
          today={today(c)}
          patient={patient}
          archivedBy={archiver?.name}
          mayEdit={may(visit.who.role!, 'edit patients')}
          upcoming={appointments.filter(({ endAt }) => endAt > now).reverse()}
          past={appointments.filter(({ endAt }) => endAt <= now)}
        />
      ),
    })
  },
)
