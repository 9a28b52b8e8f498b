/** A clinic world to test in: rows put straight into the real D1, and visitors with browsers. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { app } from '../../src/app.tsx'
import type { Bindings } from '../../src/environment.ts'
import { hashPassword } from '../../src/front-door/passwords/password.ts'
import { newSession, rememberClaim } from '../../src/front-door/sessions/session-store.ts'
import { patientNames } from '../../src/patients/patient.ts'
import { emailAddress } from '../../src/registration/email-address.ts'
import { actingGrant, clinic, onlineAccess, patient, staff } from '../../src/schema.ts'
import { database } from '../../src/web/database.ts'
import { newId } from '../../src/web/random.ts'

export const origin = 'https://diary.test'
/** A password that the rules accept. */
export const goodPassword = 'three green apples'

const db = () => database(env)

export async function aClinic(given: Partial<typeof clinic.$inferInsert> = {}) {
  const row = {
    id: newId(),
    slug: 'riverside',
    name: 'Riverside Clinic',
    phone: '01632 960 001',
    timezone: 'Europe/London',
    allowExisting: true,
    allowNew: true,
    createdAt: Date.now(),
    ...given,
  }
  const [written] = await db().insert(clinic).values(row).returning()
  return written!
}

/** @param given.password their own password; none: the account has no password */
export async function aStaffMember(
  given: Partial<typeof staff.$inferInsert> & { clinicId: string; password?: string },
) {
  const { password, ...rest } = given
  const row = {
    id: newId(),
    username: 'sam',
    name: 'Sam Okoro',
    role: 'reception' as const,
    createdAt: Date.now(),
    ...(await ownPassword(password)),
    ...rest,
  }
  const [written] = await db().insert(staff).values(row).returning()
  return written!
}

export async function aPatient(given: Partial<typeof patient.$inferInsert> & { clinicId: string }) {
  const names = { firstName: 'Janet', lastName: 'Hall', preferredName: '', ...given }
  const email = given.email ?? ''
  const row = {
    id: newId(),
    dateOfBirth: '1951-05-03',
    email,
    emailCanonical: emailAddress(email)?.canonical ?? null,
    createdAt: Date.now(),
    ...patientNames({
      dateOfBirth: '1951-05-03',
      ...names,
      phone: given.phone ?? '',
      mobile: given.mobile ?? '',
      email,
      postcode: given.postcode ?? '',
    }),
    ...names,
  }
  const [written] = await db().insert(patient).values(row).returning()
  return written!
}

/** Online access of a patient, active with a password unless said otherwise. */
export async function anAccess(
  of: { clinicId: string; id: string; emailCanonical: string | null },
  given: Partial<typeof onlineAccess.$inferInsert> & { password?: string } = {},
) {
  const { password, ...rest } = given
  const row = {
    clinicId: of.clinicId,
    patientId: of.id,
    state: 'active' as const,
    since: Date.now(),
    email: given.state === 'inactive' ? null : of.emailCanonical,
    ...(await ownPassword(password)),
    ...rest,
  }
  const [written] = await db().insert(onlineAccess).values(row).returning()
  return written!
}

/** The holder may act for the patient: approved and typed in by the staff member, looked at again in a year. */
export async function aGrant(
  given: Partial<typeof actingGrant.$inferInsert> & {
    clinicId: string
    holderId: string
    patientId: string
    by: string
  },
) {
  const { by, ...rest } = given
  const now = Date.now()
  const review = given.endsAt ? {} : { reviewAt: now + 365 * 86_400_000 }
  const row = {
    ...{
      id: newId(),
      relation: 'parent' as const,
      approvedBy: by,
      approvedOn: '2026-11-01',
      grantedBy: by,
      grantedAt: now,
    },
    ...{ ...review, ...rest },
  }
  const [written] = await db().insert(actingGrant).values(row).returning()
  return written!
}

/** One hash for all who share a password: hashing is the slow part of a test. */
const hashes = new Map<string, string>()
async function ownPassword(password: string | undefined) {
  if (!password) return {}
  const passwordHash = hashes.get(password) ?? (await hashPassword(env, password))
  hashes.set(password, passwordHash)
  return { passwordHash, passwordKind: 'own' as const, passwordSetAt: Date.now() }
}

export interface Answer {
  status: number
  headers: Headers
  body: string
  /** Where it sends the browser, when it does. */
  location: string | null
}

/** Somebody with a browser: keeps cookies, sends Origin with a form, waits for the work after the answer. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  headers: Record<string, string> = {}
  readonly #env: Bindings

  constructor(environment: Bindings = env) {
    this.#env = environment
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers })
  }

  post(path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams(fields)
    return this.send(path, { method: 'POST', body, headers: { origin, 'sec-fetch-site': 'same-origin', ...headers } })
  }

  /** Any request at all, to another origin too; the jar's cookies are added and what comes back is kept. */
  async send(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Answer> {
    const headers = { 'cf-connecting-ip': '203.0.113.7', ...this.headers, ...init.headers }
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request(path.startsWith('http') ? path : `${origin}${path}`, {
      redirect: 'manual',
      ...init,
      headers: cookie ? { cookie, ...headers } : headers,
    })
    const context = createExecutionContext()
    const response = await app.fetch(request, this.#env, context)
    const body = await response.text()
    await waitOnExecutionContext(context)
    this.#keep(response.headers)
    return { status: response.status, headers: response.headers, body, location: response.headers.get('location') }
  }

  #keep(headers: Headers) {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(/;\s*/)
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute))
      if (isGone) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}

export const visitor = (environment?: Bindings): Visitor => new Visitor(environment)

/** A visitor who is already logged on, without the logon page and its hash. */
export async function loggedOn(
  who: { clinicId: string; staffId?: string; patientId?: string },
  environment: Bindings = env,
) {
  const session = newSession(db(), { ...who, userAgent: 'test' }, Date.now())
  await db().batch([session.statement as never])
  await rememberClaim(env, session.claim)
  const browser = new Visitor(environment)
  browser.cookies.set('__Host-session', session.token)
  return browser
}

export interface DeliveredMail {
  id: string
  to: string
  subject: string
  text: string
  html: string
  createdAt: string
}

/** Every mail that was delivered, newest first, as /dev/mailbox.json tells it. */
export async function mailbox(): Promise<DeliveredMail[]> {
  return JSON.parse((await visitor().get('/dev/mailbox.json')).body)
}

/** The path of the one-time link in a mail. */
export function linkIn(mail: { text: string } | undefined): string {
  const link = /https:\/\/diary\.test(\/\S+)/.exec(mail?.text ?? '')
  if (!link) throw new Error('there is no link in this mail')
  return link[1]!
}
