/** Passkeys in these tests: put straight into D1, or made and used as a browser does. */
import { env } from 'cloudflare:workers'
import { encodeBase64urlNoPadding } from '@oslojs/encoding'
import { insertPasskey } from '../../../src/front-door/passkeys/passkey-store.ts'
import { database } from '../../../src/web/database.ts'
import { newId } from '../../../src/web/random.ts'
import { Authenticator, type Says } from '../../support/authenticator.ts'
import { type Answer, goodPassword, type Visitor, visitor } from '../../support/world.ts'

type Owner = { clinicId: string; staffId: string } | { clinicId: string; patientId: string }

/** A passkey that was added before. */
export async function aPasskey(owner: Owner, name = 'Chrome on an Android phone') {
  const authenticator = new Authenticator()
  authenticator.belongsTo('staffId' in owner ? owner.staffId : owner.patientId)
  const id = newId()
  const publicKey = encodeBase64urlNoPadding(await authenticator.publicKey())
  const row = { ...owner, id, name, credentialId: authenticator.id, publicKey, counter: 0, addedAt: Date.now() }
  const db = database(env)
  await db.batch([insertPasskey(db, { ...row, canBeBackedUp: true, isBackedUp: true })] as never)
  return { id, authenticator }
}

/** What the page asks the authenticator. */
export const optionsIn = ({ body }: Answer) => {
  const [, text = ''] = /data-options="([^"]*)"/.exec(body) ?? []
  return JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
}

/** Presses "Log on with a passkey", and lets the authenticator answer. */
export async function logOnWith(authenticator: Authenticator, lies: Partial<Says> = {}, who = visitor(), next = '') {
  const asked = await who.post('/riverside/logon/passkey/challenge', next ? { next } : {})
  const options = optionsIn(await who.get(asked.location!))
  const credential = await authenticator.get(options, lies)
  return { who, credential, answer: await who.post('/riverside/logon/passkey', { credential, next }) }
}

/** Types the password, and reads what the authenticator is asked. */
export async function begin(who: Visitor) {
  await who.post('/riverside/passkeys/new', { current_password: goodPassword })
  return optionsIn(await who.get('/riverside/passkeys/new'))
}

export async function addPasskey(who: Visitor, lies: Partial<Says> = {}, authenticator = new Authenticator()) {
  const options = await begin(who)
  const credential = await authenticator.create(options, lies)
  return { authenticator, options, credential, answer: await who.post('/riverside/passkeys', { credential }) }
}
