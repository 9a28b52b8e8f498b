/** Two numbers out of an ECDSA signature, as they were put in; anything else is none. */
import { describe, expect, it } from 'vitest'
import { AsnParser, ECDSASigValue } from '../../../src/front-door/passkeys/ecdsa-signature.ts'

const numbersIn = (...bytes: number[]) => {
  const { r, s } = AsnParser.parse(Uint8Array.from(bytes), ECDSASigValue)
  return [[...r], [...s]]
}

describe('an ECDSA signature', () => {
  it('has two numbers, written as short as they get', () => {
    expect(numbersIn(0x30, 6, 2, 1, 5, 2, 1, 127)).toEqual([[5], [127]])
    expect(numbersIn(0x30, 8, 2, 2, 1, 0, 2, 2, 0x7f, 0xff)).toEqual([
      [1, 0],
      [0x7f, 0xff],
    ])
  })

  it('has a zero before a number that would else be below zero, and the number is without it', () => {
    expect(numbersIn(0x30, 7, 2, 2, 0, 0x80, 2, 1, 1)).toEqual([[0x80], [1]])
  })

  it.each([
    ['is below zero', [0x30, 6, 2, 1, 0x80, 2, 1, 1]],
    ['is nought', [0x30, 6, 2, 1, 0, 2, 1, 1]],
    ['is no number', [0x30, 6, 4, 1, 5, 2, 1, 1]],
    ['is missing', [0x30, 3, 2, 1, 5]],
    ['is cut off', [0x30, 6, 2, 1, 5, 2, 1]],
    ['is followed by more', [0x30, 6, 2, 1, 5, 2, 1, 1, 0]],
    ['is larger than on any curve', [0x30, 0x81, 140, 2, 0x81, 134, ...Array(134).fill(1), 2, 1, 1]],
  ])('is none when a number %s', (_what, bytes) => {
    expect(() => numbersIn(...bytes)).toThrow()
  })
})
