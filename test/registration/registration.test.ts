/** The table of product.md "Registration, exactly", as values: what the rules say of each row. */
import { describe, expect, it } from 'vitest'
import { type HolderOfEmail, isUnderAge, registrationVerdict } from '../../src/registration/registration.ts'

const today = '2026-11-23'
const adult: HolderOfEmail = { dateOfBirth: '1984-03-27', isArchived: false, access: 'none' }
const with_ = (change: Partial<HolderOfEmail>): HolderOfEmail => ({ ...adult, ...change })

const rows: [words: string, link: 'existing' | 'new', isOpen: boolean, holders: HolderOfEmail[], outcome: string][] = [
  ['nobody has the address', 'existing', true, [], 'unknown'],
  ['one patient, no access', 'existing', true, [adult], 'invited'],
  ['one patient, invited before', 'existing', true, [with_({ access: 'invited' })], 'invited'],
  ['one patient without a date of birth', 'existing', true, [with_({ dateOfBirth: null })], 'invited'],
  ['one patient, active', 'existing', true, [with_({ access: 'active' })], 'already-active'],
  ['one patient, inactive', 'existing', true, [with_({ access: 'inactive' })], 'inactive'],
  ['one patient under 16', 'existing', true, [with_({ dateOfBirth: '2010-11-24' })], 'under-age'],
  ['one patient who is 16 today', 'existing', true, [with_({ dateOfBirth: '2010-11-23' })], 'invited'],
  ['one patient, archived', 'existing', true, [with_({ isArchived: true })], 'archived'],
  ['one patient, archived and active', 'existing', true, [with_({ isArchived: true, access: 'active' })], 'archived'],
  ['two patients', 'existing', true, [adult, adult], 'shared'],
  ['two patients, one of them archived', 'existing', true, [adult, with_({ isArchived: true })], 'shared'],
  ['two patients, one of them active', 'existing', true, [adult, with_({ access: 'active' })], 'shared'],
  ['nobody has the address', 'new', true, [], 'invited'],
  ['one patient has it', 'new', true, [adult], 'known'],
  ['an archived patient has it', 'new', true, [with_({ isArchived: true })], 'known'],
  ['two patients have it', 'new', true, [adult, adult], 'known'],
  ['the switch is off, nobody has it', 'new', false, [], 'closed'],
  ['the switch is off, one patient has it', 'existing', false, [adult], 'closed'],
]

describe('who may register', () => {
  it.each(rows)('%s, by the link for %s patients', (_words, link, isOpen, holders, outcome) => {
    const verdict = registrationVerdict(link, isOpen, holders, today)
    expect(verdict.ok ? 'invited' : verdict.because).toBe(outcome)
  })
})

describe('under 16', () => {
  it.each([
    ['2010-11-23', false],
    ['2010-11-24', true],
    ['2026-11-23', true],
    [null, false],
  ])('born %s: %s', (born, young) => {
    expect(isUnderAge(born, today)).toBe(young)
  })

  it('somebody born on 29 February is 16 on 1 March', () => {
    expect(isUnderAge('2008-02-29', '2024-02-29')).toBe(false)
    expect(isUnderAge('2012-02-29', '2028-02-28')).toBe(true)
    expect(isUnderAge('2010-02-28', '2026-02-28')).toBe(false)
  })
})
