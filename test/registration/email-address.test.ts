/** Rule M9: the email address is the identity. Which addresses are one person's, and which are none. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailAddress, emailProblem } from '../../src/registration/email-address.ts'

const canonical = (text: string) => emailAddress(text)?.canonical ?? null

describe('one person', () => {
  it.each([
    ['A@X.org', 'a@x.org'],
    [' a@x.org ', 'a@x.org'],
    ['a@X.ORG', 'a@x.org'],
    ['a@münchen.de', 'a@xn--mnchen-3ya.de'],
    ['a@xn--mnchen-3ya.de', 'a@xn--mnchen-3ya.de'],
    ['jose\u0301@example.com', 'jos\u00e9@example.com'],
    ['O’Neill@example.com'.replace('’', "'"), "o'neill@example.com"],
  ])('B03 B05 %s is %s', (typed, expected) => {
    expect(canonical(typed)).toBe(expected)
  })
})

describe('different people', () => {
  it.each([
    ['a+t@x.org', 'a@x.org'],
    ['a.b@gmail.com', 'ab@gmail.com'],
    ['a@x.org', 'a@y.org'],
  ])('B04 %s is not %s', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other))
  })
})

describe('no address', () => {
  it.each([
    '',
    'a',
    'a@',
    '@x.org',
    'a@x',
    'a@x..org',
    'a..b@x.org',
    '.a@x.org',
    'a@b@x.org',
    'a@x.org,b@y.org',
    'a@x.org;b@y.org',
    'a b@x.org',
    '<a@x.org>',
    '"a b"@x.org',
    'a@x.org\r\nBcc: b@y.org',
    'a@x.org\u0000',
    'a\u200b@x.org',
    'a\u202e@x.org',
    'a@x.org/path',
    'a@127.0.0.1',
    'a@[127.0.0.1]',
    `a@${'x'.repeat(250)}.org`,
  ])('B07 B08 B18 %j', (typed) => {
    expect(emailAddress(typed)).toBeNull()
  })

  it('says what to do', () => {
    expect(emailProblem('  ')).toBe('Enter your email address')
    expect(emailProblem('janet')).toBe('Enter an email address in the correct format, like name@example.com')
  })
})

describe('the longest', () => {
  it('B18 has 254 characters', () => {
    const fits = `${'a'.repeat(254 - '@example.com'.length)}@example.com`
    expect(fits).toHaveLength(254)
    expect(canonical(fits)).toBe(fits)
    expect(canonical(`a${fits}`)).toBeNull()
  })
})

describe('whatever is typed', () => {
  it('the canonical form of a canonical form is itself, in lower case, with one @ and nothing hidden', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (typed) => {
        const first = canonical(typed)
        if (first === null) return
        expect(canonical(first)).toBe(first)
        expect(first).toBe(first.toLowerCase())
        expect(first).toMatch(/^[^@\s]+@[a-z0-9.-]+$/)
      }),
    )
  })
})
