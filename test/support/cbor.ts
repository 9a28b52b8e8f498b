/** CBOR (RFC 8949), as much of it as an authenticator writes: a short text, and bytes of up to 65,535. */
export const concat = (...parts: (Uint8Array | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

export const text = (words: string): [number[], Uint8Array] => [[0x60 + words.length], new TextEncoder().encode(words)]

/** The length in as few bytes as it takes: what reads keys is strict. */
export function bytes(content: Uint8Array): Uint8Array {
  const { length } = content
  if (length < 24) return concat([0x40 + length], content)
  return length < 256 ? concat([0x58, length], content) : concat([0x59, length >> 8, length & 255], content)
}
