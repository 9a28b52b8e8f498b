/** The keys of an authenticator in software, of each kind that a passkey of ours may have: ES256, RS256 and EdDSA. */
import { decodeBase64urlIgnorePadding } from '@oslojs/encoding'
import { bytes, concat } from './cbor.ts'

export type Kind = 'ES256' | 'RS256' | 'EdDSA'

export interface Keys {
  /** COSE_Key (RFC 9053 §7, RFC 8230 §4). */
  publicKey: Uint8Array
  /** The number of its algorithm (COSE) in CBOR. */
  algorithm: number[]
  sign(data: Uint8Array): Promise<Uint8Array>
}

interface Maker {
  algorithm: number[]
  made: SubtleCryptoGenerateKeyAlgorithm
  cose(key: (part: 'n' | 'e' | 'x' | 'y') => Uint8Array): Uint8Array
  /** What WebAuthn wants of the bytes that WebCrypto makes. */
  written(raw: Uint8Array): Uint8Array
}

const asItIs = (raw: Uint8Array): Uint8Array => raw

const makers: Record<Kind, Maker> = {
  ES256: {
    algorithm: [0x26],
    made: { name: 'ECDSA', namedCurve: 'P-256' },
    cose: (key) => concat([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21], bytes(key('x')), [0x22], bytes(key('y'))),
    written: asDer,
  },
  RS256: {
    algorithm: [0x39, 1, 0],
    made: {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    },
    cose: (key) => concat([0xa4, 1, 3, 3, 0x39, 1, 0, 0x20], bytes(key('n')), [0x21], bytes(key('e'))),
    written: asItIs,
  },
  EdDSA: {
    algorithm: [0x27],
    made: { name: 'Ed25519' },
    cose: (key) => concat([0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21], bytes(key('x'))),
    written: asItIs,
  },
}

export async function newKeys(kind: Kind): Promise<Keys> {
  const { algorithm, made, cose, written } = makers[kind]
  const pair = (await crypto.subtle.generateKey(made, true, ['sign', 'verify'])) as CryptoKeyPair
  const known = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as JsonWebKey
  const how = kind === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: made.name }
  return {
    algorithm,
    publicKey: cose((part) => decodeBase64urlIgnorePadding(known[part] ?? '')),
    sign: async (data) => written(new Uint8Array(await crypto.subtle.sign(how, pair.privateKey, data as BufferSource))),
  }
}

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
