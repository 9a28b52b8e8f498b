/** What lets a patient in comes to an end, all of it at once. */
import { endLinksOf } from '../front-door/links/one-time-link-store.ts'
import { endSessionsOf } from '../front-door/sessions/session-store.ts'
import { withdrawWaysIn } from '../mail/waiting-store.ts'
import type { Database, Statement } from '../web/database.ts'

/** Sessions, links, and mails that still wait with one. */
export const endWaysIn = (
  db: Database,
  of: { clinicId: string; patientId: string },
  because: 'stopped' | 'replaced',
  byStaff: string,
  now: number,
): Statement[] => [
  endSessionsOf(db, of.clinicId, { patientId: of.patientId }),
  endLinksOf(db, of.clinicId, { patientId: of.patientId }, now),
  ...withdrawWaysIn(db, of, because, byStaff, now),
]
