/** What a new password must be: long, not one of the many, not made of what everybody knows (D01, D02, D03). */
import { describe, expect, it } from 'vitest'
import commonPasswords from '../../../src/front-door/passwords/common-passwords.txt'
import { passwordProblem } from '../../../src/front-door/passwords/password-rules.ts'

const known = [
  'Riverside Clinic',
  'riverside',
  'Janet Hall-Moreau Jenny',
  'janet.hall@example.com',
  'janet.hall@example.com',
]
const problem = (password: string) => passwordProblem(password, known)

const short = 'Password must be 12 characters or more'
const long = 'Password must be 256 characters or fewer'
const common = 'This password is used by many people. Choose a different one'
const own = 'Password must not be made of the clinic’s name, your name or your email address. Choose a different one'

/** Text that repeats nothing. */
const prose = (length: number) => [...'the quick brown fox jumps over a lazy dog, '.repeat(9)].slice(0, length).join('')

describe('how long it must be (D01)', () => {
  it.each([
    [0, 'Enter a password'],
    [1, short],
    [11, short],
    [12, null],
    [64, null],
    [128, null],
    [256, null],
    [257, long],
    [300, long],
  ])('%i characters: %s', (length, expected) => {
    expect(problem(prose(length))).toBe(expected)
  })

  it('is more than spaces', () => {
    expect(problem(' '.repeat(12))).toBe('Password must have more than spaces in it')
    expect(problem('\u2003'.repeat(12))).toBe('Password must have more than spaces in it')
  })

  it('counts what a person sees as a character, not bytes or halves of it', () => {
    expect(problem('🦔🌵🍏🐝🌂🎈🧭🥁🪁🐌🍋🧵')).toBe(null)
    expect(problem('🦔🌵🍏🐝🌂🎈🧭🥁🪁🐌🍋')).toBe(short)
    expect(problem('é'.normalize('NFD').repeat(11))).toBe(short) // 22 code points when taken apart
    expect(problem('🦔'.repeat(257))).toBe(long)
  })
})

describe('what it may be made of (D02)', () => {
  it.each([
    'three green apples',
    'correct horse battery staple',
    'zażółć gęślą jaźń',
    'пароль из четырёх слов',
    '四つの言葉でできた合言葉です',
    '     some spaces     ',
    'NOTHINGBUTCAPITALSHERE',
    '918273645546372819',
    '!$%&/()=?*+~#-_.:,;',
  ])('“%s” is fine: no rule about figures, capitals or marks', (password) => {
    expect(problem(password)).toBe(null)
  })
})

describe('the passwords that many people use (D03, ASVS 6.2.4)', () => {
  const list = commonPasswords.split('\n').filter(Boolean)

  it('are at least 3,000, each long enough to be chosen, none twice', () => {
    expect(list.length).toBeGreaterThanOrEqual(3_000)
    expect(list.filter((entry) => [...entry].length < 12)).toEqual([])
    expect(new Set(list).size).toBe(list.length)
  })

  it('are all refused', () => {
    expect(list.filter((entry) => passwordProblem(entry, []) === null)).toEqual([])
  })

  it('are refused in capitals too, in wide letters, and with spaces around them', () => {
    const entry = list.find((text) => /^[a-z]{12,}$/.test(text))!
    for (const disguised of [entry.toUpperCase(), ` ${entry} `, entry.replace('a', 'ａ')]) {
      expect(problem(disguised), disguised).toBe(common)
    }
  })

  it('are compared whole: one that only contains such a password is another one', () => {
    expect(problem(`${list[0]} and nine hedgehogs`)).toBe(null)
    expect(problem(`${list[0]}\n${list[1]}`)).toBe(null)
  })
})

describe('what everybody knows about its owner (D03, ASVS 6.2.11)', () => {
  it.each([
    ['the clinic’s name', 'Riverside Clinic'],
    ['the clinic’s name twice', 'riversideriverside'],
    ['the clinic’s name and a year', 'riverside-2026-password'],
    ['the clinic’s name with marks', '!!Riverside!!2026'],
    ['her own name', 'Janet Hall 1951'],
    ['her two last names', 'hall-moreau-1951'],
    ['what she is called', 'jenny jenny jenny'],
    ['her name turned around', 'HallJanet1234567'],
    ['her email address', 'janet.hall@example.com'],
    ['her email address and a figure', 'janet.hall@example.com1'],
    ['words of the product', 'password-patient-2026'],
    ['a welcome', 'Welcome-to-2026'],
    ['a letter or two more', 'riverside1234x'],
  ])('refuses %s: %s', (_words, password) => {
    expect(problem(password)).toBe(own)
  })

  it.each(['a riverside walk in june', 'janet likes hedgehogs', 'the password of the mill'])(
    'lets “%s” be: it says more than that',
    (password) => {
      expect(problem(password)).toBe(null)
    },
  )

  it('holds names of two letters against nobody', () => {
    expect(passwordProblem('all along the alley', ['Al Li'])).toBe(null)
  })
})
