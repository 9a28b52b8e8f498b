import { Hono } from 'hono'
import type { App } from '../environment.ts'

export const diaryRoutes = new Hono<App>()
