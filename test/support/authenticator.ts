/** An authenticator in software (WebAuthn §6, ES256): makes passkeys and signs with them, rightly or as a liar would. */
import { decodeBase64urlIgnorePadding, encodeBase64urlNoPadding } from '@oslojs/encoding'

const utf8 = new TextEncoder()
const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))
const concat = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

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
  readonly credentialId = crypto.getRandomValues(new Uint8Array(32))
  #keys: CryptoKeyPair | undefined
  #userHandle = ''
  counter = 0

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
      signature: encodeBase64urlNoPadding(await this.#signature(signed)),
      userHandle:
        says.userHandle === undefined ? this.#userHandle : encodeBase64urlNoPadding(utf8.encode(says.userHandle)),
    })
  }

  /** COSE_Key of kind EC2 on P-256. */
  async publicKey(): Promise<Uint8Array> {
    const { publicKey } = await this.#pair()
    const { x = '', y = '' } = (await crypto.subtle.exportKey('jwk', publicKey)) as JsonWebKey
    const [atX, atY] = [x, y].map((part) => decodeBase64urlIgnorePadding(part)) as [Uint8Array, Uint8Array]
    return concat([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32], atX, [0x22, 0x58, 32], atY)
  }

  belongsTo(id: string): void {
    this.#userHandle = encodeBase64urlNoPadding(utf8.encode(id))
  }

  async #pair(): Promise<CryptoKeyPair> {
    this.#keys ??= (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair
    return this.#keys
  }

  /** The attestation statement in CBOR: nothing for 'none', else as of the format 'packed' (WebAuthn §8.2). */
  async #statement(says: Says, signed: Uint8Array): Promise<Uint8Array> {
    const { format, certificate, isSignedByAnother } = says
    if (format === 'none') return Uint8Array.of(0xa0)
    const signature = bytes(await (isSignedByAnother ? new Authenticator() : this).#signature(signed))
    const both = concat(...text('alg'), [0x26], ...text('sig'), signature)
    return certificate ? concat([0xa3], both, ...text('x5c'), [0x81], bytes(certificate)) : concat([0xa2], both)
  }

  async #signature(signed: Uint8Array): Promise<Uint8Array> {
    const { privateKey } = await this.#pair()
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed as BufferSource)
    return asDer(new Uint8Array(raw))
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

/** CBOR (RFC 8949): a short text, and bytes of up to 65,535. */
const text = (words: string): [number[], Uint8Array] => [[0x60 + words.length], utf8.encode(words)]
const bytes = (content: Uint8Array): Uint8Array => concat([0x59, content.length >> 8, content.length & 255], content)

/** WebCrypto writes r and s one after the other, WebAuthn wants them as ASN.1. */
function asDer(raw: Uint8Array): Uint8Array {
  const integer = (part: Uint8Array) => {
    const from = part.findIndex((byte) => byte !== 0)
    const digits = [...part.slice(from)]
    const positive = digits[0]! > 127 ? [0, ...digits] : digits
    return [2, positive.length, ...positive]
  }
  const both = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))]
  return Uint8Array.from([0x30, both.length, ...both])
}
