import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const registrationRoutes = new Hono<App>()
