/** One patient acts for another: whom staff let do so, and whose pages an account holder wants. */
import { Hono } from 'hono'
import type { App } from '../ask.ts'
import { grantingRoutes } from './granting-routes.tsx'
import { switchRoutes } from './switch-routes.tsx'

export const actingForRoutes = new Hono<App>().route('/', grantingRoutes).route('/', switchRoutes)
