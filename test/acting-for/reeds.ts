/** The Reeds: Anna, and Tim, who is 9. Sam is at the desk. */
import { env } from 'cloudflare:workers'
import { aClinic, aGrant, aPatient, aStaffMember, loggedOn } from '../support/world.ts'

export const email = 'family.reed@example.com'
const thisYear = new Date().getUTCFullYear()
/** The first day on which Tim is 16. */
export const sixteen = `${thisYear + 7}-01-01`

/** @param given.tims his own address; the family's, unless said otherwise */
export async function aFamily({ tims = email, slug = 'riverside' } = {}) {
  const clinicId = (await aClinic({ slug })).id
  const sam = await aStaffMember({ clinicId, name: 'Sam Okoro' })
  const priya = await aStaffMember({ clinicId, username: 'priya', name: 'Priya Nair', role: 'practitioner' })
  const anna = await aPatient({ clinicId, firstName: 'Anna', lastName: 'Reed', email, dateOfBirth: '1984-02-01' })
  const tim = await aPatient({
    ...{ clinicId, firstName: 'Tim', lastName: 'Reed', email: tims, dateOfBirth: `${thisYear - 9}-01-01` },
  })
  return { clinicId, sam, priya, anna, tim, desk: await loggedOn({ clinicId, staffId: sam.id }) }
}
export type Family = Awaited<ReturnType<typeof aFamily>>

/** What the form holds when somebody has filled it in. */
export const filledIn = ({ anna, sam }: Family, given: Record<string, string> = {}) => ({
  ...{
    holder: anna.id,
    relation: 'parent',
    approved_by: sam.id,
    approved_on: '2026-11-20',
    ending: 'ends',
    on: 'sixteen',
  },
  ...given,
})

export const grantsOf = async () =>
  (await env.DB.prepare('SELECT * FROM acting_grant ORDER BY granted_at, rowid').all<Record<string, unknown>>()).results

type Given = Parameters<typeof aGrant>[0]
/** @returns its id */
export const granted = async (of: Omit<Given, 'by'>, by: string, given: Partial<Given> = {}): Promise<string> =>
  (await aGrant({ ...of, by, ...given })).id
