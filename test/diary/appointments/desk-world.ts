/** The desk of a clinic with a diary: Sam at reception, an appointment of Janet Hall with Priya Nair at nine. */
import { env } from 'cloudflare:workers'
import { desc } from 'drizzle-orm'
import { vi } from 'vitest'
import type { Bindings } from '../../../src/environment.ts'
import { audit } from '../../../src/schema.ts'
import { aStaffMember, loggedOn } from '../../support/world.ts'
import { aBooking, aDiary, book, db, hours, minutes, nine, rowOf } from '../diary-world.ts'

/** Half past eight: Janet is on her way. */
export const halfPastEight = nine - 30 * minutes

export const at = (instant: number) => vi.useFakeTimers({ now: instant, toFake: ['Date'] })

export async function aDesk(environment: Bindings = env) {
  at(halfPastEight)
  const diary = await aDiary()
  const sam = await aStaffMember({ clinicId: diary.clinicId, username: 'sam', name: 'Sam Okoro' })
  const maya = await aStaffMember({ clinicId: diary.clinicId, username: 'maya', name: 'Maya Iyer', role: 'manager' })
  const row = aBooking(diary, { bookedBy: sam.id, patientNote: 'My knee again' })
  await book(row, {}, nine - 24 * hours)
  return {
    ...diary,
    id: row.id,
    samId: sam.id,
    here: `/riverside/diary/appointments/${row.id}`,
    sam: await loggedOn({ clinicId: diary.clinicId, staffId: sam.id }, environment),
    maya: await loggedOn({ clinicId: diary.clinicId, staffId: maya.id }, environment),
  }
}
export type Desk = Awaited<ReturnType<typeof aDesk>>

export const versionOf = async (id: string): Promise<string> => String((await rowOf(id)).version)

/** The newest act in the audit. */
export async function newestAct() {
  const [row] = await db().select().from(audit).orderBy(desc(audit.id)).limit(1)
  return row && { ...row, detail: JSON.parse(row.detail) }
}

export const actsOf = async (): Promise<string[]> => (await db().select().from(audit)).map(({ act }) => act)
