import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const logonRoutes = new Hono<App>()
