/** The appointment as staff see it, and what they do with it. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { staffBookRoutes } from './book/routes.tsx'
import { cancellationRoutes } from './cancellation-routes.tsx'
import { moveRoutes } from './move-routes.tsx'
import { noteRoutes } from './note-routes.tsx'
import { ofPatientRoutes } from './of-patient-routes.tsx'
import { showAppointment } from './page.tsx'
import { statusRoutes } from './status-routes.tsx'
import { undoRoutes } from './undo-routes.tsx'
import { whyRoutes } from './why-routes.tsx'

export const appointmentRoutes = new Hono<App>()
  .route('/', staffBookRoutes)
  .get('/diary/appointments/:id', staffMay('book appointments'), (c) => showAppointment(c))
  .route('/', statusRoutes)
  .route('/', cancellationRoutes)
  .route('/', moveRoutes)
  .route('/', noteRoutes)
  .route('/', undoRoutes)
  .route('/', ofPatientRoutes)
  .route('/', whyRoutes)
