/** The codes of RFC 6238, and which of them are taken. */
import { describe, expect, it } from 'vitest'
import {
  codeAt,
  keyAddress,
  keyInGroups,
  stepAt,
  stepOf,
  typedCode,
} from '../../../src/front-door/second-factor/one-time-code.ts'
import { newRecoveryCodes, recoveryCodeHash } from '../../../src/front-door/second-factor/recovery-code.ts'

/** RFC 6238, appendix B: seconds since 1970, and the code of 8 figures by SHA-1. */
const vectors: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]
const key = new TextEncoder().encode('12345678901234567890')
const noon = Date.parse('2026-11-25T12:00:00Z')

describe('a one-time code', () => {
  it.each(vectors)('at %d seconds is %s, as in RFC 6238', (seconds, code) => {
    expect(codeAt(key, stepAt(seconds * 1000), 8)).toBe(code)
    expect(codeAt(key, stepAt(seconds * 1000))).toBe(code.slice(2))
  })

  it('is taken in its own 30 seconds, in those before and in those after', () => {
    const present = stepAt(noon)
    const taken = [-2, -1, 0, 1, 2].map((drift) => stepOf(key, codeAt(key, present + drift), noon, 0))
    expect(taken).toEqual([null, present - 1, present, present + 1, null])
  })

  it('is not taken when its step, or a later one, was taken before', () => {
    const present = stepAt(noon)
    expect(stepOf(key, codeAt(key, present), noon, present - 1)).toBe(present)
    expect(stepOf(key, codeAt(key, present), noon, present)).toBeNull()
    expect(stepOf(key, codeAt(key, present - 1), noon, present)).toBeNull()
  })

  it('may be typed with spaces, and in the wide figures of Asian keyboards', () => {
    expect(['123 456', ' 123456 ', '１２３４５６'].map(typedCode)).toEqual(['123456', '123456', '123456'])
    expect(['12345', '1234567', '12345a', '', '-12345', '123.456'].map(typedCode)).toEqual(Array(6).fill(null))
  })
})

describe('the key of an app', () => {
  it('stands in an address that every app reads, with spaces as %20', () => {
    expect(keyAddress(key, 'Riverside Clinic', 'sam')).toBe(
      'otpauth://totp/Riverside%20Clinic:sam?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Riverside%20Clinic&algorithm=SHA1&digits=6&period=30',
    )
  })

  it('is shown in groups of four, to type', () => {
    expect(keyInGroups(key)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
  })
})

describe('recovery codes', () => {
  it('are ten, all different, of 25 clear letters and figures', () => {
    const codes = Array.from({ length: 100 }, newRecoveryCodes).flat()
    expect(new Set(codes).size).toBe(1000)
    for (const code of codes)
      expect(code).toMatch(/^([ACDEFGHJKMNPQRTUVWXY34679]{5}-){4}[ACDEFGHJKMNPQRTUVWXY34679]{5}$/)
  })

  it('are the same however they are typed', () => {
    const code = 'ACDEF-GHJKM-NPQRT-UVWXY-34679'
    for (const typed of [code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `])
      expect(recoveryCodeHash(typed)).toBe(recoveryCodeHash(code))
    expect(recoveryCodeHash(`${code}A`)).not.toBe(recoveryCodeHash(code))
  })
})
