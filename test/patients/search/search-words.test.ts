/** What is typed and what is kept are brought to the same form before they are compared. */
import { describe, expect, it } from 'vitest'
import { searchOf } from '../../../src/patients/search/patient-search.ts'
import { folded, foldedWords, phoneFigures } from '../../../src/patients/search/search-words.ts'

describe('words', () => {
  it.each([
    ['  Zoë   Łęcka ', 'zoe lecka'],
    ['Søren GROẞ', 'soren gross'],
    ['İbrahim', 'ibrahim'],
    ['李 小龍', '李 小龍'],
    ['Ha\u200bll', 'hall'],
    ['علی\u200cرضا', 'علیرضا'],
  ])('%s is folded to %s', (typed, kept) => {
    expect(folded(typed)).toBe(kept)
  })

  it('of names lose hyphens, apostrophes and commas', () => {
    expect(foldedWords('O’Brien-Łęcki, J.')).toBe('obrien lecki j')
    expect(foldedWords("O'Brien")).toBe(foldedWords('OBrien'))
  })

  it('of a phone number are its figures as dialled inside the country', () => {
    const sameNumber = ['01632 960 001', '+44 (0)1632 960-001', '+441632960001', '0044 1632 960001']
    expect(new Set(sameNumber.map(phoneFigures))).toEqual(new Set(['01632960001']))
  })
})

describe('a search', () => {
  it('for nothing finds everybody', () => {
    expect(searchOf('   ')).toEqual({ kind: 'everybody' })
  })

  it.each(['h', '-', '.', "'"])('for "%s" is too short', (typed) => {
    expect(searchOf(typed)).toEqual({ kind: 'too-short' })
  })

  it('for one Chinese letter is enough: that can be a whole name', () => {
    expect(searchOf('李')).toEqual({ kind: 'terms', terms: [{ text: '李' }] })
  })

  it.each([
    ['27/3/2007', ['2007-03-27']],
    ['27.03.2007', ['2007-03-27']],
    ['2007-03-27', ['2007-03-27']],
    ['27 March 2007', ['2007-03-27']],
    ['27th mar 2007', ['2007-03-27']],
    ['27/3/07', ['1907-03-27', '2007-03-27']],
  ])('for %s is for a date of birth', (typed, born) => {
    expect(searchOf(typed)).toEqual({ kind: 'terms', terms: [{ whole: born, orTexts: [] }] })
  })

  it('for three numbers with spaces may be for a date of birth or a phone number', () => {
    expect(searchOf('27 3 2007')).toEqual({
      kind: 'terms',
      terms: [{ whole: ['2007-03-27'], orTexts: ['27', '3', '2007'] }],
    })
  })

  it('for a date that the calendar does not have is for its figures', () => {
    expect(searchOf('31/2/2007')).toEqual({ kind: 'terms', terms: [{ text: '3122007' }] })
  })

  it.each([
    ['Mrs Hall', ['hall']],
    ['mr. hall', ['hall']],
    ['Dr Janet Hall', ['janet', 'hall']],
    ['Hall, Mrs, Janet', ['hall', 'janet']],
    ['Prof Dr Hall', ['hall']],
    ['Dr', ['dr']],
    ['Mr.', ['mr']],
    ['Mx -', ['mx']],
    ['Missy Drew', ['missy', 'drew']],
  ])('for "%s" asks for %j: a title is no part of a name', (typed, words) => {
    expect(searchOf(typed)).toEqual({ kind: 'terms', terms: words.map((text) => ({ text })) })
  })

  it('for a title and one letter is too short, as the letter alone is', () => {
    expect(searchOf('Mrs H')).toEqual({ kind: 'too-short' })
  })

  it('joins a name and a date of birth', () => {
    expect(searchOf('Hall 3/5/1951')).toEqual({
      kind: 'terms',
      terms: [{ whole: ['1951-05-03'], orTexts: [] }, { text: 'hall' }],
    })
  })

  it('takes twelve words and no more', () => {
    const search = searchOf('ab '.repeat(80))
    expect(search.kind === 'terms' && search.terms.length).toBe(12)
  })
})
