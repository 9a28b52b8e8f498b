/** Sam with an authenticator app, as the tests of the second factor find him, and the codes that it shows. */
import { env } from 'cloudflare:workers'
import { encodeBase64 } from '@oslojs/encoding'
import { putApp, putRecoveryCodes } from '../../../src/front-door/second-factor/factor-store.ts'
import { codeAt, keyOf, stepAt } from '../../../src/front-door/second-factor/one-time-code.ts'
import { newRecoveryCodes } from '../../../src/front-door/second-factor/recovery-code.ts'
import { database } from '../../../src/web/database.ts'
import { newKey } from '../../../src/web/random.ts'
import { seal } from '../../../src/web/secret.ts'
import { type Answer, type Visitor, visitor } from '../../support/world.ts'
import { logOn } from '../people.ts'

export interface App {
  key: Uint8Array
  recoveryCodes: string[]
  /** What the app shows, so many steps of 30 seconds from now. */
  code: (steps?: number) => string
}

/** An authenticator app that was added before, with ten recovery codes. */
export async function anApp(of: { clinicId: string; staffId: string }): Promise<App> {
  const key = newKey()
  const db = database(env)
  const recoveryCodes = newRecoveryCodes()
  const sealedKey = await seal(env, keyOf(of.staffId), encodeBase64(key))
  await db.batch([
    putApp(db, of, { sealedKey, lastStep: 0 }, Date.now()) as never,
    ...putRecoveryCodes(db, of, recoveryCodes, Date.now()),
  ])
  return { key, recoveryCodes, code: (steps = 0) => codeAt(key, stepAt(Date.now()) + steps) }
}

/** Somebody who has typed the right password. */
export async function halfway(identifier = 'sam', who: Visitor = visitor(), next = ''): Promise<Visitor> {
  const answer = await logOn(who, identifier, undefined, next ? { next } : {})
  if (answer.location !== '/riverside/logon/second-factor') throw new Error(`was answered with ${answer.location}`)
  return who
}

export const stepPage = '/riverside/logon/second-factor'
export const typeCode = (who: Visitor, code: string): Promise<Answer> => who.post(stepPage, { code })
export const typeRecovery = (who: Visitor, recovery_code: string): Promise<Answer> =>
  who.post(`${stepPage}/recovery`, { recovery_code })

/** Whether this browser has a session. */
export const isInside = async (who: Visitor): Promise<boolean> => (await who.get('/riverside/patients')).status === 200
