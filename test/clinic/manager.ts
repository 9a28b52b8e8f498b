/** A clinic with a manager who is logged on: where every test of the settings begins. */
import { env } from 'cloudflare:workers'
import type { clinic } from '../../src/schema.ts'
import { aClinic, aStaffMember, loggedOn } from '../support/world.ts'

export async function aManager(given: Partial<typeof clinic.$inferInsert> = {}) {
  const { id: clinicId, slug } = await aClinic(given)
  const row = await aStaffMember({ clinicId, username: 'maya', name: 'Maya Rossi', role: 'manager' })
  return { clinicId, slug, staffId: row.id, maya: await loggedOn({ clinicId, staffId: row.id }) }
}

/** What the audit says so far, oldest first. */
export async function audited(): Promise<[string, Record<string, unknown>][]> {
  const { results } = await env.DB.prepare('SELECT act, detail FROM audit ORDER BY id').all<Record<string, string>>()
  return results.map(({ act, detail }) => [act!, JSON.parse(detail!)])
}

/** The mark of the form on this page: what it was opened with. */
export const markOn = (page: string): string => /name="opened_with" value="([0-9a-f]+)"/.exec(page)![1]!
