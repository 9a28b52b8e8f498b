/** Who comes in. Everything behind the door meets `behindTheDoor` first, and each room says whom it is for. */
import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { type App, type Ask, afterTheAnswer } from '../../ask.ts'
import type { Act } from '../../staff/role.ts'
import { database } from '../../web/database.ts'
import { minute } from '../../web/durations.ts'
import { hashToken } from '../../web/random.ts'
import { frameFor } from './door-frame.ts'
import { liveSession } from './live-session-store.ts'
import { sessionToken } from './session-cookie.ts'
import { type Claim, knownClaim, markSeen } from './session-store.ts'
import { type Rule, SessionEnded, Visit } from './visit.ts'

const seenEvery = 5 * minute // between two writes of "last seen"

/** Shut by default: without a session nothing below is reached, and a room that never asked D1 is a fault of ours. */
export const behindTheDoor: MiddlewareHandler<App> = async (c, next) => {
  const isRoom = matchedRoutes(c).some((route) => !route.path.endsWith('*'))
  if (!isRoom) return next() // nothing there: 404 for everyone
  const claim = await claimOf(c)
  if (!claim) throw new SessionEnded()
  const visit = new Visit(database(c.env), claim, c.var.now, (who) =>
    Object.assign(c.var.frame, frameFor(c.var.frame.base, who)),
  )
  c.set('visit', visit)
  await next()
  if (c.error) return
  if (!visit.confirmed) throw new Error('a room answered without asking the session')
  if (visit.now - visit.who.lastSeenAt > seenEvery) {
    afterTheAnswer(c, async () => markSeen(visit.db, visit.clinicId, claim.tokenHash, visit.now))
  }
}

/** A room of the staff, for those whose role may do this. */
export const staffMay = (act: Act): MiddlewareHandler<App> => roomFor({ side: 'staff', act })
export const patientsOnly: MiddlewareHandler<App> = roomFor({ side: 'patient' })
export const staffAndPatients: MiddlewareHandler<App> = roomFor({ side: 'either' })
/** With a temporary password that must be changed first, too. */
export const anyoneLoggedOn: MiddlewareHandler<App> = roomFor({ side: 'either', evenWithout: 'own password' })
/** Rooms in which a second factor is set up, also by those who may do nothing else before. */
export const evenWithoutFactor: MiddlewareHandler<App> = roomFor({ side: 'either', evenWithout: 'second factor' })
/** Where a patient says for whom they act, also when they may not any more. */
export const patientsEvenWithoutGrant: MiddlewareHandler<App> = roomFor({ side: 'patient', evenWithout: 'grant' })
export const staffEvenWithoutFactor: MiddlewareHandler<App> = roomFor({
  side: 'staff',
  act: 'use the diary',
  evenWithout: 'second factor',
})

function roomFor(rule: Rule): MiddlewareHandler<App> {
  return async (c, next) => {
    c.var.visit.rule = rule
    c.var.frame.side = c.var.visit.claim.staffId ? 'staff' : 'patient'
    await next()
  }
}

/** Who the cookie says it is: as it is known, or from D1 when KV does not know. Never of another clinic. */
export async function claimOf(c: Ask): Promise<Claim | null> {
  const token = sessionToken(c)
  if (!token) return null
  const tokenHash = hashToken(token)
  const claim = await knownClaim(c.env, tokenHash)
  if (claim) return claim.clinicId === c.var.clinic.id ? claim : null
  const [row] = await liveSession(database(c.env), tokenHash, c.var.clinic.id, c.var.now)
  return row ?? null
}
