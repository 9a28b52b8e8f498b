import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const passwordRoutes = new Hono<App>()
