/** A patient: what they are called, how old they are, and what they are found by. */
import type { Patient } from '../schema.ts'
import { apart } from '../web/apart.ts'
import { yearsBetween } from '../web/dates.ts'
import { foldedWords, wordsToFindBy } from './search/search-words.ts'

type Names = Pick<Patient, 'firstName' | 'lastName'>

/** "Janet Hall". Whoever has one name only has "-" for the last. */
export const fullName = ({ firstName, lastName }: Names): string =>
  apart(lastName === '-' ? firstName : `${firstName} ${lastName}`)

/** What to call them: "Jan". */
export const calledName = ({ firstName, preferredName }: Pick<Patient, 'firstName' | 'preferredName'>): string =>
  apart(preferredName || firstName)

/** "75 years old". @param today 'YYYY-MM-DD' in the clinic's zone */
export function ageInWords(dateOfBirth: string, today: string): string {
  const years = yearsBetween(dateOfBirth, today)
  if (years < 1) return 'under 1 year old'
  return years === 1 ? '1 year old' : `${years} years old`
}

/** The name to sort by, and everything a patient is found by: a space before each word. Both are kept beside the record. */
export const patientNames = (of: Parameters<typeof wordsToFindBy>[0]) => ({
  sortName: foldedWords(`${of.lastName} ${of.firstName}`),
  searchText: wordsToFindBy(of)
    .map((word) => ` ${word}`)
    .join(''),
})
