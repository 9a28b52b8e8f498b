/** Pictures as far as their first bytes go: enough to be told apart and measured. */

const text = (words: string) => [...new TextEncoder().encode(words)]
const big = (value: number, bytes: 2 | 4) =>
  Array.from({ length: bytes }, (_byte, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff)
const little = (value: number, bytes: 2 | 3 | 4) =>
  Array.from({ length: bytes }, (_byte, index) => (value >>> (8 * index)) & 0xff)

/** @param size in bytes, filled up with nothing */
export function aPng(width: number, height: number, size = 64): Uint8Array {
  const head = [0x89, ...text('PNG\r\n\x1a\n'), ...big(13, 4), ...text('IHDR'), ...big(width, 4), ...big(height, 4)]
  const bytes = new Uint8Array(size)
  bytes.set(head)
  return bytes
}

/** With a comment before the frame header, as cameras write one. */
export const aJpeg = (width: number, height: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, ...text('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[0xff, 0xfe, 0x00, 0x08, ...text('camera')],
    ...[0xff, 0xc2, 0x00, 0x11, 8, ...big(height, 2), ...big(width, 2), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
  ])

const webp = (kind: string, ...data: number[]): Uint8Array =>
  Uint8Array.from([
    ...text('RIFF'),
    ...little(60, 4),
    ...text(`WEBP${kind}`),
    ...little(40, 4),
    ...data,
    ...Array(20).fill(0),
  ])

export const aWebp = {
  lossy: (width: number, height: number) =>
    webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)),
  lossless: (width: number, height: number) => webp('VP8L', 0x2f, ...little((width - 1) | ((height - 1) << 14), 4)),
  extended: (width: number, height: number) =>
    webp('VP8X', 0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)),
}
