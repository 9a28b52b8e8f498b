/** The Worker: answers requests, and every minute does what was left to do. */
import { app } from './app.tsx'
import type { Bindings } from './environment.ts'
import { everyMinute } from './every-minute.ts'

export default {
  fetch: app.fetch,
  scheduled: (controller, env) => everyMinute(env, controller.scheduledTime),
} satisfies ExportedHandler<Bindings>
