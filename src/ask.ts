/** What one request carries through the rooms. */
import type { Context } from 'hono'
import { type Bindings, reportTrouble } from './environment.ts'
import type { Visit } from './front-door/sessions/visit.ts'
import type { Clinic } from './schema.ts'
import { dateIn } from './web/dates.ts'
import type { Frame } from './web/frame.ts'

interface Variables {
  /** Milliseconds since 1970 at the start of the request: the only clock that rules are given. */
  now: number
  clinic: Clinic
  /** What stands around the page: set by the clinic, filled in by the door. */
  frame: Frame
  /** Who asks, behind the door (front-door/sessions/guard.ts). */
  visit: Visit
}

export type App = { Bindings: Bindings; Variables: Variables }
export type Ask = Context<App>

/** The date of this request, on the clinic's clock: 'YYYY-MM-DD'. */
export const today = (c: Ask): string => dateIn(c.var.now, c.var.clinic.timezone)

/**
 * Work that goes on after the answer, so that the answer cannot depend on it: not even on how long it takes, where the
 * database answers within the same turn.
 */
export function afterTheAnswer(c: Ask, work: (env: Bindings, now: number) => Promise<unknown>): void {
  const isOnItsWay = scheduler.wait(0)
  c.executionCtx.waitUntil(
    isOnItsWay.then(() => work(c.env, c.var.now)).catch((error: unknown) => reportTrouble('after the answer', error)),
  )
}
