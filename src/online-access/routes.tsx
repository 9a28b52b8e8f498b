import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const onlineAccessRoutes = new Hono<App>()
