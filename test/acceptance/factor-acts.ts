/** What is in a browser before an act of the second factor. */
import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { codeAt, stepAt } from '../../src/front-door/second-factor/one-time-code.ts'
import { Authenticator } from '../support/authenticator.ts'
import { goodPassword, Visitor } from '../support/world.ts'
import type { Town } from './riverside.ts'

/** The password was right a moment ago. */
export async function afterThePassword({ half }: Town, browser: Visitor): Promise<Record<string, string>> {
  browser.cookies.set('__Host-half-logon', half)
  return {}
}

/** The key of an app was shown, and the app shows its first code. */
export async function withKey({ base }: Pick<Town, 'base'>, browser: Visitor): Promise<Record<string, string>> {
  const steady = new Visitor()
  for (const [name, value] of browser.cookies) steady.cookies.set(name, value)
  await steady.post(`${base}/second-factor/app`, { current_password: goodPassword })
  browser.cookies.set('__Host-enrolment', steady.cookies.get('__Host-enrolment')!)
  const { body } = await steady.get(`${base}/second-factor/app`)
  const [, key = ''] = /id="key">\s*([A-Z2-7 ]+?)\s*</.exec(body) ?? []
  return { code: codeAt(decodeBase32IgnorePadding(key.replaceAll(' ', '')), stepAt(Date.now())) }
}

const challengeIn = (browser: Visitor): string => browser.cookies.get('__Host-challenge') ?? ''

/** The authenticator signs what this browser was asked. */
export const answerOf = async (authenticator: Authenticator, browser: Visitor) => ({
  credential: await authenticator.get({ challenge: challengeIn(browser) }),
})

/** A new one makes a passkey for this person. */
export const newPasskey = async (ownerId: string, browser: Visitor) => ({
  credential: await new Authenticator().create({ challenge: challengeIn(browser), user: { id: btoa(ownerId) } }),
})
