import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const patientRoutes = new Hono<App>()
