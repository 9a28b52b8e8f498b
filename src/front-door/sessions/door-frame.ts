/** What stands around a page for the person who was let in. */
import { may } from '../../staff/role.ts'
import type { Frame, NavEntry } from '../../web/frame.ts'
import type { SessionRow } from './live-session-store.ts'

/** Navigation holds what there is and what this person may do, nothing else. */
export function frameFor(
  base: string,
  who: SessionRow,
): Pick<Frame, 'side' | 'nav' | 'own' | 'person' | 'actedFor' | 'home'> {
  const shut = { side: who.role ? ('staff' as const) : ('patient' as const), nav: [], own: [], person: who.person }
  if (who.mustChangePassword) return { ...shut, home: `${base}/password` }
  if (who.mustAddFactor) return { ...shut, home: `${base}/second-factor` }
  if (who.role) {
    return {
      side: 'staff',
      nav: staffNav(base, who),
      own: staffOwn(base, who),
      person: who.person,
      home: `${base}/diary`,
    }
  }
  if (who.mayNotActNow) return { ...shut, home: `${base}/acting-for` }
  const actedFor = who.actedFor ?? undefined
  const nav = [
    { label: 'Home', href: `${base}/home` },
    { label: 'Appointments', href: `${base}/appointments` },
    { label: actedFor ? 'Details' : 'My details', href: `${base}/details` },
  ]
  const own = [passkeys(base), ...(who.mayAct ? [{ label: 'Act for somebody else', href: `${base}/acting-for` }] : [])]
  return { side: 'patient', nav, own, person: who.person, actedFor, home: `${base}/home` }
}

const passkeys = (base: string): NavEntry => ({ label: 'Passkeys', href: `${base}/passkeys` })

const staffOwn = (base: string, { seesPatients }: SessionRow): NavEntry[] => [
  { label: 'Second factor', href: `${base}/second-factor` },
  passkeys(base),
  ...(seesPatients ? [{ label: 'My calendar feed', href: `${base}/calendar-feed` }] : []),
]

function staffNav(base: string, { role, seesPatients, waiting, undelivered }: SessionRow): NavEntry[] {
  const entries: (NavEntry | false)[] = [
    { label: 'Diary', href: `${base}/diary` },
    { label: 'Patients', href: `${base}/patients` },
    seesPatients === 1 && { label: 'My hours', href: `${base}/hours` },
    may(role!, 'work the registration desk') && {
      label: 'Registration desk',
      href: `${base}/registrations`,
      count: waiting,
    },
    may(role!, 'change online access') && {
      label: 'Invitations',
      href: `${base}/invitations`,
      count: undelivered,
      countIs: 'not delivered',
    },
    may(role!, 'manage staff') && { label: 'Staff', href: `${base}/staff` },
    may(role!, 'read the audit') && { label: 'Audit', href: `${base}/audit` },
    may(role!, 'change settings') && { label: 'Settings', href: `${base}/settings` },
  ]
  return entries.filter((entry) => entry !== false)
}
