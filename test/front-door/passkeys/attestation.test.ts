/**
 * A passkey is asked for without an attestation of who made the device. What a browser may send all the same is taken
 * when the new key itself has signed it (WebAuthn §8.2); what comes under a certificate is refused in words.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { Authenticator, type Says } from '../../support/authenticator.ts'
import type { Kind } from '../../support/authenticator-keys.ts'
import { loggedOn, type Visitor } from '../../support/world.ts'
import { all, riverside } from '../people.ts'
import { addPasskey, logOnWith } from './passkeys.ts'

const rows = () => all('SELECT * FROM passkey')
const certificate = crypto.getRandomValues(new Uint8Array(400))
let hers: Visitor

beforeEach(async () => {
  const { clinicId, janet } = await riverside()
  hers = await loggedOn({ clinicId, patientId: janet.id })
})

describe('the attestation of a new passkey', () => {
  const kinds: Kind[] = ['ES256', 'RS256', 'EdDSA']
  it.each(kinds)('may be none, or signed by the new key, which lets in from then on (%s)', async (kind) => {
    for (const format of ['none', 'packed']) {
      const { authenticator, answer } = await addPasskey(hers, { format }, new Authenticator(kind))
      expect(answer.location).toBe('/riverside/passkeys?done=added')
      expect((await logOnWith(authenticator)).answer.location).toBe('/riverside/home')
    }
  })

  it('is refused when another key has signed it', async () => {
    const { status, body } = (await addPasskey(hers, { format: 'packed', isSignedByAnother: true })).answer
    expect([status, body.includes('The passkey was not added')]).toEqual([422, true])
    expect(await rows()).toEqual([])
  })

  const underCertificates: [string, Partial<Says>][] = [
    ['packed', { certificate }],
    ['fido-u2f', { certificate }],
    ['android-key', { certificate }],
    ['android-safetynet', {}],
    ['tpm', { certificate }],
    ['apple', { certificate }],
  ]
  it.each(underCertificates)('is refused in words when a maker vouches for it (%s)', async (format, says) => {
    const { status, body } = (await addPasskey(hers, { format, ...says })).answer
    expect([status, body.includes('The diary does not take a passkey of this kind')]).toEqual([422, true])
    expect(await rows()).toEqual([])
  })

  it('is refused when nobody knows its format', async () => {
    const { status, body } = (await addPasskey(hers, { format: 'of-tomorrow' })).answer
    expect([status, body.includes('The passkey was not added')]).toEqual([422, true])
    expect(await rows()).toEqual([])
  })

  it('is of no weight beside what must be right: the page, the person, the key', async () => {
    for (const lie of [{ origin: 'https://evil.example' }, { isVerified: false }]) {
      const { answer } = await addPasskey(hers, { format: 'packed', ...lie })
      expect([answer.status, answer.body.includes('The passkey was not added')]).toEqual([422, true])
    }
    expect(await rows()).toEqual([])
  })
})
