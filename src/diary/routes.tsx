/** The first page behind the door: for staff their day, for patients their home. */
import { Hono } from 'hono'
import { patientsToActFor } from '../acting-for/switch-store.ts'
import type { App } from '../ask.ts'
import { passkeyOffer } from '../front-door/passkeys/passkey-store.ts'
import { patientsOnly } from '../front-door/sessions/guard.ts'
import { ownRecord } from '../patients/own/own-record-store.ts'
import { show } from '../web/page.tsx'
import { appointmentRoutes } from './appointments/routes.tsx'
import { upcomingOf } from './appointments-store.ts'
import { bookRoutes } from './booking/routes.tsx'
import { dayRoutes } from './day/routes.tsx'
import { ownAppointmentRoutes } from './own/routes.tsx'
import { HomePage } from './patient-views.tsx'
import { timeRoutes } from './time/routes.tsx'
import { rulesOf } from './time/time-store.ts'

export const diaryRoutes = new Hono<App>()
  .route('/', bookRoutes)
  .route('/', ownAppointmentRoutes)
  .route('/', appointmentRoutes)
  .route('/', dayRoutes)
  .route('/', timeRoutes)
  .get('/home', patientsOnly, async (c) => {
    const { frame, clinic, now, visit } = c.var
    const { db, clinicId, patientId, holderId } = visit
    const [patient, upcoming, [rules], [offer], others] = await ownRecord(
      c,
      upcomingOf(db, clinicId, patientId, now),
      rulesOf(db, clinicId),
      visit.claim.actingFor ? undefined : passkeyOffer(db, clinicId, holderId),
      visit.claim.actingFor ? undefined : patientsToActFor(db, clinicId, holderId, now),
    )
    const isPasskeyOffered = offer?.isOpen === 1
    const { actedFor } = visit
    const around = { base: frame.base, clinic, rules: rules!, now, actedFor }
    const props = { ...around, patient, upcoming, others: others ?? [], isPasskeyOffered }
    return show(c, { title: 'Home', look: 'diary', children: <HomePage {...props} /> })
  })
