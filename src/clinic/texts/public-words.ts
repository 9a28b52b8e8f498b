/** The words on the public pages that a clinic may set: plain text, the same for everybody who opens the page (rule M10). */
import type { Clinic } from '../../schema.ts'
import type { Problems } from '../../web/form.ts'
import { hasHiddenInLines, lines } from '../../web/typed-text.ts'

/** In the order of the page. `longest` counts characters; the table's CHECKs say the same. */
export const wordFields = {
  openingWords: { name: 'opening_words', label: 'Opening words', longest: 500 },
  existingWords: { name: 'existing_words', label: 'Under “I have been to this clinic before”', longest: 200 },
  newWords: { name: 'new_words', label: 'Under “I am new to this clinic”', longest: 200 },
  existingAskWords: { name: 'existing_ask_words', label: 'To existing patients', longest: 300 },
  newAskWords: { name: 'new_ask_words', label: 'To new patients', longest: 300 },
} as const
export type WordField = keyof typeof wordFields
export const wordFieldNames = Object.keys(wordFields) as WordField[]
/** What the clinic has set; empty where it has not. */
export type PublicWords = Pick<Clinic, WordField>

export const standardWords = ({ name }: { name: string }): PublicWords => ({
  openingWords: '',
  existingWords: 'The clinic has your email address. You choose a password.',
  newWords: 'You tell us who you are, and choose a password.',
  existingAskWords: `For patients of ${name}. We send you a link to choose a password.`,
  newAskWords: `For people who have not been to ${name} before. We send you a link to go on.`,
})

/** Whether it has words of its own about registration, in the place of our standard ones. */
export const hasOwnWords = (clinic: PublicWords): boolean =>
  wordFieldNames.some((field) => field !== 'openingWords' && clinic[field] !== '')

/** The clinic's own words, and ours where it has none. */
export function wordsOf(clinic: PublicWords & { name: string }): PublicWords {
  const standard = standardWords(clinic)
  return {
    ...standard,
    ...Object.fromEntries(wordFieldNames.filter((f) => clinic[f] !== '').map((f) => [f, clinic[f]])),
  }
}

/** What equals our standard words is kept as none of their own, so that better ones reach everybody who has not changed them. */
export function readWords(
  typed: Record<string, string>,
  clinic: { name: string },
): { words: PublicWords; problems: Problems } {
  const standard = standardWords(clinic)
  const problems: Problems = {}
  const words = {} as PublicWords
  for (const field of wordFieldNames) {
    const { name, longest } = wordFields[field]
    const text = lines(typed[name])
    words[field] = text === standard[field] ? '' : text
    if (text.length > longest) problems[name] = `Use ${longest} characters or fewer. There are ${text.length}`
    else if (hasHiddenInLines(text)) problems[name] = hidden
  }
  return { words, problems }
}

const hidden = 'There are characters that cannot be seen. Type the text again'

export const typedOf = (words: PublicWords): Record<string, string> =>
  Object.fromEntries(wordFieldNames.map((field) => [wordFields[field].name, words[field]]))

export const changedWords = (before: PublicWords, after: PublicWords): WordField[] =>
  wordFieldNames.filter((field) => before[field] !== after[field])
