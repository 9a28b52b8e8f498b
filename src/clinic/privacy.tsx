import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const privacyRoutes = new Hono<App>()
