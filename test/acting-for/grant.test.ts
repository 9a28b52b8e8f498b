/** Who may act for whom, and until when: the rules with values. */
import { describe, expect, it } from 'vitest'
import { grantVerdict, suggestions, untilVerdict, usual } from '../../src/acting-for/grant.ts'
import { readTerms } from '../../src/acting-for/grant-form.ts'

const today = '2026-11-26'

describe('the dates that are offered', () => {
  it.each([
    ['a child of 9', '2017-03-14', ['year 2027-11-26', 'sixteen 2033-03-14'], 'ends sixteen'],
    ['a child who is 16 in March', '2011-03-14', ['sixteen 2027-03-14'], 'ends sixteen'],
    ['who is 16 today', '2010-11-26', ['year 2027-11-26', 'eighteen 2028-11-26'], 'ends eighteen'],
    ['who is 18 in March', '2009-03-14', ['eighteen 2027-03-14', 'year 2027-11-26'], 'ends eighteen'],
    ['an adult', '1951-05-03', ['year 2027-11-26'], 'review year'],
    ['whose date of birth is not known', null, ['year 2027-11-26'], 'review year'],
    [
      'who was born on 29 February, and is 16 in a year that has the day',
      '2012-02-29',
      ['year 2027-11-26', 'sixteen 2028-02-29'],
      'ends sixteen',
    ],
    [
      'who was born on 29 February, and is 18 in a year that has not',
      '2010-02-28',
      ['year 2027-11-26', 'eighteen 2028-02-28'],
      'ends eighteen',
    ],
  ])('to %s', (_who, born, offered, chosen) => {
    expect(suggestions(born, today).map(({ code, date }) => `${code} ${date}`)).toEqual(offered)
    const { ending, on } = usual(born, today)
    expect(`${ending} ${on}`).toBe(chosen)
  })

  it('become 1 March for a birthday that the year has not', () => {
    expect(suggestions('2008-02-29', '2025-11-26').at(0)).toEqual({ code: 'eighteen', date: '2026-03-01' })
  })
})

describe('until when', () => {
  it.each([
    ['today', '2017-03-14', '2026-11-26', 'past'],
    ['tomorrow', '2017-03-14', '2026-11-27', 'ok'],
    ['a child’s 16th birthday', '2017-03-14', '2033-03-14', 'ok'],
    ['the day after a child’s 16th birthday', '2017-03-14', '2033-03-15', 'after-sixteen'],
    ['an adult’s next century', '1951-05-03', '2099-01-01', 'ok'],
  ])('%s', (_day, born, date, answer) => {
    const verdict = untilVerdict(date, born, today)
    expect(verdict.ok ? 'ok' : verdict.because).toBe(answer)
  })
})

describe('who may act for whom', () => {
  const email = 'family.reed@example.com'
  const tim = { id: 'tim', isArchived: false, email: null as string | null, logsOn: false, acts: false }
  const anna = {
    id: 'anna',
    isArchived: false,
    email: email as string | null,
    dateOfBirth: '1984-02-01' as string | null,
  }

  it.each([
    ['a mother for a child without an address', {}, {}, false, 'ok'],
    [
      'with the child’s own address left where it is',
      { email: 'tim@example.com', logsOn: true, acts: true },
      {},
      false,
      'ok',
    ],
    ['with one address for both', { email }, {}, false, 'ok'],
    ['not with an address that the patient logs on with', { email, logsOn: true }, {}, false, 'logs-on'],
    ['not with an address by which the patient acts for others', { email, acts: true }, {}, false, 'acts-too'],
    ['nobody for themselves', { id: 'anna', email }, {}, false, 'themselves'],
    ['nobody for an archived record', { isArchived: true }, {}, false, 'patient-archived'],
    ['nobody whose record is archived', {}, { isArchived: true }, false, 'holder-archived'],
    ['nobody without an address', {}, { email: null }, false, 'no-email'],
    ['nobody under 16', {}, { dateOfBirth: '2010-11-27' }, false, 'under-age'],
    ['somebody of 16', {}, { dateOfBirth: '2010-11-26' }, false, 'ok'],
    ['somebody whose date of birth is not known', {}, { dateOfBirth: null }, false, 'ok'],
    ['nobody twice', {}, {}, true, 'already'],
  ])('%s', (_who, patient, holder, isGranted, answer) => {
    const verdict = grantVerdict({ patient: { ...tim, ...patient }, holder: { ...anna, ...holder }, isGranted }, today)
    expect(verdict.ok ? 'ok' : verdict.because).toBe(answer)
  })
})

describe('the form', () => {
  const child = { dateOfBirth: '2017-03-14', today, staffIds: ['sam'] }
  const good = { relation: 'parent', approved_by: 'sam', approved_on: today, ending: 'ends', on: 'sixteen' }

  it('is read as what it says', () => {
    const terms = { relation: 'parent', approvedBy: 'sam', approvedOn: today, ending: 'ends', on: '2033-03-14' }
    expect(readTerms(good, child)).toEqual({ terms, problems: {} })
    expect(readTerms({ ...good, on: 'other', other_date: '1/2/2028' }, child).terms?.on).toBe('2028-02-01')
  })

  it.each([
    [{ relation: 'aunt' }, 'relation', 'Choose what they are to each other'],
    [{ approved_by: 'somebody' }, 'approved_by', 'Choose who approved it'],
    [{ approved_on: '' }, 'approved_on', 'Enter the date on which it was approved'],
    [{ approved_on: '2026-11-27' }, 'approved_on', 'It cannot have been approved in the future'],
    [{ ending: '' }, 'ending', 'Choose whether it ends by itself, or staff look at it again'],
    [{ on: '' }, 'on', 'Choose on which date'],
    [{ on: 'eighteen' }, 'on', 'Choose on which date'],
    [{ on: 'other' }, 'other_date', 'Enter the other date'],
    [{ on: 'other', other_date: '31/2/2027' }, 'other_date', 'The other date must be a real date, like 3/12/2026'],
    [{ on: 'other', other_date: today }, 'other_date', 'The other date must be in the future'],
    [
      { on: 'other', other_date: '2033-03-15' },
      'other_date',
      'The other date must not be after the 16th birthday, 14 March 2033: from then on they decide for themselves',
    ],
  ])('with %o says so', (typed, name, words) => {
    expect(readTerms({ ...good, ...typed }, child)).toEqual({ terms: null, problems: { [name]: words } })
  })
})
