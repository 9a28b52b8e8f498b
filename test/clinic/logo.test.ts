/** Which files may be a logo: decided by their bytes. */
import { describe, expect, it } from 'vitest'
import { largestLogo, readLogo } from '../../src/clinic/look/logo.ts'
import { aJpeg, aPng, aWebp } from './pictures.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const because = (bytes: Uint8Array) => {
  const verdict = readLogo(bytes)
  return verdict.ok ? 'ok' : verdict.because
}

describe('a logo', () => {
  it.each([
    ['png', aPng(320, 80)],
    ['jpg', aJpeg(320, 80)],
    ['webp', aWebp.lossy(320, 80)],
    ['webp', aWebp.lossless(320, 80)],
    ['webp', aWebp.extended(320, 80)],
  ])('is a %s with its measures', (type, bytes) => {
    expect(readLogo(bytes)).toEqual({ ok: true, type, width: 320, height: 80 })
  })

  it.each([
    ['a drawing with a script', ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', ascii('<!doctype html><script>alert(1)</script>                          ')],
    ['a GIF', ascii(`GIF89a${' '.repeat(60)}`)],
    ['a PDF', ascii(`%PDF-1.7${' '.repeat(60)}`)],
    ['half a PNG', aPng(320, 80).subarray(0, 20)],
    ['a PNG without its head', Uint8Array.from([...aPng(320, 80).subarray(0, 8), ...ascii(' '.repeat(40))])],
    ['a JPEG without a frame', aJpeg(320, 80).subarray(0, 12)],
    ['a JPEG whose segments lead nowhere', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1, 2, 3, 4, 5, 6])],
    ['a WAV file', ascii(`RIFF    WAVEfmt ${' '.repeat(40)}`)],
  ])('is not %s', (_name, bytes) => {
    expect(because(bytes)).toBe('The logo must be a PNG, JPEG or WebP picture')
  })

  it('has a size that a page can show', () => {
    expect(because(new Uint8Array())).toBe('Choose the file of your logo')
    expect(because(aPng(320, 80, largestLogo))).toBe('ok')
    expect(because(aPng(320, 80, largestLogo + 1))).toMatch(/^The logo must be 30 KB or smaller. Yours is 31 KB/)
    expect(because(aPng(320, 20))).toBe('The logo must be at least 24 pixels wide and high. Yours is 320 by 20 pixels')
    expect(because(aPng(2001, 800))).toMatch(/^The logo must be at most 2000 pixels/)
    expect(because(aPng(900, 100))).toMatch(/^The logo must be at most 8 times as wide as high/)
    expect(because(aPng(0, 0))).toMatch(/at least 24/)
  })
})
