/** Riverside's staff, as the tests of their accounts find them: Maya and Nina run the clinic, Tom has no password. */
import { env } from 'cloudflare:workers'
import { aClinic, aStaffMember, goodPassword, loggedOn } from '../support/world.ts'

export async function theStaff() {
  const { id: clinicId } = await aClinic()
  const maya = await aStaffMember({
    clinicId,
    username: 'maya',
    name: 'Maya Rossi',
    role: 'manager',
    email: 'maya@riverside.example.com',
    password: goodPassword,
  })
  const tom = await aStaffMember({
    clinicId,
    username: 'tom',
    name: 'Tom Becker',
    role: 'practitioner',
    email: 'tom@riverside.example.com',
  })
  return { clinicId, maya, tom, browser: await loggedOn({ clinicId, staffId: maya.id }) }
}

/** Another manager, who has chosen a password unless said otherwise. */
export const aSecondManager = (clinicId: string, password: string | undefined = goodPassword) =>
  aStaffMember({ clinicId, username: 'nina', name: 'Nina Cole', role: 'manager', password })

const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')

/** The page's own part, without what stands around it. */
export const mainOf = (html: string): string => textOf(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '')

export const rowOf = (id: string) =>
  env.DB.prepare('SELECT * FROM staff WHERE id = ?').bind(id).first<Record<string, string | number | null>>()

export const staffCount = () => env.DB.prepare('SELECT count(*) AS c FROM staff').first<number>('c')

/** What the audit holds of these acts, oldest first: [act, by, of, detail]. */
export const auditOf = async (like: string): Promise<unknown[][]> => {
  const { results } = await env.DB.prepare('SELECT * FROM audit WHERE act LIKE ? ORDER BY id')
    .bind(like)
    .all<Record<string, string>>()
  return results.map((row) => [row.act, row.by_staff ?? row.by_patient, row.of_staff, JSON.parse(row.detail!)])
}

/** Managers who can still run the clinic. */
export const managersLeft = () =>
  env.DB.prepare("SELECT count(*) AS c FROM staff WHERE role = 'manager' AND deactivated_at IS NULL").first<number>('c')
