/** One patient acts for another: whose pages an account holder wants. */
import { Hono } from 'hono'
import type { App } from '../ask.ts'
import { switchRoutes } from './switch-routes.tsx'

export const actingForRoutes = new Hono<App>().route('/', switchRoutes)
