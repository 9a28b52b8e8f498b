/** The appointment as staff see it, and what they do with it. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { staffMay } from '../../front-door/sessions/guard.ts'
import { cancellationRoutes } from './cancellation-routes.tsx'
import { moveRoutes } from './move-routes.tsx'
import { noteRoutes } from './note-routes.tsx'
import { showAppointment } from './page.tsx'
import { statusRoutes } from './status-routes.tsx'
import { undoRoutes } from './undo-routes.tsx'

export const appointmentRoutes = new Hono<App>()
  .get('/diary/appointments/:id', staffMay('book appointments'), (c) => showAppointment(c))
  .route('/', statusRoutes)
  .route('/', cancellationRoutes)
  .route('/', moveRoutes)
  .route('/', noteRoutes)
  .route('/', undoRoutes)
