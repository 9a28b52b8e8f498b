/** Whether a file is a logo that we serve: what it is says its first bytes, never its name. */

export type LogoType = 'png' | 'jpg' | 'webp'

interface Logo {
  type: LogoType
  width: number
  height: number
}

export const logoTypes: Record<LogoType, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' }

export const largestLogo = 30 * 1024 // bytes; the table's CHECK says the same
const least = 24 // pixels
const most = 2000 // pixels
const longestShape = 8 // times as wide as high, or the other way round

type LogoVerdict = ({ ok: true } & Logo) | { ok: false; because: string }

export function readLogo(bytes: Uint8Array): LogoVerdict {
  if (bytes.length === 0) return no('Choose the file of your logo')
  if (bytes.length > largestLogo) return no(tooLarge(bytes.length))
  const logo = pngOf(bytes) ?? webpOf(bytes) ?? jpegOf(bytes)
  if (!logo) return no('The logo must be a PNG, JPEG or WebP picture')
  const { width, height } = logo
  const measures = `Yours is ${width} by ${height} pixels`
  if (Math.min(width, height) < least) return no(`The logo must be at least ${least} pixels wide and high. ${measures}`)
  if (Math.max(width, height) > most) return no(`The logo must be at most ${most} pixels wide and high. ${measures}`)
  if (Math.max(width / height, height / width) > longestShape)
    return no(`The logo must be at most ${longestShape} times as wide as high. ${measures}`)
  return { ok: true, ...logo }
}

export const tooLarge = (size: number): string =>
  `The logo must be 30 KB or smaller. Yours is ${inWords(size)}. Save it smaller, at 400 pixels wide for example`

const inWords = (size: number): string =>
  size < 1024 * 1024 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`

const no = (because: string) => ({ ok: false as const, because })

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** PNG §5.2 and §11.2.1: the signature, then IHDR with width and height. */
function pngOf(bytes: Uint8Array): Logo | null {
  if (bytes.length < 33 || ascii(bytes, 0, 8) !== '\x89PNG\r\n\x1a\n' || ascii(bytes, 12, 16) !== 'IHDR') return null
  return { type: 'png', width: view(bytes).getUint32(16), height: view(bytes).getUint32(20) }
}

/** RFC 9649: RIFF, the size, WEBP, and one of three kinds of picture. */
function webpOf(bytes: Uint8Array): Logo | null {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') return null
  const kind = ascii(bytes, 12, 16)
  const at = view(bytes)
  const three = (from: number) => at.getUint16(from, true) | (at.getUint8(from + 2) << 16)
  if (kind === 'VP8X') return { type: 'webp', width: three(24) + 1, height: three(27) + 1 }
  if (kind === 'VP8L' && at.getUint8(20) === 0x2f) {
    const bits = at.getUint32(21, true)
    return { type: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind !== 'VP8 ' || ascii(bytes, 23, 26) !== '\x9d\x01\x2a') return null
  return { type: 'webp', width: at.getUint16(26, true) & 0x3fff, height: at.getUint16(28, true) & 0x3fff }
}

/** ITU-T T.81 §B.2.2: segments one after the other, until the frame header says how large the picture is. */
function jpegOf(bytes: Uint8Array): Logo | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const at = view(bytes)
  for (let from = 2; from + 9 <= bytes.length; from += 2 + at.getUint16(from + 2)) {
    if (bytes[from] !== 0xff) return null
    if (isFrame(bytes[from + 1]!)) return { type: 'jpg', width: at.getUint16(from + 7), height: at.getUint16(from + 5) }
  }
  return null
}

/** SOF0 to SOF15 but for the three markers between them that are none. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
