/** What staff read out on the phone (product.md "Generate password", D07, ASVS 6.4.1). */
import { describe, expect, it } from 'vitest'
import { passwordProblem } from '../../../src/front-door/passwords/password-rules.ts'
import { newTemporaryPassword } from '../../../src/front-door/passwords/temporary-password.ts'

describe('a generated password', () => {
  const many = Array.from({ length: 10_000 }, newTemporaryPassword)

  it('D07 is never the same twice', () => {
    expect(new Set(many).size).toBe(many.length)
  })

  it('is at least 15 characters of syllables that can be said, and two figures', () => {
    expect(
      many.filter((password) => !/^([bdfghjklmnprstvw][aeiou][bdfghjklmnprstvw][aeiou]-){4}\d\d$/.test(password)),
    ).toEqual([])
    expect(many[0]!.length).toBeGreaterThanOrEqual(15)
  })

  it('D07 keeps the rules of every password', () => {
    expect(many.filter((password) => passwordProblem(password, ['Riverside Clinic', 'Janet Hall']))).toEqual([])
  })

  it('uses every syllable and every figure: nothing of it can be guessed from another', () => {
    const parts = new Set(many.flatMap((password) => [...password.matchAll(/[a-z]{2}|\d/g)].map(([part]) => part)))
    expect(parts.size).toBe(16 * 5 + 10)
  })
})
