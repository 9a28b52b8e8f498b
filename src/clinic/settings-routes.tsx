import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const settingsRoutes = new Hono<App>()
