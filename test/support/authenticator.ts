/** An authenticator in software (WebAuthn §6): makes passkeys and signs with them, rightly or as a liar would. */
import { encodeBase64urlNoPadding } from '@oslojs/encoding'
import { type Keys, type Kind, newKeys } from './authenticator-keys.ts'
import { bytes, concat, text } from './cbor.ts'

const utf8 = new TextEncoder()
const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))

/** What it says of itself and of the page; a test makes one of these wrong. */
export interface Says {
  origin: string
  rpId: string
  isVerified: boolean
  isPresent: boolean
  /** How many more uses than the last; null: always 0, as passkeys do that are kept by a password manager. */
  counts: number | null
  userHandle?: string
  type?: string
  /** Its attestation: 'none' as it is asked, or signed by the new key, or under a certificate of its maker. */
  format: string
  certificate?: Uint8Array
  isSignedByAnother?: boolean
}

const honest: Says = {
  origin: 'https://diary.test',
  rpId: 'diary.test',
  isVerified: true,
  isPresent: true,
  counts: 1,
  format: 'none',
}

export class Authenticator {
  readonly kind: Kind
  readonly credentialId = crypto.getRandomValues(new Uint8Array(32))
  #keys: Promise<Keys> | undefined
  #userHandle = ''
  counter = 0

  constructor(kind: Kind = 'ES256') {
    this.kind = kind
  }

  get id(): string {
    return encodeBase64urlNoPadding(this.credentialId)
  }

  /** What the page sends after `navigator.credentials.create`. */
  async create({ challenge, user }: { challenge: string; user: { id: string } }, lies: Partial<Says> = {}) {
    const says = { ...honest, type: 'webauthn.create', ...lies }
    this.#userHandle = user.id
    const { length } = this.credentialId
    const attested = concat(new Uint8Array(16), [length >> 8, length & 255], this.credentialId, await this.publicKey())
    const authData = concat(await this.#head(says, 0x40), attested)
    const data = clientData(challenge, says)
    const attestationObject = concat(
      [0xa3],
      ...text('fmt'),
      ...text(says.format),
      ...text('attStmt'),
      await this.#statement(says, concat(authData, await sha256(data))),
      ...text('authData'),
      bytes(authData),
    )
    return this.#answer({
      clientDataJSON: encodeBase64urlNoPadding(data),
      attestationObject: encodeBase64urlNoPadding(attestationObject),
      transports: ['internal', 'hybrid'],
    })
  }

  /** What the page sends after `navigator.credentials.get`. */
  async get({ challenge }: { challenge: string }, lies: Partial<Says> = {}) {
    const says = { ...honest, type: 'webauthn.get', ...lies }
    this.counter += says.counts ?? 0
    const authenticatorData = await this.#head(says, 0)
    const data = clientData(challenge, says)
    const signed = concat(authenticatorData, await sha256(data))
    return this.#answer({
      clientDataJSON: encodeBase64urlNoPadding(data),
      authenticatorData: encodeBase64urlNoPadding(authenticatorData),
      signature: encodeBase64urlNoPadding(await (await this.#pair()).sign(signed)),
      userHandle:
        says.userHandle === undefined ? this.#userHandle : encodeBase64urlNoPadding(utf8.encode(says.userHandle)),
    })
  }

  /** COSE_Key. */
  async publicKey(): Promise<Uint8Array> {
    return (await this.#pair()).publicKey
  }

  belongsTo(id: string): void {
    this.#userHandle = encodeBase64urlNoPadding(utf8.encode(id))
  }

  #pair(): Promise<Keys> {
    this.#keys ??= newKeys(this.kind)
    return this.#keys
  }

  /** The attestation statement in CBOR: nothing for 'none', else as of the format 'packed' (WebAuthn §8.2). */
  async #statement(says: Says, signed: Uint8Array): Promise<Uint8Array> {
    const { format, certificate, isSignedByAnother } = says
    if (format === 'none') return Uint8Array.of(0xa0)
    const { algorithm, sign } = isSignedByAnother ? await newKeys(this.kind) : await this.#pair()
    const both = concat(...text('alg'), algorithm, ...text('sig'), bytes(await sign(signed)))
    return certificate ? concat([0xa3], both, ...text('x5c'), [0x81], bytes(certificate)) : concat([0xa2], both)
  }

  async #head({ rpId, isVerified, isPresent }: Says, more: number): Promise<Uint8Array> {
    const flags = more | (isPresent ? 1 : 0) | (isVerified ? 4 : 0) | 0x18 // may be backed up, and is
    const counter = [24, 16, 8, 0].map((shift) => (this.counter >>> shift) & 255)
    return concat(await sha256(utf8.encode(rpId)), [flags], counter)
  }

  #answer(response: object): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults: {} })
  }
}

const clientData = (challenge: string, { type, origin }: Says): Uint8Array =>
  utf8.encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
