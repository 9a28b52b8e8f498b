/** Everybody that a clinic may know or not: the classes of people whom a stranger must never tell apart (rule M10). */
import { env } from 'cloudflare:workers'
import { anApp } from '../front-door/second-factor/factors.ts'
import { aClinic, anAccess, aPatient, aStaffMember, goodPassword } from './world.ts'

/** By what they type to log on. */
export const people = {
  'an address nobody has': 'nobody@example.com',
  'a username nobody has': 'nobody',
  'text that is no name': "' OR 1=1 --",
  'an active patient': 'janet.hall@example.com',
  'an active patient with an older hash': 'older@example.com',
  'a patient without access': 'none@example.com',
  'a patient without a password': 'no.password@example.com',
  'a patient who is invited': 'invited@example.com',
  'a patient whose access was stopped': 'inactive@example.com',
  'a patient with a temporary password': 'temporary@example.com',
  'an archived patient': 'archived@example.com',
  'a patient under 16': 'child@example.com',
  'two patients with one address': 'shared@example.com',
  'a patient of another clinic only': 'elsewhere@example.com',
  'a member of staff': 'sam',
  'staff with a second factor': 'una',
  'staff without a password': 'tom',
  'staff who was deactivated': 'uma',
  'staff of another clinic only': 'vic',
} as const
export type Class = keyof typeof people

export const everybody = Object.entries(people) as [Class, string][]
/** Those who are told by an email address: only they can be typed where patients register. */
export const withAddress = everybody.filter(([, name]) => name.includes('@'))

const mayComeIn: Class[] = [
  'an active patient',
  'an active patient with an older hash',
  'a patient with a temporary password',
  'a member of staff',
  'staff with a second factor', // not by the password alone; but they are answered otherwise than nobody
]
/** Those whom not even the right password lets in. */
export const notLetIn = everybody.filter(([who]) => !mayComeIn.includes(who))

/** `goodPassword` as Debian's argon2 hashed it when 8 MiB and 3 passes were enough. */
const olderHash = '$argon2id$v=19$m=8192,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$/LPIKizuiopeNkvAeOgX/ULLY1JvhTQ4zEQaawQe2TQ'

const aDay = 24 * 60 * 60_000 // ms

/** Riverside and Hillside with all of them. Whoever has a password has `goodPassword`. */
export async function aClinicWithEverybody(): Promise<{ clinicId: string }> {
  const clinicId = (await aClinic()).id
  const hillside = (await aClinic({ slug: 'hillside', name: 'Hillside Physiotherapy' })).id
  const patient = (who: Class, given: object = {}) => aPatient({ clinicId, email: people[who], ...given })
  const password = goodPassword
  await anAccess(await patient('an active patient'), { password })
  await anAccess(await patient('an active patient with an older hash'), { password })
  await env.DB.prepare('UPDATE online_access SET password_hash = ? WHERE email = ?')
    .bind(olderHash, people['an active patient with an older hash'])
    .run()
  await patient('a patient without access')
  await anAccess(await patient('a patient without a password'))
  await anAccess(await patient('a patient who is invited'), { state: 'invited' })
  await anAccess(await patient('a patient whose access was stopped'), { state: 'inactive', password })
  const temporary = { passwordKind: 'temporary' as const, temporaryExpiresAt: Date.now() + aDay }
  await anAccess(await patient('a patient with a temporary password'), { password, ...temporary })
  await patient('an archived patient', { archivedAt: 1 })
  await patient('a patient under 16', { dateOfBirth: '2015-02-01' })
  await patient('two patients with one address')
  await patient('two patients with one address', { firstName: 'Ben' })
  await anAccess(await aPatient({ clinicId: hillside, email: people['a patient of another clinic only'] }), {
    password,
  })
  await aStaffMember({ clinicId, email: 'sam@riverside.example', password })
  const una = await aStaffMember({ clinicId, username: 'una', email: 'una@riverside.example', password })
  await anApp({ clinicId, staffId: una.id })
  await aStaffMember({ clinicId, username: 'tom', email: 'tom@riverside.example' })
  await aStaffMember({ clinicId, username: 'uma', password, deactivatedAt: 1 })
  await aStaffMember({ clinicId: hillside, username: 'vic', password })
  return { clinicId }
}
