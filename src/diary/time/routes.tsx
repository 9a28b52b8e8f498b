/** The clinic's time, as the manager sets it: who works when, what can be booked, and by which rules. */
import { Hono } from 'hono'
import type { App } from '../../ask.ts'
import { closedRoutes } from './closed/closed-routes.tsx'
import { ownHoursRoutes } from './practitioners/own-routes.tsx'
import { practitionersRoutes } from './practitioners/practitioners-routes.tsx'
import { rulesRoutes } from './rules/rules-routes.tsx'
import { typesRoutes } from './types/types-routes.tsx'

export const timeRoutes = new Hono<App>()
  .route('/', practitionersRoutes)
  .route('/', typesRoutes)
  .route('/', closedRoutes)
  .route('/', rulesRoutes)
  .route('/', ownHoursRoutes)
