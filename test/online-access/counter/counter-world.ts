/** Sam, of the reception, and Janet, who stands at the counter with her phone. */
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Bindings } from '../../../src/environment.ts'
import { aClinic, aPatient, aStaffMember, loggedOn, type Visitor, visitor } from '../../support/world.ts'

vi.setConfig({ testTimeout: 30_000 }) // a hash is slow on purpose

export const email = 'janet.hall@example.com'
const born = { dob_day: '3', dob_month: '5', dob_year: '1951' }
export const chosen = 'seven quiet lighthouses'

export async function atTheCounter() {
  const clinicId = (await aClinic()).id
  const janet = await aPatient({ clinicId, email })
  const member = await aStaffMember({ clinicId, name: 'Sam Okoro' })
  const sam = await loggedOn({ clinicId, staffId: member.id })
  return { clinicId, janet, member, sam, panel: panelOf(janet.id) }
}

export const panelOf = (patientId: string) => `/riverside/patients/${patientId}/online-access`

interface Code {
  /** Reception's screen. */
  screen: string
  /** The way that the phone follows. */
  link: string
}

/** Reception asks for a code, and sets the access to active by it where that is needed. */
export async function showCode(sam: Visitor, panel: string): Promise<Code> {
  const answer = await sam.post(`${panel}/counter`, { activate: 'yes' })
  expect(answer.status).toBe(303)
  const screen = answer.location!
  const link = /https:\/\/diary\.test(\/riverside\/password\/new\/[\w-]{43})/.exec((await sam.get(screen)).body)
  expect(link, 'the code is on the screen').not.toBeNull()
  return { screen, link: link![1]! }
}

/** What the patient does on the phone. */
export const choose = (link: string, typed: Record<string, string> = {}, phone = visitor()) =>
  phone.post(link, { ...born, new_password: chosen, ...typed })

export const logOn = (password: string, who = visitor()) =>
  who.post('/riverside/logon', { identifier: email, password })

/** The fragment that reception's screen asks for again and again. */
export const stateOf = (sam: Visitor, { screen }: Code) => sam.get(`${screen}/state`, { 'hx-request': 'true' })

export const acts = async (): Promise<string[]> =>
  (
    await env.DB.prepare(
      "SELECT act FROM audit WHERE of_patient IS NOT NULL AND act NOT LIKE 'mail-%' ORDER BY id",
    ).all<{ act: string }>()
  ).results.map(({ act }) => act)

export const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ')

/** Neither mail nor sessions answer. */
export const withoutMailAndKv: Bindings = {
  ...env,
  MAILBOX: silent(env.MAILBOX!),
  SESSIONS: silent(env.SESSIONS),
}

function silent(namespace: KVNamespace): KVNamespace {
  return new Proxy(namespace, { get: () => () => Promise.reject(new Error('does not answer')) })
}
