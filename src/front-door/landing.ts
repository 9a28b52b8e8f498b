/** Where somebody goes who has just logged on (rule M3). */
import { ownPath } from '../web/own-path.ts'

const patientRooms = ['home', 'book', 'appointments', 'details', 'password']

/**
 * Their own side, or where they wanted to go when it is a room of their side.
 * @param next the path that was asked for before logging on; anything that is not plainly ours is ignored
 */
export function landingFor(
  base: string,
  who: { role: unknown; mustChangePassword: boolean | 0 | 1 },
  next: string,
): string {
  if (who.mustChangePassword) return `${base}/password`
  const wanted = ownPath(next, base)
  const room = wanted?.slice(base.length + 1).split(/[/?]/)[0] ?? ''
  if (who.role) return wanted && !['home', 'details'].includes(room) ? wanted : `${base}/diary`
  return wanted && patientRooms.includes(room) ? wanted : `${base}/home`
}
