import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const staffRoutes = new Hono<App>()
