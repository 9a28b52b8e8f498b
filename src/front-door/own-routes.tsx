/** What everybody who is logged on does about their own logon: the password, a second factor, where they are logged on. */
import { Hono } from 'hono'
import type { App } from '../ask.ts'
import { passkeysRoutes } from './passkeys/passkeys-routes.tsx'
import { passwordRoutes } from './passwords/password-routes.tsx'
import { factorRoutes } from './second-factor/factor-routes.tsx'
import { sessionsRoutes } from './sessions/sessions-routes.tsx'

export const ownRoutes = new Hono<App>()
  .route('/', passwordRoutes)
  .route('/', sessionsRoutes)
  .route('/', factorRoutes)
  .route('/', passkeysRoutes)
