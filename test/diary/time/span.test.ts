/** Stretches of time: what touches what, and what is left when some of it is cut out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlap, touching, without } from '../../../src/diary/time/span.ts'

const longest = 12
const aSpan = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: longest }))
  .map(([from, length]) => ({ from, until: from + length }))
const inOrder = fc.array(aSpan, { maxLength: 20 }).map((spans) => spans.sort((a, b) => a.from - b.from))

describe('those that touch a window', () => {
  it('are all that overlap it, however they are found', () => {
    fc.assert(
      fc.property(inOrder, aSpan, (spans, window) => {
        expect(touching(spans, window, longest)).toEqual(spans.filter((each) => overlap(each, window)))
      }),
    )
  })

  it('may have begun long before it', () => {
    const night = { from: 0, until: longest }
    expect(touching([night], { from: longest - 1, until: 20 }, longest)).toEqual([night])
  })
})

describe('what is left', () => {
  const moments = (spans: { from: number; until: number }[]) =>
    spans.flatMap(({ from, until }) => Array.from({ length: until - from }, (_each, index) => from + index))

  it('is every moment of the spans that is in none of the cuts, in order and once', () => {
    fc.assert(
      fc.property(inOrder, inOrder, (spans, cuts) => {
        const gone = new Set(moments(cuts))
        const expected = [...new Set(moments(spans))].filter((at) => !gone.has(at)).sort((a, b) => a - b)
        expect(moments(without(spans, cuts))).toEqual(expected)
      }),
    )
  })
})
