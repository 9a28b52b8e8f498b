import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const forgottenRoutes = new Hono<App>()
