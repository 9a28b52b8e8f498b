/** Patients in front of the diary: pages asked as a browser does, and what a page leads to. */
import { env } from 'cloudflare:workers'
import type { Bindings } from '../../../src/environment.ts'
import { mail } from '../../../src/schema.ts'
import { newId } from '../../../src/web/random.ts'
import { type Answer, anAccess, aPatient, loggedOn } from '../../support/world.ts'
import { type Diary, db, setRules } from '../diary-world.ts'

/** Janet Hall, who has been here before; `email` as on her record. */
const janets = 'janet.hall@example.com'

export const opened = (diary: Diary) => setRules(diary.clinicId, { isOnline: true, gridMinutes: 30 })

export const asJanet = ({ clinicId, patientId }: Diary, environment: Bindings = env) =>
  loggedOn({ clinicId, patientId }, environment)

/** Gives the diary's patient online access. */
export const withAccess = (diary: Diary) =>
  anAccess({ clinicId: diary.clinicId, id: diary.patientId, emailCanonical: janets })

/** Another patient of the same clinic, inside. */
export async function another(diary: Diary, firstName: string, environment: Bindings = env) {
  const { clinicId } = diary
  const row = await aPatient({ clinicId, firstName, email: `${firstName.toLowerCase()}@example.com` })
  await anAccess(row)
  return { id: row.id, browser: await loggedOn({ clinicId, patientId: row.id }, environment) }
}

/** What the form of the check page sends. */
export const bookingForm = (diary: Diary, startAt: number, given: Record<string, string> = {}) => ({
  ...{ type: diary.typeId, who: diary.priya, with: diary.priya, at: startAt.toString(), form_id: newId() },
  ...given,
})

export const headingOf = ({ body }: Answer): string =>
  /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1]?.replace(/<[^>]+>/g, '') ?? ''

/** Every address that a page links or sends to, below the clinic. */
export const linksOf = ({ body }: Answer): string[] =>
  [...body.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map(([, path]) => path!.replaceAll('&amp;', '&'))

/** The fields of the form that posts to that address, as they stand in the page. */
export function fieldsOf({ body }: Answer, action: string): Record<string, string> {
  const form = new RegExp(`<form[^>]*action="${action}"[^>]*>(.*?)</form>`, 's').exec(body)?.[1] ?? ''
  const inputs = [...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)]
  return Object.fromEntries(inputs.map(([, name, value]) => [name!, value!]))
}

export const mailsTo = async (address: string) =>
  (await db().select({ kind: mail.kind, to: mail.toAddress }).from(mail)).filter(({ to }) => to === address)
