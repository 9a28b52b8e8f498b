/** Where somebody goes who has just logged on (rule M3). */
import { ownPath } from '../web/own-path.ts'

const ofBoth = ['passkeys', 'sessions']
/** The rooms of each side. What is not one of them, a form's address or a page of a link, is no place to land. */
const rooms = {
  staff: [
    ...['diary', 'hours', 'calendar-feed', 'patients', 'registrations', 'invitations', 'staff', 'settings', 'audit'],
    ...['second-factor', ...ofBoth],
  ],
  patient: ['home', 'book', 'appointments', 'details', 'acting-for', ...ofBoth],
}

/**
 * Their own side, or where they wanted to go when it is a room of their side.
 * @param next the path that was asked for before logging on; anything that is not plainly ours is ignored
 */
export function landingFor(
  base: string,
  who: { role: unknown; mustChangePassword: boolean | 0 | 1 },
  next: string,
): string {
  const ownPassword = `${base}/password`
  if (who.mustChangePassword) return ownPassword
  const side = who.role ? 'staff' : 'patient'
  const wanted = ownPath(next, base)
  const room = wanted?.slice(base.length + 1).split(/[/?]/)[0] ?? ''
  if (wanted && (wanted === ownPassword || rooms[side].includes(room))) return wanted
  return side === 'staff' ? `${base}/diary` : `${base}/home`
}
