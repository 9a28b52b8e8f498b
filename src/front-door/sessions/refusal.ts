/** A refusal is written down when it is known whom it befell (ASVS 16.3.2); of others, the log has one line. */
import { matchedRoutes } from 'hono/route'
import type { Ask } from '../../ask.ts'
import { boundedEntry, refusalsOfOne } from '../../audit/audit-store.ts'
import { reportRefusal } from '../../environment.ts'
import { database, writeAll } from '../../web/database.ts'
import { claimOf } from './guard.ts'
import { liveSession } from './live-session-store.ts'
import type { Claim } from './session-store.ts'

/** @param because 'role': the room is for somebody else; 'foreign-form': the form came from another site */
export async function writeRefusal(c: Ask, because: 'role' | 'foreign-form'): Promise<void> {
  const room = `${c.req.method} ${matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? ''}`
  const who = await knownPerson(c)
  if (!who) return reportRefusal(room, because)
  const db = database(c.env)
  const { clinicId, staffId: byStaff, patientId: byPatient } = who
  const entry = { clinicId, act: 'page-refused' as const, at: c.var.now, byStaff, byPatient, detail: { because, room } }
  await writeAll(db, [boundedEntry(db, entry, refusalsOfOne)])
}

/** Behind the door D1 has said who it is; in front of it, the session is asked now. */
async function knownPerson(c: Ask): Promise<Claim | null> {
  if (c.var.visit) return c.var.visit.claim
  const claim = await claimOf(c)
  const [row] = claim ? await liveSession(database(c.env), claim.tokenHash, claim.clinicId, c.var.now) : []
  return row ?? null
}
