/** Riverside on the day the audit is looked at: who is there, each with a browser, and what the database holds. */
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../src/environment.ts'
import { type Contents, contents } from '../support/contents.ts'
import {
  aClinic,
  anAccess,
  aPatient,
  aStaffMember,
  goodPassword,
  linkIn,
  loggedOn,
  mailbox,
  visitor,
} from '../support/world.ts'

export const newPassword = 'seven small hedgehogs'

/** @param environment what stands between the browsers and the platform */
export async function riverside(environment: Bindings = env) {
  const { id: clinicId } = await aClinic()
  const staff = {
    maya: await aStaffMember({
      clinicId,
      username: 'maya',
      name: 'Maya Rossi',
      role: 'manager',
      password: goodPassword,
    }),
    sam: await aStaffMember({ clinicId, username: 'sam', name: 'Sam Okoro', password: goodPassword }),
    tom: await aStaffMember({ clinicId, username: 'tom', role: 'practitioner', email: 'tom@riverside.example.com' }),
  }
  const janet = await aPatient({ clinicId, email: 'janet.hall@example.com' })
  const oliver = await aPatient({ clinicId, firstName: 'Oliver', email: 'oliver.grant@example.com' })
  await anAccess(oliver, { password: goodPassword })
  return {
    clinicId,
    environment,
    ids: { maya: staff.maya.id, sam: staff.sam.id, tom: staff.tom.id, janet: janet.id, oliver: oliver.id },
    maya: await loggedOn({ clinicId, staffId: staff.maya.id }, environment),
    sam: await loggedOn({ clinicId, staffId: staff.sam.id }, environment),
    oliver: await loggedOn({ clinicId, patientId: oliver.id }, environment),
    somebody: visitor(environment),
  }
}
export type World = Awaited<ReturnType<typeof riverside>>
export type Person = keyof World['ids']

export const logOn = (who: World['somebody'], identifier: string, password = goodPassword) =>
  who.post('/riverside/logon', { identifier, password })

/** The link in the newest mail. */
export const newestLink = async () => linkIn((await mailbox())[0])

export interface AuditRow {
  id: number
  clinic_id: string
  at: number
  act: string
  by_staff: string | null
  by_patient: string | null
  of_staff: string | null
  of_patient: string | null
  detail: string
}

export const auditRows = async (after = 0): Promise<AuditRow[]> =>
  (await env.DB.prepare('SELECT * FROM audit WHERE id > ? ORDER BY id').bind(after).all<AuditRow>()).results

/** Everything that stands in D1, but for these tables. */
export async function contentsWithout(tables: readonly string[]): Promise<Contents> {
  return Object.fromEntries(Object.entries(await contents()).filter(([name]) => !tables.includes(name)))
}

/** He may change his own hours. */
export async function samSeesPatients({ clinicId, ids }: World): Promise<void> {
  await env.DB.prepare(
    'INSERT INTO practitioner (clinic_id, staff_id, may_change_own_hours, added_at) VALUES (?, ?, 1, 1)',
  )
    .bind(clinicId, ids.sam)
    .run()
}
