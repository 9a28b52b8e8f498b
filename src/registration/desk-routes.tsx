import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const deskRoutes = new Hono<App>()
