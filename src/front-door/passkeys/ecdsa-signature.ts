/**
 * The two numbers of an ECDSA signature (RFC 3279 §2.2.3), for @simplewebauthn/server: of the libraries that read
 * certificates it needs this alone, and [alias] of wrangler.toml leaves them out. It only takes the signature apart;
 * whether it is right is said by WebCrypto.
 */
import { decodePKIXECDSASignature } from '@oslojs/crypto/ecdsa'
import { decodeHex } from '@oslojs/encoding'

const longest = 139 // bytes, on the largest curve (P-521)

/** Named as the library asks for it. */
export const AsnParser = {
  /** @throws when it is no signature */
  parse(signature: Uint8Array, _kind: typeof ECDSASigValue) {
    if (signature.byteLength > longest) throw new Error('Too long for an ECDSA signature')
    const { r, s } = decodePKIXECDSASignature(signature)
    return { r: bytesOf(r), s: bytesOf(s) }
  },
}

/** The only kind of thing that is read. */
export const ECDSASigValue = Symbol('ECDSA signature')

function bytesOf(whole: bigint): Uint8Array {
  const digits = whole.toString(16)
  return decodeHex(digits.length % 2 === 0 ? digits : `0${digits}`)
}
