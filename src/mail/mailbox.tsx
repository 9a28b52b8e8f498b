import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const mailboxRoutes = new Hono<App>()
